import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, beforeEach, describe, it } from 'node:test';
import { CAUSE } from '@parley/core/call/call.ts';
import type { MediaAnswer, MediaOrder } from '../../../telephony/media/order.ts';
import { createTestPhones, type TestPhone, type TestPhones } from '../../../telephony/testing/phones.ts';
import type { VoiceReport } from '../../engine/voice.ts';
import { freePlace } from '../../../e2e/voice/sipp.ts';
import { until } from '../../testing/until.ts';
import { openTelephony, type Telephony } from './telephony.ts';

const LOCALHOST = '127.0.0.1';
const PASSWORD = 'secret-of-a-phone';
const SDP = `v=0\r\no=- 77 1 IN IP4 ${LOCALHOST}\r\ns=-\r\nc=IN IP4 ${LOCALHOST}\r\nt=0 0\r\nm=audio 40000 RTP/AVP 8 101\r\na=rtpmap:101 telephone-event/8000\r\na=sendrecv\r\n`;

/** Sound that outlives those who order it, as that of rtpengine does. */
function standingMedia() {
  const negotiated = new Set<string>();
  const taken = new Set<string>();
  const orders: MediaOrder[] = [];
  const described: readonly MediaOrder['kind'][] = ['offer', 'answer', 'reopen'];
  return {
    orders, negotiated,
    /** The process is gone that had them. */
    forsake: () => { taken.clear(); },
    perform: (order: MediaOrder): Promise<MediaAnswer> => {
      orders.push(order);
      if (order.kind === 'open') taken.add(order.leg);
      if (order.kind === 'accept' || order.kind === 'answer') negotiated.add(order.leg);
      if (order.kind === 'close') {
        negotiated.delete(order.leg);
        taken.delete(order.leg);
      }
      return Promise.resolve(described.includes(order.kind) ? { ok: true, sdp: SDP } : { ok: true });
    },
    standing: () => Promise.resolve([...negotiated].filter((leg) => !taken.has(leg)).map((leg) => ({ leg, carrier: 'rtp' as const }))),
    subscribe: () => () => undefined,
    figures: () => Promise.resolve({ legs: taken.size, rooms: 0, plays: 0, recordings: 0, strangers: 0 }),
    stop: () => Promise.resolve(),
  };
}

describe('after a restart of the process', { timeout: 30_000 }, () => {
  let folder = '';
  let sound = standingMedia();
  let phones: TestPhones;
  let place = { address: LOCALHOST, port: 0 };
  const standing: Telephony[] = [];
  const killed: Telephony[] = [];
  /** Of those that were killed there are timers still. */
  const ending: Promise<void>[] = [];
  const ports = { from: 60_000 + (process.pid % 20) * 20, to: 60_000 + (process.pid % 20) * 20 + 19 };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parley-going-on-'));
    sound = standingMedia();
    place = await freePlace();
    phones = await createTestPhones(place, ports);
  });
  afterEach(async () => {
    await phones.stop();
    for (const one of standing.splice(0)) await one.stop();
    ending.push(...killed.splice(0).map((one) => one.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  after(async () => { await Promise.all(ending); });

  const open = async (): Promise<{ readonly telephony: Telephony; readonly told: VoiceReport[] }> => {
    const telephony = await openTelephony({
      listen: [{ kind: 'UDP', ...place }, { kind: 'TCP', ...place }], advertised: LOCALHOST, realm: 'parley', threads: 1, trunks: [], trusted: ['127.0.0.0/8'],
      keepIn: join(folder, 'voice', 'kept.jsonl'), makeMedia: () => sound, makeFlows: () => ({ begin: () => Promise.resolve('noFlow'), end: () => undefined, key: () => undefined }),
      media: { address: LOCALHOST, advertised: LOCALHOST, ports, codecs: ['PCMA'], music: undefined, silentMs: 30_000 },
      secretsOf: (number) => Promise.resolve(number.startsWith('8') ? [PASSWORD] : []), isPhone: (number) => Promise.resolve(number.startsWith('8')),
      files: { toPlay: () => Promise.resolve(undefined), toRecord: (file) => Promise.resolve(file), stored: () => Promise.resolve(undefined), toRecordOf: () => Promise.resolve({ file: '', path: '' }) },
      onFault: () => undefined,
    });
    const told: VoiceReport[] = [];
    telephony.port.subscribe((report) => { told.push(report); });
    telephony.trunks.configure([{ name: 'carrier', peers: [{ host: LOCALHOST, port: phones.place.port, kind: 'UDP' }], limits: { calls: 2 }, healthMs: 0 }]);
    return { telephony, told };
  };

  /** Nothing of it is said any more to anybody: as if it had been killed, long enough after what has happened last. */
  const kill = async (telephony: Telephony): Promise<void> => {
    await new Promise((resolve) => { setTimeout(resolve, 120); });
    await telephony.transports.stop();
    killed.push(telephony);
    sound.forsake();
  };

  const talking = async (telephony: Telephony, leg: string, number: string): Promise<TestPhone> => {
    const phone = phones.phone(number, 500);
    if (number.startsWith('8')) assert.equal(await phone.register(PASSWORD), 200);
    const to = { kind: number.startsWith('8') ? 'phone' : 'number', number } as const;
    assert.deepEqual(await telephony.port.perform({ kind: 'dial', vdnId: 1, leg, to, from: '4930', ringMs: 30_000 }), { ok: true });
    await until(() => phone.state() === 'ringing', 'it rings');
    await phone.answer();
    return phone;
  };

  const legsOf = async ({ port }: Telephony): Promise<readonly string[]> => (await port.legs()).map(({ leg, state }) => `${leg} ${state}`).toSorted();
  const callsOn = ({ trunks }: Telephony): number | undefined => trunks.standings()[0]?.calls;

  it('legs that were up are up, take orders, and end when their other end hangs up', async () => {
    const before = await open();
    const agent = await talking(before.telephony, '1-1', '8001');
    const customer = await talking(before.telephony, '1-2', '1370000001');
    await until(async () => (await legsOf(before.telephony)).every((leg) => leg.endsWith('up')), 'both are up');
    assert.equal(callsOn(before.telephony), 1);
    await kill(before.telephony);
    const { telephony, told } = await open();
    standing.push(telephony);
    assert.deepEqual(await legsOf(telephony), ['1-1 up', '1-2 up']);
    assert.deepEqual(told, []);
    assert.equal(callsOn(telephony), 1, 'its place on the trunk is taken');
    const { calls, callsLastDay } = telephony.tolls.usage(1);
    assert.deepEqual([calls, callsLastDay], [1, 0], 'it is no new one');
    assert.equal(await customer.offer('hold'), true);
    customer.hangUp();
    await until(() => told.length > 0, 'the end is told');
    assert.deepEqual(told, [{ kind: 'ended', leg: '1-2', cause: CAUSE.normal }]);
    assert.deepEqual([callsOn(telephony), telephony.tolls.usage(1).calls], [0, 0]);
    assert.deepEqual(await telephony.port.perform({ kind: 'drop', leg: '1-1', cause: CAUSE.released }), { ok: true });
    await until(() => agent.state() === 'gone', 'the phone is told');
    await until(async () => (await telephony.standing()).calls === 0, 'nothing of them stands');
    assert.equal(sound.negotiated.size, 0);
  });

  it('legs whose sound has gone are hung up on, and so is sound that nobody has a dialog for', async () => {
    const before = await open();
    const agent = await talking(before.telephony, '1-1', '8001');
    await until(async () => (await legsOf(before.telephony)).includes('1-1 up'), 'it is up');
    const ringing = phones.phone('8002', 900);
    assert.equal(await ringing.register(PASSWORD), 200);
    void before.telephony.port.perform({ kind: 'dial', vdnId: 1, leg: '1-3', to: { kind: 'phone', number: '8002' }, from: '4930', ringMs: 30_000 });
    await until(() => ringing.state() === 'ringing', 'it rings');
    await kill(before.telephony);
    sound.negotiated.delete('1-1');
    sound.negotiated.add('1-4');
    const { telephony } = await open();
    standing.push(telephony);
    assert.deepEqual(await legsOf(telephony), []);
    await until(() => agent.state() === 'gone', 'the phone is told');
    assert.equal(sound.negotiated.size, 0);
    const third = await reopened(telephony);
    assert.deepEqual((await third.standing()).calls, 0, 'what has ended is not kept');
  });

  it('phones are rung that registered before, and calls that ended are over for good', async () => {
    const before = await open();
    const agent = await talking(before.telephony, '1-1', '8001');
    agent.hangUp();
    await until(async () => (await legsOf(before.telephony)).length === 0, 'it is over');
    await kill(before.telephony);
    const { telephony } = await open();
    standing.push(telephony);
    assert.equal((await telephony.standing()).calls, 0);
    void telephony.port.perform({ kind: 'dial', vdnId: 1, leg: '1-2', to: { kind: 'phone', number: '8001' }, from: '4930', ringMs: 30_000 });
    await until(() => agent.timesRung() === 2, 'it rings without having registered anew');
    await agent.answer();
    agent.hangUp();
  });

  it('goes on a second time', async () => {
    const first = await open();
    const agent = await talking(first.telephony, '1-1', '8001');
    await until(async () => (await legsOf(first.telephony)).includes('1-1 up'), 'it is up');
    await kill(first.telephony);
    const second = await open();
    assert.equal(await agent.offer('hold'), true);
    await kill(second.telephony);
    const { telephony, told } = await open();
    standing.push(telephony);
    assert.deepEqual(await legsOf(telephony), ['1-1 up']);
    assert.equal(await agent.offer('resume'), true);
    agent.hangUp();
    await until(() => told.length > 0, 'the end is told');
  });

  it('nothing is kept of calls that are ended in an orderly way', async () => {
    const before = await open();
    const agent = await talking(before.telephony, '1-1', '8001');
    await until(async () => (await legsOf(before.telephony)).includes('1-1 up'), 'it is up');
    await before.telephony.stop();
    await until(() => agent.state() === 'gone', 'the phone is told');
    const { telephony } = await open();
    standing.push(telephony);
    assert.equal((await telephony.standing()).calls, 0);
    assert.equal(telephony.registrar.bindingsOf({ user: '8001', realm: 'parley' }).length, 1, 'but the phones are');
  });

  async function reopened(telephony: Telephony): Promise<Telephony> {
    await telephony.stop();
    standing.splice(standing.indexOf(telephony), 1);
    const next = await open();
    standing.push(next.telephony);
    return next.telephony;
  }
});

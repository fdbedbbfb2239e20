import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { CAUSE } from '@parley/core/call/call.ts';
import type { Member, Order, VoiceLeg } from '@parley/core/voice/order.ts';
import { encodeAlaw } from '../../../telephony/audio/g711.ts';
import { toInt16 } from '../../../telephony/audio/sound.ts';
import { readWav, writeWav } from '../../../telephony/audio/wav.ts';
import { createTestPhones, toneOf, tonesIn, type TestPhone, type TestPhones } from '../../../telephony/testing/phones.ts';
import type { VoiceReport } from '../../engine/voice.ts';
import { until } from '../../testing/until.ts';
import { openTelephony, type Telephony } from './telephony.ts';

const LOCALHOST = '127.0.0.1';
const PASSWORD = 'secret-of-a-phone';
const [ANN, BOB, ANN_AGAIN, FILE] = [440, 690, 940, 1190];
const GRACE_MS = 600;
const SILENT_MS = 600;
const firstPort = 34_000 + (process.pid % 40) * 200;

let telephony: Telephony;
let phones: TestPhones;
let folder: string;
const reports: VoiceReport[] = [];
let names = 0;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-reattaching-'));
  const sound = new Int16Array(8000 * 5);
  toneOf(FILE)(sound);
  writeFileSync(join(folder, 'file.wav'), writeWav(encodeAlaw(sound)));
  const missing = (): Promise<undefined> => Promise.resolve(undefined);
  telephony = await openTelephony({
    listen: [{ kind: 'UDP', address: LOCALHOST, port: 0 }, { kind: 'TCP', address: LOCALHOST, port: 0 }],
    // Two threads, so that one of two legs is of the one and has its sound made in the other.
    advertised: LOCALHOST, realm: LOCALHOST, threads: 2, trunks: [], trusted: ['127.0.0.0/8'], graceMs: GRACE_MS,
    media: { address: LOCALHOST, advertised: LOCALHOST, ports: { from: firstPort, to: firstPort + 99 }, codecs: ['PCMA'], music: undefined, silentMs: SILENT_MS },
    makeFlows: () => ({ begin: () => Promise.resolve('unknownFlow' as never), key: () => undefined, end: () => undefined }),
    secretsOf: (number) => Promise.resolve(number.startsWith('8') ? [PASSWORD] : []),
    isPhone: (number) => Promise.resolve(number.startsWith('8')),
    files: { toPlay: (file) => Promise.resolve(join(folder, file)), toRecord: (file) => Promise.resolve(join(folder, file)), stored: missing, toRecordOf: () => Promise.resolve({ file: 'x', path: 'x' }) },
    onFault: (message, details) => { if (process.env['PARLEY_TEST_LOG'] !== undefined) console.error(message, details); },
  });
  telephony.port.subscribe((report) => { reports.push(report); });
  const [listening] = telephony.transports.listening;
  assert.ok(listening !== undefined);
  phones = await createTestPhones(listening.place, { from: firstPort + 100, to: firstPort + 199 });
});
after(async () => {
  await phones.stop();
  await telephony.stop();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(async () => {
  for (const { leg } of await telephony.port.legs()) await telephony.port.perform({ kind: 'drop', leg, cause: CAUSE.released });
  reports.length = 0;
});

const does = async (order: Order): Promise<void> => { assert.deepEqual(await telephony.port.perform(order), { ok: true }, order.kind); };
const member = (leg: VoiceLeg): Member => ({ leg, to: 'all', hears: true, music: false });
const hears = (phone: TestPhone, wanted: readonly number[]): Promise<void> =>
  until(() => Object.keys(phone.hears([ANN, BOB, ANN_AGAIN, FILE])).map(Number).join() === wanted.join(), `${phone.number} hears ${wanted.join()}`);
const kindsOf = (leg: VoiceLeg): readonly string[] => reports.flatMap((report) => ('leg' in report && report.leg === leg ? [report.kind] : []));

async function phoneOf(number: string, hertz: number): Promise<TestPhone> {
  const phone = phones.phone(number, hertz);
  assert.equal(await phone.register(PASSWORD), 200);
  return phone;
}

async function called(number: string, hertz: number): Promise<{ readonly phone: TestPhone; readonly leg: VoiceLeg }> {
  const phone = await phoneOf(number, hertz);
  names += 1;
  const leg = `1-${names}`;
  await does({ kind: 'dial', vdnId: 1, leg, to: { kind: 'phone', number }, from: '1000', ringMs: 30_000 });
  await until(() => phone.state() === 'ringing', 'it rings');
  await phone.answer();
  await until(() => kindsOf(leg).includes('answered'), 'the answer is reported');
  return { phone, leg };
}

/** Two who talk, each in a thread of its own at first. */
async function conversation() {
  const [ann, bob] = [await called('8001', ANN), await called('8002', BOB)];
  names += 1;
  const room = `1-room-${names}`;
  await does({ kind: 'arrange', room, members: [member(ann.leg), member(bob.leg)] });
  await hears(ann.phone, [BOB]);
  await hears(bob.phone, [ANN]);
  return { ann, bob, room };
}

/** Ann's other telephone takes the call over. */
async function takesOver(former: TestPhone): Promise<TestPhone> {
  const next = await phoneOf(former.number, ANN_AGAIN);
  await next.call('parley', { Replaces: former.replaces() });
  await until(() => next.state() === 'up', 'it is up');
  return next;
}

describe('a telephone that takes its call over from another one of the same user', () => {
  for (const whose of ['ann', 'bob'] as const) {
    test(`is heard in its place, is played what was being played, and is in the recording: ${whose}`, async () => {
      const { [whose]: own, [whose === 'ann' ? 'bob' : 'ann']: other, room } = await conversation();
      await does({ kind: 'record', record: `1-${whose}`, room, file: `${whose}.wav`, apart: own.leg });
      const told = reports.length;
      const next = await takesOver(own.phone);
      await hears(other.phone, [ANN_AGAIN]);
      await hears(next, [other.phone.hertz]);
      await until(() => own.phone.state() === 'gone', 'the former is hung up on');
      assert.deepEqual(reports.slice(told), [], 'nothing has happened, as far as anybody is told');

      await does({ kind: 'play', play: `1-${whose}`, to: { leg: own.leg }, file: 'file.wav' });
      await hears(next, [other.phone.hertz, FILE]);
      // So that the end of the recording is of this time.
      await new Promise((resolve) => { setTimeout(resolve, 400); });
      await does({ kind: 'stopRecord', record: `1-${whose}` });
      await until(() => reports.some(({ kind }) => kind === 'recorded'), 'the recording is over');
      const recording = readWav(readFileSync(join(folder, `${whose}.wav`)));
      assert.ok(recording.ok);
      const [apart, others] = recording.channels.map((channel) => Object.keys(tonesIn(toInt16(channel).subarray(-1600), [ANN, BOB, ANN_AGAIN])).map(Number));
      assert.deepEqual([apart, others], [[ANN_AGAIN], [other.phone.hertz]]);

      next.hangUp();
      await until(() => kindsOf(own.leg).includes('ended'), 'its end is the leg\'s');
    });
  }

  test('plays on what it was played before', async () => {
    const { ann } = await conversation();
    await does({ kind: 'play', play: '1-file', to: { leg: ann.leg }, file: 'file.wav' });
    await hears(ann.phone, [BOB, FILE]);
    const next = await takesOver(ann.phone);
    await hears(next, [BOB, FILE]);
  });

  test('is refused when it is somebody else\'s', async () => {
    const { ann, bob } = await conversation();
    const thief = await phoneOf('8003', ANN_AGAIN);
    await thief.call('parley', { Replaces: ann.phone.replaces() });
    await until(() => thief.state() === 'gone', 'it is refused');
    await hears(bob.phone, [ANN]);
    assert.equal(ann.phone.state(), 'up');
  });
});

describe('a telephone that goes on with its call from elsewhere', () => {
  for (const whose of ['ann', 'bob'] as const) {
    test(`is heard and hears by its new way, and is hung up on there: ${whose}`, async () => {
      const { [whose]: own, [whose === 'ann' ? 'bob' : 'ann']: other } = await conversation();
      const place = telephony.transports.listening.find(({ kind }) => kind === 'TCP')?.place;
      assert.ok(place !== undefined);
      const heard = own.phone.packets();
      assert.equal(await own.phone.roam({ kind: 'TCP', host: place.address, port: place.port }), true);
      await until(() => own.phone.packets() > heard + 20, 'sound comes to the new port');
      await hears(own.phone, [other.phone.hertz]);
      await hears(other.phone, [own.phone.hertz]);
      await does({ kind: 'drop', leg: own.leg, cause: CAUSE.released });
      await until(() => own.phone.state() === 'gone', 'it is told');
    });
  }
});

describe('a telephone that falls silent', () => {
  test('is waited for, and then its call has ended', async () => {
    const { ann, bob } = await conversation();
    ann.phone.falls('silent');
    await hears(bob.phone, []);
    const silentSince = Date.now();
    await until(() => kindsOf(ann.leg).includes('ended'), 'it has ended');
    assert.ok(Date.now() - silentSince > GRACE_MS, 'after its silence was noticed it was waited for');
    assert.deepEqual(reports.flatMap((report) => (report.kind === 'ended' && report.leg === ann.leg ? [report.cause] : [])), [CAUSE.internalError]);
  });

  test('goes on as if nothing had been when it is heard again in time', async () => {
    const { ann, bob } = await conversation();
    ann.phone.falls('silent');
    await hears(bob.phone, []);
    await new Promise((resolve) => { setTimeout(resolve, SILENT_MS + GRACE_MS / 4); });
    ann.phone.falls('talking');
    await hears(bob.phone, [ANN]);
    await new Promise((resolve) => { setTimeout(resolve, GRACE_MS); });
    assert.deepEqual([kindsOf(ann.leg), ann.phone.state()], [['rang', 'answered'], 'up']);
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CAUSE } from '@parley/core/call/call.ts';
import { createTestPhones } from '../../../telephony/testing/phones.ts';
import type { VoiceReport } from '../../engine/voice.ts';
import { until } from '../../testing/until.ts';
import { openTelephony } from './telephony.ts';

const LOCALHOST = '127.0.0.1';
const PASSWORD = 'secret-of-a-phone';
/** Below those that other tests of sound take. */
const FIRST_PORT = 18_000 + (process.pid % 20) * 100;

test('a softphone that registers, and a call that rings and is answered, show in the figures of the switch', async () => {
  const nothing = (): Promise<undefined> => Promise.resolve(undefined);
  const telephony = await openTelephony({
    listen: [{ kind: 'UDP', address: LOCALHOST, port: 0 }], advertised: LOCALHOST, realm: LOCALHOST, threads: 1, trunks: [], trusted: ['127.0.0.0/8'],
    makeFlows: () => ({ begin: () => Promise.resolve('noFlow'), key: () => undefined, end: () => undefined }),
    media: { address: LOCALHOST, advertised: LOCALHOST, ports: { from: FIRST_PORT, to: FIRST_PORT + 49 }, codecs: ['PCMA'], music: undefined, silentMs: 30_000 },
    secretsOf: (number) => Promise.resolve(number === '8001' ? [PASSWORD] : []), isPhone: (number) => Promise.resolve(number === '8001'),
    files: { toPlay: nothing, toRecord: (file) => Promise.resolve(file), stored: nothing, toRecordOf: () => Promise.resolve({ file: '', path: '' }) },
    onFault: () => undefined,
  });
  const [listening] = telephony.transports.listening;
  assert.ok(listening !== undefined);
  const phones = await createTestPhones(listening.place, { from: FIRST_PORT + 50, to: FIRST_PORT + 99 });
  try {
    const { figures, port } = telephony;
    const incoming: string[] = [];
    port.subscribe((report: VoiceReport) => { if (report.kind === 'incoming') incoming.push(report.leg); });
    const phone = phones.phone('8001', 1000);
    assert.equal(figures.terminal('8001'), undefined);
    assert.equal(await phone.register(PASSWORD), 200);
    assert.deepEqual([figures.terminal('8001')?.transport, figures.terminal('8001')?.address, figures.terminal('8002')], ['UDP', LOCALHOST, undefined]);

    telephony.trunks.configure([{ name: 'carrier', peers: [{ host: LOCALHOST, port: phones.place.port, kind: 'UDP' }], networks: [`${LOCALHOST}/32`], healthMs: 0 }]);
    const caller = phones.phone('13800000001', 1200);
    await caller.call('95000');
    await until(() => incoming.length > 0, 'the call came in');
    const ringing = await figures.blocks();
    assert.deepEqual([ringing?.ringing, ringing?.up, ringing?.calls, ringing?.mediaLegs, ringing?.mediaCapacity], [1, 0, 1, 1, 25]);
    const [leg = ''] = incoming;
    await port.perform({ kind: 'answer', leg });
    const up = await figures.blocks();
    assert.deepEqual([up?.ringing, up?.up, up?.inFlows], [0, 1, 0]);
    await port.perform({ kind: 'drop', leg, cause: CAUSE.released });
    await until(async () => (await figures.blocks())?.mediaLegs === 0, 'its sound is gone');
    assert.equal((await figures.blocks())?.up, 0);

    assert.equal(await phone.register(PASSWORD, 0), 200);
    assert.equal(figures.terminal('8001'), undefined);
    assert.deepEqual(figures.periods(), [], 'no five minutes are over yet');
  } finally {
    await phones.stop();
    await telephony.stop();
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGuard } from '../../telephony/sip/guard/guard.ts';
import { REALM, registering } from '../../telephony/sip/registrar/registrar.fixture.ts';
import { trunked } from '../../telephony/sip/trunk/trunk.fixture.ts';
import type { SwitchFigures } from '../modules/system-indicator/index.ts';
import { createTelephonySocket } from './telephony-socket.ts';

const TRUNK = { name: 'carrier', peers: [{ host: '203.0.113.9', kind: 'UDP' }], healthMs: 0 } as const;

test('before telephony is there nothing stands, and nothing that is told to it fails', async () => {
  const { trunks, phones, tollUsage, switchFigures } = createTelephonySocket();
  trunks.configure([TRUNK]);
  phones.dropAll('alice');
  assert.deepEqual([trunks.standings(), trunks.bans(), trunks.lift('192.0.2.1'), phones.isRegistered('alice'), tollUsage(1)], [[], [], false, false, undefined]);
  assert.deepEqual([switchFigures.periods(), await switchFigures.blocks(), switchFigures.terminal('8001')], [[], undefined, undefined]);
});

test('then all is told to it and asked of it', async () => {
  const { trunks: running, timers } = trunked([], {});
  const guard = createGuard({ timers });
  const { registrar, register } = registering();
  const { trunks, phones, tollUsage, switchFigures, plug } = createTelephonySocket(timers);
  const tolls = { usage: (vdnId: number) => ({ calls: vdnId, callsLastMinute: 0, callsLastDay: 0, msLastDay: 0 }) };
  const figures: SwitchFigures = { periods: () => [], blocks: () => Promise.resolve(undefined), terminal: (number) => (number === '8001' ? { transport: 'UDP', address: '192.0.2.9', port: 5060 } : undefined) };
  plug({ trunks: running, guard, registrar, tolls, figures }, REALM);
  assert.deepEqual([switchFigures.terminal('8001')?.port, switchFigures.terminal('8002')], [5060, undefined]);
  assert.equal(tollUsage(7)?.calls, 7);

  trunks.configure([TRUNK]);
  assert.deepEqual(trunks.standings().map(({ name }) => name), ['carrier']);

  while (!guard.isBanned('192.0.2.1')) guard.fault('192.0.2.1', 'badCredentials');
  assert.deepEqual(trunks.bans().map(({ source, untilMs }) => [source, untilMs - trunks.now()]), [['192.0.2.1', 60_000]]);
  assert.equal(trunks.lift('192.0.2.1'), true);
  assert.equal(guard.isBanned('192.0.2.1'), false);

  await register({ contacts: ['<sip:alice@10.0.0.5:5060>'] });
  assert.deepEqual([phones.isRegistered('alice'), phones.isRegistered('bob')], [true, false]);
  phones.dropAll('alice');
  assert.equal(phones.isRegistered('alice'), false);
  await running.stop();
});

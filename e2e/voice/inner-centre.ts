import assert from 'node:assert/strict';
import { createAccessCode } from '@parley/contract/admin/access-code.ts';
import { openTelephony, type Telephony } from '../../server/adapters/voice/telephony.ts';
import { createVoiceSocket } from '../../server/engine/voice-socket.ts';
import { startTestServer, type TestServer } from '../../server/testing/server.ts';
import { until } from '../../server/testing/until.ts';
import { centreOf, CUSTOMERS, type Centre, type TrunkSettings } from './centre.ts';

/** A Parley in the test's own process, whose clock can be moved and whose inside can be looked at. */
export interface InnerCentre extends Centre {
  readonly server: TestServer;
  readonly telephony: Telephony;
  /** Goes forward in time, for what the engine waits for. */
  readonly later: (ms: number) => Promise<void>;
  /** How many calls the engine knows. */
  readonly calls: () => Promise<number>;
  /** Waits until no call, no leg and no sound of one stands, but for so many calls whose end is not confirmed. */
  readonly isQuiet: (unconfirmed?: number) => Promise<void>;
}

const LOCALHOST = '127.0.0.1';
const ACCESS_CODE = '95999';
const PORTS_EACH = 300;
const firstRtpPort = 12_000 + (process.pid % 25) * PORTS_EACH;
const QUIET_MS = 5000;

/** A leg from which nothing has come for `silentMs`, and nothing comes for `graceMs` more, is gone. */
export async function openInnerCentre({ silentMs, graceMs }: { readonly silentMs: number; readonly graceMs: number }): Promise<InnerCentre> {
  const voice = createVoiceSocket();
  const server = await startTestServer({ world: { voice } });
  const tenant = await server.tenant();
  assert.equal((await tenant.administrator.call(createAccessCode, { code: ACCESS_CODE, media: 5 })).status, 200);
  const numbers = new Map<string, string>();
  const telephony = await openTelephony({
    listen: [{ kind: 'UDP', address: LOCALHOST, port: 0 }, { kind: 'TCP', address: LOCALHOST, port: 0 }],
    advertised: LOCALHOST, realm: 'parley', threads: 1, trunks: [], graceMs, trusted: ['127.0.0.0/8'],
    media: { address: LOCALHOST, advertised: LOCALHOST, ports: { from: firstRtpPort, to: firstRtpPort + PORTS_EACH - 1 }, codecs: ['PCMA', 'PCMU'], music: undefined, silentMs },
    makeFlows: () => ({ begin: () => Promise.resolve('noFlow'), end: () => undefined, key: () => undefined }),
    secretsOf: (number) => Promise.resolve([numbers.get(number) ?? []].flat()),
    isPhone: (number) => Promise.resolve(numbers.has(number)),
    files: {
      toPlay: () => Promise.resolve(undefined), toRecord: () => Promise.reject(new Error('nothing is recorded in these tests')),
      stored: () => Promise.resolve(undefined), toRecordOf: () => Promise.resolve({ file: '', path: '' }),
    },
    onFault: server.world.onFault,
  });
  voice.plug(telephony.port);
  const [listening] = telephony.transports.listening;
  assert.ok(listening !== undefined);
  const { engine } = server.parley.gateway;
  const trunks: TrunkSettings[] = [];
  const centre = centreOf({
    url: server.url, client: tenant.client, accessCode: ACCESS_CODE, sip: listening.place,
    trunk: (trunk) => {
      trunks.push(trunk);
      telephony.trunks.configure(trunks as Parameters<typeof telephony.trunks.configure>[0]);
      return Promise.resolve();
    },
    close: async () => {
      await server.close();
      await telephony.stop();
    },
  });
  await centre.trunk(CUSTOMERS);
  const calls = (): Promise<number> => engine.view(tenant.vdnId, (state) => state.calls.size);
  return {
    ...centre, server, telephony, calls,
    account: async (queue, changes) => {
      const account = await centre.account(queue, changes);
      numbers.set(account.number, account.sipPassword);
      return account;
    },
    later: async (ms) => {
      server.advance(ms);
      await engine.tick();
      await engine.idle();
    },
    isQuiet: async (unconfirmed = 0) => {
      let standing = '';
      await until(async () => {
        const { calls: dialogs, mediaLegs } = await telephony.standing();
        const known = await calls();
        standing = `${dialogs} calls of SIP, ${mediaLegs} legs of sound, ${known} calls of the engine`;
        return mediaLegs + known === 0 && dialogs <= unconfirmed;
      }, 'no call stands any more', QUIET_MS).catch(() => { throw new Error(`there still are ${standing}`); });
    },
  };
}

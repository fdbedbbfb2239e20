import assert from 'node:assert/strict';
import { tokenByAkSk } from '@parley/contract/access/c1-token.ts';
import { setUp } from '@parley/contract/admin/session.ts';
import { createTrunk } from '@parley/contract/admin/trunk.ts';
import { createClient, withBearer, type Client } from '@parley/contract/client.ts';
import { makeDataFolder, readDemo, startParley, type ParleyProcess } from '../parley-process.ts';
import { centreOf, CUSTOMERS, type Centre } from './centre.ts';
import { freePlace } from './sipp.ts';

/** A Parley as its users start it. */
export interface ParleyCentre extends Centre {
  readonly parley: ParleyProcess;
  /** Kills it, does something meanwhile, and starts it anew where it was. */
  readonly restart: (meanwhile: () => Promise<void>) => Promise<void>;
  readonly vdnId: number;
  /** Administers the tenant. */
  readonly operator: Client;
  /** Calls the configuration as the tenant. */
  readonly client: Client;
}

/** Tests that run at once must not take each other's ports. */
const PORTS_EACH = 400;
const firstRtpPort = 20_000 + (process.pid % 30) * PORTS_EACH;

/** Starts Parley and waits until it can be called. */
export async function openParleyCentre(settings: Readonly<Record<string, string>> = {}): Promise<ParleyCentre> {
  const folder = makeDataFolder();
  try {
    const free = await freePlace();
    const { PARLEY_SIP_PORT: own } = settings;
    const [sip, sips] = [own === undefined ? free : { ...free, port: Number(own) }, await freePlace()];
    const given = {
      PARLEY_SIP_PORT: String(sip.port), PARLEY_SIPS_PORT: String(sips.port), PARLEY_RTP_PORTS: `${firstRtpPort}-${firstRtpPort + PORTS_EACH - 1}`,
      PARLEY_POLL_WAIT: '1000', PARLEY_LOG_LEVEL: 'warn', ...settings,
    };
    const parley = await startParley(folder.path, given);
    let running = parley;
    const { c1, accessCodes, vdnId } = readDemo(folder.path);
    const { body } = await createClient({ baseUrl: parley.url }).call(tokenByAkSk, { app_key: c1.appKey, app_secret: c1.appSecret }, { 'x-token-expire': '3600' });
    const operator = await becomeOperator(parley, vdnId);
    const client = createClient({ baseUrl: parley.url, authorize: withBearer(body.AccessToken) });
    const centre = centreOf({
      url: parley.url, client, accessCode: accessCodes[0]?.code ?? '', sip,
      trunk: async (trunk) => { await operator.ask(createTrunk, trunk); },
      close: async () => {
        await running.end('SIGTERM');
        folder.remove();
      },
    });
    await centre.trunk(CUSTOMERS);
    return {
      ...centre, parley, vdnId, operator, client,
      restart: async (meanwhile) => {
        await running.end('SIGKILL');
        await meanwhile();
        const [, port = '0'] = /:(\d+)$/.exec(parley.url) ?? [];
        running = await startParley(folder.path, { ...given, PARLEY_HTTP_PORT: port });
      },
    };
  } catch (error) {
    folder.remove();
    throw error;
  }
}

/** Goes through the one-time link that Parley prints, as whoever has installed it does. */
async function becomeOperator({ url, output }: ParleyProcess, vdnId: number): Promise<Client> {
  const [, token = ''] = /\/setup#(\S+)/.exec(output()) ?? [];
  const { body, headers, ok } = await createClient({ baseUrl: url }).call(setUp, { token, account: 'operator', name: 'Olga Operator', password: 'Curious-Teapot-41' });
  assert.ok(ok, JSON.stringify(body));
  const cookie = headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
  return createClient({ baseUrl: url, authorize: () => ({ cookie, 'x-csrf-token': body.csrfToken ?? '', 'x-parley-tenant': String(vdnId) }) });
}

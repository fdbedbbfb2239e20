import { randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { tokenByAkSk } from '@parley/contract/access/c1-token.ts';
import { configuration } from '@parley/contract/configuration/family.ts';
import { createClient, withAsk, withBearer, type Client } from '@parley/contract/client.ts';
import { withSignature } from '@parley/contract/client-signature.ts';
import { isRefusal } from '@parley/contract/refusal.ts';
import { createMemoryFiles } from '../adapters/files/memory.ts';
import { createMemoryJobs } from '../adapters/jobs/memory.ts';
import { createMailMemory } from '../adapters/mail/memory.ts';
import { compose, type Parley, type World } from '../compose.ts';
import type { Database } from '../database/connect.ts';
import type { Role } from '../modules/account/index.ts';
import type { Outgoing } from '../engine/outgoing.ts';
import { createListener } from '../http/listener.ts';
import { createVault } from '../security/vault.ts';
import { createTestDatabase } from './database.ts';
import { recorded } from './operation-test.ts';
import { createQuietVoice } from './quiet-voice.ts';

export interface TestTenant {
  readonly vdnId: number;
  readonly tenantId: string;
  readonly tenantSpaceId: string;
  readonly appKey: string;
  readonly appSecret: string;
  /** Calls C1 operations as this tenant. */
  readonly client: Client;
  /** Calls administrative operations as this tenant's administrator. */
  readonly administrator: Client;
  /** Calls C2 operations with a key of this tenant. */
  readonly monitor: Client;
}

export interface TestServer {
  readonly url: string;
  readonly world: World;
  readonly parley: Parley;
  /** Calls without any authentication. */
  readonly anyone: Client;
  readonly tenant: (name?: string, changes?: { readonly timeZone?: string }) => Promise<TestTenant>;
  /** Calls C2 operations with a key for all tenants. */
  readonly overseer: Client;
  /** A client with a session of a new account of this role. */
  readonly signedIn: (vdnId: number, role: Role) => Promise<Client>;
  /** Moves the clock that Parley sees; what is due by then is done soon. */
  readonly advance: (ms: number) => void;
  /** Resolves when what is due is done, with all that came of it. */
  readonly settle: () => Promise<void>;
  /** Resolves when all jobs sent are done or given up; retries are not waited for, but tried at once. */
  readonly jobsDone: () => Promise<void>;
  /** Runs a scheduled job as if its time had come; `jobsDone` waits for it. */
  readonly fire: (name: string) => void;
  readonly close: () => Promise<void>;
}

export interface TestServerOptions {
  /** Replaces parts of the world, such as the file store. */
  readonly world?: Partial<World>;
  /** Whether time passes by `advance` alone, so that figures of seconds are the same on a slow machine. */
  readonly clockStands?: boolean;
}

/** Where tenants of tests are, unless they say otherwise. */
export const TEST_ZONE = 'Europe/Berlin';

/** Tests that expect no calls to users' URLs find out when one is made. */
const unreachable: Outgoing = { send: ({ url }) => Promise.resolve({ ok: false, why: 'unreachable', message: `nothing answers at ${url} in this test` }) };

/** A world that touches nothing but the database given; composed of it, Parley tells what it would serve. */
export function testWorld(db: Database, clock: () => number): World {
  return {
    db, clock, vault: createVault(randomBytes(32)),
    jobs: createMemoryJobs({ db }), files: createMemoryFiles(), outgoing: unreachable, mail: createMailMemory(), transcode: () => Promise.resolve({ ok: false, reason: 'no transcoder in this test' }),
    voice: createQuietVoice(), guidMode: 'static', pollWaitMs: 200, sweepMs: undefined,
    onFault: (message, details) => { if (process.env['PARLEY_TEST_LOG'] !== undefined) console.error(message, details); },
    addresses: { service: { host: '127.0.0.1', port: 8443 }, sip: { host: '127.0.0.1', port: 5060 } },
  };
}

/** Parley on a database of its own and a free port of the loopback, driven over real HTTP. */
export async function startTestServer({ world: overrides = {}, clockStands = false }: TestServerOptions = {}): Promise<TestServer> {
  const database = await createTestDatabase();
  let offset = 0;
  const start = Date.now();
  const clock = (): number => (clockStands ? start : Date.now()) + offset;
  const jobs = createMemoryJobs({ db: database.db, log: pino({ level: process.env['PARLEY_TEST_LOG'] ?? 'fatal' }) });
  const world: World = { ...testWorld(database.db, clock), jobs, ...overrides };
  const parley = compose(world);
  const app = createListener({
    handlers: parley.handlers, families: parley.families, defaultFamily: configuration, authenticators: parley.authenticators,
    clock, logger: pino({ level: process.env['PARLEY_TEST_LOG'] ?? 'fatal' }), trustedProxies: [], newRequestId: () => randomUUID(),
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const anyone = recorded(createClient({ baseUrl: url }), parley);

  const signedIn = async (vdnId: number, role: Role): Promise<Client> => {
    const account = `${role}-${randomBytes(4).toString('hex')}`;
    await parley.accounts.insert(world.db, vdnId, { account, name: account, role, email: `${account}@example.com`, phone: '', passwordHash: '' }, clock());
    const session = await parley.tokens.issue({ vdnId, kind: 'session', subject: account, lifeMs: 3_600_000 });
    return recorded(createClient({ baseUrl: url, authorize: withBearer(session) }), parley);
  };

  const by = { actor: 'test', source: 'test', operation: 'test' };
  const openMonitor = async (vdnId: number): Promise<Client> => {
    const key = await parley.writer.write(0, by, ({ tx, at }) => parley.keys.insert(tx, { vdnId, scheme: 'C2', label: 'monitor' }, at));
    if (isRefusal(key)) throw new Error('the key was refused');
    return recorded(createClient({ baseUrl: url, authorize: withSignature(key.keyId, key.secret, () => new Date(clock())) }), parley);
  };
  /** Its key is made when it calls first. */
  const monitorOf = (vdnId: number): Client => {
    let opened: Promise<Client> | undefined;
    return withAsk({
      call: async (...request) => {
        opened ??= openMonitor(vdnId);
        return (await opened).call(...request);
      },
    });
  };

  const tenant: TestServer['tenant'] = async (name = `tenant-${randomBytes(4).toString('hex')}`, { timeZone = TEST_ZONE } = {}) => {
    const made = await parley.createTenant(by, { name, tenantId: name, tenantSpaceId: `${name}-space`, timeZone });
    if (isRefusal(made)) throw new Error('the tenant was refused');
    const { vdnId } = made;
    const key = await parley.writer.write(0, by, ({ tx, at }) => parley.keys.insert(tx, { vdnId, scheme: 'C1', label: name }, at));
    if (isRefusal(key)) throw new Error('the key was refused');
    const { body } = await anyone.call(tokenByAkSk, { app_key: key.keyId, app_secret: key.secret }, { 'x-token-expire': '3600' });
    const client = recorded(createClient({ baseUrl: url, authorize: withBearer(body.AccessToken) }), parley);
    const administrator = await signedIn(vdnId, 'administrator');
    return { vdnId, administrator, monitor: monitorOf(vdnId), tenantId: name, tenantSpaceId: `${name}-space`, appKey: key.keyId, appSecret: key.secret, client };
  };

  const overseer = monitorOf(0);
  const { engine } = parley.gateway;
  await parley.gateway.start();
  await world.jobs.start();

  return {
    url, world, parley, anyone, tenant, signedIn, overseer,
    advance: (ms) => {
      offset += ms;
      engine.tick().catch((error: unknown) => { world.onFault('what was due could not be done', { error }); });
    },
    settle: async () => {
      await engine.tick();
      await engine.idle();
    },
    jobsDone: jobs.idle,
    fire: jobs.fire,
    close: async () => {
      await app.close();
      await world.jobs.stop();
      await parley.gateway.stop();
      await database.close();
    },
  };
}

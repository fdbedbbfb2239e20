import assert from 'node:assert/strict';
import { readFileSync, globSync } from 'node:fs';
import { describe, test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { tokenByAkSk } from '@parley/contract/access/c1-token.ts';
import { createClient, withBearer, type Client } from '@parley/contract/client.ts';
import { createSkill, querySkills } from '@parley/contract/configuration/queue.ts';
import { until } from '../server/testing/until.ts';
import { makeDataFolder, readDemo, startParley, type ParleyProcess } from './parley-process.ts';

const release = { transferType: 'Release' } as const;
const queue = (name: string) => ({
  mediaTypeId: 53 as const, description: 'written under load', name, maxWaitTime: 1, maxWaitNum: 1, maxAgentWrapupTime: 1,
  skillParam: { noAgents: release, busy: release, timeOut: release },
});

async function signIn(parley: ParleyProcess, dataDir: string): Promise<Client> {
  const { c1 } = readDemo(dataDir);
  const { body } = await createClient({ baseUrl: parley.url }).call(tokenByAkSk, { app_key: c1.appKey, app_secret: c1.appSecret });
  return createClient({ baseUrl: parley.url, authorize: withBearer(body.AccessToken), timeoutMs: 60_000 });
}

interface Load {
  /** Names of the queues whose creation was answered as done. */
  readonly answered: string[];
  /** The last reply, to tell what went wrong. */
  readonly last: () => string;
  readonly stop: () => Promise<void>;
}

/** Creates queues from several connections until told to stop; failures in between are what the test provokes. */
function writeLoad(client: Client, prefix: string): Load {
  const answered: string[] = [];
  const load = { on: true };
  let last = '';
  const writer = async (number: number): Promise<void> => {
    for (let index = 0; load.on; index += 1) {
      const name = `${prefix}-${number}-${index}`;
      const reply = await client.call(createSkill, queue(name)).catch((error: unknown) => ({ status: 0, body: { returnCode: String(error) } }));
      if (reply.body['returnCode'] === '0') answered.push(name);
      // What fails at once is not asked again at once.
      else await pause(RETRY_MS);
      last = `HTTP ${reply.status} ${JSON.stringify(reply.body)}`;
    }
  };
  const writers = [0, 1, 2, 3].map(writer);
  return {
    answered,
    last: () => last,
    stop: async () => {
      load.on = false;
      await Promise.all(writers);
    },
  };
}

async function names(client: Client): Promise<Set<string>> {
  const found = new Set<string>();
  for (let offset = 0; ; offset += 100) {
    const { body } = await client.call(querySkills, { limit: 100, offset });
    for (const { name } of body.data) found.add(name);
    if (body.data.length < 100) return found;
  }
}

function assertKept(answered: readonly string[], kept: ReadonlySet<string>): void {
  const lost = answered.filter((name) => !kept.has(name));
  assert.deepEqual(lost, [], 'what was answered is there');
  assert.ok(answered.length > 20, `only ${answered.length} writes were answered`);
}

const RETRY_MS = 20;

function setUp(context: TestContext): string {
  const folder = makeDataFolder();
  context.after(folder.remove);
  return folder.path;
}

describe('a kill -9 under write load loses nothing that was answered', () => {
  test('of Parley itself, after which the next start finds the database child that was left', async (context) => {
    const dataDir = setUp(context);
    let kept: string[] = [];
    for (const round of ['a', 'b']) {
      const parley = await startParley(dataDir);
      const load = writeLoad(await signIn(parley, dataDir), round);
      await until(() => load.answered.length > 30, 'writes are answered');
      await parley.end('SIGKILL');
      await load.stop();
      kept = [...kept, ...load.answered];
    }
    const parley = await startParley(dataDir);
    assertKept(kept, await names(await signIn(parley, dataDir)));
    assert.equal(await parley.end('SIGTERM'), 0);
  });

  test('of its database child, which is started again while Parley stays up', async (context) => {
    const dataDir = setUp(context);
    const parley = await startParley(dataDir);
    const client = await signIn(parley, dataDir);
    const load = writeLoad(client, 'c');
    await until(() => load.answered.length > 30, 'writes are answered');
    process.kill(postmasterOf(dataDir), 'SIGKILL');
    const before = load.answered.length;
    try {
      await until(() => load.answered.length > before + 10, 'writes are answered again', 60_000);
    } catch (error) {
      throw new Error(`the last reply was ${load.last()}\n${parley.output()}`, { cause: error });
    } finally {
      await load.stop();
    }
    assertKept(load.answered, await names(client));
    assert.equal(await parley.end('SIGTERM'), 0);
  });
});

function postmasterOf(dataDir: string): number {
  const [pidFile] = globSync(`${dataDir}/postgres*/**/postmaster.pid`);
  assert.ok(pidFile !== undefined, 'a database child runs');
  return Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
}

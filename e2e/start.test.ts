import assert from 'node:assert/strict';
import { globSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { tokenByAkSk } from '@parley/contract/access/c1-token.ts';
import { createClient, withBearer, type Client } from '@parley/contract/client.ts';
import { querySkills } from '@parley/contract/configuration/queue.ts';
import { makeDataFolder, readDemo, readyParley, spawnNpmStart, spawnParley, startParley } from './parley-process.ts';

function dataFolder(context: TestContext): string {
  const folder = makeDataFolder();
  context.after(folder.remove);
  return folder.path;
}

async function demoClient(url: string, dataDir: string): Promise<Client> {
  const { c1 } = readDemo(dataDir);
  const { body } = await createClient({ baseUrl: url }).call(tokenByAkSk, { app_key: c1.appKey, app_secret: c1.appSecret });
  return createClient({ baseUrl: url, authorize: withBearer(body.AccessToken) });
}

async function refusal(dataDir: string, settings: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const { ended, output } = spawnParley(dataDir, settings);
  return { code: await ended, output: output() };
}

describe('starting', () => {
  test('makes a demo tenant that works, keeps it secret, and ends in order', async (context) => {
    const dataDir = dataFolder(context);
    const parley = await startParley(dataDir);
    const health = await fetch(`${parley.url}/health`);
    assert.deepEqual([health.status, await health.json()], [200, { status: 'ready' }]);
    assert.equal(statSync(join(dataDir, 'demo.json')).mode & 0o777, 0o600);
    assert.equal(statSync(join(dataDir, 'secret.key')).mode & 0o777, 0o600);
    const client = await demoClient(parley.url, dataDir);
    const { body } = await client.call(querySkills, {});
    assert.deepEqual(body.data.map(({ skillId, name }) => ({ id: skillId, name })), readDemo(dataDir).queues);
    assert.equal(await parley.end('SIGTERM'), 0, parley.output());
    for (const secret of [readDemo(dataDir).c1.appSecret, readDemo(dataDir).agents[0]?.accountPassword ?? '?']) {
      assert.ok(!parley.output().includes(secret), 'a secret stands in the output');
    }

    const again = await startParley(dataDir);
    const { body: after } = await (await demoClient(again.url, dataDir)).call(querySkills, {});
    assert.equal(after.total, body.total, 'the demo is made once');
    assert.equal((await client.call(querySkills, {}).catch(() => undefined))?.status, undefined, 'the old address is closed');
    assert.equal(await again.end('SIGTERM'), 0);
  });

  test('by npm ends by a signal to npm, database included', async (context) => {
    const dataDir = dataFolder(context);
    const parley = await readyParley(spawnNpmStart(dataDir));
    assert.equal((await fetch(`${parley.url}/health`)).status, 200);
    await parley.end('SIGTERM');
    await assert.rejects(fetch(`${parley.url}/health`), 'nobody answers any more');
    assert.match(parley.output(), /SIGTERM: ending in order/);
    assert.deepEqual(globSync(`${dataDir}/postgres*/**/postmaster.pid`), [], 'the database has ended');
  });

  test('a token outlives a restart', async (context) => {
    const dataDir = dataFolder(context);
    const first = await startParley(dataDir);
    const { c1 } = readDemo(dataDir);
    const { body } = await createClient({ baseUrl: first.url }).call(tokenByAkSk, { app_key: c1.appKey, app_secret: c1.appSecret });
    await first.end('SIGKILL');
    const second = await startParley(dataDir);
    const client = createClient({ baseUrl: second.url, authorize: withBearer(body.AccessToken) });
    assert.equal((await client.call(querySkills, {})).status, 200);
    await second.end('SIGTERM');
  });

  test('says what is wrong when it cannot', async (context) => {
    const dataDir = dataFolder(context);
    const expectRefusal = async (settings: Record<string, string>, reason: RegExp): Promise<void> => {
      const { code, output } = await refusal(dataDir, settings);
      assert.match(output, reason);
      assert.equal(code, 78, output);
      assert.ok(!output.includes('    at '), `a stack trace is no message: ${output}`);
    };
    await expectRefusal({ PARLEY_HTP_PORT: '1' }, /did you mean PARLEY_HTTP_PORT/);
    await expectRefusal({ PARLEY_HTTP_PORT: 'eighty' }, /PARLEY_HTTP_PORT is "eighty"/);
    await expectRefusal({ PARLEY_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }, /The database cannot be used/);
    const file = join(dataDir, 'a-file');
    writeFileSync(file, '');
    await expectRefusal({ PARLEY_DATA_DIR: join(file, 'inside') }, /The data folder .* cannot be used/);
    const squatter = createServer();
    await new Promise<void>((resolve) => { squatter.listen(0, '127.0.0.1', resolve); });
    const { port } = squatter.address() as AddressInfo;
    try {
      await expectRefusal({ PARLEY_HTTP_PORT: String(port) }, new RegExp(`Port ${port} on 127.0.0.1 is taken`));
    } finally {
      squatter.close();
    }
  });
});

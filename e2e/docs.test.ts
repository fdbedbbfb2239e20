import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { makeDataFolder, startParley } from './parley-process.ts';

const run = promisify(execFile);
const page = readFileSync(new URL('../docs/first-steps.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);

test('the commands of docs/first-steps.md run as written', async (context) => {
  const folder = makeDataFolder();
  context.after(folder.remove);
  const parley = await startParley(join(folder.path, 'data'), { PARLEY_VOICE: 'simulated' });
  try {
    const [c1 = '', c2 = '', c4 = ''] = blocks;
    const output = async (block: string): Promise<string> => {
      // The port is the only thing that differs, as the test may not take 8080.
      assert.match(block, /BASE=http:\/\/127\.0\.0\.1:8080/);
      const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', block.replace('http://127.0.0.1:8080', parley.url)], { cwd: folder.path, timeout: 60_000 });
      return stdout;
    };
    const answers = await Promise.all([c1, c2].map(async (block) => JSON.parse(await output(block)) as Record<string, unknown>));
    const told = (await output(c4)).trim().split('\n').map((line) => JSON.parse(line) as { retcode: string; event?: { eventType: string } });
    assert.deepEqual(told.map(({ retcode, event }) => event?.eventType ?? retcode), [
      'AgentOther_InService', 'AgentState_Ready', '0', 'AgentOther_PhoneAlerting', 'AgentOther_PhoneOffhook', '0',
    ]);
    assert.equal(answers[0]?.['returnCode'], '0', JSON.stringify(answers[0]));
    assert.ok(Array.isArray(answers[0]?.['data']));
    assert.deepEqual(answers[1], { request: { say: 'Hello world!' }, status: 'UP' });
  } finally {
    await parley.end('SIGTERM');
  }
});

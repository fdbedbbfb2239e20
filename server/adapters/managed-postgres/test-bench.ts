// What the tests of this folder share.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { holdsWithin } from './deadline.ts';
import { findPostmaster } from './postmaster.ts';

export const quiet = (): void => undefined;

const toStop = new WeakMap<TestContext, { stop(): Promise<void> }[]>();

/** Stops it after the test, before its folder goes: hooks run in the order they are set, and the folder's is first. */
export function stopAfter(context: TestContext, server: { stop(): Promise<void> }): void {
  toStop.set(context, [...(toStop.get(context) ?? []), server]);
}

/** A folder of the test's own, gone after it together with a server that the test left in it. */
export function makeTestFolder(context: TestContext): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'parley-test-')));
  chmodSync(folder, 0o711);
  context.after(async () => {
    await Promise.all((toStop.get(context) ?? []).map((server) => server.stop()));
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const cluster = join(folder, dirname(file));
      const pid = basename(file) === 'postmaster.pid' ? findPostmaster(cluster) : undefined;
      if (pid !== undefined) {
        process.kill(pid, 'SIGQUIT');
        await holdsWithin(20_000, () => findPostmaster(cluster) === undefined);
      }
    }
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

export async function ask<Row extends object>(url: string, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 20_000 });
  client.on('error', quiet);
  try {
    await client.connect();
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

export interface OtherParley {
  readonly process: ChildProcess;
  /** The line it said when it was ready, or refused. */
  readonly said: Record<string, unknown>;
  readonly log: () => string;
}

const fixture = fileURLToPath(new URL('fixtures/keep-running.ts', import.meta.url));

/** Another Parley in a process of its own; ended after the test. */
export async function startOtherParley(
  context: TestContext,
  options: { dataDir: string; shared?: string; afterwards?: 'stay' | 'exit' | 'stop'; script?: string },
): Promise<OtherParley> {
  const { dataDir, shared = join(dataDir, 'shared'), afterwards = 'stay', script = fixture } = options;
  const child = spawn(process.execPath, [script, dataDir, shared, afterwards], { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (log += chunk));
  context.after(() => {
    child.kill('SIGKILL');
  });
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'close').then(() => {
    throw new Error(`the other Parley ended without a word: ${log}`);
  });
  const [line] = await Promise.race([once(lines, 'line', { signal: AbortSignal.timeout(60_000) }), ended]);
  const said: unknown = JSON.parse(String(line));
  return { process: child, said: { ...(typeof said === 'object' ? said : {}) }, log: () => log };
}

export async function killHard(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from '../server/testing/until.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Parley as its users start it: a process with settings, a data folder and an exit code. */
export interface ParleyProcess {
  readonly child: ChildProcess;
  readonly url: string;
  readonly output: () => string;
  /** Sends a signal and waits for the end; answers the exit code, or null after a kill. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
}

export interface Demo {
  readonly vdnId: number;
  readonly tenantId: string;
  readonly c1: { readonly appKey: string; readonly appSecret: string };
  readonly c2: { readonly accessKey: string; readonly secretKey: string };
  readonly c3: { readonly appKey: string; readonly appSecret: string };
  readonly c5: { readonly agentId: number; readonly password: string };
  readonly agents: readonly { readonly workNo: string; readonly account: string; readonly accountPassword: string; readonly password: string; readonly phone: string }[];
  readonly queues: readonly { readonly id: number; readonly name: string }[];
  readonly accessCodes: readonly { readonly code: string; readonly routesTo: string }[];
}

export function makeDataFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'parley-e2e-'));
  // PostgreSQL's own user passes through when the tests run as root.
  chmodSync(path, 0o711);
  return { path, remove: () => { rmSync(path, { recursive: true, force: true }); } };
}

export const readDemo = (dataDir: string): Demo => JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8')) as Demo;

const ADDRESS = /http:\/\/127\.0\.0\.1:\d+/;
const READY_MS = 60_000;

/** The start script, with the file's whole path, so that it runs in any folder; by its `exec` Parley is the child itself. */
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } };
const startScript = scripts.start.replace('server/main.ts', `'${join(root, 'server', 'main.ts')}'`);

export interface Spawned {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

/** Spawns Parley without waiting for anything. */
export function spawnParley(dataDir: string, settings: Readonly<Record<string, string>> = {}, options: readonly string[] = []): Spawned {
  mkdirSync(dataDir, { recursive: true });
  return spawnStart('sh', ['-c', [startScript, ...options].join(' ')], dataDir, dataDir, settings);
}

/** The same through npm, as a person does; installing is left out, as tests run on what is installed. */
export function spawnNpmStart(dataDir: string): Spawned {
  return spawnStart('npm', ['run', 'start', '--ignore-scripts'], root, dataDir, {});
}

function spawnStart(command: string, args: readonly string[], cwd: string, dataDir: string, settings: Readonly<Record<string, string>>): Spawned {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PARLEY_')));
  const child = spawn(command, args, {
    cwd,
    env: { ...env, PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`, PARLEY_DATA_DIR: dataDir, PARLEY_HTTP_PORT: '0', PARLEY_HTTPS_PORT: '0', PARLEY_SIP_PORT: '0', PARLEY_SIPS_PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (data: Buffer) => { output += data.toString(); });
  child.stderr.on('data', (data: Buffer) => { output += data.toString(); });
  const ended = new Promise<number | null>((resolve) => { child.on('close', (code) => { resolve(code); }); });
  return { child, output: () => output, ended };
}

/** Starts Parley and waits until it says that it is ready. */
export async function startParley(dataDir: string, settings: Readonly<Record<string, string>> = {}, options: readonly string[] = []): Promise<ParleyProcess> {
  return readyParley(spawnParley(dataDir, settings, options));
}

export async function readyParley({ child, output, ended }: Spawned): Promise<ParleyProcess> {
  const url = (): string | undefined => ADDRESS.exec(output())?.[0];
  await until(() => {
    if (child.exitCode !== null) throw new Error(`Parley ended before it was ready:\n${output()}`);
    return output().includes('Parley is ready') && url() !== undefined;
  }, 'Parley is ready', READY_MS);
  return {
    child, output, url: url() ?? '',
    end: async (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

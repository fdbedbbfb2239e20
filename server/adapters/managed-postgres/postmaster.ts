import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../../start-error.ts';
import { program } from './binaries.ts';
import type { Binaries } from './binaries.ts';
import { holdsWithin } from './deadline.ts';
import { errorCode } from './failure.ts';
import { readIfPresent } from './folders.ts';
import type { Log } from './log.ts';

type Signal = 'SIGINT' | 'SIGQUIT' | 'SIGKILL';

/** Fast shutdown, then immediate (the next start recovers), then the end without asking; each with its deadline. */
const shutdownSteps: readonly { signal: Signal; deadline: number }[] = [
  { signal: 'SIGINT', deadline: 30_000 },
  { signal: 'SIGQUIT', deadline: 10_000 },
  { signal: 'SIGKILL', deadline: 5_000 },
];

export function sendSignal(binaries: Binaries, pid: number, signal: Signal): void {
  if (process.platform === 'win32') {
    // Windows has no signals; PostgreSQL listens on a pipe instead, which pg_ctl knows.
    spawnSync(program(binaries, 'pg_ctl'), ['kill', signal.slice(3), String(pid)], { timeout: 10_000 });
    return;
  }
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') {
      throw error;
    }
    // It has ended by itself.
  }
}

/** Ends a postmaster step by step; false when even the last one did not help. */
export async function endPostmaster(
  binaries: Binaries,
  pid: number,
  ended: () => boolean,
  steps = shutdownSteps,
): Promise<boolean> {
  for (const { signal, deadline } of steps) {
    if (ended()) {
      return true;
    }
    sendSignal(binaries, pid, signal);
    if (await holdsWithin(deadline, ended, 5)) {
      return true;
    }
  }
  return ended();
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** Whether the process is PostgreSQL at work in this cluster, and not another that got its number later. */
function worksIn(pid: number, cluster: string): boolean {
  if (!exists(pid)) {
    return false;
  }
  if (process.platform === 'linux') {
    try {
      // A postmaster's working folder is its cluster. A process that has ended but was not waited for has none.
      return (
        readlinkSync(`/proc/${pid}/cwd`) === cluster && readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres'
      );
    } catch {
      // Gone meanwhile, or of another user, which a server of ours never is.
      return false;
    }
  }
  const listing =
    process.platform === 'win32'
      ? spawnSync('tasklist', ['/NH', '/FI', `PID eq ${pid}`], { encoding: 'utf8', timeout: 10_000 })
      : spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8', timeout: 10_000 });
  const shown = listing.stdout ?? '';
  return shown.includes('postgres') && (process.platform === 'win32' || shown.includes(cluster));
}

function readPid(file: string): number | undefined {
  const pid = Number.parseInt(readIfPresent(file)?.split('\n')[0] ?? '', 10);
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

/** The postmaster that runs in a cluster now, if there is one. */
export function findPostmaster(cluster: string): number | undefined {
  const pid = readPid(join(cluster, 'postmaster.pid'));
  return pid !== undefined && worksIn(pid, realpathSync(cluster)) ? pid : undefined;
}

/** Ends the server that a killed Parley left behind. To be called under the lock only: it may have no live owner. */
export async function endLeftover(binaries: Binaries, cluster: string, log: Log): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  const running = findPostmaster(cluster);
  if (running !== undefined) {
    const startedBy = readIfPresent(join(cluster, 'postmaster.opts')) ?? '';
    if (!startedBy.includes('cluster_name=parley-managed')) {
      throw new StartError(
        `A PostgreSQL that Parley did not start (process ${running}) uses the database in ${cluster}.`,
        `Stop it first: kill -INT ${running}`,
      );
    }
    log('ending the PostgreSQL that an earlier Parley left behind', { pid: running });
    if (!(await endPostmaster(binaries, running, () => findPostmaster(cluster) !== running))) {
      throw new StartError(
        `The PostgreSQL that an earlier Parley left behind (process ${running}) does not end.`,
        'Its disk may hang: look at it, or start the machine anew.',
      );
    }
  }
  disarmPidFile(file);
}

/**
 * After a reboot the number in postmaster.pid may belong to any process, and PostgreSQL would refuse to start. The file
 * must not go: its seventh line is how PostgreSQL finds backends that outlived their postmaster. But it takes the
 * number of its own parent for stale, and its parent is this process.
 */
function disarmPidFile(file: string): void {
  const content = readIfPresent(file);
  const pid = readPid(file);
  if (content === undefined || (pid !== undefined && !exists(pid))) {
    return;
  }
  if (process.platform === 'win32' || pid === undefined) {
    // Windows gives PostgreSQL no parent to ask for, and shared memory ends with its processes there.
    rmSync(file, { force: true });
    return;
  }
  const [, ...rest] = content.split('\n');
  writeFileSync(file, `${[String(process.pid), ...rest].join('\n')}\n`);
}

/** Keeps the end of what a server says, and passes each line on. */
export function followOutput(child: ChildProcess, onLine: (line: string) => void): () => string {
  const kept: string[] = [];
  let rest = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines.map((text) => text.trimEnd())) {
      kept.push(line);
      kept.splice(0, Math.max(0, kept.length - 40));
      onLine(line);
    }
  });
  return () => [...kept, rest].join('\n');
}

export interface ServerProcess {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly user: { uid?: number; gid?: number };
}

export function spawnServer(server: ServerProcess): ChildProcess {
  return spawn(server.file, server.args, {
    cwd: server.cwd,
    env: server.env,
    // Its own process group: a Ctrl-C in the terminal reaches Parley alone, which orders the shutdown.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
    ...server.user,
  });
}

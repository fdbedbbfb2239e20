import { spawn } from 'node:child_process';
import { errorMessage } from './failure.ts';
import type { Identity } from './run-as.ts';

export interface Run {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly identity?: Identity | undefined;
  readonly deadline: number;
  readonly environment?: NodeJS.ProcessEnv;
  readonly shell?: boolean;
}

export interface Ran {
  readonly ok: boolean;
  readonly stdout: string;
  readonly output: string;
}

// PostgreSQL needs no more, and must see neither our secrets nor a PGDATA or PGPORT of the operator's shell.
const passedOn = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'];

export function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = passedOn.filter((name) => process.env[name] !== undefined);
  return { ...Object.fromEntries(kept.map((name) => [name, process.env[name]])), LC_ALL: 'C', TZ: 'UTC' };
}

export function asUser(identity: Identity | undefined): { uid?: number; gid?: number } {
  return identity === undefined ? {} : { uid: identity.uid, gid: identity.gid };
}

/** Runs a program to its end and keeps what it said. */
export function runProgram(run: Run): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(run.file, run.args, {
      cwd: run.cwd,
      env: run.environment ?? serverEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: run.shell ?? false,
      windowsHide: true,
      timeout: run.deadline,
      killSignal: 'SIGKILL',
      ...asUser(run.identity),
    });
    let stdout = '';
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => resolve({ ok: false, stdout, output: `${output}${errorMessage(error)}` }));
    child.on('close', (code, signal) => {
      const ending = signal === null ? '' : `ended by ${signal} (its deadline was ${run.deadline / 1000} s)`;
      resolve({ ok: code === 0, stdout, output: `${output}${ending}` });
    });
  });
}

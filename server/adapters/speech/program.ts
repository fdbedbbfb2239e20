import { spawn } from 'node:child_process';

export type Ran =
  | { readonly ok: true; readonly output: Buffer }
  | { readonly ok: false; readonly why: 'absent' | 'deadline' | 'tooMuch' | 'failed'; readonly message: string };

export interface Program {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly input: string;
  readonly deadlineMs: number;
  readonly maxOutput: number;
  /** Ends it from outside. */
  readonly signal?: AbortSignal;
}

/** Runs a program without a shell, gives it its input, and takes what it writes; it ends in time, by force if need be. */
export function run({ command, arguments: given, input, deadlineMs, maxOutput, signal }: Program): Promise<Ran> {
  const { promise, resolve } = Promise.withResolvers<Ran>();
  const child = spawn(command, given, { stdio: ['pipe', 'pipe', 'pipe'], env: { PATH: process.env['PATH'], LANG: 'C.UTF-8' } });
  const chunks: Buffer[] = [];
  let size = 0;
  let complaint = '';
  const giveUp = (ran: Ran): void => {
    resolve(ran);
    child.kill('SIGKILL');
  };
  const deadline = setTimeout(() => { giveUp({ ok: false, why: 'deadline', message: `${command} took longer than ${deadlineMs} ms` }); }, deadlineMs);
  const abort = (): void => { giveUp({ ok: false, why: 'failed', message: `${command} was ended` }); };
  signal?.addEventListener('abort', abort, { once: true });
  child.on('error', (error: NodeJS.ErrnoException) => {
    resolve({ ok: false, why: error.code === 'ENOENT' || error.code === 'EACCES' ? 'absent' : 'failed', message: error.message });
  });
  child.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxOutput) giveUp({ ok: false, why: 'tooMuch', message: `${command} wrote more than ${maxOutput} bytes` });
    else chunks.push(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => { complaint = (complaint + chunk.toString('utf8')).slice(0, 300); });
  // It may end before it has read all of its input; how it ended tells more than that.
  child.stdin.on('error', () => undefined);
  child.on('close', (code) => {
    resolve(code === 0 ? { ok: true, output: Buffer.concat(chunks) } : { ok: false, why: 'failed', message: `${command} ended with ${code ?? 'a signal'}: ${complaint.trim()}` });
  });
  child.stdin.end(input);
  if (signal?.aborted === true) abort();
  return promise.finally(() => {
    clearTimeout(deadline);
    signal?.removeEventListener('abort', abort);
  });
}

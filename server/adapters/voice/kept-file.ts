import { mkdir, open, readFile, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Timers } from '../../../telephony/timers.ts';

export interface KeptFileOptions {
  readonly path: string;
  /** Of what is written: what another version has written is not read. */
  readonly version: number;
  readonly timers: Pick<Timers, 'after'>;
  readonly onFault: (message: string, details: Readonly<Record<string, unknown>>) => void;
}

/** Values by name that outlive the process, as the last process has left them: a file to which lines are appended, and that is written anew now and then. */
export interface KeptFile {
  /** What was there when it was opened. */
  readonly found: ReadonlyMap<string, unknown>;
  /** Soon, and together with what else has changed by then: the value is asked for when it is written. Undefined leaves what is there. */
  readonly put: (name: string, value: () => unknown) => void;
  readonly remove: (name: string) => void;
  /** Resolves when all is written that was to be. */
  readonly close: () => Promise<void>;
}

/** What is lost where it is killed in between. */
const WRITES_AFTER_MS = 50;
/** So many lines more than values are worth writing it anew at once; a few are written out of it by and by, as there are numbers in them. */
const SPARE_LINES = 1_000;
const TIDY_MS = 600_000;

type Line = readonly [version: number, name: string, value?: unknown];

function readLines(text: string, version: number): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const line of text.split('\n')) {
    let read: unknown;
    try {
      read = JSON.parse(line);
    } catch {
      // The end of the file, or where the process was killed while it was writing.
      continue;
    }
    if (!Array.isArray(read)) continue;
    const [of, name, value] = read as unknown as Line;
    if (of !== version || typeof name !== 'string') continue;
    found.delete(name);
    if (value !== undefined) found.set(name, value);
  }
  return found;
}

/**
 * Nothing is synced to the disk: what is written survives the process, and with the machine go the calls as well. It can be read by
 * nobody but who runs Parley, as it holds numbers; each is gone from it some minutes after its call is over.
 */
export async function openKeptFile({ path, version, timers, onFault }: KeptFileOptions): Promise<KeptFile> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const found = readLines(await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return '';
  }), version);
  /** The lines that count. */
  const lines = new Map<string, string>();
  const changes = new Map<string, (() => unknown) | undefined>();
  let file: FileHandle | undefined;
  let written = 0;
  let isDue = false;
  let isFailing = false;
  let isClosed = false;
  let stopTidying: (() => void) | undefined;
  let turn: Promise<void> = Promise.resolve();

  const lineOf = (name: string, value?: unknown): string => `${JSON.stringify([version, name, value] satisfies Line)}\n`;
  for (const [name, value] of found) lines.set(name, lineOf(name, value));

  const rewrite = async (): Promise<void> => {
    const former = file;
    file = undefined;
    stopTidying?.();
    stopTidying = undefined;
    await former?.close();
    const next = await open(`${path}.next`, 'w', 0o600);
    try {
      written = lines.size;
      await next.writeFile([...lines.values()].join(''));
      await rename(`${path}.next`, path);
      file = next;
    } finally {
      if (file !== next) await next.close();
    }
  };

  /** Takes what has changed into the lines that count; answers what is to be appended. */
  const take = (): string => {
    let text = '';
    for (const [name, value] of changes) {
      if (value === undefined) {
        if (!lines.delete(name)) continue;
        text += `${JSON.stringify([version, name])}\n`;
      } else {
        const now = value();
        if (now === undefined) continue;
        const line = lineOf(name, now);
        lines.set(name, line);
        text += line;
      }
      written += 1;
    }
    changes.clear();
    return text;
  };

  const write = async (isTidying = false): Promise<void> => {
    isDue = false;
    if (isClosed) return;
    try {
      const text = take();
      if (file === undefined || isTidying || written > 2 * lines.size + SPARE_LINES) await rewrite();
      else if (text !== '') await file.appendFile(text);
      if (written > lines.size) stopTidying ??= timers.after(TIDY_MS, () => { turn = turn.then(() => write(true)); });
      isFailing = false;
    } catch (error) {
      // Written anew the next time, so that no half of a line stands in the middle.
      await file?.close().catch(() => undefined);
      file = undefined;
      if (!isFailing) onFault('what is needed to go on with calls after a restart could not be written', { path, error });
      isFailing = true;
    }
  };

  const soon = (): void => {
    if (isDue) return;
    isDue = true;
    timers.after(WRITES_AFTER_MS, () => { turn = turn.then(() => write()); });
  };

  return {
    found,
    put: (name, value) => {
      changes.set(name, value);
      soon();
    },
    remove: (name) => {
      // Most of what ends was never written.
      if (lines.has(name)) {
        changes.set(name, undefined);
        soon();
      } else changes.delete(name);
    },
    close: async () => {
      turn = turn.then(() => write());
      await turn;
      isClosed = true;
      stopTidying?.();
      await file?.close();
    },
  };
}

import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Files } from '../../engine/files.ts';
import { checkKey } from './key.ts';

/** Not a key, as it begins with a dot: files on their way in cannot be taken for files. */
const INCOMING = '.incoming';
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
/** Other processes may write here too; what has lain for so long belongs to one that died. */
const LEFT_BEHIND_MS = 24 * 3600 * 1000;
/** What the system says of a key that is not there, or of which a part is a folder where a file should be, or the reverse. */
const MISSING = ['ENOENT', 'ENOTDIR', 'EISDIR'];

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && MISSING.includes(String(error.code));

/**
 * The file store as a folder. A file is written aside, synchronised, moved into place, and then the folder is
 * synchronised: whoever reads sees the old file or the new one, also after a power cut.
 */
export function createDirectoryFiles(options: { readonly folder: string }): Files {
  const folder = resolve(options.folder);
  let prepared: Promise<void> | undefined;
  const incoming = join(folder, INCOMING);

  const prepare = async (): Promise<void> => {
    await makeFolder(incoming, dirname(folder));
    for (const name of await readdir(incoming)) {
      const path = join(incoming, name);
      const age = await stat(path).then(({ mtimeMs }) => Date.now() - mtimeMs, () => 0);
      if (age > LEFT_BEHIND_MS) await rm(path, { force: true });
    }
  };
  const ready = (): Promise<void> => {
    // A failure is not kept: the disk may be there the next time.
    prepared ??= prepare().catch((error: unknown) => {
      prepared = undefined;
      throw error;
    });
    return prepared;
  };

  const put = async (key: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> => {
    checkKey(key);
    await ready();
    const path = join(folder, key);
    const draft = join(incoming, randomUUID());
    try {
      await writeDurably(draft, content);
      await makeFolder(dirname(path), folder);
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    await synchronise(dirname(path));
  };

  return {
    put,
    putStream: put,
    open: async (key) => {
      checkKey(key);
      const path = join(folder, key);
      const found = await stat(path).catch((error: unknown) => {
        if (isMissing(error)) return undefined;
        throw error;
      });
      return found?.isFile() === true ? { size: found.size, read: (from, to) => readPart(path, from, to) } : undefined;
    },
    get: async (key) => {
      checkKey(key);
      try {
        const { buffer, byteOffset, length } = await readFile(join(folder, key));
        return new Uint8Array(buffer, byteOffset, length);
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    remove: async (key) => {
      checkKey(key);
      const path = join(folder, key);
      try {
        await unlink(path);
      } catch (error) {
        if (isMissing(error)) return;
        throw error;
      }
      await synchronise(dirname(path));
    },
  };
}

async function* readPart(path: string, from: number, to: number): AsyncIterable<Uint8Array> {
  if (from >= to) return;
  let sent = 0;
  for await (const chunk of createReadStream(path, { start: from, end: to - 1 }) as AsyncIterable<Uint8Array>) {
    sent += chunk.length;
    yield chunk;
  }
  if (sent < to - from) throw new Error(`${path} has become shorter`);
}

async function writeDurably(path: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'wx', FILE_MODE);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a folder and those on the way to it; each new entry is made durable in the folder that holds it, up to `top`. */
async function makeFolder(path: string, top: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: FOLDER_MODE });
  if (first === undefined) return;
  for (let made = path; made.length > top.length; made = dirname(made)) await synchronise(dirname(made));
}

async function synchronise(path: string): Promise<void> {
  // Windows opens no folders and keeps their entries by itself.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

export interface SoundCacheOptions {
  readonly folder: string;
  readonly maxBytes: number;
  readonly clock: () => number;
}

/** Files by the hash of what is in them, of which those that were used least recently go when there are too many. */
export interface SoundCache {
  /** The file, if it is there. */
  readonly find: (key: string) => Promise<string | undefined>;
  /** Whole when this resolves. */
  readonly put: (key: string, bytes: Uint8Array) => Promise<string>;
  /** Drops what was put before. */
  readonly dropOlderThan: (at: number) => Promise<void>;
}

interface Kept {
  readonly size: number;
  readonly putAt: number;
  usedAt: number;
  /** When the file's own time was last set: the order of use outlives the process. */
  touchedAt: number;
}

const NAME = /^([0-9a-f]{64})\.wav$/;
/** Who was just told of a file still has to open it. */
const UNTOUCHED_MS = 60_000;
const TOUCH_MS = 3_600_000;

export function createSoundCache({ folder, maxBytes, clock }: SoundCacheOptions): SoundCache {
  /** Those used least recently come first. */
  const kept = new Map<string, Kept>();
  let total = 0;
  let opening: Promise<void> | undefined;

  const pathOf = (key: string): string => join(folder, `${key}.wav`);

  const forget = (key: string): void => {
    total -= kept.get(key)?.size ?? 0;
    kept.delete(key);
  };

  const load = async (): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const found: (readonly [string, Kept])[] = [];
    for (const name of await readdir(folder)) {
      const [, key] = NAME.exec(name) ?? [];
      const { size, mtimeMs } = key === undefined ? { size: 0, mtimeMs: 0 } : await stat(join(folder, name));
      // Half written ones are of a process that died over them.
      if (key === undefined || size === 0) await rm(join(folder, name), { force: true, recursive: true });
      else found.push([key, { size, putAt: mtimeMs, usedAt: mtimeMs, touchedAt: mtimeMs }]);
    }
    for (const [key, entry] of found.toSorted(([, a], [, b]) => a.usedAt - b.usedAt)) {
      kept.set(key, entry);
      total += entry.size;
    }
  };

  const ready = (): Promise<void> => {
    opening ??= load().catch((error: unknown) => {
      // The folder may be mended before the next one comes.
      opening = undefined;
      throw error;
    });
    return opening;
  };

  const makeRoom = async (): Promise<void> => {
    const now = clock();
    for (const [key, { usedAt }] of kept) {
      if (total <= maxBytes || now - usedAt < UNTOUCHED_MS) return;
      forget(key);
      await rm(pathOf(key), { force: true });
    }
  };

  return {
    find: async (key) => {
      await ready();
      const entry = kept.get(key);
      if (entry === undefined) return undefined;
      const isThere = await stat(pathOf(key)).then(({ size }) => size === entry.size, () => false);
      if (!isThere) {
        forget(key);
        return undefined;
      }
      const now = clock();
      entry.usedAt = now;
      if (kept.delete(key)) kept.set(key, entry);
      if (now - entry.touchedAt > TOUCH_MS) {
        entry.touchedAt = now;
        await utimes(pathOf(key), now / 1000, now / 1000).catch(() => undefined);
      }
      return pathOf(key);
    },
    put: async (key, bytes) => {
      await ready();
      const written = join(folder, `.${randomUUID()}`);
      try {
        const file = await open(written, 'wx', 0o600);
        try {
          await file.writeFile(bytes);
        } finally {
          await file.close();
        }
        await rename(written, pathOf(key));
      } catch (error) {
        await rm(written, { force: true });
        throw error;
      }
      forget(key);
      const now = clock();
      kept.set(key, { size: bytes.length, putAt: now, usedAt: now, touchedAt: now });
      total += bytes.length;
      await makeRoom();
      return pathOf(key);
    },
    dropOlderThan: async (at) => {
      await ready();
      for (const [key, { putAt }] of kept) {
        if (putAt >= at) continue;
        forget(key);
        await rm(pathOf(key), { force: true });
      }
    },
  };
}

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { SoundBytes } from '../../engine/recording-files.ts';

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code));

/** A file as it is; undefined where there is none, or nothing in it. */
export async function openWhole(path: string): Promise<SoundBytes | undefined> {
  const found = await stat(path).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (found?.isFile() !== true || found.size === 0) return undefined;
  return {
    size: found.size,
    read: async function* read(from, to) {
      if (from >= to) return;
      let sent = 0;
      for await (const chunk of createReadStream(path, { start: from, end: to - 1 }) as AsyncIterable<Uint8Array>) {
        sent += chunk.length;
        yield chunk;
      }
      if (sent < to - from) throw new Error(`${path} has become shorter`);
    },
  };
}

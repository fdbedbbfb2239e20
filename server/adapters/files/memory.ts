import type { Files } from '../../engine/files.ts';
import { checkKey } from './key.ts';

/** For tests: keeps files in memory. */
export function createMemoryFiles(): Files {
  const kept = new Map<string, Uint8Array>();
  return {
    put: async (key, bytes) => {
      checkKey(key);
      kept.set(key, Uint8Array.from(bytes));
    },
    putStream: async (key, source) => {
      checkKey(key);
      const chunks: Uint8Array[] = [];
      for await (const chunk of source) chunks.push(Uint8Array.from(chunk));
      const whole = Buffer.concat(chunks);
      kept.set(key, new Uint8Array(whole.buffer, whole.byteOffset, whole.length));
    },
    get: async (key) => {
      checkKey(key);
      return kept.get(key)?.slice();
    },
    open: async (key) => {
      checkKey(key);
      const bytes = kept.get(key);
      return bytes === undefined ? undefined : {
        size: bytes.length,
        read: async function* read(from, to) { if (from < to) yield bytes.slice(from, to); },
      };
    },
    remove: async (key) => {
      checkKey(key);
      kept.delete(key);
    },
  };
}

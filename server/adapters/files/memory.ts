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
    get: async (key) => {
      checkKey(key);
      return kept.get(key)?.slice();
    },
    remove: async (key) => {
      checkKey(key);
      kept.delete(key);
    },
  };
}

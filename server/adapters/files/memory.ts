import type { Files } from '../../engine/files.ts';

/** For tests: keeps files in memory. */
export function createMemoryFiles(): Files {
  const kept = new Map<string, Uint8Array>();
  return {
    put: (key, bytes) => { kept.set(key, bytes.slice()); return Promise.resolve(); },
    get: (key) => Promise.resolve(kept.get(key)),
    remove: (key) => { kept.delete(key); return Promise.resolve(); },
  };
}

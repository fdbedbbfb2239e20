const SEGMENT = /^[a-z0-9_-][a-z0-9._-]{0,199}$/;
const MAX_LENGTH = 500;

/**
 * Refuses a key that could lead out of the store or would not mean the same everywhere. Keys are of our own making, so a
 * bad one is a bug. One letter case only: some file systems do not tell them apart.
 */
export function checkKey(key: string): void {
  if (key.length > MAX_LENGTH || !key.split('/').every((segment) => SEGMENT.test(segment) && !segment.endsWith('.'))) {
    throw new Error(`"${key.slice(0, 100)}" is no key of the file store: a-z, 0-9, ".", "_" and "-" between slashes`);
  }
}

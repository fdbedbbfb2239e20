import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Files } from '../engine/files.ts';

/** So private are voice files of tenants. */
const FOLDER_MODE = 0o700;

/**
 * Files of the file store as files on this machine, wherever the store is. A copy is written aside and moved into its place, as
 * media threads play whatever lies there; whoever asks for one that is being fetched waits for that.
 */
export function createLocalCopies(files: Pick<Files, 'get'>, folder: string): (key: string) => Promise<string | undefined> {
  const fetching = new Map<string, Promise<string | undefined>>();

  const fetched = async (key: string, path: string): Promise<string | undefined> => {
    const isThere = await stat(path).then(() => true, () => false);
    if (isThere) return path;
    const bytes = await files.get(key);
    if (bytes === undefined) return undefined;
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
    // A name of its own, as other processes may copy the same file here.
    const draft = `${path}.${randomUUID()}`;
    try {
      await writeFile(draft, bytes);
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    return path;
  };

  return (key) => {
    const known = fetching.get(key);
    if (known !== undefined) return known;
    const path = join(folder, `${createHash('sha256').update(key).digest('hex')}.wav`);
    const fetch = fetched(key, path).finally(() => { fetching.delete(key); });
    fetching.set(key, fetch);
    return fetch;
  };
}

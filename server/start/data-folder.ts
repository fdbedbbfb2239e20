import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { StartError } from '../start-error.ts';

/** Makes the data folder, for its owner alone to list, and sees that it can be used. */
export function openDataFolder(path: string): string {
  const folder = resolve(path);
  const remedy = 'Choose another folder with PARLEY_DATA_DIR, or give the user that runs Parley the right to write there.';
  try {
    if (!existsSync(folder)) {
      mkdirSync(folder, { recursive: true });
      // PostgreSQL's own user must be able to pass through when root starts Parley; what is secret inside is 0600.
      chmodSync(folder, 0o711);
    }
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    const probe = join(folder, '.probe');
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw new StartError(`The data folder ${folder} cannot be used: ${error instanceof Error ? error.message : String(error)}.`, remedy);
  }
  return folder;
}

const KEY_BYTES = 32;

/** The master key: given in the settings, or made once and kept beside the data. */
export function readSecretKey(given: string, folder: string): Buffer {
  if (given !== '') {
    const key = Buffer.from(given, 'base64');
    if (key.length !== KEY_BYTES) throw new StartError('PARLEY_SECRET_KEY does not hold 32 bytes in base64.', 'Make one with: openssl rand -base64 32');
    return key;
  }
  const path = join(folder, 'secret.key');
  if (!existsSync(path)) {
    const key = randomBytes(KEY_BYTES);
    writeFileSync(path, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
    return key;
  }
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64');
  if (key.length !== KEY_BYTES) throw new StartError(`The key file ${path} is damaged.`, 'Bring it back from your backup; without it the secrets in the database cannot be read.');
  return key;
}

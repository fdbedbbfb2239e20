import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StartError } from '../../start-error.ts';
import { errorMessage, explainFileError } from './failure.ts';

export interface Lock {
  release(): void;
}

// A connection that is garbage collected would let go of its lock.
const held = new Set<DatabaseSync>();

const sqliteBusy = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
}

function describeHolder(holderFile: string): string {
  try {
    return readFileSync(holderFile, 'utf8').trim();
  } catch {
    // The holder may not have written its name yet; the lock itself is what counts.
    return 'unknown process';
  }
}

/**
 * Makes this process the only Parley on the folder. The lock is one of the operating system (Node has none of its
 * own, SQLite's is the portable one): it ends with its holder even by kill -9 or power loss, so it is never stale and
 * no reused process id can be mistaken for the holder. The postmaster does not inherit it.
 * The lock file must not be opened in another way by this process: closing it would let go of a POSIX lock.
 */
export function takeLock(lockFile: string, holderFile: string, dataDir: string): Lock {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(lockFile, { timeout: 0 });
    // In memory, so that no journal file is ever left beside the lock.
    database.exec('PRAGMA journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
    writeFileSync(holderFile, `process ${process.pid}\n`, { mode: 0o644 });
  } catch (error) {
    database?.close();
    if (isBusy(error)) {
      throw new StartError(
        `Another Parley uses the data folder ${dataDir} (${describeHolder(holderFile)}).`,
        'Stop that one first, or set PARLEY_DATA_DIR to another folder.',
      );
    }
    const explained = explainFileError(error, dataDir);
    if (explained instanceof StartError) {
      throw explained;
    }
    throw new StartError(
      `The data folder ${dataDir} cannot be locked: ${errorMessage(error)}.`,
      'Put PARLEY_DATA_DIR on a local disk where Parley may write.',
    );
  }
  const holder = database;
  held.add(holder);
  let released = false;
  return {
    release() {
      if (!released) {
        released = true;
        rmSync(holderFile, { force: true });
        held.delete(holder);
        holder.close();
      }
    },
  };
}

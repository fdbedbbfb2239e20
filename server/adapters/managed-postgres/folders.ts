import { createHash } from 'node:crypto';
import { chmodSync, chownSync, closeSync, existsSync, fsyncSync, lchownSync, mkdirSync, openSync } from 'node:fs';
import { readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../../start-error.ts';
import { errorCode, explainFileError } from './failure.ts';
import type { Log } from './log.ts';
import { chooseIdentity, findBarrier, isRoot } from './run-as.ts';
import type { Identity } from './run-as.ts';

/** Where a folder for root goes that the user of PostgreSQL cannot reach. */
export const sharedFolder = '/var/lib/parley';

/** The home is Parley's own; only the cluster and the socket folder in it belong to the user of PostgreSQL. */
export interface Home {
  readonly dataDir: string;
  readonly folder: string;
  readonly cluster: string;
  /** A cluster in the making; worthless after a crash. */
  readonly fresh: string;
  /** An upgraded cluster, complete and checked, that waits to take the place of the old one. */
  readonly verified: string;
  readonly password: string;
  readonly lock: string;
  readonly holder: string;
  /** Set when the home is not inside the data folder: the file there that says where it is. */
  readonly pointer: string | undefined;
}

function describeHome(dataDir: string, folder: string): Home {
  const inside = join(dataDir, 'postgres');
  return {
    dataDir,
    folder,
    cluster: join(folder, 'cluster'),
    fresh: join(folder, 'cluster.new'),
    verified: join(folder, 'cluster.verified'),
    password: join(folder, 'password'),
    lock: join(folder, 'lock'),
    holder: join(folder, 'holder'),
    pointer: folder === inside ? undefined : join(inside, 'location'),
  };
}

export function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

/** Makes a folder with exactly this mode, whatever the umask. */
export function makeFolder(folder: string, mode: number): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, mode);
}

// Root's home is only passed through by the user of PostgreSQL: root writes files there, and so must own it.
const homeMode = (): number => (isRoot() ? 0o711 : 0o700);

function followPointer(dataDir: string, pointer: string, folder: string): Home {
  if (!existsSync(folder)) {
    throw new StartError(
      `The database of ${dataDir} is said to be in ${folder}, and is not there (or not to be seen by this user).`,
      `Bring that folder back, start as root if root made it, or remove ${pointer} to begin with an empty database.`,
    );
  }
  const owner = readIfPresent(join(folder, 'data-folder'));
  const ownerPointer = owner === undefined ? undefined : join(owner, 'postgres', 'location');
  if (owner !== dataDir && ownerPointer !== undefined && existsSync(ownerPointer)) {
    throw new StartError(
      `The data folder ${dataDir} is a copy of ${owner}: both name the database in ${folder}.`,
      `Start from ${owner}, or remove ${pointer} to begin with an empty database.`,
    );
  }
  return describeHome(dataDir, folder);
}

/** Finds, or makes, the folder that holds the database of a data folder. */
export function placeHome(wantedDataDir: string, shared: string): Home {
  try {
    mkdirSync(wantedDataDir, { recursive: true });
    const dataDir = realpathSync(wantedDataDir);
    const inside = join(dataDir, 'postgres');
    makeFolderOnce(inside);
    const pointer = join(inside, 'location');
    const elsewhere = readIfPresent(pointer);
    if (elsewhere !== undefined) {
      return followPointer(dataDir, pointer, elsewhere);
    }
    const cluster = join(inside, 'cluster');
    const identity = chooseIdentity(cluster);
    const barrier = identity === undefined ? undefined : findBarrier(inside, identity);
    if (identity === undefined || barrier === undefined) {
      return describeHome(dataDir, inside);
    }
    if (existsSync(cluster)) {
      throw new StartError(
        `The database in ${inside} runs as ${identity.name}, who may not enter ${barrier}.`,
        `Let it pass (chmod o+x ${barrier}), or move the data folder to where it was.`,
      );
    }
    const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
    makeFolderOnce(shared, 0o755);
    const folder = join(realpathSync(shared), name);
    makeFolderOnce(folder);
    return describeHome(dataDir, folder);
  } catch (error) {
    throw explainFileError(error, wantedDataDir);
  }
}

// A folder that is there keeps the mode its owner gave it.
function makeFolderOnce(folder: string, mode = homeMode()): void {
  if (!existsSync(folder)) {
    makeFolder(folder, mode);
  }
}

/** Under the lock: leaves the pointer to a home outside the data folder, and says where the database is. */
export function recordHome(home: Home, now: () => number, log: Log): void {
  if (home.pointer === undefined) {
    return;
  }
  if (readIfPresent(home.pointer) === undefined) {
    if (existsSync(home.cluster)) {
      // The data folder was removed and made anew: its owner expects an empty database, and we delete nothing.
      const aside = freeName(`${home.cluster}.left-${day(now)}`);
      renameSync(home.cluster, aside);
      log(`a database of an earlier ${home.dataDir} is kept in ${aside}`);
    }
    writeFileSync(home.pointer, `${home.folder}\n`);
  }
  writeFileSync(join(home.folder, 'data-folder'), `${home.dataDir}\n`);
  log(`the database of ${home.dataDir} is in ${home.folder}, as PostgreSQL's user may not enter the data folder`);
}

export function day(now: () => number): string {
  return new Date(now()).toISOString().slice(0, 10);
}

export function freeName(path: string): string {
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? path : `${path}-${count}`;
    if (!existsSync(candidate)) {
      return candidate;
    }
  }
}

/** An empty folder for PostgreSQL to work in; what was there is removed. */
export function emptyFolder(folder: string, identity: Identity | undefined): void {
  rmSync(folder, { recursive: true, force: true });
  // Not recursive, so that it fails where somebody put a link in between.
  mkdirSync(folder, { mode: 0o700 });
  if (identity !== undefined) {
    chownSync(folder, identity.uid, identity.gid);
  }
}

/** Gives a tree that root brought (from a backup, say) to the user of PostgreSQL. */
export function handOver(folder: string, identity: Identity): void {
  if (statSync(folder).uid === identity.uid) {
    return;
  }
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(folder, entry), identity.uid, identity.gid);
  }
  // PostgreSQL refuses a cluster that others may read, which a copy often is.
  chmodSync(folder, 0o700);
  // Last, so that a crash on the way is noticed and all is done again.
  chownSync(folder, identity.uid, identity.gid);
}

/** A rename that is on the disk when this returns. */
export function renameDurably(from: string, to: string, folder: string): void {
  renameSync(from, to);
  if (process.platform === 'win32') {
    // Windows has no handle of a folder to flush; NTFS journals the rename.
    return;
  }
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

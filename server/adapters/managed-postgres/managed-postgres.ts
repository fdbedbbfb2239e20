import { existsSync, readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { StartError } from '../../start-error.ts';
import { findBundled, reachBinaries } from './binaries.ts';
import { hasCluster, keepPassword, makeCluster } from './cluster.ts';
import { chooseEndpoint, removeEndpoint } from './endpoint.ts';
import { errorCode, errorMessage, explainFileError, explainOutput } from './failure.ts';
import { handOver, placeHome, recordHome, renameDurably, sharedFolder } from './folders.ts';
import type { Home } from './folders.ts';
import { takeLock } from './lock.ts';
import type { Lock } from './lock.ts';
import type { Log } from './log.ts';
import { endLeftover } from './postmaster.ts';
import { chooseIdentity } from './run-as.ts';
import { NotReady, startServer } from './server.ts';
import type { Server, ServerOptions } from './server.ts';
import { settleInterruptedUpgrade, upgradeIfOlder } from './upgrade.ts';
import type { PrepareSchema } from './upgrade.ts';

export interface ManagedPostgresOptions {
  readonly dataDir: string;
  readonly log: Log;
  readonly now?: () => number;
  /** False for tests: nothing is flushed to the disk, and a crash of the machine loses the database. */
  readonly durable?: boolean;
  /** Needed once a new Parley brings a new major version of PostgreSQL. */
  readonly prepareSchema?: PrepareSchema;
  /** Where root puts what PostgreSQL's user cannot reach in the data folder; /var/lib/parley unless a test says so. */
  readonly sharedFolder?: string;
}

export interface ManagedPostgres {
  /** Stays the same while PostgreSQL is restarted. */
  readonly url: string;
  /** Where the database lies, when its user may not enter the data folder: a backup must know. */
  readonly elsewhere: string | undefined;
  /** The postmaster of the moment. */
  readonly pid: number;
  stop(): Promise<void>;
  /** Called when PostgreSQL ends unasked; it is then started again. */
  onExit(listener: (reason: string) => void): void;
}

const shortestPause = 100;
const longestPause = 5_000;
// A server that lived this long was no part of a crash loop.
const settledAfter = 60_000;

function readPassword(home: Home): string {
  if (hasCluster(home.cluster) && !existsSync(home.password)) {
    throw new StartError(
      `The password of the database is missing (${home.password}).`,
      `Bring that file back from your backup, or move ${home.cluster} away to begin with an empty database.`,
    );
  }
  return keepPassword(home);
}

function refuseDamaged(home: Home): void {
  if (existsSync(home.cluster) && !hasCluster(home.cluster) && readdirSync(home.cluster).length > 0) {
    throw new StartError(
      `The database in ${home.cluster} is not complete: its file PG_VERSION is missing.`,
      'Bring it back from your backup, or move the folder away to begin with an empty database.',
    );
  }
}

/** All that comes before the server itself: leftovers ended, a cluster of the right version there. */
async function prepareCluster(home: Home, options: ManagedPostgresOptions): Promise<ServerOptions> {
  const { log, now = Date.now, durable = true, sharedFolder: shared = sharedFolder } = options;
  const identity = chooseIdentity(home.cluster);
  const binaries = reachBinaries(findBundled(), identity, shared, log);
  for (const cluster of [home.cluster, home.fresh, home.verified]) {
    await endLeftover(binaries, cluster, log);
  }
  recordHome(home, now, log);
  settleInterruptedUpgrade(home);
  refuseDamaged(home);
  const password = readPassword(home);
  const endpoint = await chooseEndpoint(home.folder, identity, shared);
  if (!hasCluster(home.cluster)) {
    await makeCluster(home, { folder: home.fresh, binaries, identity, password, durable });
    renameDurably(home.fresh, home.cluster, home.folder);
  } else if (identity !== undefined) {
    handOver(home.cluster, identity);
  }
  await upgradeIfOlder({
    home,
    binaries,
    identity,
    endpoint,
    password,
    durable,
    shared,
    now,
    log,
    prepareSchema: options.prepareSchema,
  });
  return { binaries, identity, cluster: home.cluster, endpoint, password, durable, log };
}

/** A free port may be lost to another program before PostgreSQL takes it; then the next one is tried. */
async function startOnFreePort(home: Home, wanted: ServerOptions, shared: string): Promise<[Server, ServerOptions]> {
  for (let attempt = 1; ; attempt += 1) {
    const endpoint =
      attempt === 1 ? wanted.endpoint : await chooseEndpoint(home.folder, wanted.identity, shared);
    const options = { ...wanted, endpoint };
    try {
      return [await startServer(options), options];
    } catch (error) {
      const taken = error instanceof NotReady && error.output.includes('Address already in use');
      if (!taken || attempt === 3) {
        throw error;
      }
    }
  }
}

/** Starts the server again whenever it ends unasked, at the same address, so that connection pools recover. */
function supervise(first: Server, options: ServerOptions, home: Home, lock: Lock): ManagedPostgres {
  const { log } = options;
  const listeners: ((reason: string) => void)[] = [];
  const stopping = new AbortController();
  let server = first;
  let pause = shortestPause;

  const restart = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await delay(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      pause = Math.min(pause * 2, longestPause);
      if (!stopping.signal.aborted) {
        try {
          await endLeftover(options.binaries, options.cluster, log);
          server = await startServer(options);
          if (stopping.signal.aborted) {
            await server.stop();
          } else {
            log('PostgreSQL is started again', { pid: server.pid });
          }
          return;
        } catch (error) {
          const reason = error instanceof NotReady ? error.output : errorMessage(error);
          log('PostgreSQL could not be started again; trying on', { reason, pause });
        }
      }
    }
  };

  const keepRunning = async (): Promise<void> => {
    for (;;) {
      const since = performance.now();
      const reason = await server.ended;
      if (stopping.signal.aborted) {
        return;
      }
      log(`${reason}; it is started again`);
      for (const listener of listeners) {
        listener(reason);
      }
      pause = performance.now() - since > settledAfter ? shortestPause : pause;
      await restart();
    }
  };
  const running = keepRunning();

  const shutDown = async (): Promise<void> => {
    stopping.abort();
    await server.stop();
    // A restart under way comes to its end first, and stops what it started.
    await running;
    removeEndpoint(options.endpoint);
    lock.release();
  };
  let stopped: Promise<void> | undefined;

  return {
    url: first.url,
    elsewhere: home.pointer === undefined ? undefined : home.folder,
    get pid() {
      return server.pid;
    },
    stop: () => (stopped ??= shutDown()),
    onExit(listener) {
      listeners.push(listener);
    },
  };
}

/**
 * Starts Parley's own PostgreSQL with its data in the data folder, and keeps it running until `stop`. What the operator
 * can mend is thrown as a StartError.
 */
export async function startManagedPostgres(options: ManagedPostgresOptions): Promise<ManagedPostgres> {
  const shared = options.sharedFolder ?? sharedFolder;
  const home = placeHome(options.dataDir, shared);
  const lock = takeLock(home.lock, home.holder, home.dataDir);
  try {
    const prepared = await prepareCluster(home, options);
    const [server, used] = await startOnFreePort(home, prepared, shared);
    return supervise(server, used, home, lock);
  } catch (error) {
    lock.release();
    if (error instanceof NotReady) {
      throw explainOutput(error.output, home.folder);
    }
    throw errorCode(error) === '' ? error : explainFileError(error, home.folder);
  }
}

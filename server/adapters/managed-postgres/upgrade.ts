import { existsSync, rmSync, statfsSync } from 'node:fs';
import { Client } from 'pg';
import { StartError } from '../../start-error.ts';
import { obtainOlder, reachBinaries } from './binaries.ts';
import type { Binaries } from './binaries.ts';
import { clusterMajor, hasCluster, makeCluster } from './cluster.ts';
import { copyDatabase } from './copy-database.ts';
import { neighbour } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import { day, freeName, renameDurably } from './folders.ts';
import type { Home } from './folders.ts';
import type { Log } from './log.ts';
import type { Identity } from './run-as.ts';
import { startServer } from './server.ts';
import type { Server } from './server.ts';

/** Brings the new, empty database to the schema of the old one, which it may read. Both URLs are good until it ends. */
export type PrepareSchema = (newUrl: string, oldUrl: string) => Promise<void>;

export interface Upgrade {
  readonly home: Home;
  readonly binaries: Binaries;
  readonly identity: Identity | undefined;
  readonly endpoint: Endpoint;
  readonly password: string;
  readonly durable: boolean;
  readonly shared: string;
  readonly now: () => number;
  readonly log: Log;
  readonly prepareSchema: PrepareSchema | undefined;
}

/**
 * Ends what a crash amid an upgrade left half done. Until the checked new cluster bears its name `verified` the old one
 * counts and all is done again; once the old one has stepped aside the new one takes its place.
 */
export function settleInterruptedUpgrade(home: Home): void {
  if (hasCluster(home.verified) && !existsSync(home.cluster)) {
    renameDurably(home.verified, home.cluster, home.folder);
  }
  rmSync(home.verified, { recursive: true, force: true });
  rmSync(home.fresh, { recursive: true, force: true });
}

async function refuseIfTooLarge(oldUrl: string, home: Home): Promise<void> {
  const client = new Client({ connectionString: oldUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ bytes: string }>('SELECT pg_database_size(current_database()) AS bytes');
    const disk = statfsSync(home.folder);
    const needed = Number(rows[0]?.bytes ?? 0) * 1.2 + 100_000_000;
    if (disk.bavail * disk.bsize < needed) {
      throw new StartError(
        `The database must be upgraded, and its disk has no room for the copy (${Math.ceil(needed / 1e6)} MB).`,
        `Free some space on the disk of ${home.folder} and start again. The old database is untouched.`,
      );
    }
  } finally {
    await client.end();
  }
}

async function copyToFresh(upgrade: Upgrade, old: Binaries, prepareSchema: PrepareSchema): Promise<void> {
  const { home, binaries, identity, password, durable, endpoint, log } = upgrade;
  const common = { identity, password, durable, log };
  const running: Server[] = [];
  try {
    const before = await startServer({
      ...common,
      binaries: old,
      cluster: home.cluster,
      endpoint: await neighbour(endpoint),
    });
    running.push(before);
    await refuseIfTooLarge(before.url, home);
    await makeCluster(home, { folder: home.fresh, binaries, identity, password, durable });
    const after = await startServer({ ...common, binaries, cluster: home.fresh, endpoint });
    running.push(after);
    await prepareSchema(after.url, before.url);
    await copyDatabase(before.url, after.url, log);
  } finally {
    // A fast shutdown also puts all that was copied on the disk.
    await Promise.all(running.map((server) => server.stop()));
  }
}

/** When the cluster is of an older major version: copies it into one of the version at hand. The old one is kept. */
export async function upgradeIfOlder(upgrade: Upgrade): Promise<void> {
  const { home, binaries, log } = upgrade;
  const major = clusterMajor(home.cluster);
  if (major === undefined || major === binaries.major) {
    return;
  }
  if (major > binaries.major) {
    throw new StartError(
      `The database is of PostgreSQL ${major}; this Parley brings PostgreSQL ${binaries.major}.`,
      'Start the newer Parley that was used last. The database is untouched.',
    );
  }
  if (upgrade.prepareSchema === undefined) {
    throw new StartError(
      `The database is of PostgreSQL ${major} and must be upgraded to ${binaries.major} first.`,
      'Start Parley itself once (npm start), which does it. The database is untouched.',
    );
  }
  log(`upgrading the database from PostgreSQL ${major} to ${binaries.major}`);
  const older = await obtainOlder(major, home.folder, log);
  const old = reachBinaries(older, upgrade.identity, upgrade.shared, log);
  try {
    await copyToFresh(upgrade, old, upgrade.prepareSchema);
  } catch (error) {
    rmSync(home.fresh, { recursive: true, force: true });
    throw error;
  }
  const backup = freeName(`${home.cluster}-${major}.bak-${day(upgrade.now)}`);
  renameDurably(home.fresh, home.verified, home.folder);
  renameDurably(home.cluster, backup, home.folder);
  renameDurably(home.verified, home.cluster, home.folder);
  log(`the database is upgraded to PostgreSQL ${binaries.major}; the old one is kept in ${backup}`);
}

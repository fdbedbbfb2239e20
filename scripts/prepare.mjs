// Runs before `npm start`, `npm test` and `npm run bench`, on whatever Node the machine has (20 or newer), so it is plain
// JavaScript. Installs what the lock file names, Node 24 and PostgreSQL included, when that has not been done yet, and builds
// what browsers load when it has changed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'node_modules', '.parley-installed');
const OLDEST_NODE = 20;

const major = Number(process.versions.node.split('.')[0]);
if (major < OLDEST_NODE) {
  console.error(`Parley needs Node ${OLDEST_NODE} or newer to install itself; this is ${process.version}.`);
  process.exit(1);
}

const platform = `${process.platform}-${process.arch}`;
const wanted = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).update(platform).digest('hex');
const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
const bundledNode = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');

if (installed !== wanted || !existsSync(bundledNode)) {
  console.log('Installing Parley (this happens once, and again after an upgrade) ...');
  const npm = process.env.npm_execpath;
  const [command, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  // Our packages want a newer Node than the machine's; they run on the one that is being installed, so the warning is moot.
  const result = spawnSync(command, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'inherit' });
  if (result.status !== 0) {
    console.error('The installation failed; see above. Is the npm registry reachable?');
    process.exit(result.status ?? 1);
  }
  writeFileSync(stamp, wanted);
}

/** What the pages are made of: their sources, the contract whose client they use, and the packages. */
const SOURCES = ['console', 'widget', 'contract', 'scripts/compressed.ts', 'package-lock.json'];
const LEFT_OUT = /(?:^|[/\\])(?:dist|node_modules)(?:[/\\]|$)|\.test\.tsx?$/;

function fingerprint() {
  const hash = createHash('sha256');
  const add = (path) => {
    if (LEFT_OUT.test(path)) return;
    const whole = join(root, path);
    if (statSync(whole).isDirectory()) {
      for (const name of readdirSync(whole).toSorted()) add(join(path, name));
    } else {
      hash.update(path).update(readFileSync(whole));
    }
  };
  SOURCES.forEach(add);
  return hash.digest('hex');
}

const built = join(root, 'node_modules', '.parley-built');
const sources = fingerprint();
const places = ['console', 'widget'];
const isBuilt = places.every((place) => existsSync(join(root, place, 'dist'))) && existsSync(built) && readFileSync(built, 'utf8') === sources;
if (!isBuilt) {
  console.log('Building the console ...');
  for (const place of places) {
    const result = spawnSync(bundledNode, [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', place, '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' });
    if (result.status !== 0) {
      console.error(`Building the pages of ${place} failed; see above.`);
      process.exit(result.status ?? 1);
    }
  }
  writeFileSync(built, sources);
}

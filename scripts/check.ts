import { spawn, spawnSync } from 'node:child_process';
import { globSync, mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startThrowawayPostgres } from '../server/adapters/managed-postgres/index.ts';
import { preparePrograms } from './programs.ts';

/** `npm test`: types, lint, every test, coverage of the operations. `npm test -- <files>` runs only those tests. */

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const WORKSPACES = ['contract', 'core', 'telephony', 'server', 'sim', 'scripts', 'bench', 'e2e', 'console', 'widget'];
const coverageFile = join(root, 'coverage', 'operations.txt');

function step(title: string, command: string, args: readonly string[]): void {
  const started = Date.now();
  console.log(`\n== ${title}`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    console.error(`\n${title}: failed`);
    process.exit(status ?? 1);
  }
  console.log(`${title}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

async function runTests(files: readonly string[], databaseUrl: string): Promise<number> {
  console.log(`\n== Tests (${files.length} files)`);
  const child = spawn(process.execPath, [
    '--test', '--test-reporter=./scripts/test-reporter.ts', '--test-reporter-destination=stdout',
    `--test-concurrency=${Math.max(2, availableParallelism())}`, '--test-timeout=300000', ...files,
  ], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PARLEY_TEST_DATABASE_URL: databaseUrl, PARLEY_COVERAGE_FILE: coverageFile },
  });
  return new Promise((resolve) => { child.on('close', (code) => { resolve(code ?? 1); }); });
}

const wanted = process.argv.slice(2);
const files = wanted.length > 0
  ? globSync(wanted.map((name) => (name.endsWith('.ts') ? name : `${name}/**/*.test.ts`)), { cwd: root })
  : globSync(WORKSPACES.map((workspace) => `${workspace}/**/*.test.ts`), { cwd: root }).filter((file) => !file.includes('node_modules'));

if (wanted.length === 0) {
  step('Types', 'tsc', ['--noEmit']);
  step('Types of pages', 'tsc', ['--noEmit', '--project', 'console']);
  step('Lint', 'oxlint', ['--type-aware', '--deny-warnings']);
}

preparePrograms();
rmSync(join(root, 'coverage'), { recursive: true, force: true });
mkdirSync(join(root, 'coverage'), { recursive: true });
const postgres = await startThrowawayPostgres();
let code: number;
try {
  code = await runTests(files.toSorted(), postgres.url);
} finally {
  await postgres.stop();
}
if (code === 0 && wanted.length === 0) step('Coverage of the operations', process.execPath, ['scripts/coverage.ts']);
process.exit(code);

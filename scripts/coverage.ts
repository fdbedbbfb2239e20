import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chapterOf, compareSections } from '../contract/chapters.ts';
import type { Operation } from '../contract/operation.ts';
import { declaredOperations } from '../contract/operations.ts';
import { compose } from '../server/compose.ts';
import { connect } from '../server/database/connect.ts';
import { testWorld } from '../server/testing/server.ts';

/**
 * Which operations are declared, really mounted, and tested. An operation counts as tested when all three parts of its
 * test passed in the last run; `npm test` leaves a line a part in the file that PARLEY_COVERAGE_FILE names.
 */

const PARTS = ['example', 'badInput', 'effect'] as const;

export interface OperationCoverage {
  readonly id: string;
  readonly section: string | null;
  readonly chapter: string;
  readonly served: boolean;
  readonly tested: boolean;
  readonly missing: readonly string[];
}

/** Lines of `<id> <part>`, as the tests of operations write them. */
export function partsPassed(text: string): ReadonlyMap<string, ReadonlySet<string>> {
  const lines = text.split('\n').filter((line) => line !== '').map((line) => line.split(' '));
  return new Map([...Map.groupBy(lines, ([id = '']) => id)].map(([id, entries]) => [id, new Set(entries.map(([, part = '']) => part))]));
}

export function coverageOf(declared: readonly Operation[], mounted: readonly Operation[], passed: ReadonlyMap<string, ReadonlySet<string>>): readonly OperationCoverage[] {
  return [...new Set([...declared, ...mounted])].toSorted((one, other) => compareSections(one.section, other.section)).map((op) => {
    const { number, title } = chapterOf(op);
    const missing = PARTS.filter((part) => passed.get(op.id)?.has(part) !== true);
    const served = mounted.includes(op) && op.unserved !== true;
    return { id: op.id, section: op.section ?? null, chapter: `${number} ${title}`.trim(), served, tested: served && missing.length === 0, missing };
  });
}

/** A table by chapter, and below it the served operations whose test lacks something. */
export function tableOf(operations: readonly OperationCoverage[]): string {
  const row = (name: string, of: readonly OperationCoverage[]): string => {
    const counts = [of.length, of.filter(({ served }) => served).length, of.filter(({ tested }) => tested).length];
    return `${name.padEnd(44)}${counts.map((count) => String(count).padStart(10)).join('')}`;
  };
  const untested = operations.filter(({ served, tested }) => served && !tested);
  return [
    `${'Chapter'.padEnd(44)}${['declared', 'served', 'tested'].map((title) => title.padStart(10)).join('')}`,
    ...[...Map.groupBy(operations, ({ chapter }) => chapter)].map(([chapter, members]) => row(chapter, members)),
    row('All', operations),
    ...(untested.length === 0 ? [] : ['', 'Served without a whole test:', ...untested.map(({ id, missing }) => `  ${id}: ${missing.join(', ')} missing`)]),
  ].join('\n');
}

async function report(): Promise<number> {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const file = process.env['PARLEY_COVERAGE_FILE'] ?? join(root, 'coverage', 'operations.txt');
  if (!existsSync(file)) {
    console.error(`${file} is missing: run \`npm test\` first.`);
    return 1;
  }
  // Nothing is asked of this database: the list of handlers is all that is wanted.
  const { handlers } = compose(testWorld(connect('postgres://nobody@127.0.0.1:1/nowhere').db, Date.now));
  const operations = coverageOf(await declaredOperations(), handlers.map(({ op }) => op), partsPassed(readFileSync(file, 'utf8')));
  mkdirSync(join(root, 'coverage'), { recursive: true });
  writeFileSync(join(root, 'coverage', 'operations.json'), `${JSON.stringify(operations, null, 2)}\n`);
  console.log(tableOf(operations));
  return operations.some(({ served, tested }) => served && !tested) ? 1 : 0;
}

if (import.meta.main) process.exitCode = await report();

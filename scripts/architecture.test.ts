import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { owners } from '../server/database/tables.ts';

/** Keeps the house of ARCHITECTURE.md: who may import whom, who may touch which table, and what no file may say. */

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const sources = globSync('{contract,core,telephony,server,sim,console/src,widget/src}/**/*.{ts,tsx}', { cwd: root })
  .filter((file) => !file.includes('node_modules'))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
const product = sources.filter(({ file }) => !/\.(test|fixture)\.tsx?$|\/fixtures\/|^server\/testing\/|^server\/adapters\/\w+\/contract\.ts$/.test(file));

/** Rooms, and the rooms that each may look into besides itself. */
const rooms: readonly { readonly room: RegExp; readonly name: string; readonly may: readonly RegExp[] }[] = [
  { name: 'contract', room: /^contract\//, may: [] },
  { name: 'core', room: /^core\//, may: [] },
  { name: 'telephony', room: /^telephony\//, may: [] },
  { name: 'sim', room: /^sim\/(?!demo\/)/, may: [/^core\//, /^server\/engine\/voice\.ts$/] },
  { name: 'sim/demo', room: /^sim\/demo\//, may: [/^contract\//, /^telephony\//, /^sim\/random\.ts$/] },
  { name: 'console', room: /^console\//, may: [/^contract\//, /^core\//] },
  { name: 'widget', room: /^widget\//, may: [/^contract\//] },
  { name: 'database', room: /^server\/database\//, may: [] },
  { name: 'security', room: /^server\/security\//, may: [] },
  { name: 'engine', room: /^server\/engine\//, may: [/^core\//, /^contract\/refusal\.ts$/, /^server\/database\//] },
  { name: 'http', room: /^server\/http\//, may: [/^contract\//, /^server\/security\//] },
  { name: 'modules', room: /^server\/modules\//, may: [/^contract\//, /^core\//, /^server\/engine\//, /^server\/database\//, /^server\/security\//] },
  { name: 'adapters', room: /^server\/adapters\//, may: [/^telephony\//, /^core\/(voice|call|ivr|recording)\//, /^server\/engine\//, /^server\/database\//, /^server\/start-error\.ts$/, /^server\/modules\/[\w-]+\/index\.ts$/] },
];

function importsOf(file: string, text: string): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].flatMap(([, target = '']) => {
    if (target.startsWith('.')) return [relative(root, resolve(root, dirname(file), target))];
    return target.startsWith('@parley/') ? [target.replace('@parley/', '')] : [];
  });
}

describe('the house', () => {
  for (const { name, room, may } of rooms) {
    test(`${name} imports only what it may`, () => {
      const trespasses = product.filter(({ file }) => room.test(file)).flatMap(({ file, text }) =>
        importsOf(file, text).filter((target) => !room.test(target) && !may.some((allowed) => allowed.test(target))).map((target) => `${file} -> ${target}`));
      assert.deepEqual(trespasses, []);
    });
  }

  test('a module looks into another only through its index', () => {
    const trespasses = product.flatMap(({ file, text }) => {
      const [, own] = /^server\/modules\/([\w-]+)\//.exec(file) ?? [];
      if (own === undefined) return [];
      return importsOf(file, text).filter((target) => {
        const [, other] = /^server\/modules\/([\w-]+)\//.exec(target) ?? [];
        return other !== undefined && other !== own && !target.endsWith('/index.ts');
      }).map((target) => `${file} -> ${target}`);
    });
    assert.deepEqual(trespasses, []);
  });

  test('a table is touched only by the module that owns it', () => {
    const touch = /\b(?:selectFrom|insertInto|updateTable|deleteFrom|innerJoin|leftJoin|rightJoin|using)\(\s*\[?\s*'(\w+)/g;
    const trespasses = product.flatMap(({ file, text }) => {
      const [, module] = /^server\/modules\/([\w-]+)\//.exec(file) ?? [];
      if (module === undefined) return [];
      return [...text.matchAll(touch)].filter(([, table = '']) => table in owners && owners[table as keyof typeof owners].owner !== module).map(([, table]) => `${file} touches ${table}`);
    });
    assert.deepEqual(trespasses, []);
  });

  test('core has neither a clock, nor chance, nor waiting', () => {
    const impure = product.filter(({ file, text }) => file.startsWith('core/') && /\bDate\.now\(|new Date\(\)|Math\.random\(|\bawait\b|setTimeout|node:(fs|net|http|child_process)/.test(text));
    assert.deepEqual(impure.map(({ file }) => file), []);
  });

  test('no room is called utils, helpers, common or base', () => {
    assert.deepEqual(sources.map(({ file }) => file).filter((file) => /(^|\/)(utils?|helpers?|common|base)(\/|\.ts$)/.test(file)), []);
  });

  test('every file is small enough to be read, or says why not', () => {
    const long = sources.filter(({ file, text }) => text.split('\n').length > 400 && !file.startsWith('contract/') && !file.endsWith('.test.ts') && !text.includes('Longer than 400 lines'));
    assert.deepEqual(long.map(({ file }) => file), []);
  });

  test('nothing names a place that users do not have', () => {
    const names = /\/work\/|\.\.\/shared|shared\/(spec|domain)|registry\.npmjs/;
    const texts = globSync('{*.md,docs/**/*.md,{contract,core,telephony,server,sim,scripts,bench,e2e,console,widget}/**/*.{ts,tsx,md,mjs}}', { cwd: root })
      .filter((file) => !file.includes('node_modules') && file !== 'scripts/architecture.test.ts');
    assert.deepEqual(texts.filter((file) => names.test(readFileSync(join(root, file), 'utf8'))), []);
  });
});

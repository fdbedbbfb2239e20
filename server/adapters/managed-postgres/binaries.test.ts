import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findBundled, newestOfMajor, platformName, restoreLinks } from './binaries.ts';
import { makeTestFolder } from './test-bench.ts';

test('a system without bundled binaries is refused with the way out', () => {
  assert.throws(() => findBundled('linux', 's390x'), {
    name: 'StartError',
    message: /no bundled PostgreSQL for this system \(linux-s390x\)/,
    remedy: /PARLEY_DATABASE_URL/,
  });
});

test('the bundled version is the one its package names', () => {
  const binaries = findBundled();
  assert.equal(binaries.major, Number.parseInt(binaries.version, 10));
  assert.equal(existsSync(join(binaries.native, 'share')), true);
  assert.equal(platformName('win32', 'x64'), 'windows-x64');
});

test('links that npm did not make (--ignore-scripts) are made', (context) => {
  const native = join(makeTestFolder(context), 'native');
  mkdirSync(join(native, 'lib'), { recursive: true });
  writeFileSync(join(native, 'lib', 'libpq.so.5.18'), 'library');
  writeFileSync(
    join(native, 'pg-symlinks.json'),
    JSON.stringify([{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]),
  );
  restoreLinks(native);
  restoreLinks(native);
  assert.equal(readlinkSync(join(native, 'lib', 'libpq.so.5')), 'libpq.so.5.18');
});

test('the newest version of a major number is found by number, not by letter', () => {
  const versions = ['17.9.0-beta.17', '17.10.0-beta.9', '17.10.0-beta.17', '18.4.0-beta.17', '16.14.0-beta.17'];
  assert.equal(newestOfMajor(versions, 17), '17.10.0-beta.17');
  assert.equal(newestOfMajor(versions, 12), undefined);
});

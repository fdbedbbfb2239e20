import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StartError } from '../../start-error.ts';
import { explainFileError, explainOutput } from './failure.ts';

const said: readonly [output: string, message: RegExp][] = [
  ['FATAL:  could not write lock file "postmaster.pid": No space left on device', /disk .* is full \(\/data\)/],
  ['FATAL:  could not extend file "base/1/2691": wrote only 4096 of 8192 bytes at block 9', /disk .* is full/],
  ['initdb: error: could not write file "/data/x": Disk quota exceeded', /disk .* is full/],
  ['FATAL:  could not resize shared memory segment "/PostgreSQL.1" to 1 bytes: No space left on device', /memory/],
  ['FATAL:  could not create shared memory segment: Cannot allocate memory', /memory/],
  ['LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', /taken by another program/],
  ['postgres: error while loading shared libraries: libssl.so.1.1: cannot open', /does not run on this system/],
  ['spawn /x/native/bin/initdb ENOENT', /does not run on this system/],
  ['FATAL:  data directory "/data" has wrong ownership', /may not use its folder \/data/],
  ['FATAL:  could not open file "x": Read-only file system', /read-only disk/],
  ['LOG:  hello\nFATAL:  something nobody foresaw\nLOG:  bye', /did not start: FATAL: {2}something nobody foresaw$/],
  ['', /it gave no reason/],
];

for (const [output, message] of said) {
  test(`"${output.slice(0, 60)}" is explained with a remedy`, () => {
    const error = explainOutput(output, '/data');
    assert.match(error.message, message);
    assert.ok(error.remedy.length > 20);
    assert.equal(error.message.includes('\n'), false);
  });
}

test('file errors are explained, and bugs are left alone', () => {
  for (const code of ['ENOSPC', 'EACCES', 'EROFS', 'ENOTDIR']) {
    const explained = explainFileError(Object.assign(new Error('raw'), { code }), '/data');
    assert.ok(explained instanceof StartError, code);
    assert.match(explained.message, /\/data/);
  }
  const bug = new TypeError('bug');
  assert.equal(explainFileError(bug, '/data'), bug);
});

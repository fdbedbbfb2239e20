import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { describeFiles } from './contract.ts';
import { createDirectoryFiles } from './directory.ts';
import { createMemoryFiles } from './memory.ts';

let parent: string;

before(async () => { parent = await mkdtemp(join(tmpdir(), 'parley-files-')); });
after(() => rm(parent, { recursive: true, force: true }));

const freshFolder = async (): Promise<string> => join(await mkdtemp(join(parent, 'store-')), 'files');

describeFiles('files in memory', () => Promise.resolve(createMemoryFiles()));
describeFiles('files in a folder', async () => createDirectoryFiles({ folder: await freshFolder() }));

test('only the owner can read the files and enter the folders', async () => {
  const folder = await freshFolder();
  await createDirectoryFiles({ folder }).put('voice/1001/a.wav', new Uint8Array(4));
  const mode = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);
  assert.equal(await mode(join(folder, 'voice/1001/a.wav')), '600');
  for (const path of ['', 'voice', 'voice/1001', '.incoming']) assert.equal(await mode(join(folder, path)), '700');
});

test('a file is still there for the next process', async () => {
  const folder = await freshFolder();
  await createDirectoryFiles({ folder }).put('a', Uint8Array.of(1, 2));
  assert.deepEqual(await createDirectoryFiles({ folder }).get('a'), Uint8Array.of(1, 2));
});

test('a file that cannot be put leaves nothing behind', async () => {
  const folder = await freshFolder();
  const files = createDirectoryFiles({ folder });
  await files.put('a', Uint8Array.of(1));
  await assert.rejects(files.put('a/b', Uint8Array.of(2)));
  assert.deepEqual(await readdir(join(folder, '.incoming')), []);
  assert.deepEqual(await files.get('a'), Uint8Array.of(1));
});

test('what a process left half written is cleared away when it is old, and never seen', async () => {
  const folder = await freshFolder();
  const incoming = join(folder, '.incoming');
  await mkdir(incoming, { recursive: true });
  for (const name of ['old', 'new']) await writeFile(join(incoming, name), 'half');
  await utimes(join(incoming, 'old'), 0, 0);
  await createDirectoryFiles({ folder }).put('a', Uint8Array.of(1));
  assert.deepEqual(await readdir(incoming), ['new']);
});

test('a folder that cannot be made is told at the first put, and tried again at the next', async () => {
  const folder = await freshFolder();
  await writeFile(folder, 'in the way');
  const files = createDirectoryFiles({ folder });
  await assert.rejects(files.put('a', Uint8Array.of(1)));
  await rm(folder);
  await files.put('a', Uint8Array.of(1));
  assert.deepEqual(await files.get('a'), Uint8Array.of(1));
});

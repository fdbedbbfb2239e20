import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createLocalCopies } from './local-copies.ts';

const root = mkdtempSync(join(tmpdir(), 'parley-copies-'));
after(() => { rmSync(root, { recursive: true, force: true }); });

let folders = 0;
const aFolder = (): string => join(root, String(folders += 1));

test('a file is fetched once, however many want it at a time and afterwards', async () => {
  const asked: string[] = [];
  const store = Promise.withResolvers<Uint8Array>();
  const folder = aFolder();
  const copyOf = createLocalCopies({
    get: (key) => {
      asked.push(key);
      return store.promise;
    },
  }, folder);
  const both = Promise.all([copyOf('1/voice/a'), copyOf('1/voice/a')]);
  store.resolve(Uint8Array.of(1, 2, 3));
  const [one = '', other] = await both;
  assert.equal(one, other);
  assert.deepEqual([...readFileSync(one)], [1, 2, 3]);
  assert.equal(await copyOf('1/voice/a'), one);
  assert.deepEqual(asked, ['1/voice/a']);
  assert.equal(readdirSync(folder).length, 1, 'nothing lies beside it');
  assert.notEqual(await copyOf('1/voice/b'), one);
});

test('what is not there is looked for again', async () => {
  const found: (Uint8Array | undefined)[] = [undefined, Uint8Array.of(7)];
  const copyOf = createLocalCopies({ get: () => Promise.resolve(found.shift()) }, aFolder());
  assert.equal(await copyOf('k'), undefined);
  assert.deepEqual([...readFileSync(await copyOf('k') ?? '')], [7]);
});

test('what cannot be put in its place leaves nothing behind, and is tried again', async () => {
  const folder = aFolder();
  const copyOf = createLocalCopies({ get: () => Promise.resolve(Uint8Array.of(7)) }, folder);
  const path = await copyOf('k') ?? '';
  rmSync(path);
  // In the place of the file comes a folder while the file is being fetched.
  const inTheWay = createLocalCopies({
    get: () => {
      mkdirSync(path);
      return Promise.resolve(Uint8Array.of(7));
    },
  }, folder);
  await assert.rejects(inTheWay('k'));
  assert.deepEqual(readdirSync(folder).map((name) => join(folder, name)), [path]);
  rmSync(path, { recursive: true });
  assert.equal(await copyOf('k'), path);
});

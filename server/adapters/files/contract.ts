import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Files } from '../../engine/files.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const BAD_KEYS = [
  '', '/', '/etc/passwd', '../secret', 'a/../b', 'a/./b', '.', '..', 'a//b', 'a/', './a', '.hidden', '.incoming/a', 'a/.b', 'a\\b', 'C:\\x', 'a b', 'a\0b', 'a\nb', 'ä', 'a.', 'a/b.',
  '%2e%2e/a', 'Upper', '~', 'a?b', 'a*', 'x'.repeat(201), 'x/'.repeat(300),
];

/** Every implementation of the file store passes these. */
export function describeFiles(name: string, create: () => Promise<Files>): void {
  describe(name, () => {
    test('gives back what was put', async () => {
      const files = await create();
      await files.put('voice/1001/a-1_b.wav', bytes('sound'));
      assert.deepEqual(await files.get('voice/1001/a-1_b.wav'), bytes('sound'));
    });

    test('an empty file is a file', async () => {
      const files = await create();
      await files.put('empty', new Uint8Array(0));
      assert.deepEqual(await files.get('empty'), new Uint8Array(0));
    });

    test('every byte, and many of them', async () => {
      const files = await create();
      const all = Uint8Array.from({ length: 3 * 1024 * 1024 }, (_, index) => (index * 31) % 256);
      await files.put('large', all);
      assert.equal(Buffer.compare(Buffer.from((await files.get('large')) ?? []), all), 0);
    });

    test('a part of a larger buffer is put alone', async () => {
      const files = await create();
      await files.put('part', bytes('before-part-after').subarray(7, 11));
      assert.deepEqual(await files.get('part'), bytes('part'));
    });

    test('what is put piece by piece is one file', async () => {
      const files = await create();
      const pieces = [bytes('one '), bytes(''), new Uint8Array(200_000).fill(7), bytes(' end')];
      const source = async function* source() { for (const piece of pieces) yield piece; };
      await files.putStream('pieces', source());
      assert.deepEqual(await files.get('pieces'), new Uint8Array(Buffer.concat(pieces)));
      await files.putStream('pieces', (async function* none() { /* Nothing comes. */ })());
      assert.deepEqual(await files.get('pieces'), new Uint8Array(0));
    });

    test('a source that fails leaves what was there', async () => {
      const files = await create();
      await files.put('a', bytes('before'));
      const source = async function* source() {
        yield new Uint8Array(100_000);
        throw new Error('the source is dry');
      };
      await assert.rejects(files.putStream('a', source()), /the source is dry/);
      await assert.rejects(files.putStream('b', source()), /the source is dry/);
      assert.deepEqual([await files.get('a'), await files.get('b')], [bytes('before'), undefined]);
    });

    test('a part is read alone', async () => {
      const files = await create();
      await files.put('x/a', bytes('0123456789'));
      const opened = await files.open('x/a');
      assert.ok(opened !== undefined);
      const part = async (from: number, to: number): Promise<string> => {
        const chunks: Uint8Array[] = [];
        for await (const chunk of opened.read(from, to)) chunks.push(chunk);
        return Buffer.concat(chunks).toString();
      };
      assert.equal(opened.size, 10);
      assert.deepEqual(await Promise.all([part(0, 10), part(3, 5), part(9, 10), part(4, 4)]), ['0123456789', '34', '9', '']);
      assert.equal(await files.open('x'), undefined);
      assert.equal(await files.open('x/b'), undefined);
    });

    test('what is put again replaces what was there', async () => {
      const files = await create();
      await files.put('a', bytes('a long first version'));
      await files.put('a', bytes('second'));
      assert.deepEqual(await files.get('a'), bytes('second'));
    });

    test('what becomes of the bytes afterwards does not matter', async () => {
      const files = await create();
      const given = bytes('kept');
      await files.put('a', given);
      given.fill(0);
      const got = await files.get('a');
      got?.fill(0);
      assert.deepEqual(await files.get('a'), bytes('kept'));
    });

    test('what is not there is undefined', async () => {
      const files = await create();
      assert.equal(await files.get('nothing'), undefined);
      assert.equal(await files.get('no/such/folder'), undefined);
      await files.put('a', bytes('file'));
      assert.equal(await files.get('a/b'), undefined);
      await files.put('folder/b', bytes('file'));
      assert.equal(await files.get('folder'), undefined);
    });

    test('what is removed is gone, and may be removed again', async () => {
      const files = await create();
      await files.put('x/a', bytes('one'));
      await files.put('x/b', bytes('two'));
      await files.remove('x/a');
      await files.remove('x/a');
      await files.remove('never/was');
      assert.equal(await files.get('x/a'), undefined);
      assert.deepEqual(await files.get('x/b'), bytes('two'));
    });

    test('who reads while it is replaced sees the one or the other', async () => {
      const files = await create();
      const versions = ['x', 'y'].map((letter) => Buffer.alloc(200_000, letter));
      await files.put('a', versions[0] ?? bytes(''));
      const writing = (async () => { for (let time = 0; time < 20; time += 1) await Promise.all(versions.map((version) => files.put('a', version))); })();
      const state = { writing: true };
      void writing.finally(() => { state.writing = false; });
      while (state.writing) {
        const seen = await files.get('a');
        assert.ok(seen !== undefined && versions.some((version) => version.equals(seen)), 'a mixture was seen');
      }
      await writing;
    });

    for (const key of BAD_KEYS) {
      test(`${JSON.stringify(key.slice(0, 20))} is no key`, async () => {
        const files = await create();
        await assert.rejects(files.put(key, bytes('x')), /is no key/);
        await assert.rejects(files.get(key), /is no key/);
        await assert.rejects(files.open(key), /is no key/);
        await assert.rejects(files.putStream(key, (async function* none() { /* Nothing comes. */ })()), /is no key/);
        await assert.rejects(files.remove(key), /is no key/);
      });
    }
  });
}

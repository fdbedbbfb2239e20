import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { unzip } from './unzip.fixture.ts';
import { zipOfFiles, zipOfLines } from './zip.ts';

const AT = Date.UTC(2026, 10, 21);

async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* pages(...all: readonly (readonly string[])[]): AsyncIterable<readonly string[]> { yield* all; }

const named = (name: string) => (number: number): string => `${name}_${number}.csv`;
const textsIn = (zip: Buffer) => unzip(zip).map(({ name, bytes }) => [name, bytes.toString()]);

describe('a ZIP of lines', () => {
  test('has no file with more than so many of them', async () => {
    const zip = await collect(zipOfLines([
      { nameOf: named('a'), pages: pages(['1', '2'], [], ['3', '4'], ['5']) }, { nameOf: named('b'), pages: pages(['1', '2', '3']) }, { nameOf: named('none'), pages: pages([]) },
    ], 3, AT));
    assert.deepEqual(textsIn(zip), [['a_1.csv', '123'], ['a_2.csv', '45'], ['b_1.csv', '123'], ['none_1.csv', '']]);
  });

  test('fails where its source does', async () => {
    const failing = async function* failing(): AsyncIterable<readonly string[]> {
      yield ['1'];
      throw new Error('the database is away');
    };
    await assert.rejects(collect(zipOfLines([{ nameOf: named('a'), pages: failing() }], 3, AT)), /the database is away/);
  });

  test('ends with whoever reads it', async () => {
    let read = 0;
    const endless = async function* endless(): AsyncIterable<readonly string[]> {
      for (;;) {
        read += 1;
        // Nothing that becomes shorter.
        yield [Buffer.from(Array.from({ length: 20_000 }, () => Math.random() * 256)).toString('latin1')];
      }
    };
    for await (const chunk of zipOfLines([{ nameOf: named('a'), pages: endless() }], Number.MAX_SAFE_INTEGER, AT)) if (chunk.length > 1000) break;
    const then = read;
    await new Promise((resolve) => { setImmediate(resolve); });
    assert.ok(read - then <= 1 && then < 1000, `${then} pages, and ${read - then} more`);
  });
});

test('a ZIP of files tells its size before, and has them as they are', async () => {
  const whole = (name: string, text: string) => ({ name, size: text.length, read: async function* read() { yield Buffer.from(text); } });
  const { size, read } = await zipOfFiles([whole('a.wav', 'one'), whole('b.wav', ''), whole('c.wav', 'x'.repeat(100_000))], AT);
  const zip = await collect(read());
  assert.equal(zip.length, size);
  assert.deepEqual(textsIn(zip), [['a.wav', 'one'], ['b.wav', ''], ['c.wav', 'x'.repeat(100_000)]]);
  assert.deepEqual(await collect(read()), zip, 'each time the same');
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { decodeAlaw } from './g711.ts';
import { buildChunk, buildWav, layOutPcm16, type WavRecipe } from './test-data/wav-files.ts';
import { readWav, writeWav } from './wav.ts';

const pcm16: WavRecipe = { tag: 1, bits: 16, data: Uint8Array.of(0, 0x40, 0, 0xc0) };

function samplesOf(file: Uint8Array): number[][] {
  const sound = readWav(file);
  assert.ok(sound.ok, `refused: ${sound.ok ? '' : sound.reason}`);
  return sound.channels.map((channel) => [...channel]);
}

function bytesOf(numbers: Float32Array | Float64Array | Int32Array): Uint8Array {
  return new Uint8Array(numbers.buffer);
}

/** Any file that might be one, to be cut short and spoilt. */
const someWav = fc
  .record({
    tag: fc.constantFrom(1, 3, 6, 7, 2, 0x55),
    bits: fc.constantFrom(8, 16, 24, 32, 64, 4),
    data: fc.uint8Array({ maxLength: 200 }),
    channelCount: fc.integer({ min: 0, max: 9 }),
    sampleRate: fc.constantFrom(8_000, 44_100, 3_999, 0xffff_ffff),
    statedLength: fc.constantFrom(0, 1, 100, 0x7fff_ffff, 0xffff_ffff),
    extensible: fc.boolean(),
    before: fc.uint8Array({ maxLength: 20 }),
  })
  .map(buildWav);

describe('reading a WAVE file', () => {
  const encodings: { name: string; recipe: WavRecipe; samples: number[] }[] = [
    { name: '8-bit PCM', recipe: { tag: 1, bits: 8, data: Uint8Array.of(0, 128, 192) }, samples: [-1, 0, 0.5] },
    { name: '16-bit PCM', recipe: pcm16, samples: [0.5, -0.5] },
    {
      name: '24-bit PCM',
      recipe: { tag: 1, bits: 24, data: Uint8Array.of(0, 0, 0x40, 0, 0, 0x80, 0xff, 0xff, 0xff) },
      samples: [0.5, -1, -1 / 8_388_608],
    },
    {
      name: '32-bit PCM',
      recipe: { tag: 1, bits: 32, data: bytesOf(Int32Array.of(2 ** 30, -(2 ** 31))) },
      samples: [0.5, -1],
    },
    {
      name: '32-bit float',
      recipe: { tag: 3, bits: 32, data: bytesOf(Float32Array.of(0.25, -1)) },
      samples: [0.25, -1],
    },
    {
      name: '64-bit float',
      recipe: { tag: 3, bits: 64, data: bytesOf(Float64Array.of(0.25, -1)) },
      samples: [0.25, -1],
    },
    {
      name: 'A-law',
      recipe: { tag: 6, bits: 8, data: Uint8Array.of(0xd5, 0x2a) },
      samples: [8 / 32_768, -32_256 / 32_768],
    },
    {
      name: 'mu-law',
      recipe: { tag: 7, bits: 8, data: Uint8Array.of(0xff, 0x00) },
      samples: [0, -32_124 / 32_768],
    },
  ];
  for (const { name, recipe, samples } of encodings) {
    it(`decodes ${name}`, () => assert.deepEqual(samplesOf(buildWav(recipe)), [samples]));
    it(`decodes ${name} in the extensible format`, () => {
      assert.deepEqual(samplesOf(buildWav({ ...recipe, extensible: true })), [samples]);
    });
  }

  it('separates up to eight channels', () => {
    const channels = Array.from({ length: 8 }, (_, i) => Float32Array.of((i + 1) / 20, (-i - 1) / 20));
    const file = buildWav({ tag: 1, bits: 16, channelCount: 8, data: layOutPcm16(channels) });
    const heard = samplesOf(file);
    assert.equal(heard.length, 8);
    for (const [i, [first = Number.NaN, second]] of heard.entries()) {
      assert.ok(Math.abs(first - (i + 1) / 20) < 1e-4);
      assert.equal(second, -first);
    }
  });

  it('tells the sampling rate', () => {
    const sound = readWav(buildWav({ ...pcm16, sampleRate: 22_050 }));
    assert.equal(sound.ok && sound.sampleRate, 22_050);
  });

  it('skips other chunks, with the padding of odd ones', () => {
    const before = Buffer.concat([buildChunk('JUNK', new Uint8Array(3)), buildChunk('bext', new Uint8Array(6))]);
    assert.deepEqual(samplesOf(buildWav({ ...pcm16, before })), [[0.5, -0.5]]);
  });

  it('stops at the end of the data chunk', () => {
    const file = Buffer.concat([buildWav(pcm16), buildChunk('LIST', new Uint8Array(20))]);
    assert.deepEqual(samplesOf(file), [[0.5, -0.5]]);
  });

  it('takes a length of 0, of 0xFFFFFFFF or beyond the file for "up to the end"', () => {
    for (const statedLength of [0, 0xffff_ffff, 1_000_000]) {
      assert.deepEqual(samplesOf(buildWav({ ...pcm16, statedLength })), [[0.5, -0.5]]);
    }
  });

  it('leaves out a frame that is not whole', () => {
    assert.deepEqual(samplesOf(buildWav({ ...pcm16, data: Uint8Array.of(0, 0x40, 0) })), [[0.5]]);
  });

  it('accepts a block size of 0', () => {
    assert.deepEqual(samplesOf(buildWav({ ...pcm16, blockAlign: 0 })), [[0.5, -0.5]]);
  });

  it('clips floats to full scale and silences what is not a number', () => {
    const data = bytesOf(Float64Array.of(1e300, -Infinity, Number.NaN, 0.5));
    assert.deepEqual(samplesOf(buildWav({ tag: 3, bits: 64, data })), [[1, -1, 0, 0.5]]);
  });

  it('reads a file that begins in the middle of a buffer', () => {
    const file = buildWav(pcm16);
    assert.deepEqual(samplesOf(Buffer.concat([new Uint8Array(5), file]).subarray(5)), [[0.5, -0.5]]);
  });
});

describe('refusing a WAVE file', () => {
  const whole = buildWav(pcm16);
  const dataChunk = buildChunk('data', pcm16.data);
  const cases: { name: string; file: Uint8Array; reason: string }[] = [
    { name: 'nothing', file: new Uint8Array(0), reason: 'wav-not-riff' },
    { name: 'another RIFF file', file: Buffer.from('RIFF\x04\0\0\0AVI '), reason: 'wav-not-riff' },
    { name: 'no chunks', file: whole.subarray(0, 12), reason: 'wav-no-format' },
    { name: 'a format cut short', file: whole.subarray(0, 30), reason: 'wav-format-broken' },
    { name: 'no data chunk', file: whole.subarray(0, 36), reason: 'wav-no-data' },
    { name: 'no samples', file: whole.subarray(0, 44), reason: 'audio-empty' },
    { name: 'data before the format', file: buildWav({ ...pcm16, before: dataChunk }), reason: 'wav-no-format' },
    { name: 'ADPCM', file: buildWav({ ...pcm16, tag: 2, bits: 4 }), reason: 'wav-encoding-unsupported' },
    { name: '12 bits', file: buildWav({ ...pcm16, bits: 12 }), reason: 'wav-encoding-unsupported' },
    { name: 'no channel', file: buildWav({ ...pcm16, channelCount: 0 }), reason: 'wav-channels-unsupported' },
    { name: 'nine channels', file: buildWav({ ...pcm16, channelCount: 9 }), reason: 'wav-channels-unsupported' },
    { name: '3,999 Hz', file: buildWav({ ...pcm16, sampleRate: 3_999 }), reason: 'wav-rate-unsupported' },
    { name: '192,001 Hz', file: buildWav({ ...pcm16, sampleRate: 192_001 }), reason: 'wav-rate-unsupported' },
    { name: 'a wrong block size', file: buildWav({ ...pcm16, blockAlign: 3 }), reason: 'wav-format-broken' },
  ];
  for (const { name, file, reason } of cases) {
    it(`refuses ${name}`, () => assert.deepEqual(readWav(file), { ok: false, reason }));
  }

  it('neither throws nor makes more samples than there are bytes, whatever the file', () => {
    const anyFile = fc.oneof(
      fc.uint8Array({ maxLength: 500 }),
      fc.tuple(someWav, fc.nat(300)).map(([file, length]) => file.subarray(0, length)),
      fc.tuple(someWav, fc.array(fc.nat(2_000), { maxLength: 10 })).map(([file, bits]) => flipBits(file, bits)),
    );
    fc.assert(
      fc.property(anyFile, (file) => {
        const sound = readWav(file);
        if (!sound.ok) return;
        const samples = sound.channels.reduce((total, channel) => total + channel.length, 0);
        assert.ok(samples > 0 && samples <= file.length);
        for (const channel of sound.channels) assert.ok(channel.every((sample) => Math.abs(sample) <= 1));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('writing a WAVE file', () => {
  it('writes the header of A-law, 8 kHz, mono', () => {
    const header = Buffer.from(writeWav(Uint8Array.of(0xd5, 0x55, 0x2a)));
    assert.equal(header.length, 62);
    assert.equal(header.readUInt32LE(4), 54);
    assert.deepEqual([...header.subarray(12, 58)], [
      ...Buffer.from('fmt '), 18, 0, 0, 0, 6, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x40, 0x1f, 0, 0, 1, 0, 8, 0, 0, 0,
      ...Buffer.from('fact'), 4, 0, 0, 0, 3, 0, 0, 0,
      ...Buffer.from('data'), 3, 0, 0, 0,
    ]);
  });

  it('writes what it reads', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 50 }), (alaw) => {
        assert.deepEqual(samplesOf(writeWav(alaw)), [Array.from(decodeAlaw(alaw), (sample) => sample / 32_768)]);
      }),
    );
  });
});

function flipBits(file: Uint8Array, bits: readonly number[]): Uint8Array {
  const flipped = Uint8Array.from(file);
  for (const bit of bits) {
    const at = bit % (file.length * 8);
    flipped[at >> 3] = (flipped[at >> 3] ?? 0) ^ (1 << (at & 7));
  }
  return flipped;
}

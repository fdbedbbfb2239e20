import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkWavForm } from './wav-form.ts';

interface Form {
  readonly tag?: number;
  readonly channels?: number;
  readonly rate?: number;
  readonly bits?: number;
  readonly data?: number;
  readonly extension?: Uint8Array;
}

function wav({ tag = 6, channels = 1, rate = 8000, bits = 8, data = 80, extension = new Uint8Array(0) }: Form = {}): Buffer {
  const format = Buffer.alloc(16);
  format.writeUInt16LE(tag, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt32LE((rate * channels * bits) / 8, 8);
  format.writeUInt16LE((channels * bits) / 8, 12);
  format.writeUInt16LE(bits, 14);
  const chunk = (name: string, body: Uint8Array): Buffer => {
    const head = Buffer.alloc(8);
    head.write(name, 0, 'latin1');
    head.writeUInt32LE(body.length, 4);
    return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
  };
  const body = Buffer.concat([Buffer.from('WAVE'), chunk('LIST', Buffer.from('odd')), chunk('fmt ', Buffer.concat([format, extension])), chunk('data', Buffer.alloc(data))]);
  return chunk('RIFF', body);
}

const why = (file: Uint8Array): string => {
  const form = checkWavForm(file);
  return form.ok ? 'ok' : form.why;
};

test('a telephone line\'s form is taken, in each of its codings', () => {
  for (const tag of [1, 6, 7]) assert.deepEqual(checkWavForm(wav({ tag, data: 8000 })), { ok: true, ms: 1000 });
});

test('each fault has its name', () => {
  const faults: readonly (readonly [string, Uint8Array])[] = [
    ['channels', wav({ channels: 2 })], ['sampleRate', wav({ rate: 44_100 })], ['bits', wav({ tag: 1, bits: 16 })], ['unreadable', wav({ tag: 85 })], ['unreadable', wav({ data: 0 })],
    ['notWav', Buffer.from([0xff, 0xfb, 0x90, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])], ['notWav', Buffer.from('ID3\x04rest of an MP3')], ['notWav', Buffer.alloc(0)], ['unreadable', wav().subarray(0, 60)],
    ['unreadable', Buffer.from('RIFF\x04\0\0\0WAVE')],
  ];
  for (const [expected, file] of faults) assert.equal(why(file), expected);
});

test('the form may stand in an extension', () => {
  const extension = Buffer.concat([Buffer.from([22, 0, 8, 0, 4, 0, 0, 0, 6, 0]), Buffer.from('000000001000800000aa00389b71', 'hex')]);
  assert.equal(why(wav({ tag: 0xfffe, extension })), 'ok');
  assert.equal(why(wav({ tag: 0xfffe, extension: extension.fill(9, 8, 9) })), 'unreadable');
  assert.equal(why(wav({ tag: 0xfffe })), 'unreadable');
});

test('no bytes make it fail', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), fc.boolean(), (bytes, named) => {
    const file = named ? Buffer.concat([Buffer.from('RIFF\xff\xff\xff\xffWAVEfmt ', 'latin1'), bytes]) : bytes;
    assert.equal(typeof checkWavForm(file).ok, 'boolean');
  }));
});

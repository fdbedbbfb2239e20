import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { dictionaryOf, isDictionary, listOf, numberOf, readBencode, textOf, writeBencode, type Bencoded, type Encodable } from './bencode.ts';

const read = (text: string): Bencoded | undefined => readBencode(Buffer.from(text));
const plain = (value: Bencoded | undefined): unknown =>
  (isDictionary(value) ? Object.fromEntries([...value].map(([key, item]) => [key, plain(item)])) : Array.isArray(value) ? value.map(plain) : value);

describe('bencode', () => {
  const good: readonly (readonly [string, Encodable])[] = [
    ['i0e', 0], ['i-12e', -12], ['i9007199254740991e', Number.MAX_SAFE_INTEGER], ['0:', ''], ['4:ping', 'ping'], ['3:€', '€'],
    ['le', []], ['li1e1:aldeee', [1, 'a', [{}]]], ['d7:command4:pinge', { command: 'ping' }],
    ['d7:call-id1:x8:from-tag1:y5:flagsl3:allee', { 'call-id': 'x', 'from-tag': 'y', flags: ['all'] }],
  ];
  for (const [text, value] of good) it(`reads ${text}`, () => { assert.deepEqual(plain(read(text)), value); });

  it('writes keys in their order, and leaves out what is not there', () => {
    assert.equal(writeBencode({ sdp: 'v=0', command: 'offer', label: undefined, 'call-id': 'a', flags: ['x', 1] }).toString(), 'd7:call-id1:a7:command5:offer5:flagsl1:xi1ee3:sdp3:v=0e');
  });

  it('writes whole numbers only', () => {
    for (const number of [1.5, Number.NaN, Infinity, 2 ** 60]) assert.throws(() => writeBencode(number), RangeError);
  });

  const bad = [
    '', 'x', 'i', 'ie', 'i-e', 'i1', 'i1.5e', 'i 1e', 'i99999999999999999e', 'i9007199254740992e', '1', '1:', '2:a', '-1:a', '99999999999:a', '1a:b', 'l', 'li1e', 'd', 'd1:a', 'd1:ae',
    'di1e1:ae', 'd1:ai1e', 'e', 'i1ei2e', '4:pingx', `${'l'.repeat(18)}${'e'.repeat(18)}`, 'l'.repeat(60_000), 'd0:'.repeat(20_000),
  ];
  for (const text of bad) it(`refuses ${text.slice(0, 20)}`, () => { assert.equal(read(text), undefined); });

  it('keeps names of prototypes as what they are', () => {
    const value = read('d9:__proto__d1:ai1ee11:constructor1:xe');
    assert.equal(textOf(value, 'constructor'), 'x');
    assert.equal(numberOf(dictionaryOf(value, '__proto__'), 'a'), 1);
    assert.equal(numberOf(value, 'a'), undefined);
  });

  it('answers nothing where something else is', () => {
    const value = read('d1:ai1e1:b1:xe');
    assert.deepEqual([textOf(value, 'a'), numberOf(value, 'b'), dictionaryOf(value, 'a'), listOf(value, 'a'), textOf('x', 'a'), listOf(undefined, 'a')], [undefined, undefined, undefined, [], undefined, []]);
  });

  const { value: anything } = fc.letrec<{ value: Encodable }>((tie) => ({
    value: fc.oneof({ depthSize: 'small', maxDepth: 6 }, fc.maxSafeInteger(), fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()), fc.array(tie('value'), { maxLength: 5 }),
      fc.dictionary(fc.string().filter((key) => key !== '__proto__'), tie('value'), { maxKeys: 5, noNullPrototype: true })),
  }));
  // There is one zero.
  const normal = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll('-0', '-0'));

  it('reads what it has written', () => {
    fc.assert(fc.property(anything, (value) => { assert.deepEqual(normal(plain(readBencode(writeBencode(value)))), normal(value)); }));
  });

  it('takes no part of a value for the whole, and nothing behind it', () => {
    fc.assert(fc.property(anything, fc.double({ min: 0, max: 0.99, noNaN: true }), (value, share) => {
      const bytes = writeBencode(value);
      assert.equal(readBencode(bytes.subarray(0, Math.floor(bytes.length * share))), undefined);
      assert.equal(readBencode(Buffer.concat([bytes, Buffer.from('e')])), undefined);
    }));
  });

  it('takes whatever comes without a fault', () => {
    const piece = fc.constantFrom('d', 'l', 'i', 'e', ':', '-', '0', '1', '7', '12:', '3:abc', 'i5e', '\0', '\u{ff}');
    fc.assert(fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.array(piece, { maxLength: 60 }).map((pieces) => Buffer.from(pieces.join(''), 'latin1'))), (bytes) => { readBencode(bytes); }), { numRuns: 1_000 });
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { decodeData, encodeData } from './encoding.ts';

describe('call data in base64', () => {
  const table: readonly [string, string | undefined, string][] = [
    ['aGVsbG8=', 'hello', 'is decoded'],
    ['aGVsbG8', 'hello', 'may lack the padding'],
    ['aGVs\r\nbG8=\r\n', 'hello', 'may be broken into lines'],
    ['', '', 'may be nothing'],
    ['w6TDtsO8', 'äöü', 'is UTF-8'],
    ['1233', '1233', 'that is no text stays as it stands, as the example of 6.1.3.3 has it'],
    ['hello!', undefined, 'has no other characters'],
    ['aGVs bG8=', undefined, 'has no blanks'],
    ['aGVsbG8==', undefined, 'is padded once'],
    ['a', undefined, 'has no lonely character'],
    ['AAAA', undefined, 'holds no NUL, which is no text to keep'],
  ];
  for (const [encoded, data, name] of table) test(`${JSON.stringify(encoded)} ${name}`, () => { assert.equal(decodeData(encoded), data); });

  test('comes back as any text that went in', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }).filter((text) => text.isWellFormed() && !text.includes('\0')), (text) => {
      assert.equal(decodeData(encodeData(text)), text);
    }));
  });
});

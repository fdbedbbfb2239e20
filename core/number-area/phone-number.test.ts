import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { areaCodeOf, parseNumber } from './phone-number.ts';

test('a mobile is cut down to its first seven digits, however it is written', () => {
  const written = [
    '13020017****',
    '1302001****',
    '1302001*',
    '1302001***7',
    '13020017001',
    ' 130 2001 7001 ',
    '130-2001-7001',
    '+8613020017001',
    '+86 130-2001-7001',
    '008613020017001',
    '8613020017001',
    '86 13020017****',
  ];
  for (const text of written) {
    assert.deepEqual(parseNumber(text), { ok: true, number: { kind: 'mobile', prefix: '1302001' } }, text);
  }
});

test('a landline is cut down to its area code, with a subscriber number, a masked one or none', () => {
  const written: readonly (readonly [string, string, string])[] = [
    ['010', '010', '010'],
    ['0311', '0311', '0311'],
    ['01012345678', '010', '01012345678'],
    ['010-1234567', '010', '0101234567'],
    ['(0755) 8612 3456', '0755', '075586123456'],
    ['0943-8221234', '0943', '09438221234'],
    ['0943-822****', '0943', '0943822'],
    ['010-****1234', '010', '010'],
    ['+86 10 12345678', '010', '01012345678'],
    ['+86 (0)10 12345678', '010', '01012345678'],
    ['0086-943-8221234', '0943', '09438221234'],
    ['86 21 5888 8888', '021', '02158888888'],
    ['+86 755', '0755', '0755'],
  ];
  for (const [text, areaCode, digits] of written) {
    assert.deepEqual(parseNumber(text), { ok: true, number: { kind: 'landline', areaCode, digits } }, text);
  }
});

test('anything else is refused with its reason', () => {
  const refused: readonly (readonly [string, string])[] = [
    ['', 'empty'],
    [' - ', 'empty'],
    ['+86', 'empty'],
    ['1'.repeat(41), 'too-long'],
    ['1302001700a', 'bad-character'],
    ['１３０２００１７００１', 'bad-character'],
    ['+', 'bad-character'],
    ['13+20017001', 'bad-character'],
    ['+1 212 555 0100', 'foreign'],
    ['0044 20 7946 0000', 'foreign'],
    ['130****7001', 'masked-prefix'],
    ['***', 'masked-prefix'],
    ['03*1', 'masked-prefix'],
    ['1302001', 'wrong-length'],
    ['130200170011', 'wrong-length'],
    ['13020017001*', 'wrong-length'],
    ['010-12345678*', 'wrong-length'],
    ['010-123456', 'wrong-length'],
    ['0311-123456789', 'wrong-length'],
    ['011', 'unknown-area-code'],
    ['0', 'unknown-area-code'],
    ['031', 'unknown-area-code'],
    ['10086', 'service-number'],
    ['12345', 'service-number'],
    ['58888888', 'area-code-missing'],
    ['86105555', 'area-code-missing'],
    ['4008001234', 'area-code-missing'],
  ];
  for (const [text, reason] of refused) {
    assert.deepEqual(parseNumber(text), { ok: false, reason }, JSON.stringify(text));
  }
});

test('no text makes it throw, and what it accepts has a prefix of the documented form', () => {
  const sign = fc.constantFrom('0', '1', '2', '3', '6', '8', '9', '*', '+', '-', ' ', '(');
  const likely = fc.string({ unit: sign, maxLength: 20 });
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), likely), (text) => {
      const parsed = parseNumber(text);
      if (!parsed.ok) assert.notEqual(parsed.reason, undefined);
      else if (parsed.number.kind === 'mobile') assert.match(parsed.number.prefix, /^1[3-9]\d{5}$/);
      else {
        assert.equal(areaCodeOf(parsed.number.digits), parsed.number.areaCode);
        assert.match(parsed.number.digits, /^\d{3,12}$/);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('the country code and separators never change what a number is', () => {
  const mobile = fc.stringMatching(/^1[3-9]\d{9}$/);
  fc.assert(
    fc.property(mobile, fc.constantFrom('+86', '0086', '86', '+86 ', '86-'), (number, country) => {
      const spaced = `${number.slice(0, 3)} ${number.slice(3, 7)}-${number.slice(7)}`;
      const expected = { ok: true, number: { kind: 'mobile', prefix: number.slice(0, 7) } };
      assert.deepEqual(parseNumber(country + number), expected);
      assert.deepEqual(parseNumber(spaced), expected);
    }),
  );
});

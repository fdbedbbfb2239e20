import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { evaluate, FUNCTIONS, isCondition, type Value } from './expression.ts';
import { readExpression } from './expression-syntax.ts';
import { newReading, placeOf } from './reading.ts';

const VARIABLES: Readonly<Record<string, Value>> = { n: '12', code: '007', name: 'Ann', empty: '', time: '09:30', weekday: 3, holiday: false, yes: 'true' };

function value(text: string): Value | undefined {
  const reading = newReading();
  const read = readExpression(text, placeOf(reading, 'a', 'to'));
  assert.deepEqual(reading.faults, [], text);
  assert.ok(read !== undefined);
  return evaluate(read, (name) => VARIABLES[name] ?? '');
}

function faultOf(text: string): string | undefined {
  const reading = newReading();
  assert.equal(readExpression(text, placeOf(reading, 'a', 'to')), undefined, text);
  assert.equal(reading.faults.length, 1, `${text}: ${JSON.stringify(reading.faults)}`);
  return reading.faults[0]?.message;
}

const CASES: readonly (readonly [string, Value | undefined])[] = [
  ['1 + 2 * 3', 7], ['(1 + 2) * 3', 9], ['10 - 2 - 3', 5], ['-n + 2', -10], ['7 / 2', 3.5], ['7 % 4', 3], ['0.1 + 0.2', 0.3], ['n + 1', 13],
  ['1 / 0', undefined], ['name + 1', undefined], ['empty - 1', undefined], ['999999999999999 * 999999999999999', undefined],
  ['\'a\' & "b"', 'ab'], ['name & n', 'Ann12'],
  ['code = \'007\'', true], ['code = \'7\'', false], ['code = 7', true], ['name = 7', false], ['name != \'Bob\'', true], ['n > 9', true], ['n > \'9\'', true], ['name < \'Bob\'', true],
  ['time >= \'09:00\' and time < \'17:00\'', true], ['weekday in [1, 2, 3]', true], ['name in [\'Bob\', \'Ann\']', true], ['name in []', false],
  ['not holiday', true], ['not (n = 12)', false], ['not n = 13 and yes', true], ['holiday or yes', true], ['true and false', false],
  ['false and 1 / 0 = 1', false], ['true or 1 / 0 = 1', true],
  ['length(name)', 3], ['upper(name)', 'ANN'], ['lower(name)', 'ann'], ['trim(\' x \')', 'x'], ['digits(\'+49 30\')', '4930'], ['part(\'abcdef\', 2, 3)', 'bcd'],
  ['part(\'abc\', 2)', 'bc'], ['part(\'abc\', 0)', undefined], ['startsWith(name, \'A\')', true], ['endsWith(name, \'x\')', false], ['contains(name, \'n\')', true],
  ['round(2.5)', 3], ['round(name)', undefined],
];

describe('an expression', () => {
  for (const [text, expected] of CASES) test(`${text} is ${String(expected)}`, () => { assert.equal(value(text), expected); });

  for (const [text, message] of [
    ['', /ends too early/], ['1 +', /ends too early/], ['1 2', /at "2"/], ['(1', /ends too early/], ['1)', /at "\)"/], ['a @ b', /at "@ b"/], ['\'open', /at "'open"/],
    ['nothing(1)', /no function nothing/], ['upper()', /takes 1 values, not 0/], ['part(n)', /takes 2 or 3 values/], ['n in 3', /at "3"/], ['not', /ends too early/],
    ['constructor(1)', /no function constructor/], ['x'.repeat(501), /longer than 500/], ['('.repeat(50), /deeper than 16/], ['not '.repeat(40) + 'a', /deeper than 16/],
  ] as const) test(`${text.slice(0, 20)} is refused`, () => { assert.match(faultOf(text) ?? '', message); });

  test('tells conditions from others', () => {
    for (const [text, expected] of [['a = 1', true], ['a', true], ['a and b', true], ['a + 1', false], ['a and b + 1', false], ['not 5', false], ['length(a)', false], ['contains(a, b)', true]] as const) {
      const read = readExpression(text, placeOf(newReading(), 'a'));
      assert.ok(read !== undefined);
      assert.equal(isCondition(read), expected, text);
    }
  });

  test('of any signs is read or refused, and what is read comes to a value or to nothing', () => {
    const word = fc.constantFrom(...'()[],+-*/%&=<>!\'" '.split(''), 'and', ' or ', 'not ', ' in ', 'a', 'b', '1', '2.5', '\'x\'', 'true', ...Object.keys(FUNCTIONS).map((name) => `${name}(`));
    fc.assert(fc.property(fc.oneof(fc.string(), fc.array(word, { maxLength: 30 }).map((words) => words.join(''))), fc.string(), (text, given) => {
      const reading = newReading();
      const read = readExpression(text, placeOf(reading, 'a'));
      assert.equal(read === undefined, reading.faults.length > 0);
      if (read !== undefined) evaluate(read, () => given);
    }), { numRuns: 500 });
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkCtiPassword, daysLeft } from './cti-password.ts';

const table: readonly [name: string, password: string, workNo: number, isGood: boolean][] = [
  ['three classes', 'Harbour-lamp', 291, true],
  ['all four classes', 'Harbour-Lamp-74', 291, true],
  ['the shortest', 'abcdeF1g', 291, true],
  ['one too short', 'abcdF1g', 291, false],
  ['the longest', `aB3${'xy'.repeat(14)}z`, 291, true],
  ['one too long', `aB3${'xy'.repeat(15)}`, 291, false],
  ['two classes', 'abcdefgh12', 291, false],
  ['one class', 'abcdefghi', 291, false],
  ['the same twice in a row', 'Harbourr-74', 291, false],
  ['the same in two cases', 'HarbourR-74', 291, true],
  ['the same, apart', 'Harbour-r74', 291, true],
  ['the whole work number', 'Harbour-291', 291, false],
  ['two characters of it', 'Harbour-29', 291, true],
  ['three from the middle', 'Harbour-012', 40_123, false],
  ['three of its digits in another order', 'Harbour-102', 40_123, true],
  ['three from the end', 'Harbour-123', 40_123, false],
  ['three from the start', 'Harbour-401', 40_123, false],
  ['not in a row', 'Harbour-4-1', 40_123, true],
  ['a blank', 'Harbour lamp7', 291, false],
  ['a control character', 'Harbour\tlamp7', 291, false],
  ['other letters', 'Härbour-lamp7', 291, false],
];

for (const [name, password, workNo, isGood] of table) {
  test(`a CTI password is ${isGood ? 'taken' : 'refused'}: ${name}`, () => assert.equal(checkCtiPassword(password, workNo) === undefined, isGood));
}

test('whatever is taken keeps every rule', () => {
  const character = fc.constantFrom('a', 'b', 'A', 'B', '0', '1', ' ', '2', '-', '_', 'é', '\0');
  fc.assert(fc.property(fc.string({ unit: character, minLength: 6, maxLength: 34 }), fc.integer({ min: 101, max: 59_999 }), (password, workNo) => {
    if (checkCtiPassword(password, workNo) !== undefined) return;
    assert.ok(password.length >= 8 && password.length <= 32);
    assert.doesNotMatch(password, /(.)\1/);
    assert.match(password, /^[!-~]+$/);
    const digits = String(workNo);
    for (let at = 0; at < digits.length - 2; at += 1) assert.ok(!password.includes(digits.slice(at, at + 3)));
  }));
});

const DAY = 86_400_000;
const ages: readonly [days: number, ageMs: number, left: number | undefined][] = [
  [0, 1000 * DAY, undefined], [90, 0, 90], [90, 1, 90], [90, DAY, 89], [90, 89 * DAY, 1], [90, 90 * DAY - 1, 1], [90, 90 * DAY, 0], [90, 500 * DAY, 0], [180, 0, 180],
];

for (const [days, age, left] of ages) {
  test(`a password for ${days} days has ${left ?? 'no end'} left after ${age} ms`, () => assert.equal(daysLeft(5000, days, 5000 + age), left));
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { accountOf, userIdOf } from './user-id.ts';

const cases: readonly [what: string, userId: string, account: string][] = [
  ['the id that 17.1 tells', '7:ann.agent', 'ann.agent'],
  ['the account itself', 'ann.agent', 'ann.agent'],
  ['an id of another tenant stays what it is', '8:ann.agent', '8:ann.agent'],
  ['a longer number is another tenant', '77:ann.agent', '77:ann.agent'],
  ['an id of somebody else\'s making', '1660270845627002401', '1660270845627002401'],
];
for (const [what, userId, account] of cases) {
  test(`the account that a user id names: ${what}`, () => assert.equal(accountOf(7, userId), account));
}

test('every account is found again by its id', () => {
  fc.assert(fc.property(fc.nat(), fc.string(), (vdnId, account) => assert.equal(accountOf(vdnId, userIdOf(vdnId, account)), account)));
});

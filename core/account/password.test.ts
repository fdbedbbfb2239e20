import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { checkPassword, checkPhonePassword, PASSWORD, passwordExpired, restsFor } from './password.ts';

const DAY = 86_400_000;

const passwords: readonly [name: string, password: string, refusal: RegExp | undefined][] = [
  ['eight characters of four classes', 'Abcdef1!', undefined],
  ['the longest', `Ab1!${'x'.repeat(60)}`, undefined],
  ['letters of any script beside the four classes', 'Abc1!äöü文', undefined],
  ['seven characters', 'Abcde1!', /at least 8 characters/],
  ['one too long', `Ab1!${'x'.repeat(61)}`, /more than 64 characters/],
  ['no upper case', 'abcdefg1!', /upper-case/],
  ['no lower case', 'ABCDEFG1!', /lower-case/],
  ['no digit', 'Abcdefgh!', /a digit/],
  ['no special character', 'Abcdefg12', /one of/],
  ['a special character that 5.1.1 does not print', 'Abcdefg1.', /one of/],
  ['a control character', 'Abcdef1!\u0007', /control characters/],
  ['the account name', 'Agent_01@x', /account name/],
  ['the account name in other letter case', 'aGENT_01@X', /account name/],
  ['the account name backwards', 'x@10_tnegA', /account name/],
];

for (const [name, password, refusal] of passwords) {
  test(`an account password is checked: ${name}`, () => {
    const outcome = checkPassword(password, 'Agent_01@x');
    if (refusal === undefined) assert.equal(outcome, undefined);
    else assert.match(outcome ?? '', refusal);
  });
}

const phonePasswords: readonly [name: string, password: string, refusal: RegExp | undefined][] = [
  ['letters and digits', 'Abcdefg1', undefined],
  ['without upper case', 'abcdef1~', undefined],
  ['the longest', 'Abcdefgh12345678', undefined],
  ['all special characters', 'Aa~@^*_{+}?', undefined],
  ['seven characters', 'Abcdef1', /8 to 16/],
  ['seventeen characters', 'Abcdefgh123456789', /8 to 16/],
  ['two classes', 'abcdefg1', /three of/],
  ['one class', 'abcdefgh', /three of/],
  ['a character that is not of the set', 'Abcdefg1!', /8 to 16/],
  ['a quotation mark, which SIP would have to escape', 'Abcdefg1"', /8 to 16/],
];

for (const [name, password, refusal] of phonePasswords) {
  test(`a phone password is checked: ${name}`, () => {
    const outcome = checkPhonePassword(password);
    if (refusal === undefined) assert.equal(outcome, undefined);
    else assert.match(outcome ?? '', refusal);
  });
}

describe('the age of a password', () => {
  test('it expires after 90 days', () => {
    assert.equal(passwordExpired(1000, 1000 + 90 * DAY - 1), false);
    assert.equal(passwordExpired(1000, 1000 + 90 * DAY), true);
  });

  test('it rests for 24 hours after a change, but not after the account was made', () => {
    assert.equal(restsFor({ createdAt: 5, changedAt: 5 }, 6), 0);
    assert.equal(restsFor({ createdAt: 5, changedAt: 1000 }, 1000), DAY);
    assert.equal(restsFor({ createdAt: 5, changedAt: 1000 }, 1000 + DAY - 1), 1);
    assert.equal(restsFor({ createdAt: 5, changedAt: 1000 }, 1000 + DAY), 0);
  });
});

test('what passes has eight to 64 characters and is not the account in any letter case', () => {
  const part = fc.string({ unit: fc.constantFrom(...Array.from('AZaz09!@-_.é ')), maxLength: 70 });
  fc.assert(fc.property(part, part, (password, account) => {
    if (checkPassword(password, account) !== undefined) return;
    assert.ok(password.length >= PASSWORD.min && password.length <= PASSWORD.max);
    assert.notEqual(password.toLowerCase(), account.toLowerCase());
    for (const set of [/[A-Z]/, /[a-z]/, /[0-9]/, /[!@\-_]/]) assert.match(password, set);
  }));
});

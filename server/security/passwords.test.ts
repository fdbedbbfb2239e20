import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { generatePassword, hashPassword, verifyNobody, verifyPassword } from './passwords.ts';

test('a hash verifies its own password and no other', async () => {
  const hash = await hashPassword('Grüße 1!');
  assert.match(hash, /^\$argon2id\$v=19\$m=7168,t=5,p=1\$[\w-]{22}\$[\w-]{43}$/);
  assert.equal(await verifyPassword('Grüße 1!', hash), true);
  assert.equal(await verifyPassword('Grüße 1! ', hash), false);
  assert.equal(await verifyPassword('', hash), false);
});

test('the same password is hashed differently each time', async () => {
  const [one, other] = await Promise.all([hashPassword('Abcdef1!'), hashPassword('Abcdef1!')]);
  assert.notEqual(one, other);
});

test('parameters are read from the hash, so that they can be raised later', async () => {
  // A vector of the reference implementation's own tests: 64 MiB, two passes, salt "somesalt".
  const hash = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  assert.equal(await verifyPassword('password', hash), true);
  assert.equal(await verifyPassword('passwort', hash), false);
});

for (const hash of ['', 'plain', '$argon2i$v=19$m=7168,t=5,p=1$c29tZXNhbHQ$AAAAAAAAAAA', '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ']) {
  test(`what is no Argon2id hash verifies nothing: ${JSON.stringify(hash)}`, async () => assert.equal(await verifyPassword('', hash), false));
}

test('nobody has a password', async () => {
  assert.equal(await verifyNobody('Abcdef1!'), false);
  assert.equal(await verifyNobody(''), false);
});

test('generated passwords have the length asked for, three classes and no pair of equal neighbours', () => {
  fc.assert(fc.property(fc.integer({ min: 3, max: 32 }), (length) => {
    const password = generatePassword(length);
    assert.match(password, new RegExp(`^[A-Za-z0-9]{${length}}$`));
    for (const set of [/[A-Z]/, /[a-z]/, /[0-9]/]) assert.match(password, set);
    assert.doesNotMatch(password, /(.)\1/);
    assert.doesNotMatch(password, /[IOl01]/, 'no characters that look alike');
  }));
});

test('a thousand generated passwords are a thousand', () => {
  assert.equal(new Set(Array.from({ length: 1000 }, () => generatePassword(8))).size, 1000);
});

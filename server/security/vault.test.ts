import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createVault, digestOf, newToken, sameSecret } from './vault.ts';

describe('the vault', () => {
  const vault = createVault(Buffer.alloc(32, 7));

  test('gives back what was sealed, for whom it was sealed', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (secret, owner) => {
      assert.equal(vault.open(vault.seal(secret, owner), owner), secret);
    }));
  });

  test('has one fingerprint for a secret and its owner, and another for everything else', () => {
    const mark = vault.fingerprint('secret', 'cti:101');
    assert.equal(vault.fingerprint('secret', 'cti:101'), mark);
    for (const other of [vault.fingerprint('Secret', 'cti:101'), vault.fingerprint('secret', 'cti:102'), vault.fingerprint('1secret', 'cti:10'), createVault(Buffer.alloc(32, 8)).fingerprint('secret', 'cti:101')]) {
      assert.notEqual(other, mark);
    }
  });

  test('opens nothing for another owner', () => {
    const sealed = vault.seal('secret', 'agent:1:101:sip');
    assert.throws(() => vault.open(sealed, 'agent:1:102:sip'));
    assert.throws(() => vault.open(sealed, 'agent:1:101:cti'));
  });

  test('opens nothing with another key, nor with the bare key instead of the derived one', () => {
    const sealed = vault.seal('secret', 'x');
    assert.throws(() => createVault(Buffer.alloc(32, 8)).open(sealed, 'x'));
  });

  test('opens nothing of which a single bit was changed', () => {
    const sealed = vault.seal('secret', 'x');
    for (let index = 0; index < sealed.length; index += 1) {
      const broken = Buffer.from(sealed);
      broken.writeUInt8(broken.readUInt8(index) ^ 1, index);
      assert.throws(() => vault.open(broken, 'x'), `byte ${index}`);
    }
  });

  test('opens nothing that was cut short, not even to a shorter tag', () => {
    const sealed = vault.seal('secret', 'x');
    for (const length of [0, 1, 12, 13, 20, 28, sealed.length - 1]) assert.throws(() => vault.open(sealed.subarray(0, length), 'x'), `${length} bytes`);
  });

  test('seals the same secret differently each time and does not show it', () => {
    const [one, other] = [vault.seal('a long secret', 'x'), vault.seal('a long secret', 'x')];
    assert.notDeepEqual(one, other);
    assert.equal(one.includes('a long secret'), false);
  });

  test('wants a key of 32 bytes', () => {
    for (const length of [0, 16, 31, 33]) assert.throws(() => createVault(randomBytes(length)), /32 bytes/);
  });
});

test('a digest is the same for the same token and says nothing of it', () => {
  assert.equal(digestOf('token'), digestOf('token'));
  assert.notEqual(digestOf('token'), digestOf('Token'));
  assert.match(digestOf('token'), /^[\w-]{43}$/);
});

test('tokens are random, of the length asked for, and safe in URLs', () => {
  const tokens = Array.from({ length: 1000 }, () => newToken());
  assert.equal(new Set(tokens).size, 1000);
  for (const token of tokens) assert.match(token, /^[\w-]{43}$/);
  assert.equal(Buffer.from(newToken(12), 'base64url').length, 12);
});

test('secrets are the same only when they are equal', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (one, other) => {
    assert.equal(sameSecret(one, one), true);
    assert.equal(sameSecret(one, other), one === other);
  }));
  assert.equal(sameSecret('', 'x'), false);
});

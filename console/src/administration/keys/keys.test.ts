import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bySchemeThenAge, idOf, NEW_KEY, OPERATIONS, requestOf, SCHEMES, type Key } from './keys.ts';

const key = (scheme: Key['scheme'], keyId: string, createdAt: number): Key => ({ scheme, keyId, createdAt, label: '', enabled: true });

describe('keys', () => {
  test('stand by scheme, and the oldest of a scheme first', () => {
    const keys = [key('SIA', 'a', 1), key('C2', 'b', 3), key('C2', 'c', 2), key('C1', 'd', 4)];
    assert.deepEqual(bySchemeThenAge(keys).map(idOf), ['C1:d', 'C2:c', 'C2:b', 'SIA:a']);
  });

  test('are asked for without what the server is to choose', () => {
    assert.deepEqual(requestOf({ ...NEW_KEY, label: ' CRM ' }), { scheme: 'C2', label: 'CRM' });
    assert.deepEqual(requestOf({ scheme: 'C1', label: '', keyId: 'own', secret: 'a-secret-of-ones-own' }), { scheme: 'C1', label: '', keyId: 'own', secret: 'a-secret-of-ones-own' });
  });

  test('of the installation are served under the same words', () => {
    for (const [name, op] of Object.entries(OPERATIONS.installation)) {
      assert.equal(op.permission, 'installation');
      assert.equal(op.method, OPERATIONS.tenant[name as keyof typeof OPERATIONS.tenant].method);
    }
    assert.ok(!SCHEMES.installation.includes('C1'));
  });
});

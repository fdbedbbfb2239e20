import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createTenant } from '@parley/contract/admin/tenant.ts';
import { changeUser, createUser } from '@parley/contract/admin/user.ts';
import { agentAccountCreate } from '@parley/contract/configuration/agent-account.ts';
import { flawOf, limitsOf } from './contract-limits.ts';

const flaw = (name: string, value: unknown) => flawOf(limitsOf(createUser, name), value);

describe('the limits of a field', () => {
  test('are those of the contract, also deep inside', () => {
    assert.equal(limitsOf(createUser, 'account').maxLength, 50);
    assert.equal(limitsOf(agentAccountCreate, 'skills.3.agentWeight').minimum, 1);
    assert.equal(limitsOf(createTenant, 'limits.agents').minimum, 0);
    assert.equal(limitsOf(createUser, 'name').isNeeded, true);
    assert.equal(limitsOf(changeUser, 'name').isNeeded, false);
  });

  test('of a name that the request does not have cannot be asked for', () => {
    assert.throws(() => limitsOf(createUser, 'nickname'), /createUser has no field nickname/);
  });
});

describe('what was typed', () => {
  test('is told to be missing only where it is needed', () => {
    assert.deepEqual(flaw('account', '  '), { kind: 'missing' });
    assert.equal(flaw('email', ''), undefined);
    assert.deepEqual(flawOf(limitsOf(agentAccountCreate, 'skills.0.skillId'), ''), { kind: 'missing' });
  });

  test('is told to be too short, too long, too small, or of another form', () => {
    assert.deepEqual(flaw('account', 'ann'), { kind: 'tooShort', limit: 6 });
    assert.deepEqual(flaw('account', 'a'.repeat(51)), { kind: 'tooLong', limit: 50 });
    assert.deepEqual(flaw('account', 'ann admin'), { kind: 'form' });
    assert.deepEqual(flawOf(limitsOf(agentAccountCreate, 'skills.0.agentWeight'), 0), { kind: 'tooSmall', limit: 1 });
    assert.deepEqual(flawOf(limitsOf(createTenant, 'ccId'), 70_000), { kind: 'tooLarge', limit: 65_535 });
    assert.equal(flaw('account', 'ann.admin'), undefined);
  });
});

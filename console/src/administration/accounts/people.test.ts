import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draftOf, settingsOf, stateOf, type Person } from './people.ts';

const person: Person = { account: 'sam.super', name: 'Sam', role: 'supervisor', email: 'sam@example.com', phone: '', enabled: true, lockedUntil: 0, passwordExpiresAt: 9, passwordExpired: false };

test('a form shows again what it has saved of an account', () => {
  assert.deepEqual(settingsOf(draftOf(person)), { account: 'sam.super', name: 'Sam', role: 'supervisor', email: 'sam@example.com', phone: '' });
});

test('the state of an account is the first thing that keeps it out', () => {
  assert.equal(stateOf(person), 'on');
  assert.equal(stateOf({ ...person, passwordExpired: true }), 'expired');
  assert.equal(stateOf({ ...person, passwordExpired: true, lockedUntil: 5 }), 'locked');
  assert.equal(stateOf({ ...person, lockedUntil: 5, enabled: false }), 'off');
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { draftOf, NEW_TRUNK, settingsOf, standingOf, type Trunk, type TrunkStatus } from './trunks.ts';

const trunk: Trunk = {
  id: '1', name: 'Example Telecom', priority: 0, createdAt: 5,
  peers: [{ host: 'sip1.carrier.example', port: 5061, kind: 'TLS', priority: 1, weight: 1 }, { host: 'sip2.carrier.example', kind: 'UDP' }],
  networks: ['192.0.2.0/24'], numbering: { country: '49', national: '0', international: '00' }, called: { form: 'plus', rules: [{ pattern: '+49.' }, { pattern: '+.', strip: 1, prepend: '00' }] },
  incomingCalled: { form: 'national' }, limits: { calls: 0 }, codecs: ['PCMA', 'PCMU'], healthMs: 30_000, registration: { user: 'example-1', domain: 'carrier.example', expiresMs: 600_000 },
  inbound: { user: 'carrier' },
};

describe('a trunk in the form', () => {
  test('shows again what it has saved', () => {
    const { id: _id, createdAt: _createdAt, ...settings } = trunk;
    assert.deepEqual(settingsOf(draftOf(trunk)), settings);
  });

  test('sends a password only where one was typed, and no sign-in without a user name', () => {
    const draft = draftOf(trunk);
    assert.equal(settingsOf({ ...draft, registration: { ...draft.registration, password: 'p7Kq2mXw' } }).registration?.password, 'p7Kq2mXw');
    assert.equal(settingsOf({ ...draft, inbound: { user: ' ', password: 'left over' } }).inbound, undefined);
  });

  test('sends nothing of what was left empty', () => {
    assert.deepEqual(settingsOf({ ...NEW_TRUNK, name: ' New ', peers: [] }), { name: 'New', peers: [] });
  });
});

test('a trunk stands as its worst part does', () => {
  const up: TrunkStatus = { id: '1', name: 'x', inForce: true, registration: 'registered', calls: 0, peers: [{ host: 'a', kind: 'UDP', state: 'avoided' }, { host: 'b', kind: 'UDP', state: 'up' }] };
  assert.equal(standingOf(up), 'up');
  assert.equal(standingOf({ ...up, peers: up.peers.slice(0, 1) }), 'avoided');
  assert.equal(standingOf({ ...up, registration: 'refused' }), 'refused');
  assert.equal(standingOf({ ...up, registration: 'refused', inForce: false }), 'notInForce');
  assert.equal(standingOf({ ...up, peers: [] }), 'up');
});

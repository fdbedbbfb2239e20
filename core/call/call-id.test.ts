import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRig } from '../centre/centre.fixture.ts';
import { MAX_VDN_ID } from '../tenant/settings.ts';
import { callIdOf, canonicalCallId, halvesOf } from './call-id.ts';

const AT = Date.UTC(2026, 10, 21, 10, 0, 0);

test('calls that begin at the same time in different tenants have different ids', () => {
  const ids = [1, 2, 20, 999, MAX_VDN_ID].flatMap((vdnId) => Array.from({ length: 300 }, (_, index) => callIdOf(vdnId, index + 1, AT)));
  assert.equal(new Set(ids).size, ids.length);
});

test('an id is the second and a number, in 20 characters, whoever the tenant and however many calls there were', () => {
  assert.equal(callIdOf(7, 12, AT), '1795255200-120007');
  assert.equal(callIdOf(MAX_VDN_ID, 199_999, AT), '1795255200-999999999');
  assert.deepEqual(halvesOf(callIdOf(7, 12, AT)), { seconds: 1_795_255_200, number: 120_007 });
  assert.equal(canonicalCallId('1795255200000-120007'), callIdOf(7, 12, AT));
});

test('an id comes again only when 100,000 calls of one tenant have begun in a second', () => {
  assert.notEqual(callIdOf(1, 100_000, AT), callIdOf(1, 1, AT));
  assert.equal(callIdOf(1, 100_001, AT), callIdOf(1, 1, AT));
  assert.notEqual(callIdOf(1, 100_001, AT), callIdOf(1, 1, AT - 1000));
});

test('the core names a call so', () => {
  const rig = createRig();
  rig.signIn(101);
  assert.equal(rig.callIn(1), callIdOf(rig.centre.vdnId, 1, rig.now()));
});

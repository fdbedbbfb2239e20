import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRig } from '../centre/centre.fixture.ts';

describe('keys pressed in a call', () => {
  test('go to everybody outside who is in it', () => {
    const rig = createRig();
    rig.signIn(101);
    const call = rig.callIn(1);
    rig.does({ kind: 'pressKeys', agent: 101, digits: '1234#' });
    assert.deepEqual(rig.orders.filter(({ kind }) => kind === 'digits'), [{ kind: 'digits', leg: rig.customer(call), digits: '1234#' }]);
    assert.deepEqual(rig.happened.at(-1)?.event, { type: 'KeysPressed', call, agent: 101, leg: 'in-1', personal: { digits: '1234#' } });
  });

  test('are refused without a call, to a colleague, before anybody answers, and where they are no keys', () => {
    const rig = createRig();
    rig.signIn(101);
    assert.equal(rig.refuses({ kind: 'pressKeys', agent: 101, digits: '1' }), 'noCall');
    rig.does({ kind: 'dialOut', agent: 101, called: '40040', caller: '' });
    assert.equal(rig.refuses({ kind: 'pressKeys', agent: 101, digits: '1' }), 'wrongState');
    rig.does({ kind: 'release', agent: 101 });
    rig.signIn(102);
    rig.does({ kind: 'callInner', agent: 101, called: '102', caller: '' });
    assert.equal(rig.refuses({ kind: 'pressKeys', agent: 101, digits: '1' }), 'nothing');
    assert.equal(rig.refuses({ kind: 'pressKeys', agent: 101, digits: 'a' }), 'badNumber');
  });
});

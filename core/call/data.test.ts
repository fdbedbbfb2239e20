import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRig } from '../centre/centre.fixture.ts';
import { MAX_DATA_BYTES } from './call.ts';

describe('the data of a call', () => {
  test('are set while it rings, goes on and is held', () => {
    const rig = createRig();
    rig.signIn(101, { autoAnswer: false });
    const call = rig.callIn(1);
    const dataOf = () => rig.centre.calls.get(call)?.data;
    rig.does({ kind: 'setCallData', agent: 101, data: 'rings' });
    assert.equal(dataOf(), 'rings');
    rig.does({ kind: 'answer', agent: 101, call });
    rig.does({ kind: 'setCallData', agent: 101, call, data: 'talks' });
    assert.equal(dataOf(), 'talks');
    rig.does({ kind: 'hold', agent: 101 });
    rig.does({ kind: 'setCallData', agent: 101, data: 'waits' });
    assert.equal(dataOf(), 'waits');
    rig.does({ kind: 'setCallData', agent: 101, call, data: '' });
    assert.equal(dataOf(), '');
  });

  test('stay with the call when another agent gets it', () => {
    const rig = createRig();
    rig.signIn(101, { autoAnswer: false });
    const call = rig.callIn(1);
    rig.does({ kind: 'setCallData', agent: 101, data: 'vip' });
    rig.does({ kind: 'reject', agent: 101, mode: 1 });
    rig.signIn(102);
    assert.deepEqual([rig.centre.agents.get(102)?.call, rig.centre.calls.get(call)?.data], [call, 'vip']);
  });

  test('are 16 KB at most, counted in bytes, and of own calls', () => {
    const rig = createRig();
    rig.signIn(101);
    rig.signIn(102);
    const call = rig.callIn(1);
    rig.does({ kind: 'setCallData', agent: 101, data: 'ä'.repeat(MAX_DATA_BYTES / 2) });
    assert.equal(rig.refuses({ kind: 'setCallData', agent: 101, data: `a${'ä'.repeat(MAX_DATA_BYTES / 2)}` }), 'tooLarge');
    assert.equal(rig.refuses({ kind: 'setCallData', agent: 102, call, data: 'x' }), 'noCall');
    assert.equal(rig.refuses({ kind: 'setCallData', agent: 102, data: 'x' }), 'noCall');
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRig, type Rig } from '../centre/centre.fixture.ts';
import { callNow } from './call-now.ts';

const now = ({ centre, now: clock }: Rig, id: string) => {
  const call = centre.calls.get(id);
  assert.ok(call !== undefined);
  return callNow(call, clock());
};

test('a call is told of from queue to talk, held and back', () => {
  const rig = createRig({ phonesAnswer: false });
  const call = rig.callIn(1);
  assert.equal(rig.centre.calls.get(call)?.id, undefined, 'without agents it is let go');
  rig.signIn(101, { autoAnswer: false }, 'busy');
  const other = rig.callIn(1);
  const began = rig.now();
  rig.wait(3000);
  assert.deepEqual(now(rig, other), { stage: 'waiting', since: began, agent: undefined, flowS: 0, waitS: 3, ringS: 0, talkS: 0 });
  rig.does({ kind: 'askState', agent: 101, request: 'cancelBusy' });
  rig.wait(2000);
  assert.deepEqual(now(rig, other), { stage: 'ringing', since: began + 3000, agent: 101, flowS: 0, waitS: 3, ringS: 2, talkS: 0 });
  rig.picksUp(101);
  rig.does({ kind: 'answer', agent: 101 });
  const talked = rig.now();
  rig.wait(60_000);
  assert.deepEqual(now(rig, other), { stage: 'talking', since: talked, agent: 101, flowS: 0, waitS: 3, ringS: 2, talkS: 60 });
  rig.does({ kind: 'hold', agent: 101 });
  rig.wait(1000);
  assert.deepEqual(now(rig, other), { stage: 'held', since: talked + 60_000, agent: 101, flowS: 0, waitS: 3, ringS: 2, talkS: 61 });
});

test('a call that a flow has is told of as such', () => {
  const rig = createRig();
  rig.does({ kind: 'arrive', leg: 'in-1', caller: '1', called: '2', to: { kind: 'flow', flow: '7' } });
  const [call = ''] = rig.centre.calls.keys();
  const began = rig.now();
  rig.wait(5000);
  assert.deepEqual(now(rig, call), { stage: 'flow', since: began, agent: undefined, flowS: 5, waitS: 0, ringS: 0, talkS: 0 });
});

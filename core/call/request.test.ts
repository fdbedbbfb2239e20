import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aSkill, createRig, FIRST_CONFIG, type Rig } from '../centre/centre.fixture.ts';

/** 101 has the queue 1, 102 both; two calls wait in the queue 2. */
function waiting(): { readonly rig: Rig; readonly first: string; readonly second: string } {
  const agents = [{ id: 101, roleId: 2, type: 4, skills: [aSkill(1)] }, { id: 102, roleId: 2, type: 4, skills: [aSkill(1), aSkill(2)] }];
  const rig = createRig({ config: { ...FIRST_CONFIG, agents } });
  rig.signIn(102, {}, 'busy');
  return { rig, first: rig.callIn(2), second: rig.callIn(2) };
}

describe('asking for a certain call', () => {
  test('takes it out of its queue, whoever came before', () => {
    const { rig, first, second } = waiting();
    rig.does({ kind: 'requestCall', agent: 102, call: second, queue: 2 });
    assert.deepEqual([rig.centre.agents.get(102)?.call, rig.centre.agents.get(102)?.state], [second, 'talking']);
    assert.deepEqual(rig.centre.calls.get(first)?.waitingIn, [2]);
    assert.equal(rig.happened.some(({ event }) => event.type === 'CallOffered' && event.how === 'requested'), true);
  });

  test('leaves the agent as before when the customer hangs up meanwhile', () => {
    const { rig, second } = waiting();
    rig.does({ kind: 'signOut', agent: 102, force: true });
    rig.signIn(102, { autoAnswer: false }, 'busy');
    rig.does({ kind: 'requestCall', agent: 102, call: second, queue: 2 });
    rig.hangsUp(rig.customer(second));
    assert.equal(rig.centre.agents.get(102)?.state, 'busy');
  });

  const refusals: readonly [why: string, name: string, ask: (rig: Rig, call: string) => string | undefined][] = [
    ['unknownCall', 'the call is unknown', (rig) => rig.refuses({ kind: 'requestCall', agent: 102, call: '1-1', queue: 2 })],
    ['unknownCall', 'it waits elsewhere', (rig, call) => rig.refuses({ kind: 'requestCall', agent: 102, call, queue: 1 })],
    ['unknownQueue', 'the queue is none of the agent\'s', (rig, call) => { rig.signIn(101); return rig.refuses({ kind: 'requestCall', agent: 101, call, queue: 2 }); }],
    ['wrongState', 'the agent rests', (rig, call) => {
      rig.does({ kind: 'askState', agent: 102, request: 'rest', ms: 1000 });
      return rig.refuses({ kind: 'requestCall', agent: 102, call, queue: 2 });
    }],
    ['wrongState', 'the agent holds a call', (rig, call) => {
      rig.does({ kind: 'requestCall', agent: 102, call, queue: 2 });
      rig.does({ kind: 'hold', agent: 102 });
      return rig.refuses({ kind: 'requestCall', agent: 102, call, queue: 2 });
    }],
    ['phoneUnavailable', 'the agent has no phone', (rig, call) => {
      rig.signIn(103, { phone: '' }, 'busy');
      return rig.refuses({ kind: 'requestCall', agent: 103, call, queue: 2 });
    }],
  ];
  for (const [why, name, ask] of refusals) {
    test(`is refused when ${name}`, () => {
      const { rig, first } = waiting();
      rig.does({ kind: 'configure', change: { agents: [{ id: 103, roleId: 2, type: 4, skills: [aSkill(2)] }] } });
      assert.equal(ask(rig, first), why);
    });
  }
});

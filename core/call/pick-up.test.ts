import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AgentConfig } from '../centre/config.ts';
import { createRig, EVERY_BIT, FIRST_CONFIG, type Rig } from '../centre/centre.fixture.ts';

const OTHERWISE: Readonly<Record<number, Partial<AgentConfig>>> = { 103: { group: 7 }, 104: { roleId: 5 }, 105: { skills: [] } };

/** A call rings at 101. The agent 103 is in another group, 104 has not the right, 105 has no queues. */
function ringing(): { readonly rig: Rig; readonly call: string } {
  const config = {
    ...FIRST_CONFIG, roles: [{ id: 2, bits: EVERY_BIT }, { id: 5, bits: [5, 6] }],
    agents: (FIRST_CONFIG.agents ?? []).map((agent) => ({ ...agent, ...OTHERWISE[agent.id] })),
  };
  const rig = createRig({ config });
  rig.signIn(101, { autoAnswer: false, autoEnterIdle: false });
  const call = rig.callIn(1);
  return { rig, call };
}

describe('picking up for a colleague', () => {
  test('brings the call here, and the colleague is as before', () => {
    const { rig, call } = ringing();
    rig.signIn(102);
    rig.does({ kind: 'snatchPickup', agent: 102, target: 101 });
    assert.deepEqual([rig.centre.agents.get(101)?.state, rig.centre.agents.get(102)?.state], ['idle', 'talking']);
    assert.equal(rig.centre.agents.get(102)?.call, call);
    assert.deepEqual(rig.centre.calls.get(call)?.visits.map(({ no, enterReason, leaveReason }) => [no, enterReason, leaveReason]), [
      ['1', 0, 0], ['101', 0, 13], ['102', 13, undefined],
    ]);
  });

  test('gives the colleague what waits', () => {
    const { rig } = ringing();
    const second = rig.callIn(1);
    rig.signIn(105);
    rig.does({ kind: 'snatchPickup', agent: 105, target: 101 });
    assert.equal(rig.centre.agents.get(101)?.call, second);
  });

  const refusals: readonly [why: string, name: string, ask: (rig: Rig) => string | undefined][] = [
    ['wrongState', 'the agent is busy', (rig) => { rig.signIn(102, {}, 'busy'); return rig.refuses({ kind: 'snatchPickup', agent: 102, target: 101 }); }],
    ['noPermission', 'the role does not allow it', (rig) => { rig.signIn(104); return rig.refuses({ kind: 'snatchPickup', agent: 104, target: 101 }); }],
    ['self', 'the own phone is meant', (rig) => { rig.signIn(102); return rig.refuses({ kind: 'snatchPickup', agent: 102, target: 102 }); }],
    ['offline', 'the colleague has signed out', (rig) => { rig.signIn(102); return rig.refuses({ kind: 'snatchPickup', agent: 102, target: 105 }); }],
    ['foreignGroup', 'the colleague is of another group', (rig) => { rig.signIn(103); return rig.refuses({ kind: 'snatchPickup', agent: 103, target: 101 }); }],
    ['nothing', 'nothing rings', (rig) => {
      rig.does({ kind: 'answer', agent: 101 });
      rig.signIn(102);
      return rig.refuses({ kind: 'snatchPickup', agent: 102, target: 101 });
    }],
    ['wrongState', 'an agent calls', (rig) => {
      rig.does({ kind: 'reject', agent: 101, mode: 2 });
      rig.signIn(102);
      rig.signIn(105);
      rig.does({ kind: 'callInner', agent: 102, called: '101', caller: '' });
      return rig.refuses({ kind: 'snatchPickup', agent: 105, target: 101 });
    }],
  ];
  for (const [why, name, ask] of refusals) test(`is refused when ${name}`, () => assert.equal(ask(ringing().rig), why));
});

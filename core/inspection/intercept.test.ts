import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { InspectionMode } from '../agent/agent.ts';
import type { Rig, RigOptions } from '../centre/centre.fixture.ts';
import { aDesk, hearingIn, INSPECTED } from './inspection.fixture.ts';

const TARGET = 101;
const INSPECTOR = 109;

function inspecting(how: InspectionMode = 'listen', options: RigOptions = {}): { readonly rig: Rig; readonly call: string } {
  const rig = aDesk(options);
  const call = rig.callIn(1);
  rig.does({ kind: 'inspect', agent: INSPECTOR, target: TARGET, how });
  rig.news();
  return { rig, call };
}
const intercept = { kind: 'intercept', agent: INSPECTOR, target: TARGET } as const;

describe('an interception (12.1.3)', () => {
  for (const how of ['listen', 'insert', 'whisper'] as const) {
    test(`gives the inspector the agent's place, out of ${how}`, () => {
      const { rig, call } = inspecting(how);
      rig.does(intercept);
      assert.deepEqual(rig.news(), ['InspectionEnded', 'AgentLeft', 'AgentJoined', 'AgentMoved']);
      const [agent, inspector] = [rig.centre.agents.get(TARGET), rig.centre.agents.get(INSPECTOR)];
      assert.deepEqual([agent?.state, agent?.call, inspector?.state, inspector?.call], ['idle', undefined, 'talking', call]);
      assert.deepEqual(hearingIn(rig, `call-1-${call}`), { [rig.phone(INSPECTOR)]: ['in-1'], 'in-1': [rig.phone(INSPECTOR)] });
    });
  }

  test('is in the trace of the call, and the agent is told why (12.3.8.9, reason 12)', () => {
    const { rig, call } = inspecting();
    rig.wait(1000);
    rig.does(intercept);
    const visits = rig.centre.calls.get(call)?.visits.map(({ device, no, enterReason, leaveReason }) => [device, no, enterReason, leaveReason]);
    assert.deepEqual(visits, [['queue', '1', 0, 0], ['agent', '101', 0, 12], ['agent', '109', 12, undefined]]);
    const left = rig.happened.findLast(({ event }) => event.type === 'AgentLeft')?.event;
    assert.deepEqual(left, { type: 'AgentLeft', call, agent: TARGET, why: 'intercepted', leave: 12 });
  });

  test('leaves the agent where a call does: wrap-up, or what was asked for', () => {
    const { rig } = inspecting();
    rig.does({ kind: 'adjust', agent: TARGET, change: { autoEnterIdle: false } });
    rig.does(intercept);
    assert.equal(rig.centre.agents.get(TARGET)?.state, 'wrapUp');
    const other = inspecting();
    other.rig.does({ kind: 'askState', agent: TARGET, request: 'sayBusy' });
    other.rig.does(intercept);
    assert.equal(other.rig.centre.agents.get(TARGET)?.state, 'busy');
  });

  test('is a call like any other from then on', () => {
    const { rig, call } = inspecting();
    rig.does(intercept);
    rig.does({ kind: 'hold', agent: INSPECTOR });
    rig.does({ kind: 'retrieve', agent: INSPECTOR });
    rig.does({ kind: 'release', agent: INSPECTOR });
    assert.equal(rig.centre.calls.has(call), false);
    assert.equal(rig.centre.agents.get(INSPECTOR)?.state, 'idle');
  });

  test('leaves the agent what is held besides', () => {
    const { rig, call } = inspecting();
    rig.does({ kind: 'hold', agent: TARGET });
    const second = rig.does({ kind: 'dialOut', agent: TARGET, called: '13900000000', caller: '' }).result ?? '';
    rig.answers(rig.customer(second));
    rig.does(intercept);
    const agent = rig.centre.agents.get(TARGET);
    assert.deepEqual([agent?.state, agent?.held, rig.centre.agents.get(INSPECTOR)?.call], ['talking', [call], second]);
  });

  test('is refused without the right to it (6.3.8, bit 14)', () => {
    const { rig } = inspecting('listen', { config: { ...INSPECTED, roles: [{ id: 2, bits: [1, 5] }, { id: 3, bits: [13, 15] }] } });
    assert.equal(rig.refuses(intercept), 'noPermission');
  });

  test('is refused to who is not with the agent, and before the phone is up', () => {
    const rig = aDesk();
    rig.callIn(1);
    assert.equal(rig.refuses(intercept), 'nothing');
    const ringing = aDesk({ phonesAnswer: false });
    ringing.does({ kind: 'inspect', agent: INSPECTOR, target: TARGET, how: 'listen' });
    ringing.callIn(1);
    ringing.picksUp(TARGET);
    assert.equal(ringing.refuses(intercept), 'wrongState');
  });

  test('is refused where nobody is talked to', () => {
    const rig = aDesk();
    rig.does({ kind: 'inspect', agent: INSPECTOR, target: TARGET, how: 'listen' });
    assert.equal(rig.refuses(intercept), 'noCall');
    rig.callIn(1);
    rig.does({ kind: 'hold', agent: TARGET });
    assert.equal(rig.refuses(intercept), 'noCall', 'held is not talked to');
    assert.equal(rig.refuses({ ...intercept, target: 102 }), 'nothing');
    assert.equal(rig.refuses({ ...intercept, target: 999 }), 'unknownAgent');
  });

  test('is refused while the call is under way elsewhere', () => {
    const { rig } = inspecting('listen', { config: { ...INSPECTED, roles: [{ id: 2, bits: [1, 5, 7, 10] }, { id: 3, bits: [13, 14] }] } });
    rig.does({ kind: 'transfer', agent: TARGET, to: { device: 'number', number: '13900000000' }, mode: 'talk' });
    assert.equal(rig.refuses(intercept), 'wrongState');
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FlowOutcome } from '../call/ivr.ts';
import { CAUSE, MAX_DIVERSIONS } from '../call/call.ts';
import { afterDeathOf } from '../centre/closures.fixture.ts';
import { aQueue, createRig, FIRST_CONFIG, type Rig } from '../centre/centre.fixture.ts';
import type { Order } from '../voice/order.ts';
import type { Diversion, Treatment } from './treatment.ts';

const RELEASE = { kind: 'release' } as const;
const waitingIn = (flowId: number, timeOut: Diversion = RELEASE): Treatment => ({ noAgents: RELEASE, busy: RELEASE, timeOut, waiting: { kind: 'flow', flowId } });
/** Whoever waits in the queues 1 and 3 hears a flow, in the queue 2 music. */
const CONFIG = {
  ...FIRST_CONFIG,
  queues: [aQueue(1, { treatment: waitingIn(9) }), aQueue(2), aQueue(3, { treatment: waitingIn(10, { kind: 'queue', queueId: 1 }), maxWaitMs: 30_000 })],
  agents: FIRST_CONFIG.agents?.map((agent) => ({ ...agent, skills: [1, 2, 3].map((queueId) => ({ queueId, agentWeight: 1, skillWeight: 1 })) })) ?? [],
};

const sounds = ({ orders }: Rig): readonly string[] => orders.flatMap((order: Order) => {
  if (order.kind === 'flow') return [`flow ${order.flow}${order.waits === true ? ' waits' : ''}`];
  return order.kind === 'endFlow' ? ['endFlow'] : [];
});

/** Somebody waits in a queue in which all agents are busy. */
function waiting(queue = 1): { readonly rig: Rig; readonly call: string; readonly leg: string; readonly ends: (outcome: FlowOutcome) => void } {
  const rig = createRig({ config: CONFIG });
  rig.signIn(101, { autoAnswer: false }, 'busy');
  const call = rig.callIn(queue);
  const leg = rig.customer(call);
  return { rig, call, leg, ends: (outcome) => { rig.does({ kind: 'flowEnded', leg, outcome, waits: true }); } };
}
const becomesFree = (rig: Rig): void => { rig.does({ kind: 'askState', agent: 101, request: 'sayFree', ms: 0, prolong: false }); };
const callIn = (rig: Rig, id: string) => rig.centre.calls.get(id);

describe('who waits in a queue that says so (5.2.1 waitVoice)', () => {
  test('hears its flow, and keeps the place, the time and the music', () => {
    const { rig, call } = waiting();
    assert.deepEqual(sounds(rig), ['flow 9 waits']);
    const { waitingIn: queues, waitFlow, visits } = callIn(rig, call) ?? {};
    assert.deepEqual([queues, waitFlow?.code, visits?.map(({ device }) => device)], [[1], '9', ['queue']]);
    const arranged = rig.orders.findLast((order) => order.kind === 'arrange');
    assert.deepEqual(arranged?.members.map(({ music }) => music), [true]);
    rig.wait(60_000);
    assert.equal(rig.centre.calls.size, 0, 'the longest wait is no longer by it');
  });

  test('hears it until an agent answers, also while it rings there', () => {
    const { rig } = waiting();
    becomesFree(rig);
    assert.equal(rig.centre.agents.get(101)?.state, 'ringing');
    assert.deepEqual(sounds(rig), ['flow 9 waits']);
    rig.does({ kind: 'answer', agent: 101 });
    assert.deepEqual(sounds(rig), ['flow 9 waits', 'endFlow']);
  });

  test('hears it on where the agent does not answer, and does not begin anew', () => {
    const { rig, call } = waiting();
    becomesFree(rig);
    rig.does({ kind: 'reject', agent: 101, mode: 1 });
    assert.deepEqual([callIn(rig, call)?.waitingIn, sounds(rig)], [[1], ['flow 9 waits']]);
  });

  test('hears nothing of it where an agent is ready at once, or the queue has music', () => {
    const rig = createRig({ config: CONFIG });
    rig.signIn(101);
    rig.callIn(1);
    assert.deepEqual(sounds(rig), []);
    assert.deepEqual(sounds(waiting(2).rig), []);
  });

  test('hears that of the next queue, and none in a flow to which the queue sends', () => {
    const { rig } = waiting(3);
    rig.wait(30_000);
    assert.deepEqual(sounds(rig), ['flow 10 waits', 'endFlow', 'flow 9 waits']);
    const other = createRig({ config: { ...CONFIG, queues: [aQueue(1, { treatment: waitingIn(9, { kind: 'flow', flowId: 7 }), maxWaitMs: 1000 })] } });
    other.signIn(101, {}, 'busy');
    const call = other.callIn(1);
    other.wait(1000);
    assert.deepEqual([sounds(other), callIn(other, call)?.waitFlow], [['flow 9 waits', 'flow 7'], undefined], 'nothing ends the flow that has taken its place');
  });

  test('is not concerned by what is configured meanwhile', () => {
    const { rig } = waiting();
    rig.does({ kind: 'configure', change: { queues: [aQueue(1)] } });
    becomesFree(rig);
    rig.does({ kind: 'reject', agent: 101, mode: 1 });
    assert.deepEqual(sounds(rig), ['flow 9 waits']);
  });

  test('whom an agent sends there hears it as well, and whom an agent keeps in a talk does not', () => {
    const rig = createRig({ config: CONFIG });
    rig.signIn(101, { autoEnterIdle: false });
    const call = rig.callIn(1);
    rig.does({ kind: 'innerHelp', agent: 101, mode: 'threeParty', to: { device: 'queue', queue: 1 } });
    assert.deepEqual([callIn(rig, call)?.waitingIn, sounds(rig)], [[1], []]);
    const other = createRig({ config: CONFIG });
    other.signIn(101, { autoEnterIdle: false });
    const sent = other.callIn(1);
    other.does({ kind: 'transfer', agent: 101, mode: 'blind', hold: false, to: { device: 'queue', queue: 1 } });
    assert.deepEqual([callIn(other, sent)?.waitingIn, sounds(other)], [[1], ['flow 9 waits']]);
  });

  test('hears it anew when the process has died', () => {
    const { rig, call } = waiting();
    assert.equal(afterDeathOf(rig).centre.calls.get(call)?.waitFlow?.isOver, false);
  });
});

describe('a flow that is through with a caller who waits', () => {
  test('leaves the caller to the music, and does not come again in this queue', () => {
    const { rig, call, ends } = waiting();
    ends({ kind: 'done', data: 'account=7' });
    assert.deepEqual([callIn(rig, call)?.waitingIn, callIn(rig, call)?.data, sounds(rig)], [[1], 'account=7', ['flow 9 waits']]);
    becomesFree(rig);
    rig.does({ kind: 'reject', agent: 101, mode: 1 });
    assert.deepEqual(sounds(rig), ['flow 9 waits']);
  });

  test('hangs up where the caller has chosen so', () => {
    const { rig, ends } = waiting();
    ends({ kind: 'hangUp' });
    const ended = rig.happened.findLast(({ event }) => event.type === 'CallEnded')?.event;
    assert.deepEqual([rig.centre.calls.size, ended?.type === 'CallEnded' && ended.cause], [0, CAUSE.flowEnded]);
  });

  for (const [where, outcome, check] of [
    ['another queue', { kind: 'queue', queue: 2 }, (rig, call) => { assert.deepEqual(callIn(rig, call)?.waitingIn, [2]); }],
    ['an agent', { kind: 'agent', agent: 102 }, (rig, call) => { assert.equal(callIn(rig, call)?.offer?.agent, 102); }],
    ['a number', { kind: 'number', number: '030123' }, (rig, call) => { assert.equal(callIn(rig, call)?.parts.length, 2); }],
  ] as readonly (readonly [string, FlowOutcome, (rig: Rig, call: string) => void])[]) {
    test(`leads to ${where}, and the waiting is over`, () => {
      const { rig, call, ends } = waiting();
      // Ready for nobody but those who ask for this agent.
      rig.does({ kind: 'configure', change: { agents: [{ id: 102, roleId: 2, type: 4, skills: [] }] } });
      rig.signIn(102, { autoAnswer: false });
      ends(outcome);
      check(rig, call);
      assert.deepEqual([callIn(rig, call)?.waitFlow, rig.centre.queues.get(1)?.waiting.size], [undefined, 0]);
    });
  }

  test('does not lead into the queue in which the call is', () => {
    const { rig, call, ends } = waiting();
    ends({ kind: 'queue', queue: 1, also: [2] });
    assert.deepEqual([callIn(rig, call)?.waitingIn, callIn(rig, call)?.visits.length], [[1], 1]);
  });

  test('does not lead from queue to queue for ever', () => {
    const { rig, call, leg } = waiting();
    for (let turn = 0; turn < 3 * MAX_DIVERSIONS; turn += 1) rig.does({ kind: 'flowEnded', leg, waits: true, outcome: { kind: 'queue', queue: turn % 2 === 0 ? 3 : 1 } });
    assert.deepEqual([callIn(rig, call)?.waitingIn.length, callIn(rig, call)?.diversions], [1, MAX_DIVERSIONS], 'in the end the caller just waits');
  });

  test('leads nowhere while the call rings at an agent, and means nothing when the agent has answered', () => {
    const { rig, call, ends } = waiting();
    becomesFree(rig);
    ends({ kind: 'queue', queue: 2 });
    assert.equal(callIn(rig, call)?.offer?.agent, 101);
    rig.does({ kind: 'answer', agent: 101 });
    ends({ kind: 'hangUp' });
    assert.equal(rig.centre.agents.get(101)?.state, 'talking');
  });

  test('is not taken for the flow that the caller has come to meanwhile', () => {
    const rig = createRig({ config: { ...CONFIG, queues: [aQueue(1, { treatment: waitingIn(9, { kind: 'flow', flowId: 7 }), maxWaitMs: 1000 })] } });
    rig.signIn(101, {}, 'busy');
    const call = rig.callIn(1);
    rig.wait(1000);
    rig.does({ kind: 'flowEnded', leg: rig.customer(call), outcome: { kind: 'hangUp' }, waits: true });
    assert.equal(callIn(rig, call)?.flow?.code, '7');
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  agentRest, cancelBusy, cancelRest, cancelSetCustomState, cancelWork, getAgentStatus, queryCustomState, sayBusy, sayFree, sayWork, setCustomState,
} from '@parley/contract/gateway/agent-state.ts';
import { queryCallStatisticsInfo } from '@parley/contract/gateway/call-data.ts';
import { callOut } from '@parley/contract/gateway/call-dial.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';

let server: TestServer;
let tenant: TestTenant;
before(async () => {
  server = await startTestServer({ world: { pollWaitMs: 60 } });
  tenant = await server.tenant();
});
after(() => server.close());

const desks: Desk[] = [];

/** Time passes, and nobody is thought to be gone meanwhile. */
function pass(ms: number): void {
  server.advance(ms);
  for (const { workNo } of desks) server.parley.gateway.events.outbox.seen(tenant.vdnId, workNo, server.world.clock());
}

/** Numbers of Table 6-452. */
const STATE = { busy: 3, idle: 4, wrapUp: 5, talking: 7, rest: 8, preRest: 9 } as const;
type Begun = 'idle' | 'busy' | 'wrapUp' | 'rest' | 'talking';

const STATUS: Partial<Record<Begun, number>> = { busy: 3, wrapUp: 5 };

/** An agent in a state, whose events so far have been fetched. */
async function inState(state: Begun): Promise<Desk> {
  const ann = await openDesk(server, tenant);
  desks.push(ann);
  await ann.signIn({ status: STATUS[state] ?? 4 });
  await ann.news();
  if (state === 'rest') assert.equal(await ann.code(agentRest, { time: 600, restcause: 0 }), '0');
  if (state === 'talking') {
    await ann.client.call(callOut, { agentid: ann.workNo, called: '40040' });
    await ann.until('AgentEvent_Talking');
  }
  await ann.news();
  return ann;
}

async function stateOf(ann: Desk): Promise<number> {
  // 6.5.6: five queries in two seconds.
  pass(2000);
  return (await ann.client.ask(getAgentStatus, { agentid: ann.workNo })).agentState;
}

async function leads(ann: Desk, ask: () => Promise<string>, to: number, ...events: readonly string[]): Promise<void> {
  assert.equal(await ask(), '0');
  assert.equal(await stateOf(ann), to);
  assert.deepEqual(await ann.news(), events);
}

/** One agent a state: what is refused changes nothing. */
const unmoved = new Map<Begun, Promise<Desk>>();

/** From which states an operation is refused with 100-009. */
async function refusedIn(ask: (ann: Desk) => Promise<string>, ...states: readonly Begun[]): Promise<void> {
  for (const state of states) {
    const ann = await (unmoved.get(state) ?? inState(state));
    unmoved.set(state, Promise.resolve(ann));
    assert.equal(await ask(ann), '100-009', state);
  }
}

describeOperation(sayFree, {
  example: async () => {
    const ann = await inState('busy');
    await leads(ann, () => ann.code(sayFree), STATE.idle, 'AgentState_CancelNotReady_Success');
  },
  badInput: () => refusedIn((ann) => ann.code(sayFree), 'rest', 'talking'),
  effect: async () => {
    const ann = await inState('wrapUp');
    await leads(ann, () => ann.code(sayFree), STATE.idle, 'AgentState_CancelWork_Success');
    await leads(ann, () => ann.code(sayFree), STATE.idle);
  },
});

describeOperation(sayBusy, {
  example: async () => {
    const ann = await inState('idle');
    assert.equal(await ann.code(sayBusy, { reason: 201, prolong: false }), '0');
    assert.deepEqual(await ann.until('AgentState_SetNotReady_Success'), { reason: '201' });
  },
  badInput: async () => {
    const ann = await inState('idle');
    for (const reason of [199, 251, 1, -1, 'home', 200.5]) assert.equal(await ann.code(sayBusy, { reason }), '000-002', String(reason));
    assert.equal(await stateOf(ann), STATE.idle);
    await refusedIn((one) => one.code(sayBusy), 'busy', 'rest');
  },
  effect: async () => {
    const ann = await inState('wrapUp');
    await leads(ann, () => ann.code(sayBusy), STATE.busy, 'AgentState_SetNotReady_Success');
    await leads(ann, () => ann.code(sayBusy, { reason: '250', prolong: 'true' }), STATE.busy, 'AgentState_SetNotReady_Success');
  },
});

test('scenario 11: busy twice needs prolong, and during a call it waits for the end of it', async () => {
  const ann = await inState('idle');
  assert.equal(await ann.code(sayBusy), '0');
  assert.equal(await ann.code(sayBusy), '100-009');
  assert.equal(await ann.code(sayBusy, { prolong: true, reason: 201 }), '0');
  assert.equal(await ann.code(sayBusy, { prolong: true, reason: 199 }), '000-002');
  const bob = await inState('talking');
  await leads(bob, () => bob.code(sayBusy, { reason: 202 }), STATE.talking);
  assert.equal(await bob.code(releaseCall), '0');
  assert.deepEqual(await bob.until('AgentState_SetNotReady_Success'), { reason: '202' });
  assert.equal(await stateOf(bob), STATE.busy);
});

describeOperation(cancelBusy, {
  example: async () => {
    const ann = await inState('busy');
    await leads(ann, () => ann.code(cancelBusy), STATE.idle, 'AgentState_CancelNotReady_Success');
  },
  badInput: () => refusedIn((ann) => ann.code(cancelBusy), 'idle', 'wrapUp', 'rest', 'talking'),
  effect: async () => {
    const ann = await inState('talking');
    assert.equal(await ann.code(sayBusy), '0');
    assert.equal(await ann.code(cancelBusy), '0');
    await ann.client.call(releaseCall, { agentid: ann.workNo });
    await ann.until('AgentState_Ready');
    assert.equal(await stateOf(ann), STATE.idle, 'the wish was taken back');
  },
});

describeOperation(agentRest, {
  example: async () => {
    const ann = await inState('idle');
    assert.equal(await ann.code(agentRest, { time: 600, restcause: 0, prolong: false }), '0');
    assert.deepEqual(await ann.until('AgentState_SetRest_Success'), { reason: '0' });
    assert.equal(await stateOf(ann), STATE.rest);
  },
  badInput: async () => {
    const ann = await inState('idle');
    for (const wrong of [{ time: 0 }, { time: 86_400 }, { time: 'long' }, { restcause: 256 }, { restcause: -1 }, { prolong: 'perhaps' }]) {
      assert.equal(await ann.code(agentRest, { time: 600, restcause: 0, ...wrong }), '000-002', JSON.stringify(wrong));
    }
    await refusedIn((one) => one.code(agentRest, { time: 600, restcause: 0 }), 'rest');
  },
  effect: async () => {
    const ann = await inState('busy');
    await leads(ann, () => ann.code(agentRest, { time: 60, restcause: 255 }), STATE.rest, 'AgentState_SetRest_Success');
    await leads(ann, () => ann.code(agentRest, { time: 90, restcause: 1, prolong: true }), STATE.rest, 'AgentState_SetRest_Success');
    pass(80_000);
    await server.parley.gateway.engine.tick();
    assert.deepEqual(await ann.news(), [], 'the second rest counts');
    pass(11_000);
    await server.parley.gateway.engine.tick();
    assert.deepEqual(await ann.news(), ['AgentState_Rest_Timeout']);
    assert.equal(await stateOf(ann), STATE.rest, 'the agent rests on');
    const { body } = await ann.client.call(queryCallStatisticsInfo, { agentid: ann.workNo });
    assert.equal((body['result'] as { restoutnums: number }).restoutnums, 1);
  },
});

test('a rest asked for during a call begins after it, and comes before busy', async () => {
  const ann = await inState('talking');
  assert.equal(await ann.code(sayBusy, { reason: 200 }), '0');
  await leads(ann, () => ann.code(agentRest, { time: 600, restcause: 2 }), STATE.preRest);
  assert.equal(await ann.code(releaseCall), '0');
  assert.deepEqual(await ann.until('AgentState_SetRest_Success'), { reason: '2' });
  assert.equal(await stateOf(ann), STATE.rest);
});

describeOperation(cancelRest, {
  example: async () => {
    const ann = await inState('rest');
    await leads(ann, () => ann.code(cancelRest), STATE.idle, 'AgentState_CancelRest_Success');
  },
  badInput: () => refusedIn((ann) => ann.code(cancelRest), 'idle', 'busy', 'wrapUp', 'talking'),
  effect: async () => {
    const ann = await inState('talking');
    assert.equal(await ann.code(agentRest, { time: 600, restcause: 2 }), '0');
    await leads(ann, () => ann.code(cancelRest), STATE.talking);
    await ann.client.call(releaseCall, { agentid: ann.workNo });
    await ann.until('AgentState_Ready');
    assert.equal(await stateOf(ann), STATE.idle);
  },
});

describeOperation(sayWork, {
  example: async () => {
    const ann = await inState('idle');
    await leads(ann, () => ann.code(sayWork), STATE.wrapUp, 'AgentState_SetWork_Success');
  },
  badInput: () => refusedIn((ann) => ann.code(sayWork), 'wrapUp', 'rest', 'talking'),
  effect: async () => {
    const ann = await inState('busy');
    await leads(ann, () => ann.code(sayWork), STATE.wrapUp, 'AgentState_SetWork_Success');
  },
});

describeOperation(cancelWork, {
  example: async () => {
    const ann = await inState('wrapUp');
    await leads(ann, () => ann.code(cancelWork), STATE.idle, 'AgentState_CancelWork_Success');
  },
  badInput: () => refusedIn((ann) => ann.code(cancelWork), 'idle', 'busy', 'rest', 'talking'),
  effect: async () => {
    const ann = await inState('idle');
    await leads(ann, () => ann.code(sayWork), STATE.wrapUp, 'AgentState_SetWork_Success');
    await leads(ann, () => ann.code(cancelWork), STATE.idle, 'AgentState_CancelWork_Success');
  },
});

describeOperation(getAgentStatus, {
  example: async () => {
    const ann = await inState('idle');
    assert.deepEqual((await ann.client.call(getAgentStatus, { agentid: ann.workNo })).body, { message: '', retcode: '0', result: { agentState: 4, isWorking: false } });
  },
  badInput: async () => {
    const ann = await inState('idle');
    assert.equal(await ann.code(getAgentStatus, { agentid: '60000' }), '000-002');
    assert.equal(await ann.code(getAgentStatus, { agentid: 'ann' }), '000-002');
  },
  effect: async () => {
    for (const [state, agentState, isWorking] of [['idle', 4, false], ['busy', 3, false], ['wrapUp', 5, false], ['rest', 8, false], ['talking', 7, true]] as const) {
      const ann = await inState(state);
      pass(2000);
      const { body } = await ann.client.call(getAgentStatus, { agentid: ann.workNo });
      assert.deepEqual(body['result'], { agentState, isWorking }, state);
      assert.equal(await ann.code(setCustomState, { customstate: 1 }), '0');
    }
  },
});

const customState = async (ann: Desk): Promise<unknown> =>
  ((await ann.client.call(queryCustomState, { agentid: ann.workNo })).body['result'] as { agentcustomstate: string }).agentcustomstate;

describeOperation(setCustomState, {
  example: async () => { assert.equal(await (await inState('idle')).code(setCustomState, { customstate: 12 }), '0'); },
  badInput: async () => {
    const ann = await inState('idle');
    for (const customstate of [-1, 65_535, 'free', 1.5]) assert.equal(await ann.code(setCustomState, { customstate }), '000-002', String(customstate));
    assert.equal(await ann.code(setCustomState), '000-002');
    assert.equal(await customState(ann), '65535');
  },
  effect: async () => {
    const ann = await inState('busy');
    for (const state of [0, 65_534]) {
      assert.equal(await ann.code(setCustomState, { customstate: state }), '0');
      assert.equal(await customState(ann), String(state));
    }
    assert.equal(await stateOf(ann), STATE.busy, 'it is no state of the agent');
    assert.deepEqual(await ann.news(), []);
  },
});

describeOperation(queryCustomState, {
  example: async () => { assert.equal(await customState(await inState('idle')), '65535'); },
  badInput: async () => { assert.equal(await (await inState('idle')).code(queryCustomState, { agentid: 1 }), '000-002'); },
  effect: async () => {
    const ann = await inState('idle');
    await ann.client.call(setCustomState, { agentid: ann.workNo, customstate: 12 });
    assert.equal(await customState(ann), '12');
    await ann.forceSignIn();
    assert.equal(await customState(ann), '65535', 'it ends with the session');
  },
});

describeOperation(cancelSetCustomState, {
  example: async () => {
    const ann = await inState('idle');
    await ann.client.call(setCustomState, { agentid: ann.workNo, customstate: 12 });
    assert.equal(await ann.code(cancelSetCustomState), '0');
  },
  badInput: () => refusedIn((ann) => ann.code(cancelSetCustomState), 'idle'),
  effect: async () => {
    const ann = await inState('idle');
    await ann.client.call(setCustomState, { agentid: ann.workNo, customstate: 12 });
    assert.equal(await ann.code(cancelSetCustomState), '0');
    assert.equal(await customState(ann), '65535');
    assert.equal(await ann.code(cancelSetCustomState), '100-009');
  },
});

describe('a state of the agent', () => {
  test('is one at a time, however many ask at once: each success has its event, and the last event is the state', async () => {
    const ann = await inState('idle');
    const requests = [
      () => ann.code(sayBusy), () => ann.code(cancelRest), () => ann.code(agentRest, { time: 60, restcause: 0 }), () => ann.code(sayWork), () => ann.code(cancelBusy),
      () => ann.code(cancelWork), () => ann.code(sayBusy),
    ];
    const codes = await Promise.all(Array.from({ length: 10 }, () => requests).flat().map((ask) => ask()));
    assert.ok(codes.every((code) => code === '0' || code === '100-009'), codes.join());
    const events = await ann.news();
    assert.equal(events.length, codes.filter((code) => code === '0').length);
    const last: Readonly<Record<string, number>> = { AgentState_SetNotReady_Success: STATE.busy, AgentState_SetRest_Success: STATE.rest, AgentState_SetWork_Success: STATE.wrapUp };
    assert.equal(await stateOf(ann), last[events.at(-1) ?? ''] ?? STATE.idle);
  });
});

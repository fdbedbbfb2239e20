import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { getAgentStatus } from '@parley/contract/gateway/agent-state.ts';
import { queryAgentSkills } from '@parley/contract/gateway/agent-skill.ts';
import {
  qcAddInsert, qcAddSupervise, qcAdjustSkill, qcForceBusy, qcForceDropCall, qcForceIdle, qcForceLogout, qcForceRest, qcIntercept,
  qcRequestStopWhisperAgent, qcRequestSwitchInsertWhisperAgent, qcRequestWhisperAgent, qcStopSuperviseOrInsert, qcSwitchSuperviseOrInsert,
} from '@parley/contract/gateway/inspection.ts';
import { sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { syncAgentInfo } from '@parley/contract/gateway/agent-presence.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { codeOf, openFloor, type Floor } from '../../testing/floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';

let floor: Floor;
before(async () => { floor = await openFloor(); });
after(() => floor.server.close());

/** An inspector at a desk, and an agent. */
interface Pair {
  readonly ann: Desk;
  readonly eve: Desk;
  readonly ids: { readonly agentid: number; readonly workNo: number };
}

async function pair(): Promise<Pair> {
  const ann = await floor.agent();
  const eve = await openDesk(floor.server, floor.tenant, { ccRoleId: 3 });
  await eve.signIn();
  await eve.until('AgentState_Ready');
  return { ann, eve, ids: { agentid: eve.workNo, workNo: ann.workNo } };
}

/** With a customer on the line. */
async function onCall(): Promise<Pair & { readonly call: string }> {
  const made = await pair();
  const call = await floor.callIn();
  await made.ann.until('AgentEvent_Talking');
  return { ...made, call };
}

/** The agent's state by 6.5.3 as 6.1.1.25 shows it, which tells the kinds of inspection apart. */
const stateOf = async ({ client, workNo }: Desk): Promise<unknown> =>
  ((await client.call(syncAgentInfo, { agentid: workNo })).body['result'] as { agentStateInfo: { state: number } }).agentStateInfo.state;
const statusOf = async ({ client, workNo }: Desk): Promise<unknown> =>
  ((await client.call(getAgentStatus, { agentid: workNo })).body['result'] as { agentState: number }).agentState;

const STATE = { insert: 15, listen: 16, whisper: 17, talking: 9 };

for (const [op, state] of [[qcAddInsert, STATE.insert], [qcAddSupervise, STATE.listen]] as const) {
  describeOperation(op, {
    example: async () => {
      const { ann, eve, ids } = await onCall();
      const reply = await eve.client.call(op, ids);
      assert.ok(reply.ok, JSON.stringify(reply.body));
      assert.deepEqual(await eve.news(), ['AgentOther_PhoneAlerting', 'AgentOther_PhoneOffhook', 'AgentState_Busy']);
      await floor.leave(ann, eve);
    },
    badInput: async () => {
      const { ann, eve, ids } = await pair();
      assert.equal(codeOf(await eve.client.call(op, { ...ids, workNo: 59_998 })), '900-001');
      assert.equal(codeOf(await ann.client.call(op, { agentid: ann.workNo, workNo: eve.workNo })), '900-002');
      assert.equal(codeOf(await eve.client.call(op, { ...ids, workNo: eve.workNo })), '900-002');
      await eve.client.call(sayBusy, { agentid: eve.workNo });
      assert.equal(codeOf(await eve.client.call(op, ids)), '900-005');
      await floor.leave(ann, eve);
      await eve.signIn();
      assert.equal(codeOf(await eve.client.call(op, ids)), '900-003');
      await floor.leave(eve);
    },
    effect: async () => {
      const { ann, eve, ids } = await onCall();
      await eve.client.call(op, ids);
      await eve.until('AgentState_Busy');
      assert.equal(await stateOf(eve), state);
      await floor.leave(ann, eve);
    },
  });
}

describeOperation(qcSwitchSuperviseOrInsert, {
  example: async () => {
    const { ann, eve, ids } = await onCall();
    await eve.client.call(qcAddSupervise, ids);
    await eve.until('AgentState_Busy');
    assert.ok((await eve.client.call(qcSwitchSuperviseOrInsert, ids)).ok);
    await floor.leave(ann, eve);
  },
  badInput: async () => {
    const { ann, eve, ids } = await pair();
    assert.equal(codeOf(await eve.client.call(qcSwitchSuperviseOrInsert, ids)), '900-003');
    await floor.leave(ann, eve);
  },
  effect: async () => {
    const { ann, eve, ids } = await onCall();
    await eve.client.call(qcAddSupervise, ids);
    await eve.until('AgentState_Busy');
    await eve.client.call(qcSwitchSuperviseOrInsert, ids);
    assert.equal(await stateOf(eve), STATE.insert);
    await floor.leave(ann, eve);
  },
});

describeOperation(qcIntercept, {
  example: async () => {
    const { ann, eve, ids, call } = await onCall();
    await eve.client.call(qcAddSupervise, ids);
    await eve.until('AgentState_Busy');
    const reply = await eve.client.call(qcIntercept, ids);
    assert.ok(reply.ok, JSON.stringify(reply.body));
    assert.equal((await eve.until('AgentEvent_Talking')).callid, call);
    await floor.leave(ann, eve);
  },
  badInput: async () => {
    const { ann, eve, ids } = await onCall();
    assert.equal(codeOf(await eve.client.call(qcIntercept, ids)), '900-003');
    assert.equal(codeOf(await ann.client.call(qcIntercept, { agentid: ann.workNo, workNo: eve.workNo })), '900-002');
    await floor.leave(ann, eve);
  },
  effect: async () => {
    const { ann, eve, ids } = await onCall();
    await eve.client.call(qcAddInsert, ids);
    await eve.until('AgentState_Busy');
    await eve.client.call(qcIntercept, ids);
    await ann.until('AgentState_Ready');
    assert.equal(await statusOf(ann), 4);
    assert.equal(await stateOf(eve), STATE.talking);
    await floor.leave(ann, eve);
  },
});

describeOperation(qcStopSuperviseOrInsert, {
  example: async () => {
    const { ann, eve, ids } = await onCall();
    await eve.client.call(qcAddSupervise, ids);
    await eve.until('AgentState_Busy');
    assert.ok((await eve.client.call(qcStopSuperviseOrInsert, ids)).ok);
    await eve.until('AgentState_Ready');
    await floor.leave(ann, eve);
  },
  badInput: async () => {
    const { ann, eve, ids } = await pair();
    assert.equal(codeOf(await eve.client.call(qcStopSuperviseOrInsert, ids)), '900-003');
    await floor.leave(ann, eve);
  },
  effect: async () => {
    const { ann, eve, ids } = await onCall();
    await eve.client.call(qcAddSupervise, ids);
    await eve.until('AgentState_Busy');
    await eve.client.call(qcStopSuperviseOrInsert, ids);
    await eve.until('AgentState_Ready');
    assert.equal(await statusOf(eve), 4);
    assert.ok((await eve.client.call(qcAddSupervise, ids)).ok, 'and can begin again');
    await floor.leave(ann, eve);
  },
});

const FORCED = [
  { op: qcForceBusy, event: 'AgentState_SetNotReady_Success', status: 3, prepare: undefined },
  { op: qcForceIdle, event: 'AgentState_CancelNotReady_Success', status: 4, prepare: (ann: Desk) => ann.client.call(sayBusy, { agentid: ann.workNo }) },
] as const;

for (const { op, event, status, prepare } of FORCED) {
  describeOperation(op, {
    example: async () => {
      const { ann, eve, ids } = await pair();
      await prepare?.(ann);
      assert.ok((await eve.client.call(op, ids)).ok);
      await floor.leave(ann, eve);
    },
    badInput: async () => {
      const { ann, eve, ids } = await pair();
      assert.equal(codeOf(await ann.client.call(op, { agentid: ann.workNo, workNo: eve.workNo })), '900-002');
      await floor.leave(ann);
      assert.equal(codeOf(await eve.client.call(op, ids)), '900-003');
      await floor.leave(eve);
    },
    effect: async () => {
      const { ann, eve, ids } = await pair();
      await prepare?.(ann);
      await eve.client.call(op, ids);
      await ann.until(event);
      assert.equal(await statusOf(ann), status);
      await floor.leave(ann, eve);
    },
  });
}

describeOperation(qcForceRest, {
  example: async () => {
    const { ann, eve, ids } = await pair();
    assert.ok((await eve.client.call(qcForceRest, { ...ids, time: 600, reason: 200 })).ok);
    await floor.leave(ann, eve);
  },
  badInput: async () => {
    const { ann, eve, ids } = await pair();
    assert.equal(codeOf(await eve.client.call(qcForceRest, { ...ids, time: 0, reason: 1 })), '000-002');
    assert.equal(codeOf(await eve.client.call(qcForceRest, { ...ids, time: 600, reason: 0 })), '000-002');
    await floor.leave(ann, eve);
  },
  effect: async () => {
    const { ann, eve, ids } = await onCall();
    await eve.client.call(qcForceRest, { ...ids, time: 600, reason: 3 });
    assert.equal(await statusOf(ann), 9, 'a rest is to follow the call');
    await floor.leave(ann, eve);
  },
});

describeOperation(qcForceLogout, {
  example: async () => {
    const { eve, ids } = await onCall();
    assert.ok((await eve.client.call(qcForceLogout, ids)).ok);
    await floor.leave(eve);
  },
  badInput: async () => {
    const { ann, eve, ids } = await pair();
    await floor.leave(ann);
    assert.equal(codeOf(await eve.client.call(qcForceLogout, ids)), '900-003');
    await floor.leave(eve);
  },
  effect: async () => {
    const { ann, eve, ids } = await pair();
    await eve.client.call(qcForceLogout, ids);
    assert.equal(codeOf(await ann.client.call(getAgentStatus, { agentid: ann.workNo })), '100-006');
    await ann.signIn();
    assert.equal(await statusOf(ann), 4);
    await floor.leave(ann, eve);
  },
});

describeOperation(qcForceDropCall, {
  example: async () => {
    const { ann, eve, call } = await onCall();
    assert.ok((await eve.client.call(qcForceDropCall, { agentid: eve.workNo, callid: call })).ok);
    await floor.leave(ann, eve);
  },
  badInput: async () => {
    const { ann, eve, call } = await onCall();
    assert.equal(codeOf(await eve.client.call(qcForceDropCall, { agentid: eve.workNo, callid: '1-1' })), '900-001');
    assert.equal(codeOf(await ann.client.call(qcForceDropCall, { agentid: ann.workNo, callid: call })), '900-002');
    await floor.leave(ann, eve);
  },
  effect: async () => {
    const { ann, eve, call } = await onCall();
    await eve.client.call(qcForceDropCall, { agentid: eve.workNo, callid: call });
    assert.equal(await ann.until('AgentEvent_Call_Release'), call);
    await ann.until('AgentState_Ready');
    await floor.leave(ann, eve);
  },
});

describeOperation(qcAdjustSkill, {
  example: async () => {
    const { ann, eve } = await pair();
    assert.ok((await eve.client.call(qcAdjustSkill, { agentid: eve.workNo, workNo: String(ann.workNo), skills: [floor.queue, 999] })).ok);
    await floor.leave(ann, eve);
  },
  badInput: async () => {
    const { ann, eve } = await pair();
    for (const wrong of [{ skills: [] }, { workNo: 'x', skills: [] }, { workNo: '101' }, { workNo: String(ann.workNo), skills: Array.from({ length: 1001 }, (_, index) => index) }]) {
      assert.equal(codeOf(await eve.client.call(qcAdjustSkill, { agentid: eve.workNo, ...wrong })), '100-001', JSON.stringify(wrong).slice(0, 60));
    }
    await floor.leave(ann, eve);
  },
  effect: async () => {
    const { ann, eve } = await pair();
    assert.ok((await ann.client.call(queryAgentSkills, { agentid: ann.workNo })).ok);
    await eve.client.call(qcAdjustSkill, { agentid: eve.workNo, workNo: String(ann.workNo), skills: [] });
    const call = await floor.callIn();
    assert.deepEqual((await ann.news()).filter((type) => type.startsWith('AgentEvent')), [], `nobody serves the queue of ${call} now`);
    await floor.leave(ann, eve);
  },
});

describeOperation(qcRequestWhisperAgent, {
  example: async () => {
    const { ann, eve } = await onCall();
    assert.ok((await eve.client.call(qcRequestWhisperAgent, { agentid: eve.workNo, whisperagentid: ann.workNo })).ok);
    await floor.leave(ann, eve);
  },
  badInput: async () => {
    const { ann, eve } = await pair();
    assert.equal(codeOf(await eve.client.call(qcRequestWhisperAgent, { agentid: eve.workNo })), '900-004');
    assert.equal(codeOf(await eve.client.call(qcRequestWhisperAgent, { agentid: eve.workNo, whisperagentid: 59_998 })), '900-004');
    await floor.leave(ann, eve);
  },
  effect: async () => {
    const { ann, eve } = await onCall();
    await eve.client.call(qcRequestWhisperAgent, { agentid: eve.workNo, whisperagentid: ann.workNo });
    await eve.until('AgentState_Busy');
    assert.equal(await stateOf(eve), STATE.whisper);
    await floor.leave(ann, eve);
  },
});

describeOperation(qcRequestSwitchInsertWhisperAgent, {
  example: async () => {
    const { ann, eve, ids } = await onCall();
    await eve.client.call(qcAddSupervise, ids);
    await eve.until('AgentState_Busy');
    assert.ok((await eve.client.call(qcRequestSwitchInsertWhisperAgent, { agentid: eve.workNo, whisperagentid: ann.workNo, switchtype: 2 })).ok);
    await floor.leave(ann, eve);
  },
  badInput: async () => {
    const { ann, eve } = await pair();
    const ask = { agentid: eve.workNo, whisperagentid: ann.workNo };
    assert.equal(codeOf(await eve.client.call(qcRequestSwitchInsertWhisperAgent, { ...ask, switchtype: 2 })), '900-003');
    assert.equal(codeOf(await eve.client.call(qcRequestSwitchInsertWhisperAgent, { ...ask, switchtype: 3 as 2 })), '000-002');
    await floor.leave(ann, eve);
  },
  effect: async () => {
    const { ann, eve, ids } = await onCall();
    await eve.client.call(qcAddSupervise, ids);
    await eve.until('AgentState_Busy');
    for (const [switchtype, state] of [[2, STATE.whisper], [1, STATE.insert], [0, STATE.listen]] as const) {
      await eve.client.call(qcRequestSwitchInsertWhisperAgent, { agentid: eve.workNo, switchtype });
      assert.equal(await stateOf(eve), state);
    }
    await floor.leave(ann, eve);
  },
});

describeOperation(qcRequestStopWhisperAgent, {
  example: async () => {
    const { ann, eve } = await onCall();
    await eve.client.call(qcRequestWhisperAgent, { agentid: eve.workNo, whisperagentid: ann.workNo });
    await eve.until('AgentState_Busy');
    assert.ok((await eve.client.call(qcRequestStopWhisperAgent, { agentid: eve.workNo })).ok);
    await floor.leave(ann, eve);
  },
  badInput: async () => {
    const { ann, eve } = await pair();
    assert.equal(codeOf(await eve.client.call(qcRequestStopWhisperAgent, { agentid: eve.workNo, whisperagentid: ann.workNo })), '900-003');
    await floor.leave(ann, eve);
  },
  effect: async () => {
    const { ann, eve } = await onCall();
    await eve.client.call(qcRequestWhisperAgent, { agentid: eve.workNo, whisperagentid: ann.workNo });
    await eve.until('AgentState_Busy');
    await eve.client.call(qcRequestStopWhisperAgent, { agentid: eve.workNo });
    await eve.until('AgentState_Ready');
    assert.equal(await statusOf(eve), 4);
    await floor.leave(ann, eve);
  },
});

describe('an inspection', () => {
  test('ends with the agent\'s session, and the inspector is idle again', async () => {
    const { ann, eve, ids } = await onCall();
    await eve.client.call(qcAddSupervise, ids);
    await eve.until('AgentState_Busy');
    await floor.leave(ann);
    await eve.until('AgentState_Ready');
    assert.equal(await statusOf(eve), 4);
    await floor.leave(eve);
  });

  test('is one at a time on an agent', async () => {
    const { ann, eve, ids } = await onCall();
    const other = await openDesk(floor.server, floor.tenant, { ccRoleId: 3 });
    await other.signIn();
    await eve.client.call(qcAddSupervise, ids);
    assert.equal(codeOf(await other.client.call(qcAddSupervise, { agentid: other.workNo, workNo: ann.workNo })), '900-003');
    await floor.leave(ann, eve, other);
  });
});

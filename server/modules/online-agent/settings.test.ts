import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createSkill } from '@parley/contract/configuration/queue.ts';
import { addSkillsToAgent } from '@parley/contract/configuration/agent-account.ts';
import { queryAgentInfoBySkillIdOnline } from '@parley/contract/gateway/agent-group.ts';
import { sendNoteletEx } from '@parley/contract/gateway/agent-note.ts';
import { setAgentAutoAnswer, setAgentAutoEnterIdle, setTalkRight } from '@parley/contract/gateway/agent-setting.ts';
import { queryAgentSkills, queryAgentSkillsByWorkNo, resetSkill } from '@parley/contract/gateway/agent-skill.ts';
import { answerCall } from '@parley/contract/gateway/call-answer.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { newFloor, type Floor } from '../../testing/floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer } from '../../testing/server.ts';

let server: TestServer;
let floor: Floor;
let chat: number;
before(async () => {
  server = await startTestServer({ world: { pollWaitMs: 60 } });
  floor = await newFloor(server, await server.tenant());
  const release = { transferType: 'Release' } as const;
  const { body } = await floor.tenant.client.call(createSkill, {
    mediaTypeId: 53, description: 'a queue', name: 'talk', maxWaitTime: 60, maxWaitNum: 10, maxAgentWrapupTime: 5, skillParam: { noAgents: release, busy: release, timeOut: release },
  });
  chat = Number(body.skillId);
});
after(() => server.close());

async function agent(): Promise<Desk> {
  const ann = await floor.agent();
  await ann.news();
  return ann;
}

const resultOf = (reply: { readonly body: Record<string, unknown> }): unknown => reply.body['result'];

/** Who takes calls of the queue. */
async function onDuty(ann: Desk): Promise<readonly number[]> {
  server.advance(2000);
  const found = resultOf(await ann.client.call(queryAgentInfoBySkillIdOnline, { agentid: ann.workNo, skillid: floor.queue })) as { workno: string }[] | undefined;
  return (found ?? []).map(({ workno }) => Number(workno));
}

describeOperation(setAgentAutoAnswer, {
  example: async () => {
    const ann = await agent();
    assert.deepEqual((await ann.client.call(setAgentAutoAnswer, { agentid: ann.workNo, isautoanswer: 'true' })).body, { message: 'success', retcode: '0', result: {} });
    await floor.leave(ann);
  },
  badInput: async () => {
    const ann = await agent();
    assert.equal(await ann.code(setAgentAutoAnswer, { isautoanswer: 'manual' }), '000-002', 'more than five characters');
    await floor.leave(ann);
  },
  effect: async () => {
    const ann = await agent();
    assert.equal(await ann.code(setAgentAutoAnswer, { isautoanswer: 'hand' }), '0');
    const call = await floor.callIn();
    assert.equal((await ann.until('AgentEvent_Ringing')).callid, call);
    assert.equal(await ann.code(answerCall), '0');
    await ann.until('AgentEvent_Talking');
    assert.equal(await ann.code(releaseCall), '0');
    await ann.until('AgentState_Ready');
    assert.equal(await ann.code(setAgentAutoAnswer, { isautoanswer: 'TRUE' }), '0');
    await floor.callIn();
    await ann.until('AgentEvent_Auto_Answer');
    await floor.leave(ann);
  },
});

describeOperation(setAgentAutoEnterIdle, {
  example: async () => {
    const ann = await agent();
    assert.equal(await ann.code(setAgentAutoEnterIdle, { flag: 'true' }), '0');
    await floor.leave(ann);
  },
  badInput: async () => {
    const ann = await agent();
    assert.equal(await ann.code(setAgentAutoEnterIdle, { flag: 'wrapup' }), '000-002');
    await floor.leave(ann);
  },
  effect: async () => {
    const ann = await agent();
    assert.equal(await ann.code(setAgentAutoEnterIdle, { flag: 'no' }), '0');
    await floor.callIn();
    await ann.until('AgentEvent_Talking');
    assert.equal(await ann.code(releaseCall), '0');
    await ann.until('AgentState_Work');
    assert.ok(!(await ann.news()).includes('AgentState_Ready'));
    server.advance(6000);
    await server.parley.gateway.engine.tick();
    assert.deepEqual(await ann.news(), ['AgentState_Ready'], 'the queue allows five seconds');
    await floor.leave(ann);
  },
});

describeOperation(setTalkRight, {
  example: async () => {
    const ann = await agent();
    assert.equal(await ann.code(setTalkRight, { flag: 1 }), '0');
    await floor.leave(ann);
  },
  badInput: async () => {
    const ann = await agent();
    for (const flag of ['2', 'yes', undefined]) assert.equal(await ann.code(setTalkRight, { flag }), '000-002');
    await floor.leave(ann);
  },
  effect: async () => {
    const [ann, bob] = [await agent(), await agent()];
    assert.equal(await ann.code(setTalkRight, { flag: '0' }), '0');
    assert.deepEqual(await onDuty(bob), [bob.workNo]);
    await floor.callIn();
    await bob.until('AgentEvent_Talking');
    assert.deepEqual(await ann.news(), [], 'who takes no calls gets none');
    await floor.callIn();
    assert.equal(await ann.code(setTalkRight, { flag: 1 }), '0');
    await ann.until('AgentEvent_Talking');
    await floor.leave(ann, bob);
  },
});

const sales = (): object => ({ name: 'sales', id: floor.queue, mediatype: 5 });

describeOperation(queryAgentSkills, {
  example: async () => {
    const ann = await agent();
    assert.deepEqual((await ann.client.call(queryAgentSkills, { agentid: ann.workNo })).body, { message: 'success', retcode: '0', result: [sales()] });
    await floor.leave(ann);
  },
  badInput: async () => { assert.equal(await (await openDesk(server, floor.tenant)).code(queryAgentSkills), '000-003'); },
  effect: async () => {
    const ann = await openDesk(server, floor.tenant, { queues: [floor.queue], agentType: 99, account: 'versatile' });
    await ann.signIn();
    await floor.tenant.client.call(addSkillsToAgent, { skillId: chat, userAccounts: ['versatile'], agentWeight: 1, skillWeight: 1 });
    assert.equal(await ann.code(resetSkill, { autoflag: 'false', skillid: '' }), '0');
    assert.deepEqual(resultOf(await ann.client.call(queryAgentSkills, { agentid: ann.workNo })), [sales(), { name: 'talk', id: chat, mediatype: 53 }], 'those configured, whatever is chosen');
    await floor.leave(ann);
  },
});

describeOperation(queryAgentSkillsByWorkNo, {
  example: async () => {
    const [ann, bob] = [await agent(), await agent()];
    assert.deepEqual(resultOf(await ann.client.call(queryAgentSkillsByWorkNo, { agentid: ann.workNo, workno: bob.workNo })), [sales()]);
    await floor.leave(ann, bob);
  },
  badInput: async () => {
    const ann = await agent();
    assert.equal(await ann.code(queryAgentSkillsByWorkNo, { workno: 100 }), '000-002');
    assert.equal(await ann.code(queryAgentSkillsByWorkNo, { workno: 59_000 }), '100-007');
    await floor.leave(ann);
  },
  effect: async () => {
    const ann = await agent();
    const bob = await openDesk(server, floor.tenant, { account: 'not-signed-in', agentType: 99 });
    assert.deepEqual(resultOf(await ann.client.call(queryAgentSkillsByWorkNo, { agentid: ann.workNo, workno: bob.workNo })), []);
    await floor.tenant.client.call(addSkillsToAgent, { skillId: chat, userAccounts: ['not-signed-in'], agentWeight: 1, skillWeight: 1 });
    assert.deepEqual(resultOf(await ann.client.call(queryAgentSkillsByWorkNo, { agentid: ann.workNo, workno: bob.workNo })), [{ name: 'talk', id: chat, mediatype: 53 }]);
    const other = await openDesk(server, await server.tenant());
    await other.signIn();
    assert.equal(await other.code(queryAgentSkillsByWorkNo, { workno: bob.workNo }), '100-007', 'not of the VDN');
    await floor.leave(ann);
  },
});

describeOperation(resetSkill, {
  example: async () => {
    const ann = await agent();
    assert.equal(await ann.code(resetSkill, { autoflag: 'false', skillid: '1;2;3', phonelinkage: 0 }), '0');
    await floor.leave(ann);
  },
  badInput: async () => {
    const ann = await agent();
    assert.equal(await ann.code(resetSkill, { autoflag: 'false', skillid: 'sales' }), '000-002');
    assert.equal(await ann.code(resetSkill, { autoflag: 'false', skillid: '1;'.repeat(2001) }), '000-002');
    assert.equal(await ann.code(resetSkill, { autoflag: 'true', phonelinkage: 2 }), '000-002');
    await floor.leave(ann);
  },
  effect: async () => {
    const [ann, bob] = [await agent(), await agent()];
    const choose = async (input: object): Promise<boolean> => {
      assert.equal(await ann.code(resetSkill, input), '0');
      return (await onDuty(bob)).includes(ann.workNo);
    };
    assert.equal(await choose({ autoflag: 'false' }), false, 'no list is an empty one');
    assert.equal(await choose({ autoflag: 'false', skillid: `9999; ${floor.queue} ;${chat}` }), true, 'what is not configured is passed over');
    assert.equal(await choose({ autoflag: 'false', skillid: `${chat};99999999999999999999` }), false);
    assert.equal(await choose({ autoflag: 'true', skillid: String(chat) }), true, 'all that are configured');
    await floor.leave(ann, bob);
  },
});

describeOperation(sendNoteletEx, {
  example: async () => {
    const [ann, bob] = [await agent(), await agent()];
    assert.deepEqual((await ann.client.call(sendNoteletEx, { agentid: ann.workNo, agentIds: [bob.workNo, 59_000], content: 'hello' })).body, { message: 'success', retcode: '0', result: null });
    await floor.leave(ann, bob);
  },
  badInput: async () => {
    const ann = await agent();
    const wrong: readonly object[] = [
      { agentIds: [], content: 'x' }, { content: 'x' }, { agentIds: [101] }, { agentIds: Array.from({ length: 101 }, (_, index) => 101 + index), content: 'x' },
      { agentIds: [101], content: 'x'.repeat(1024) }, { agentIds: [101], content: '中'.repeat(342) }, { agentIds: [101], content: 'x'.repeat(20_000) },
      { agentIds: Array.from({ length: 2000 }, () => 101), content: 'x' },
    ];
    for (const input of wrong) assert.equal(await ann.code(sendNoteletEx, input), '100-001', JSON.stringify(input).slice(0, 80));
    assert.equal(await ann.code(sendNoteletEx, { agentIds: ['ann'], content: 'x' }), '100-001');
    await floor.leave(ann);
  },
  effect: async () => {
    const [ann, bob] = [await agent(), await agent()];
    const text = '中'.repeat(341);
    assert.equal(await ann.code(sendNoteletEx, { agentIds: [String(bob.workNo), bob.workNo], content: text }), '0');
    const note = await bob.until('AgentOther_Note');
    assert.deepEqual({ sender: note.sender, context: note.context }, { sender: String(ann.workNo), context: text });
    assert.match(note.sendername, /^agent-\d+$/);
    assert.equal(note.timestring, new Date(Number(note.receivetime)).toLocaleString('sv-SE', { timeZone: 'Europe/Berlin' }));
    assert.deepEqual(await bob.news(), [], 'once, though named twice');
    const other = await openDesk(server, await server.tenant());
    await other.signIn();
    await other.news();
    assert.equal(await ann.code(sendNoteletEx, { agentIds: [other.workNo], content: 'x' }), '0');
    assert.deepEqual(await other.news(), [], 'not in another tenant');
    await floor.leave(ann, bob);
  },
});

describe('notes', () => {
  test('come in the order in which they were sent', async () => {
    const [ann, bob] = [await agent(), await agent()];
    for (let count = 0; count < 10; count += 1) await ann.code(sendNoteletEx, { agentIds: [bob.workNo], content: String(count) });
    const texts: string[] = [];
    for (let count = 0; count < 10; count += 1) texts.push((await bob.until('AgentOther_Note')).context);
    assert.deepEqual(texts, Array.from({ length: 10 }, (_, index) => String(index)));
    await floor.leave(ann, bob);
  });
});

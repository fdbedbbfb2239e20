import assert from 'node:assert/strict';
import { after, afterEach, before } from 'node:test';
import { cancelBusy, sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { cmsAgentRindex, cmsRindexVdn, cmsSkillRindex } from '@parley/contract/monitoring/live-figures.ts';
import { SKILL_LIVE, VDN_LIVE } from '@parley/core/indicator/live.ts';
import { openDesk } from '../../testing/desk.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { byCode, codeOf, flowAt, grown, type Told } from './figures.fixture.ts';

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor({ inTheMorning: true }); });
after(() => floor.server.close());
afterEach(() => floor.clear());

const VDN_CODES = [...VDN_LIVE.keys()];
const SKILL_CODES = [...SKILL_LIVE.keys()];
const AGENT_CODES = ['IDX_AGENT_PHONE', 'IDX_AGENT_CURRENT_STATE', 'IDX_DURATION_AGENT_CURRENT_STATE', 'IDX_AGENT_LOGIN_SKILLS'];

const vdn = async (): Promise<Told> => byCode(await floor.tenant.monitor.ask(cmsRindexVdn, { vdnIds: [floor.tenant.vdnId], indexIds: VDN_CODES }));
const skill = async (): Promise<Told> => byCode(await floor.tenant.monitor.ask(cmsSkillRindex, { vdn: floor.tenant.vdnId, skillIds: [floor.queue, 1999], indexIds: SKILL_CODES }));
const agent = async (id: number): Promise<Told> => byCode(await floor.tenant.monitor.ask(cmsAgentRindex, { vdn: floor.tenant.vdnId, agentIds: [id, 59_999], indexIds: AGENT_CODES }));

describeOperation(cmsRindexVdn, {
  example: async () => {
    const start = await vdn();
    const { desk } = await floor.talking({ autoenteridle: false });
    assert.deepEqual(grown(start, await vdn()), { IDX_COUNT_REAL_VDN_CONNECT: 1, IDX_COUNT_REAL_VDN_CALL: 1, IDX_COUNT_REAL_AGENT_SIGN_IN: 1, IDX_COUNT_REAL_AGENT_CONNECT: 1 });
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    assert.deepEqual(grown(start, await vdn()), { IDX_COUNT_REAL_AGENT_SIGN_IN: 1, IDX_COUNT_REAL_AGENT_ACW: 1 });
  },
  badInput: async () => {
    const refused = (changes: object, client = floor.tenant.monitor) => codeOf(client, cmsRindexVdn, { vdnIds: [floor.tenant.vdnId], indexIds: VDN_CODES, ...changes });
    const other = await floor.server.tenant();
    assert.equal(await refused({ indexIds: ['IDX_COUNT_INBOUND_CALL'] }), '0100002', 'not one of this moment');
    assert.equal(await refused({ vdnIds: Array.from({ length: 101 }, (_, index) => index + 1) }), '0100002');
    assert.equal(await refused({ vdnIds: [5001] }), '0100002');
    assert.equal(await refused({ vdnIds: [floor.tenant.vdnId, other.vdnId] }), '0101003');
  },
  effect: async () => {
    const start = await vdn();
    const { calls } = await flowAt(floor);
    const caller = await calls();
    const desk = await floor.agent();
    await desk.client.call(sayBusy, { agentid: desk.workNo });
    await floor.customer();
    assert.deepEqual(grown(start, await vdn()), {
      IDX_COUNT_REAL_VDN_CONNECT: 1, IDX_COUNT_REAL_VDN_CALL: 2, IDX_COUNT_REAL_IVR_HANDLE: 1, IDX_COUNT_REAL_SKILL_QUEUE: 1, IDX_COUNT_REAL_AGENT_SIGN_IN: 1,
      IDX_COUNT_REAL_AGENT_SET_BUSY: 1,
    });
    await caller.hangUp();
    await openDesk(floor.server, floor.tenant);
    assert.equal(Number((await vdn())['IDX_COUNT_REAL_AGENT_NOT_SIGN_IN']), Number(start['IDX_COUNT_REAL_AGENT_NOT_SIGN_IN']) + 1);
  },
});

describeOperation(cmsSkillRindex, {
  example: async () => {
    const start = await skill();
    await floor.talking();
    assert.deepEqual(grown(start, await skill()), {
      IDX_COUNT_REAL_SKILL_HANDLE: 1, IDX_COUNT_20S_CALL_FOR_5MIN: 1, IDX_COUNT_REAL_AGENT_SIGN_IN: 1, IDX_COUNT_REAL_AGENT_CONNECT: 1,
    });
    await floor.later(300_000);
    assert.equal((await skill())['IDX_COUNT_20S_CALL_FOR_5MIN'], '0', 'the five minutes are over');
  },
  badInput: async () => {
    const refused = (changes: object, client = floor.tenant.monitor) => codeOf(client, cmsSkillRindex, { vdn: floor.tenant.vdnId, skillIds: [floor.queue], indexIds: SKILL_CODES, ...changes });
    assert.equal(await refused({ indexIds: ['IDX_COUNT_SKILL_REQUEST'] }), '0100002');
    assert.equal(await refused({ indexIds: Array.from({ length: 13 }, () => 'IDX_COUNT_REAL_SKILL_QUEUE') }), '0100002');
    assert.equal(await refused({ skillIds: [2001] }), '0100002');
    assert.equal(await refused({}, (await floor.server.tenant()).monitor), '0101003');
  },
  effect: async () => {
    const start = await skill();
    const desk = await floor.agent();
    await desk.client.call(sayBusy, { agentid: desk.workNo });
    await floor.customer();
    await floor.later(9000);
    assert.deepEqual(grown(start, await skill()), {
      IDX_COUNT_REAL_SKILL_QUEUE: 1, IDX_DURATION_SKILL_MAX_QUEUE_ACK: 9, IDX_COUNT_REAL_AGENT_SIGN_IN: 1, IDX_COUNT_REAL_AGENT_SET_BUSY: 1,
    });
    await desk.client.call(cancelBusy, { agentid: desk.workNo });
    await desk.until('AgentEvent_Talking');
    const { IDX_COUNT_REAL_SKILL_HANDLE, IDX_DURATION_SKILL_MAX_QUEUE_ACK } = await skill();
    assert.deepEqual([IDX_COUNT_REAL_SKILL_HANDLE, IDX_DURATION_SKILL_MAX_QUEUE_ACK], ['1', '0'], 'nobody waits any more');
  },
});

describeOperation(cmsAgentRindex, {
  example: async () => {
    const desk = await floor.agent();
    await floor.later(3000);
    assert.deepEqual(await agent(desk.workNo), {
      IDX_AGENT_PHONE: desk.phone, IDX_AGENT_CURRENT_STATE: 1, IDX_DURATION_AGENT_CURRENT_STATE: 3, IDX_AGENT_LOGIN_SKILLS: [floor.queue],
    });
  },
  badInput: async () => {
    const refused = (changes: object, client = floor.tenant.monitor) => codeOf(client, cmsAgentRindex, { vdn: floor.tenant.vdnId, agentIds: [101], indexIds: AGENT_CODES, ...changes });
    assert.equal(await refused({ agentIds: [100] }), '0100002');
    assert.equal(await refused({ agentIds: Array.from({ length: 101 }, () => 101) }), '0100002');
    assert.equal(await refused({ indexIds: ['IDX_AGENT_NAME'] }), '0100002');
    assert.equal(await refused({}, (await floor.server.tenant()).monitor), '0101003');
  },
  effect: async () => {
    const desk = await floor.agent();
    await desk.client.call(sayBusy, { agentid: desk.workNo });
    assert.equal((await agent(desk.workNo))['IDX_AGENT_CURRENT_STATE'], 7);
    await floor.leave(desk);
    const { IDX_AGENT_PHONE, IDX_AGENT_CURRENT_STATE, IDX_AGENT_LOGIN_SKILLS } = await agent(desk.workNo);
    assert.deepEqual([IDX_AGENT_PHONE, IDX_AGENT_CURRENT_STATE, IDX_AGENT_LOGIN_SKILLS], ['', 0, [floor.queue]]);
  },
});

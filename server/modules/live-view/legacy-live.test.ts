import assert from 'node:assert/strict';
import { after, afterEach, before } from 'node:test';
import { agentRest, sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { cmsAgentByConfigedSkill, cmsSkillStateInfo } from '@parley/contract/monitoring/skill-live.ts';
import { cmsAgentByWorkNo, cmsAgentRestInfos, cmsSystemState } from '@parley/contract/monitoring/agent-live.ts';
import { legacyAgentByConfigedSkill, legacyAgentByWorkNo, legacyAgentRestInfo, legacySkillStateInfo, legacySystemState } from '@parley/contract/monitoring/legacy-live.ts';
import { openDesk } from '../../testing/desk.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { assertRefusals } from './live-view.fixture.ts';

let floor: LiveFloor;
/** Never signed in. */
let away: number;
before(async () => {
  floor = await openLiveFloor();
  away = (await openDesk(floor.server, floor.tenant, { queues: [floor.queue] })).workNo;
});
after(() => floor.server.close());
afterEach(() => floor.clear());

const here = () => ({ vdn: floor.tenant.vdnId });
const monitor = () => floor.tenant.monitor;

describeOperation(legacyAgentByWorkNo, {
  example: async () => {
    const { body } = await monitor().call(legacyAgentByWorkNo, { ...here(), agentId: away });
    assert.equal(body['result'], '0');
    const { name, ...agent } = body['resultDatas'] as { readonly name: string };
    assert.match(name, /^agent-/);
    assert.deepEqual(agent, {
      workno: away, vdnid: floor.tenant.vdnId, citStatus: 0, phonenumber: null, logindate: 4_294_967_295_000, currentstatetime: 4_294_967_295, mediatype: 0, status: 2,
    });
  },
  badInput: () => assertRefusals(floor, legacyAgentByWorkNo, { agentId: away }, [{ agentId: 100 }, { agentId: 59_999 }, { agentId: undefined }]),
  effect: async () => {
    const { desk } = await floor.talking();
    const old = await monitor().ask(legacyAgentByWorkNo, { ...here(), agentId: desk.workNo });
    const now = await monitor().ask(cmsAgentByWorkNo, { ...here(), agentId: desk.workNo });
    assert.deepEqual([old.workno, old.citStatus, old.status, old.phonenumber, old.logindate], [now.workNo, 5, 7, desk.phone, now.loginDate]);
  },
});

describeOperation(legacySystemState, {
  example: async () => {
    const { body } = await monitor().call(legacySystemState, here());
    assert.deepEqual([body['result'], body['resultDatas']], ['0', { busyagent: 0, talkingnum: 0, idleagent: 0, totalloginagent: 0 }]);
    assert.deepEqual(body['resultDesc'], body['resultDatas']);
  },
  badInput: () => assertRefusals(floor, legacySystemState, {}, [{ vdn: undefined }]),
  effect: async () => {
    await floor.talking();
    const desk = await floor.agent();
    await desk.client.call(sayBusy, { agentid: desk.workNo });
    const { busyagent, talkingnum, idleagent, totalloginagent } = await monitor().ask(legacySystemState, here());
    assert.deepEqual([busyagent, talkingnum, idleagent, totalloginagent], [1, 1, 0, 2]);
    assert.equal((await monitor().ask(cmsSystemState, { ...here(), limit: 100, offset: 0 })).totalLoginAgent, 2);
  },
});

describeOperation(legacyAgentRestInfo, {
  example: async () => {
    assert.deepEqual(await monitor().ask(legacyAgentRestInfo, here()), { allowrestnum: 0, onrestnum: 0, waitrestnum: 0, agentsrestdetails: [] });
  },
  badInput: () => assertRefusals(floor, legacyAgentRestInfo, {}, [{ vdn: undefined }]),
  effect: async () => {
    const desk = await floor.agent();
    await desk.client.call(agentRest, { agentid: desk.workNo, time: 600, restcause: 0 });
    const { onrestnum, agentsrestdetails: [detail] } = await monitor().ask(legacyAgentRestInfo, here());
    const { agentsRestDetails: [now] } = await monitor().ask(cmsAgentRestInfos, here());
    assert.deepEqual([onrestnum, detail?.workno, detail?.restduration, detail?.begintime, detail?.agentname], [1, desk.workNo, 600, now?.beginTime, now?.agentName]);
  },
});

describeOperation(legacySkillStateInfo, {
  example: async () => {
    const [queue, ...more] = await monitor().ask(legacySkillStateInfo, { ...here(), skillIds: [floor.queue, 1999] });
    assert.deepEqual([queue?.skillId, queue?.agentLoginNums, more], [floor.queue, 0, []]);
  },
  badInput: () => assertRefusals(floor, legacySkillStateInfo, { skillIds: [1] }, [{ skillIds: [0] }, { skillIds: undefined }]),
  effect: async () => {
    const desk = await floor.agent();
    await desk.client.call(sayBusy, { agentid: desk.workNo });
    await floor.customer();
    const [old] = await monitor().ask(legacySkillStateInfo, { ...here(), skillIds: [floor.queue] });
    const [now] = await monitor().ask(cmsSkillStateInfo, { ...here(), skillIds: [floor.queue] });
    assert.deepEqual([old?.agentSetbusyNums, old?.callWaitNums, old?.agentLoginNums, old?.totalCallNums], [1, 1, 1, now?.totalCallNums]);
  },
});

describeOperation(legacyAgentByConfigedSkill, {
  example: async () => { assert.deepEqual(await monitor().ask(legacyAgentByConfigedSkill, { ...here(), skillId: floor.queue }), []); },
  badInput: () => assertRefusals(floor, legacyAgentByConfigedSkill, { skillId: floor.queue }, [{ skillId: 0 }, { skillId: 1999 }, { skillId: undefined }]),
  effect: async () => {
    const desk = await floor.agent();
    const [old] = await monitor().ask(legacyAgentByConfigedSkill, { ...here(), skillId: floor.queue });
    const [now] = await monitor().ask(cmsAgentByConfigedSkill, { ...here(), skillId: floor.queue });
    assert.deepEqual([old?.workno, old?.phonenum, old?.phonenummer, old?.name, old?.groupid, old?.logindate], [desk.workNo, desk.phone, desk.phone, now?.name, -1, now?.loginDate]);
  },
});

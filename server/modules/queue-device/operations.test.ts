import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createAccessCode } from '@parley/contract/admin/access-code.ts';
import { changeIvrFlow, createIvrFlow } from '@parley/contract/admin/ivr-flow.ts';
import { createCalledRoute } from '@parley/contract/configuration/called-route.ts';
import { createSkill } from '@parley/contract/configuration/queue.ts';
import { sayFree } from '@parley/contract/gateway/agent-state.ts';
import { queryWaitCallInfoBySkillId } from '@parley/contract/gateway/call-info.ts';
import {
  queryInNoOnVDN, queryIVRInfoOnVdn, queryQueueLengthBySkillId, queryQueueLengthOnAgent, queryQueueLengthOnAgentSkills, querySkillQueueOnAgentVDN,
  querySkillQueueOnVDN, queryStatInfoOfAcd,
} from '@parley/contract/gateway/queue-device.ts';
import type { Desk } from '../../testing/desk.ts';
import { codeOf, newFloor, openFloor, resultOf, type Floor } from '../../testing/floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';

let floor: Floor;
before(async () => { floor = await openFloor(); });
after(() => floor.server.close());

const release = { transferType: 'Release' } as const;
const BUSY = { status: 3 } as const;

/** A floor of its own: a tenant with one queue and nobody at work. */
const quietFloor = async (): Promise<Floor> => newFloor(floor.server, await floor.server.tenant());

/** A second queue of the tenant, to which nobody belongs. */
async function addQueue({ tenant, queue }: Floor, name: string): Promise<number> {
  const to = { transferType: 'Transfer', deviceType: '1', value: queue } as const;
  const { body } = await tenant.client.call(createSkill, {
    mediaTypeId: 5, description: `for ${name}`, name, maxWaitTime: 60, maxWaitNum: 7, maxAgentWrapupTime: 5,
    skillParam: { noAgents: to, busy: release, timeOut: release, answerFunction: '0', waitVoice: { parameterType: 'Voice' } },
  });
  assert.equal(body['returnCode'], '0', JSON.stringify(body));
  return Number(body.skillId);
}

/** Nobody is signed in by the one number, and the other is none. */
const refusesStrangers = async (ask: (desk: Desk, agentid: number) => Promise<{ readonly body: unknown }>): Promise<void> => {
  const ann = await floor.agent(BUSY);
  assert.equal(codeOf(await ask(ann, 59_999)), '100-006');
  assert.equal(codeOf(await ask(ann, 7)), '000-002');
  await floor.leave(ann);
};

const hangUp = async ({ server, tenant }: Floor, call: string): Promise<void> => {
  const { engine } = server.parley.gateway;
  const leg = await engine.view(tenant.vdnId, ({ calls }) => calls.get(call)?.parts.flatMap((part) => (part.kind === 'customer' ? part.leg ?? [] : []))[0] ?? '');
  await engine.send(tenant.vdnId, { kind: 'legReported', report: { kind: 'ended', leg, cause: 531 } });
};

/** 6.1.1.8. */
const choose = async ({ workNo }: Desk, ...queues: readonly number[]): Promise<void> => {
  await floor.server.parley.gateway.engine.send(floor.tenant.vdnId, { kind: 'chooseQueues', agent: workNo, queues });
};

for (const op of [queryQueueLengthOnAgent, queryQueueLengthOnAgentSkills]) {
  describeOperation(op, {
    example: async () => {
      const ann = await floor.agent(BUSY);
      const calls = [await floor.callIn(), await floor.callIn()];
      assert.deepEqual((await ann.client.call(op, { agentid: ann.workNo })).body, { result: 2, message: 'success', retcode: '0' });
      for (const call of calls) await hangUp(floor, call);
      assert.equal(resultOf(await ann.client.call(op, { agentid: ann.workNo })), 0);
      await floor.leave(ann);
    },
    badInput: () => refusesStrangers((desk, agentid) => desk.client.call(op, { agentid })),
    effect: async () => {
      const ann = await floor.agent(BUSY);
      const call = await floor.callIn();
      // Those of the queues that are configured count in the one, those of the queues worked in in the other.
      await choose(ann);
      const [configured, worked] = op === queryQueueLengthOnAgent ? [op, queryQueueLengthOnAgentSkills] : [queryQueueLengthOnAgent, op];
      assert.equal(resultOf(await ann.client.call(configured, { agentid: ann.workNo })), 1);
      assert.equal(resultOf(await ann.client.call(worked, { agentid: ann.workNo })), 0);
      await choose(ann, floor.queue);
      assert.equal(resultOf(await ann.client.call(op, { agentid: ann.workNo })), 1);
      await hangUp(floor, call);
      await floor.leave(ann);
    },
  });
}

describeOperation(querySkillQueueOnAgentVDN, {
  example: async () => {
    const own = await quietFloor();
    const second = await addQueue(own, 'orders');
    const ann = await own.agent(BUSY);
    const { body } = await ann.client.call(querySkillQueueOnAgentVDN, { agentid: ann.workNo });
    assert.deepEqual(body, {
      message: '', retcode: '0',
      result: [
        { name: 'sales', id: own.queue, mediatype: 5, serviceType: 1, realFlag: 1 }, { name: 'orders', id: second, mediatype: 5, serviceType: 1, realFlag: 1 },
      ],
    });
    const printed = await fetch(`${own.server.url}/agentgateway/resource/queuedevice/${ann.workNo}/agentvdsnskill`, { headers: { guid: ann.guid() } });
    assert.deepEqual(await printed.json(), body);
  },
  badInput: () => refusesStrangers((desk, agentid) => desk.client.call(querySkillQueueOnAgentVDN, { agentid })),
  effect: async () => {
    const ann = await floor.agent(BUSY);
    const { id = 0 } = resultOf(await ann.client.call(querySkillQueueOnAgentVDN, { agentid: ann.workNo }))[0] ?? {};
    const call = await floor.callIn();
    assert.equal(resultOf(await ann.client.call(queryQueueLengthBySkillId, { agentid: ann.workNo, skillid: id })), 1);
    await hangUp(floor, call);
    await floor.leave(ann);
  },
});

describeOperation(querySkillQueueOnVDN, {
  example: async () => {
    const ann = await floor.agent(BUSY);
    const queues = resultOf(await ann.client.call(querySkillQueueOnVDN, { agentid: ann.workNo, vdnid: floor.tenant.vdnId }));
    assert.deepEqual(queues.map(({ id }) => id), [floor.queue]);
    await floor.leave(ann);
  },
  badInput: async () => {
    const ann = await floor.agent(BUSY);
    const other = await quietFloor();
    assert.equal(codeOf(await ann.client.call(querySkillQueueOnVDN, { agentid: ann.workNo, vdnid: other.tenant.vdnId })), '600-002');
    assert.equal(codeOf(await ann.client.call(querySkillQueueOnVDN, { agentid: ann.workNo, vdnid: 0 })), '000-002');
    await floor.leave(ann);
  },
  effect: async () => {
    const ann = await floor.agent(BUSY);
    const [here, own] = [
      await ann.client.call(querySkillQueueOnVDN, { agentid: ann.workNo, vdnid: floor.tenant.vdnId }),
      await ann.client.call(querySkillQueueOnAgentVDN, { agentid: ann.workNo }),
    ];
    assert.deepEqual(here.body, own.body);
    await floor.leave(ann);
  },
});

describeOperation(queryQueueLengthBySkillId, {
  example: async () => {
    const ann = await floor.agent(BUSY);
    const call = await floor.callIn();
    assert.deepEqual((await ann.client.call(queryQueueLengthBySkillId, { agentid: ann.workNo, skillid: floor.queue })).body, { message: 'success', retcode: '0', result: 1 });
    await hangUp(floor, call);
    await floor.leave(ann);
  },
  badInput: async () => {
    const ann = await floor.agent(BUSY);
    const other = await quietFloor();
    const theirs = await addQueue(other, 'theirs');
    for (const [skillid, code] of [[theirs, '100-007'], [2_147_483_647, '100-007'], [2_147_483_648, '000-002'], [0, '000-002']] as const) {
      assert.equal(codeOf(await ann.client.call(queryQueueLengthBySkillId, { agentid: ann.workNo, skillid })), code, String(skillid));
    }
    await floor.leave(ann);
  },
  effect: async () => {
    const ann = await floor.agent(BUSY);
    const call = await floor.callIn();
    assert.equal(resultOf(await ann.client.call(queryQueueLengthBySkillId, { agentid: ann.workNo, skillid: floor.queue })), 1);
    assert.ok((await ann.client.call(sayFree, { agentid: ann.workNo })).ok);
    assert.equal((await ann.until('AgentEvent_Talking')).callid, call);
    assert.equal(resultOf(await ann.client.call(queryQueueLengthBySkillId, { agentid: ann.workNo, skillid: floor.queue })), 0);
    await floor.leave(ann);
  },
});

const UNUSED = { loadFactor: 65_535, estWaitTime: 0, resourceIdleRate: 100, serviceLevel: 100 };

describeOperation(queryStatInfoOfAcd, {
  example: async () => {
    const own = await quietFloor();
    const second = await addQueue(own, 'orders');
    await own.agent();
    const ann = await own.agent(BUSY);
    const { body } = await ann.client.call(queryStatInfoOfAcd, { agentid: ann.workNo, skills: [second, own.queue] });
    const oldCallIdEx = { dateTime: 4_294_967_295_000, dsn: 65_535, server: 255, handle: 255 };
    assert.deepEqual(body, {
      message: '', retcode: '0',
      result: [
        {
          pilotNbr: '', deviceNo: second, queueSize: 0, queueTime: 0, loggedOnAgents: 0, availAgents: 0, skillDescrip: 'for orders', ...UNUSED,
          transferFlg: 2, transferDeviceType: 1, transferDeviceNo: own.queue, oldCallIdEx, maxQueueSize: 7,
        },
        {
          pilotNbr: '', deviceNo: own.queue, queueSize: 0, queueTime: 0, loggedOnAgents: 2, availAgents: 1, skillDescrip: 'a queue', ...UNUSED,
          transferFlg: 0, transferDeviceType: 255, transferDeviceNo: 65_535, oldCallIdEx, maxQueueSize: 10,
        },
      ],
    });
  },
  badInput: async () => {
    const ann = await floor.agent(BUSY);
    const many = Array.from({ length: 101 }, () => floor.queue);
    for (const [skills, code] of [[[], '000-002'], [many, '000-002'], [['x'], '000-002'], [[floor.queue, 1999], '100-007']] as const) {
      assert.equal(codeOf(await ann.client.call(queryStatInfoOfAcd, { agentid: ann.workNo, skills: skills as number[] })), code);
    }
    assert.equal((await ann.client.call(queryStatInfoOfAcd, { agentid: ann.workNo, skills: many.slice(1) })).ok, true);
    await floor.leave(ann);
  },
  effect: async () => {
    const own = await quietFloor();
    const ann = await own.agent(BUSY);
    const [first, second] = [await own.callIn(), await own.callIn()];
    own.server.advance(12_000);
    const figures = async () => resultOf(await ann.client.call(queryStatInfoOfAcd, { agentid: ann.workNo, skills: [own.queue] }))[0];
    const one = await figures();
    assert.deepEqual([one?.queueSize, one?.queueTime], [2, 12]);
    const { dateTime = 0, server = 0, handle = 0, dsn = 0 } = one?.oldCallIdEx ?? {};
    assert.equal(`${dateTime / 1000}-${server * 2 ** 24 + handle * 2 ** 16 + dsn}`, first);
    const waiting = resultOf(await ann.client.call(queryWaitCallInfoBySkillId, { agentid: ann.workNo, skillid: own.queue }));
    assert.deepEqual(waiting.map(({ callid }) => callid), [first, second]);
    await hangUp(own, first);
    assert.equal((await figures())?.oldCallIdEx.dsn, Number(second.split('-')[1]));
  },
});

describe('figures of a queue', () => {
  test('name the access code that leads to it, and at once another one when the route changes', async () => {
    const own = await quietFloor();
    const ann = await own.agent(BUSY);
    const pilot = async () => resultOf(await ann.client.call(queryStatInfoOfAcd, { agentid: ann.workNo, skills: [own.queue] }))[0]?.pilotNbr;
    assert.equal(await pilot(), '');
    const code = `77${own.tenant.vdnId}`;
    assert.equal((await own.tenant.administrator.call(createAccessCode, { code, media: 5 })).status, 200);
    assert.equal((await own.tenant.client.call(createCalledRoute, { accessCode: code, extCode: '1', devicetype: 1, deviceid: own.queue })).body['returnCode'], '0');
    assert.equal(await pilot(), code);
  });
});

describeOperation(queryIVRInfoOnVdn, {
  example: async () => {
    const own = await quietFloor();
    const ann = await own.agent(BUSY);
    const { body: { id } } = await own.tenant.administrator.call(createIvrFlow, { accessCode: '1321', description: '252' });
    assert.deepEqual((await ann.client.call(queryIVRInfoOnVdn, { agentid: ann.workNo })).body, {
      result: [{ access: '1321', id, description: '252', serviceNo: id }], message: 'success', retcode: '0',
    });
  },
  badInput: async () => {
    const own = await quietFloor();
    const ann = await own.agent(BUSY);
    assert.equal(codeOf(await ann.client.call(queryIVRInfoOnVdn, { agentid: ann.workNo })), '600-004');
  },
  effect: async () => {
    const own = await quietFloor();
    const ann = await own.agent(BUSY);
    const [one, other] = [
      (await own.tenant.administrator.call(createIvrFlow, { accessCode: '1', description: 'one' })).body,
      (await own.tenant.administrator.call(createIvrFlow, { accessCode: '2', description: 'other' })).body,
    ];
    const ids = async () => resultOf(await ann.client.call(queryIVRInfoOnVdn, { agentid: ann.workNo })).map(({ id }) => id);
    assert.deepEqual(await ids(), [one.id, other.id]);
    assert.equal((await own.tenant.administrator.call(changeIvrFlow, { id: one.id, loaded: false })).status, 200);
    assert.deepEqual(await ids(), [other.id]);
  },
});

describeOperation(queryInNoOnVDN, {
  example: async () => {
    const own = await quietFloor();
    const ann = await own.agent(BUSY);
    const code = `78${own.tenant.vdnId}`;
    await own.tenant.administrator.call(createAccessCode, { code, media: 5, description: 'orders' });
    assert.deepEqual(resultOf(await ann.client.call(queryInNoOnVDN, { agentid: ann.workNo })), [{ inno: code, description: 'orders', mediatype: 5 }]);
  },
  badInput: async () => {
    const own = await quietFloor();
    const ann = await own.agent(BUSY);
    assert.equal(codeOf(await ann.client.call(queryInNoOnVDN, { agentid: ann.workNo })), '600-003');
  },
  effect: async () => {
    const own = await quietFloor();
    const ann = await own.agent(BUSY);
    const code = `79${own.tenant.vdnId}`;
    await own.tenant.administrator.call(createAccessCode, { code, media: 53, direction: 1 });
    await own.tenant.administrator.call(createAccessCode, { code: `${code}0`, media: 5, direction: 2 });
    assert.deepEqual(resultOf(await ann.client.call(queryInNoOnVDN, { agentid: ann.workNo })), [{ inno: code, description: '', mediatype: 53 }]);
  },
});

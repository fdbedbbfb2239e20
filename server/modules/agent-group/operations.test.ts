import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { changeAgentRole, replaceReasons } from '@parley/contract/admin/workplace.ts';
import { agentAccountUpdate } from '@parley/contract/configuration/agent-account.ts';
import {
  getAgentRestReason, getAllStatusAgents, getIdleStatusAgents, isCensor, queryAgentInfoBySkillIdOnline, queryAgentInfoByWorkNo,
  queryAllLoginedAgentInfoOnVdn, queryAllOnlineAgents,
} from '@parley/contract/gateway/agent-group.ts';
import { agentLogout } from '@parley/contract/gateway/agent-session.ts';
import { agentRest, cancelRest, sayBusy, sayFree, sayWork } from '@parley/contract/gateway/agent-state.ts';
import { answerCall } from '@parley/contract/gateway/call-answer.ts';
import { queryAllCallInfoByAgentWorkNoEx } from '@parley/contract/gateway/call-data.ts';
import type { Result } from '@parley/contract/operation.ts';
import type { Command } from '@parley/core/centre/command.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { codeOf, newFloor, openFloor, resultOf, type Floor } from '../../testing/floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';

let floor: Floor;
before(async () => { floor = await openFloor(); });
after(() => floor.server.close());

type Agents = Result<typeof queryAllLoginedAgentInfoOnVdn>;

const BUSY = { status: 3 } as const;

/** A floor of its own: a tenant with one queue and nobody at work. */
const quietFloor = async (): Promise<Floor> => newFloor(floor.server, await floor.server.tenant());

const send = async ({ tenant }: Floor, command: Command): Promise<void> => {
  const { refused } = await floor.server.parley.gateway.engine.send(tenant.vdnId, command);
  assert.equal(refused, undefined);
};

const details = async (asker: Desk, workno: number) => {
  // Five queries in two seconds are the most that one agent may ask (6.5.6).
  floor.server.advance(500);
  return resultOf(await asker.client.call(queryAgentInfoByWorkNo, { agentid: asker.workNo, workno }));
};

const workNumbers = (agents: Agents): number[] => agents.map(({ workno }) => Number(workno));

describeOperation(queryAgentInfoBySkillIdOnline, {
  example: async () => {
    const own = await quietFloor();
    const ann = await own.agent(BUSY);
    own.server.advance(7000);
    const reply = await ann.client.call(queryAgentInfoBySkillIdOnline, { agentid: ann.workNo, skillid: own.queue });
    const { logindate = 0, name = '' } = resultOf(reply)[0] ?? {};
    assert.ok(Math.abs(logindate - floor.server.world.clock() + 7000) < 5000);
    assert.match(name, /^agent-\d+$/);
    assert.deepEqual(reply.body, {
      message: '', retcode: '0',
      result: [{
        workno: String(ann.workNo), name, status: '3', ctiStatus: '7', groupid: 0, groupname: null, skilliconfig: [], skilllist: [], callids: [], mediatype: 'TTF',
        vdnid: own.tenant.vdnId, phonenumber: ann.phone, phonenum: ann.phone, phonenummer: ann.phone, currentstatetime: 7, logindate,
        inMultimediaConf: 0, currentStateReason: 0,
      }],
    });
  },
  badInput: async () => {
    const own = await quietFloor();
    const ann = await own.agent(BUSY);
    assert.equal(codeOf(await ann.client.call(queryAgentInfoBySkillIdOnline, { agentid: ann.workNo, skillid: 1999 })), '100-007');
    assert.equal(codeOf(await ann.client.call(queryAgentInfoBySkillIdOnline, { agentid: ann.workNo, skillid: 0 })), '000-002');
    await send(own, { kind: 'chooseQueues', agent: ann.workNo, queues: [] });
    assert.equal(codeOf(await ann.client.call(queryAgentInfoBySkillIdOnline, { agentid: ann.workNo, skillid: own.queue })), '300-002');
  },
  effect: async () => {
    const own = await quietFloor();
    const [ann, bob] = [await own.agent(), await own.agent(BUSY)];
    const there = async () => workNumbers(resultOf(await ann.client.call(queryAgentInfoBySkillIdOnline, { agentid: ann.workNo, skillid: own.queue })));
    assert.deepEqual(await there(), [ann.workNo, bob.workNo]);
    // 6.1.1.22: who takes no inbound calls is left out.
    await send(own, { kind: 'setTalkRight', agent: ann.workNo, on: false });
    assert.deepEqual(await there(), [bob.workNo]);
    await send(own, { kind: 'setTalkRight', agent: ann.workNo, on: true });
    assert.ok((await bob.client.call(agentLogout, { agentid: bob.workNo })).ok);
    assert.deepEqual(await there(), [ann.workNo]);
  },
});

describeOperation(queryAgentInfoByWorkNo, {
  example: async () => {
    const ann = await floor.agent(BUSY);
    const agent = await details(ann, ann.workNo);
    assert.deepEqual(
      [agent.workno, agent.status, agent.ctiStatus, agent.skilllist, agent.calls, agent.callids, agent.inMultimediaConf],
      [String(ann.workNo), '3', '7', [{ name: 'sales', id: floor.queue, mediatype: 5 }], [], [], 0],
    );
    await floor.leave(ann);
  },
  badInput: async () => {
    const [ann, other] = [await floor.agent(BUSY), await quietFloor()];
    let [stranger] = [await other.agent(BUSY)];
    while (stranger.workNo <= ann.workNo) stranger = await other.agent(BUSY);
    for (const [workno, code] of [[stranger.workNo, '100-007'], [59_999, '100-007'], [100, '000-002'], [60_000, '000-002']] as const) {
      assert.equal(codeOf(await ann.client.call(queryAgentInfoByWorkNo, { agentid: ann.workNo, workno })), code, String(workno));
    }
    await floor.leave(ann);
  },
  effect: async () => {
    const ann = await floor.agent(BUSY);
    const bob = await openDesk(floor.server, floor.tenant, { queues: [floor.queue] });
    const { name, logindate, phonenumber, skilllist, mediatype, status, ctiStatus, currentstatetime } = await details(ann, bob.workNo);
    assert.deepEqual([status, ctiStatus, phonenumber, logindate, skilllist, mediatype, currentstatetime], ['2', '0', '', 0, [], 'FFF', 0]);
    assert.notEqual(name, '');
    await bob.signIn({ checkInWebm: false, status: 3 });
    assert.equal((await details(ann, bob.workNo)).mediatype, 'TFF');
    await floor.leave(ann, bob);
  },
});

describe('an agent as the others see it', () => {
  test('has in every state the number of the gateway and that of the CTI platform (6.5.3)', async () => {
    const own = await quietFloor();
    const watcher = await own.agent(BUSY);
    const ann = await own.agent({ autoanswer: false });
    const agentid = ann.workNo;
    const is = async (status: string, ctiStatus: string, reason = 0): Promise<void> => {
      const agent = await details(watcher, agentid);
      assert.deepEqual([agent.status, agent.ctiStatus, agent.currentStateReason], [status, ctiStatus, reason]);
    };
    await is('4', '1');
    await ann.client.call(sayBusy, { agentid, reason: 201 });
    await is('3', '7', 201);
    await ann.client.call(agentRest, { agentid, time: 600, restcause: 3 });
    await is('8', '8', 3);
    await ann.client.call(cancelRest, { agentid });
    await ann.client.call(sayWork, { agentid });
    await is('5', '6');
    await ann.client.call(sayFree, { agentid });
    await own.callIn();
    await ann.until('AgentEvent_Ringing');
    await is('7', '4');
    await ann.client.call(answerCall, { agentid });
    await ann.until('AgentEvent_Talking');
    await is('7', '5');
    await ann.client.call(agentRest, { agentid, time: 600, restcause: 3 });
    await is('9', '5');
    await send(own, { kind: 'signOut', agent: agentid, force: true });
    await is('2', '0');
  });

  test('has the name of the account, and a new one at once', async () => {
    const own = await quietFloor();
    const watcher = await own.agent(BUSY);
    const ann = await openDesk(own.server, own.tenant, { account: 'ann.first' });
    assert.equal((await details(watcher, ann.workNo)).name, 'ann.first');
    const { body } = await own.tenant.client.call(agentAccountUpdate, { userAccount: 'ann.first', userName: 'Ann' });
    assert.equal(body['resultCode'], '0');
    assert.equal((await details(watcher, ann.workNo)).name, 'Ann');
  });
});

describeOperation(queryAllOnlineAgents, {
  example: async () => {
    const own = await quietFloor();
    const [ann, bob] = [await own.agent(), await own.agent(BUSY)];
    const [queue, ...others] = resultOf(await ann.client.call(queryAllOnlineAgents, { agentid: ann.workNo }));
    assert.deepEqual([queue?.skillId, queue?.skillMediaType, workNumbers(queue?.agent ?? []), others], [own.queue, 5, [ann.workNo, bob.workNo], []]);
    assert.deepEqual(queue?.agent.map(({ status, ctiStatus }) => [status, ctiStatus]), [['4', '1'], ['3', '7']]);
  },
  badInput: async () => {
    const bare = await floor.server.tenant();
    const ann = await openDesk(floor.server, bare);
    await ann.signIn();
    assert.equal(codeOf(await ann.client.call(queryAllOnlineAgents, { agentid: ann.workNo })), '600-005');
  },
  effect: async () => {
    const own = await quietFloor();
    const [ann, bob] = [await own.agent(), await own.agent()];
    assert.ok((await bob.client.call(sayBusy, { agentid: bob.workNo })).ok);
    const agents = async () => resultOf(await ann.client.call(queryAllOnlineAgents, { agentid: ann.workNo }));
    assert.equal((await agents())[0]?.agent[1]?.status, '3');
    await send(own, { kind: 'chooseQueues', agent: bob.workNo, queues: [] });
    assert.deepEqual((await agents()).map(({ agent }) => workNumbers(agent)), [[ann.workNo]]);
    await send(own, { kind: 'chooseQueues', agent: ann.workNo, queues: [] });
    assert.deepEqual(await agents(), []);
  },
});

describe('what desktops of older gateways ask', () => {
  for (const op of [queryAllLoginedAgentInfoOnVdn, getAllStatusAgents, getIdleStatusAgents]) {
    describeOperation(op, {
      example: async () => {
        const own = await quietFloor();
        const ann = await own.agent();
        assert.deepEqual(workNumbers(resultOf(await ann.client.call(op, { agentid: ann.workNo }))), [ann.workNo]);
      },
      badInput: async () => {
        const own = await quietFloor();
        const [ann, bob] = [await own.agent(), await openDesk(own.server, own.tenant)];
        assert.equal(codeOf(await ann.client.call(op, { agentid: bob.workNo })), '100-006');
      },
      effect: async () => {
        const own = await quietFloor();
        const [ann, bob, cid] = [await own.agent(), await own.agent(), await openDesk(own.server, own.tenant)];
        assert.ok((await bob.client.call(sayBusy, { agentid: bob.workNo })).ok);
        const agents = resultOf(await ann.client.call(op, { agentid: ann.workNo }));
        const all = { 4: ann.workNo, 3: bob.workNo, 2: cid.workNo };
        const seen = op === getAllStatusAgents ? ['4', '3', '2'] : op === getIdleStatusAgents ? ['4'] : ['4', '3'];
        assert.deepEqual(agents.map(({ status, workno }) => [status, Number(workno)]), seen.map((status) => [status, all[Number(status) as keyof typeof all]]));
      },
    });
  }

  describeOperation(getAgentRestReason, {
    example: async () => {
      const ann = await floor.agent(BUSY);
      const reasons = resultOf(await ann.client.call(getAgentRestReason, { agentid: ann.workNo }));
      assert.deepEqual(reasons[0], { restReasonId: 1, restReason: 'Short break' });
      await floor.leave(ann);
    },
    badInput: async () => {
      const ann = await floor.agent(BUSY);
      assert.equal(codeOf(await ann.client.call(getAgentRestReason, { agentid: 59_999 })), '100-006');
      await floor.leave(ann);
    },
    effect: async () => {
      const own = await quietFloor();
      const ann = await own.agent(BUSY);
      const { status } = await own.tenant.administrator.call(replaceReasons, { kind: 'rest', reasons: [{ code: 9, name: 'Yoga' }] });
      assert.equal(status, 200);
      assert.deepEqual(resultOf(await ann.client.call(getAgentRestReason, { agentid: ann.workNo })), [{ restReasonId: 9, restReason: 'Yoga' }]);
    },
  });

  describeOperation(isCensor, {
    example: async () => {
      const ann = await floor.agent(BUSY);
      assert.deepEqual((await ann.client.call(isCensor, { agentid: ann.workNo })).body, { message: '', retcode: '0', result: false });
      await floor.leave(ann);
    },
    badInput: async () => {
      const ann = await floor.agent(BUSY);
      assert.equal(codeOf(await ann.client.call(isCensor, { agentid: 59_999 })), '100-006');
      await floor.leave(ann);
    },
    effect: async () => {
      const own = await quietFloor();
      const ann = await own.agent(BUSY);
      const iris = await openDesk(own.server, own.tenant, { ccRoleId: 3 });
      await iris.signIn(BUSY);
      assert.equal(resultOf(await iris.client.call(isCensor, { agentid: iris.workNo })), true);
      assert.ok((await iris.client.call(queryAllCallInfoByAgentWorkNoEx, { agentid: iris.workNo, workno: String(ann.workNo) })).ok);
      await own.tenant.administrator.call(changeAgentRole, { roleId: 3, bits: [1, 14] });
      assert.equal(resultOf(await iris.client.call(isCensor, { agentid: iris.workNo })), false);
      assert.equal(codeOf(await iris.client.call(queryAllCallInfoByAgentWorkNoEx, { agentid: iris.workNo, workno: String(ann.workNo) })), '900-002');
    },
  });
});

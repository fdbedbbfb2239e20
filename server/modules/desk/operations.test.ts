import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openDesk as enter, showDesk, showDeskNow } from '@parley/contract/admin/desk.ts';
import { createClient, type Client } from '@parley/contract/client.ts';
import { agentEventPoll } from '@parley/contract/gateway/agent-event.ts';
import { agentLoginInfo } from '@parley/contract/gateway/agent-presence.ts';
import { agentLogout } from '@parley/contract/gateway/agent-session.ts';
import { getAgentStatus } from '@parley/contract/gateway/agent-state.ts';
import { answerCall } from '@parley/contract/gateway/call-answer.ts';
import { setCallAppDataEx } from '@parley/contract/gateway/call-data.ts';
import { beginMute, getHold, holdCall } from '@parley/contract/gateway/call-hold.ts';
import { agentSession } from '../../testing/agent-session.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { newFloor, resultOf, type Floor } from '../../testing/floor.ts';
import { describeOperation, recorded } from '../../testing/operation-test.ts';
import { startTestServer } from '../../testing/server.ts';

const HOST = 'voice.example.com';
let floor: Floor;
before(async () => {
  const server = await startTestServer({ world: {
    addresses: { service: { host: '127.0.0.1', port: 8443 }, sip: { host: HOST, port: 5060 }, webrtc: { host: HOST, port: 8443 } }, iceServers: () => [{ urls: ['stun:stun.example.com'] }],
  } });
  floor = await newFloor(server, await server.tenant());
});
after(() => floor.server.close());

/** An agent who is not signed in, the session of the account, and what an agent's program calls with a GUID. */
async function agent(): Promise<{ readonly desk: Desk; readonly client: Client; readonly gateway: (guid: string) => Client }> {
  const { server, tenant, queue } = floor;
  const desk = await openDesk(server, tenant, { queues: [queue] });
  const { client } = await agentSession(server, tenant.vdnId, desk.workNo);
  return { desk, client, gateway: (Guid) => recorded(createClient({ baseUrl: server.url, authorize: () => ({ Guid }) }), server.parley) };
}

describeOperation(enter, {
  example: async () => {
    const { desk, client, gateway } = await agent();
    const { workNo, phoneNumber, phone, guid, signedInAt } = await client.ask(enter, { state: 'busy' });
    assert.deepEqual([workNo, phoneNumber], [desk.workNo, desk.phone]);
    assert.deepEqual([phone?.address, phone?.user, phone?.webSocketUrl, phone?.iceServers], [
      `sip:${desk.phone}@${HOST}`, desk.phone, `${floor.server.url.replace('http', 'ws')}/sip`, [{ urls: ['stun:stun.example.com'] }],
    ]);
    assert.ok(signedInAt <= floor.server.world.clock());
    assert.equal(resultOf(await gateway(guid).call(getAgentStatus, { agentid: workNo })).agentState, 3, 'the agent is busy');
  },
  badInput: async () => {
    const { client } = await agent();
    assert.equal((await client.call(enter, { state: 'asleep' as never })).status, 400);
    assert.equal((await client.call(enter, { phoneNumber: 'x' })).status, 400);
    assert.equal((await client.call(enter, { agentType: 11 })).status, 409, 'no video agent');
    await client.ask(enter, {});
    assert.equal((await client.call(enter, {})).status, 409, 'there is a session already');
    assert.equal((await floor.tenant.administrator.call(enter, {})).status, 403, 'the account of no agent');
    assert.equal((await floor.server.anyone.call(enter, {})).status, 401);
  },
  effect: async () => {
    const { desk, client, gateway } = await agent();
    const first = await client.ask(enter, {});
    const mine = gateway(first.guid);
    assert.equal(resultOf(await mine.call(agentLoginInfo, { agentid: desk.workNo })).phonetoken, first.phone?.password, 'the password of 6.1.1.26');
    const events: unknown[] = [];
    for (let event = (await mine.call(agentEventPoll, { agentid: desk.workNo })).body.event; event !== undefined; event = (await mine.call(agentEventPoll, { agentid: desk.workNo })).body.event) events.push(event.eventType);
    assert.ok(events.includes('AgentState_Ready'), String(events));
    const second = await client.ask(enter, { force: true });
    assert.notEqual(second.guid, first.guid);
    assert.notEqual((await mine.call(getAgentStatus, { agentid: desk.workNo })).body['retcode'], '0', 'the session before has ended');
  },
});

describeOperation(showDesk, {
  example: async () => {
    const { client } = await agent();
    const opened = await client.ask(enter, {});
    const { ok, body, headers } = await client.call(showDesk, {});
    assert.ok(ok);
    assert.deepEqual(body.desk, opened);
    assert.equal(headers.get('cache-control'), 'no-store');
  },
  badInput: async () => {
    const { client } = await agent();
    assert.equal((await client.ask(showDesk, {})).desk, null, 'the agent is not signed in');
    assert.equal((await floor.tenant.administrator.call(showDesk, {})).status, 403);
  },
  effect: async () => {
    const { desk, client, gateway } = await agent();
    await desk.signIn();
    const guid = (await client.ask(showDesk, {})).desk?.guid ?? '';
    assert.equal(guid, desk.guid(), 'wherever the agent has signed in');
    await gateway(guid).call(agentLogout, { agentid: desk.workNo });
    assert.equal((await client.ask(showDesk, {})).desk, null);
  },
});

/** A signed-in agent of a tenant of its own, who has the queue alone, and the session of the account. */
async function signedIn(changes: Parameters<Floor['agent']>[0] = {}): Promise<{ readonly own: Floor; readonly desk: Desk; readonly client: Client }> {
  const { server } = floor;
  const own = await newFloor(server, await server.tenant());
  const desk = await own.agent(changes);
  return { own, desk, client: (await agentSession(server, own.tenant.vdnId, desk.workNo)).client };
}

describeOperation(showDeskNow, {
  example: async () => {
    const { own, desk, client } = await signedIn();
    const callId = await own.callIn();
    await desk.until('AgentEvent_Talking');
    const { at, ...now } = await client.ask(showDeskNow, {});
    const [{ beganAt, since } = { beganAt: 0, since: 0 }] = now.calls;
    assert.ok(beganAt > 0 && beganAt <= since && since <= at, `${beganAt} ${since} ${at}`);
    assert.deepEqual(now, {
      agent: {
        workNo: desk.workNo, name: now.agent.name, state: 'talking', since, reason: 0, until: null, next: null, takesCalls: true, queues: [own.queue],
        call: { callId, direction: 'in', queueId: own.queue, since }, held: 0, chats: 0,
      },
      autoAnswer: true, autoIdle: true, lastCall: null, inspects: null,
      calls: [{
        callId, stage: 'talking', since, beganAt, talkedAt: since, direction: 'in', about: null, consultation: null, caller: '13800000001', callerVerified: true, called: '12345',
        media: 'voice', queueId: own.queue, queueName: 'sales', data: '', isMuted: false, isRecorded: false,
        parties: [{ kind: 'customer', no: '13800000001', name: '', isHeld: false, isRung: false }],
      }],
      queues: [{ queueId: own.queue, name: 'sales', waiting: 0, longestSince: null }],
    });
    assert.match(now.agent.name, /^agent-\d+$/);
  },
  badInput: async () => {
    const { client } = await agent();
    assert.equal((await client.call(showDeskNow, {})).status, 404, 'the agent is not signed in');
    assert.equal((await floor.tenant.administrator.call(showDeskNow, {})).status, 403, 'the account of no agent');
    assert.equal((await floor.server.anyone.call(showDeskNow, {})).status, 401);
  },
  effect: async () => {
    const { own, desk, client } = await signedIn({ autoanswer: false });
    const agentid = desk.workNo;
    const inHand = async () => {
      const { stage, isMuted, data } = (await client.ask(showDeskNow, {})).calls[0] ?? {};
      return [stage, isMuted, data];
    };
    const callid = await own.callIn();
    await desk.until('AgentEvent_Ringing');
    assert.deepEqual(await inHand(), ['ringing', false, '']);
    assert.equal(await desk.code(answerCall), '0');
    assert.deepEqual(await inHand(), ['talking', false, '']);
    await desk.client.call(setCallAppDataEx, { agentid, callid, calldata: 'x'.repeat(16_384) });
    assert.equal(await desk.code(beginMute), '0');
    assert.deepEqual(await inHand(), ['talking', true, 'x'.repeat(16_384)]);
    assert.equal(await desk.code(holdCall), '0');
    const waits = await own.callIn('13800000002');
    const { agent: { state, held }, calls, queues } = await client.ask(showDeskNow, {});
    assert.deepEqual([state, held, calls.map(({ stage, parties }) => [stage, parties[0]?.isHeld])], ['held', 1, [['held', true]]]);
    assert.deepEqual(queues.map(({ waiting }) => waiting), [1], waits);
    assert.equal(await desk.code(getHold), '0');
    assert.equal((await inHand())[0], 'talking');
    await own.leave(desk);
    assert.equal((await client.call(showDeskNow, {})).status, 404);
  },
});

describe('the desk', () => {
  test('shows colleagues by their names, and nothing of another tenant', async () => {
    const { own, desk, client } = await signedIn();
    const other = await signedIn();
    assert.equal(other.desk.workNo, desk.workNo, 'the same work number in both');
    const colleague = await own.agent();
    await floor.server.parley.gateway.engine.send(own.tenant.vdnId, { kind: 'callInner', agent: desk.workNo, called: String(colleague.workNo), caller: '' });
    await desk.until('AgentEvent_Talking');
    const [call] = (await client.ask(showDeskNow, {})).calls;
    assert.deepEqual([call?.direction, call?.stage, call?.queueId, call?.queueName], ['internal', 'talking', null, '']);
    const { client: theirs } = await agentSession(floor.server, own.tenant.vdnId, colleague.workNo);
    const { name } = (await theirs.ask(showDeskNow, {})).agent;
    assert.ok(name !== '');
    assert.deepEqual(call?.parties, [{ kind: 'agent', no: String(colleague.workNo), name, isHeld: false, isRung: false }]);
    assert.deepEqual((await other.client.ask(showDeskNow, {})).calls, []);
  });

  test('has no phone for the browser where the agent takes calls at another one', async () => {
    const { desk, client } = await agent();
    const other = await openDesk(floor.server, floor.tenant);
    const { phoneNumber, phone } = await client.ask(enter, { phoneNumber: other.phone });
    assert.deepEqual([phoneNumber, phone], [other.phone, null]);
    assert.notEqual(desk.phone, other.phone);
  });

  test('is no operator\'s, whoever has the same name in the tenant that is acted for', async () => {
    const operator = await floor.server.signedIn(0, 'operator');
    const acting = { 'x-parley-tenant': String(floor.tenant.vdnId) };
    assert.equal((await operator.call(enter, {}, acting)).status, 403);
    assert.equal((await operator.call(showDeskNow, {}, acting)).status, 403);
  });

  test('is refused with a phone of another tenant', async () => {
    const { client } = await agent();
    const { server } = floor;
    const foreign = await openDesk(server, await server.tenant());
    assert.equal((await client.call(enter, { phoneNumber: foreign.phone })).status, 409);
  });
});

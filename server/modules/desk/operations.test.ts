import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openDesk as enter, showDesk } from '@parley/contract/admin/desk.ts';
import { createClient, type Client } from '@parley/contract/client.ts';
import { agentEventPoll } from '@parley/contract/gateway/agent-event.ts';
import { agentLoginInfo } from '@parley/contract/gateway/agent-presence.ts';
import { agentLogout } from '@parley/contract/gateway/agent-session.ts';
import { getAgentStatus } from '@parley/contract/gateway/agent-state.ts';
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
    assert.deepEqual({ ...body }, opened);
    assert.equal(headers.get('cache-control'), 'no-store');
  },
  badInput: async () => {
    const { client } = await agent();
    assert.equal((await client.call(showDesk, {})).status, 404, 'the agent is not signed in');
    assert.equal((await floor.tenant.administrator.call(showDesk, {})).status, 403);
  },
  effect: async () => {
    const { desk, client, gateway } = await agent();
    await desk.signIn();
    const { guid } = await client.ask(showDesk, {});
    assert.equal(guid, desk.guid(), 'wherever the agent has signed in');
    await gateway(guid).call(agentLogout, { agentid: desk.workNo });
    assert.equal((await client.call(showDesk, {})).status, 404);
  },
});

describe('the desk', () => {
  test('has no phone for the browser where the agent takes calls at another one', async () => {
    const { desk, client } = await agent();
    const other = await openDesk(floor.server, floor.tenant);
    const { phoneNumber, phone } = await client.ask(enter, { phoneNumber: other.phone });
    assert.deepEqual([phoneNumber, phone], [other.phone, null]);
    assert.notEqual(desk.phone, other.phone);
  });

  test('is no operator\'s, whoever has the same name in the tenant that is acted for', async () => {
    const operator = await floor.server.signedIn(0, 'operator');
    assert.equal((await operator.call(enter, {}, { 'x-parley-tenant': String(floor.tenant.vdnId) })).status, 403);
  });

  test('is refused with a phone of another tenant', async () => {
    const { client } = await agent();
    const { server } = floor;
    const foreign = await openDesk(server, await server.tenant());
    assert.equal((await client.call(enter, { phoneNumber: foreign.phone })).status, 409);
  });
});

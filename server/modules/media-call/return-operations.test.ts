import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { querySysInfo } from '@parley/contract/configuration/agent-information.ts';
import { getHold, holdCall } from '@parley/contract/gateway/call-hold.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { agentLoginInfo } from '@parley/contract/gateway/agent-presence.ts';
import { mediaGetConnectInfo } from '@parley/contract/gateway/media-call.ts';
import type { Desk } from '../../testing/desk.ts';
import { codeOf, resultOf } from '../../testing/floor.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';

const ADDRESSES = {
  service: { host: '127.0.0.1', port: 8443 }, sip: { host: '192.0.2.17', port: 5060 },
  webrtc: { host: 'cc.example.com', port: 8443 }, media: { host: '192.0.2.17', port: 20_000 },
};

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor({ world: { addresses: ADDRESSES } }); });
afterEach(() => floor.clear());
after(() => floor.server.close());

const ask = (desk: Desk, callid: string | undefined, userType: string | undefined = 'agent') =>
  desk.client.call(mediaGetConnectInfo, { agentid: desk.workNo, ...(callid === undefined ? {} : { callid }), userType });

describeOperation(mediaGetConnectInfo, {
  example: async () => {
    const { desk, agentid, call } = await floor.talking();
    const reply = await ask(desk, call);
    const { ctime, signature, ...told } = resultOf(reply);
    assert.deepEqual(told, {
      userId: String(agentid), channelId: call, role: '0', ip: '192.0.2.17', port: '20000', locationId: '65535',
      signalingDomainIn: 'https://cc.example.com:8443', signalingDomainOut: 'https://cc.example.com:8443', apId: desk.phone, appId: desk.phone,
    });
    assert.match(signature, /^[\w-]{24}$/);
    assert.ok(Number(ctime) > Date.now());
    assert.equal(reply.headers.get('cache-control'), 'no-store');
  },
  badInput: async () => {
    const { desk, agentid, call } = await floor.talking();
    const code = async (input: object) => codeOf(await desk.client.call(mediaGetConnectInfo, { agentid, callid: call, userType: 'agent', ...input }));
    for (const input of [{ callid: undefined }, { callid: ' ' }, { userType: undefined }, { userType: '' }, { userType: '', callid: '' }]) assert.equal(await code(input), '106-011');
    for (const userType of ['user', 'Agent ', 'agent2', 'x'.repeat(500)]) assert.equal(await code({ userType }), '106-015', userType);
    for (const callid of ['1552524689-16797284', 'x', '\u{1F600}']) assert.equal(await code({ callid }), '100-007', callid);
    const other = await floor.agent();
    assert.equal(codeOf(await ask(other, call)), '100-007', 'it is not the call of that agent');
    assert.equal(await desk.code(releaseCall), '0');
    await desk.until('AgentEvent_Call_Release');
    assert.equal(await code({}), '100-007', 'it is over');
  },
  effect: async () => {
    const { desk, agentid, call } = await floor.talking();
    const { signature, apId } = resultOf(await ask(desk, call));
    assert.ok((await floor.server.parley.gateway.phoneAccounts.sipSecretsOf(apId)).includes(signature), 'the phone may register by it');
    assert.deepEqual(resultOf(await desk.client.call(agentLoginInfo, { agentid })), { phonenum: apId, phonetoken: signature });
    const agents = (await floor.tenant.client.call(querySysInfo, {})).body.agents;
    assert.equal(agents.find(({ workNo }) => workNo === agentid)?.sipAccount, apId);
  },
});

describe('an agent who comes back', () => {
  test('is told of a call that is held, too, and by its longer id', async () => {
    const { desk, call } = await floor.talking();
    assert.equal(await desk.code(holdCall), '0');
    assert.equal(resultOf(await ask(desk, call)).channelId, call);
    assert.equal(await desk.code(getHold, { callid: call }), '0');
    assert.equal(resultOf(await ask(desk, call.replace('-', '000-'))).channelId, call);
  });

  test('is refused where the phone is not the own one, or is on hook', async () => {
    const other = await floor.agent();
    await floor.leave(other);
    const { desk, call } = await floor.talking({ phonenum: other.phone });
    assert.equal(codeOf(await ask(desk, call)), '100-007');
  });

  test('gets a password that is good at least until the time that is told', async () => {
    const { desk, call } = await floor.talking();
    const { signature, apId, ctime } = resultOf(await ask(desk, call));
    const { parley, world } = floor.server;
    floor.server.advance(Number(ctime) - world.clock() - 1000);
    const { engine, phoneAccounts } = parley.gateway;
    const isGood = async () => (await phoneAccounts.sipSecretsOf(apId)).includes(signature);
    assert.equal(await isGood(), true);
    floor.server.advance(2000);
    assert.equal(await isGood(), false);
    await engine.idle();
  });
});

test('where calls are simulated there is nothing to come back to', async () => {
  const simulated = await openLiveFloor();
  const { desk, call } = await simulated.talking();
  assert.equal(codeOf(await ask(desk, call)), '100-007');
  await simulated.server.close();
});

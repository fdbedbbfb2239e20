import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { changeTenant } from '@parley/contract/admin/tenant.ts';
import { agentLogin } from '@parley/contract/gateway/agent-session.ts';
import { confRequest } from '@parley/contract/gateway/agent-conference.ts';
import { openDesk } from '../../testing/desk.ts';
import { codeOf, openFloor, type Floor } from '../../testing/floor.ts';

let floor: Floor;
before(async () => { floor = await openFloor(); });
after(() => floor.server.close());

async function limit(limits: Readonly<Record<string, number>>): Promise<void> {
  const operator = await floor.server.signedIn(0, 'operator');
  assert.ok((await operator.call(changeTenant, { vdnId: floor.tenant.vdnId, limits })).ok);
}

test('no more agents sign in than the tenant may have at work (999-003), until it may have more', async () => {
  await limit({ signedInAgents: 1 });
  const ann = await floor.agent();
  const bob = await openDesk(floor.server, floor.tenant, { queues: [floor.queue] });
  const ask = { agentid: bob.workNo, password: bob.password, phonenum: bob.phone };
  assert.equal(codeOf(await bob.client.call(agentLogin, ask)), '999-003');
  await limit({ signedInAgents: 2 });
  await bob.signIn();
  await floor.leave(ann, bob);
});

test('a conference needs three free voice channels (21203)', async () => {
  await limit({ voiceChannels: 2 });
  const ann = await floor.agent();
  assert.ok((await ann.client.call(confRequest, { agentid: ann.workNo, memberNum: 2 })).ok);
  assert.deepEqual(await ann.until('AgentConf_RequestFailed'), { cause: 21_203 });
  await limit({});
  await floor.leave(ann);
});

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { changeTenant } from '@parley/contract/admin/tenant.ts';
import { agentAccountCreate, agentAccountDelete } from '@parley/contract/configuration/agent-account.ts';
import { queryAgentInfoByAccount } from '@parley/contract/configuration/agent-information.ts';
import { cleanCustPersonalData } from '@parley/contract/configuration/erasure.ts';
import { deleteSkill } from '@parley/contract/configuration/queue.ts';
import { CAUSE } from '@parley/core/call/call.ts';
import { aProfile } from '@parley/core/centre/centre.fixture.ts';
import { createFakeVoice } from './engine/engine.fixture.ts';
import { bench, newCode, type Bench } from './modules/route/route.fixture.ts';
import { startTestServer, type TestServer } from './testing/server.ts';
import { until } from './testing/until.ts';

const voice = createFakeVoice();
let server: TestServer;
let tenant: Bench;
let queue: number;
let code: string;

before(async () => { server = await startTestServer({ world: { voice } }); });
after(() => server.close());
beforeEach(async () => {
  tenant = bench(server, await server.tenant());
  queue = await tenant.queue('sales');
  code = await tenant.provide(newCode());
  await tenant.route(code, '', queue);
});

const ann = { userAccount: 'ann.agent', userName: 'Ann', password: 'Te$t1234', email: 'ann@example.com', agentType: 4, ccRoleId: 2 } as const;

async function signIn(): Promise<number> {
  const { workNo } = (await tenant.client.call(agentAccountCreate, { ...ann, skills: [{ skillId: queue, agentWeight: 1, skillWeight: 1 }] })).body;
  const { refused } = await server.parley.gateway.engine.send(tenant.vdnId, { kind: 'signIn', agent: workNo, profile: aProfile(workNo), state: 'idle', force: false });
  assert.equal(refused, undefined, 'who has just been made can sign in');
  return workNo;
}

let callers = 0;
function callIn(called: string, caller = '13800000001'): string {
  callers += 1;
  const leg = `caller-${callers}`;
  voice.tell({ kind: 'incoming', leg, caller, called });
  return leg;
}

const causeOfDrop = async (leg: string): Promise<number | undefined> => {
  await until(() => voice.orders.some((order) => order.kind === 'drop' && order.leg === leg), `${leg} is hung up`);
  const drop = voice.orders.find((order) => order.kind === 'drop' && order.leg === leg);
  return drop?.kind === 'drop' ? drop.cause : undefined;
};

const status = async (): Promise<unknown> => (await tenant.client.call(queryAgentInfoByAccount, { accountCode: ann.userAccount })).body.data?.agentStatus;
const talks = (): Promise<void> => until(async () => (await status()) === '5', 'Ann talks');

describe('a number that is called', () => {
  test('leads where its route says, to the agents of the queue', async () => {
    await signIn();
    assert.equal(await status(), '1');
    const leg = callIn(`${code}7`);
    await talks();
    voice.tell({ kind: 'ended', leg, cause: CAUSE.normal });
    await until(async () => (await status()) === '1', 'Ann is free again');
  });

  test('of nobody, or of a tenant that is switched off, is hung up on as unknown', async () => {
    assert.equal(await causeOfDrop(callIn('0049301234567')), CAUSE.unknownNumber);
    const operator = await server.signedIn(0, 'operator');
    assert.equal((await operator.call(changeTenant, { vdnId: tenant.vdnId, enabled: false })).status, 200);
    assert.equal(await causeOfDrop(callIn(code)), CAUSE.unknownNumber);
  });

  test('of a code without a route ends there', async () => {
    assert.equal(await causeOfDrop(callIn(await tenant.provide(newCode()))), CAUSE.unknownNumber);
  });
});

describe('the configuration asks the engine', () => {
  test('a queue in which somebody talks is not deleted (5.2.2), and an agent who is deleted is out of service (5.1.2)', async () => {
    const workNo = await signIn();
    const leg = callIn(code);
    await talks();
    const refusal = await tenant.client.call(deleteSkill, { skillIds: String(queue) });
    assert.notEqual(refusal.body['returnCode'], '0');
    assert.equal((await tenant.client.call(agentAccountDelete, { userAccount: ann.userAccount })).status, 200);
    await causeOfDrop(leg);
    assert.equal(await server.parley.gateway.engine.view(tenant.vdnId, ({ agents }) => agents.has(workNo)), false);
  });
});

describe('an erasure (5.1.13)', () => {
  test('reaches the journal of the engine', async () => {
    const number = '13577778888';
    await signIn();
    const leg = callIn(code, number);
    await talks();
    voice.tell({ kind: 'ended', leg, cause: CAUSE.normal });
    await until(async () => (await status()) === '1', 'the call is over');
    const kept = async () => JSON.stringify(await server.world.db.selectFrom('centre_personal').selectAll().where('vdn_id', '=', tenant.vdnId).execute());
    assert.ok((await kept()).includes(number));
    await tenant.client.call(cleanCustPersonalData, { customNos: [number] });
    await server.jobsDone();
    await server.settle();
    assert.ok(!(await kept()).includes(number));
  });
});

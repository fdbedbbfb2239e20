import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { changeTenant, setTenantPassword } from '@parley/contract/admin/tenant.ts';
import type { Client } from '@parley/contract/client.ts';
import { agentAccountCreate, agentAccountDelete, agentAccountUpdate } from '@parley/contract/configuration/agent-account.ts';
import { queryAgentLoginParams } from '@parley/contract/configuration/agent-information.ts';
import { configLogin } from '@parley/contract/gateway/config-login.ts';
import { gatewayConfiguration } from '@parley/contract/gateway/family.ts';
import { handle, type Caller, type Context } from '@parley/contract/handler.ts';
import { operation } from '@parley/contract/operation.ts';
import { isRefusal } from '@parley/contract/refusal.ts';
import { nothing } from '@parley/contract/schema.ts';
import { createFailureLock } from '../../security/failure-lock.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { openDoor, post, type Door } from './access.fixture.ts';
import { c5Handlers } from './c5.ts';

const PATH = '/agentgateway/resource/config/login';
const TRIES = 10;
const VDN_PASSWORD = 'Vdn-Passw0rd-of-the-test';

const seen: Caller[] = [];
const c5Probe = operation({
  id: 'c5Probe', family: gatewayConfiguration, method: 'POST', path: '/agentgateway/resource/config/probe', auth: 'C5', summary: 'Notes who calls',
  request: {}, result: nothing,
});

let server: TestServer;
let door: Door;
let operator: Client;
let tenant: TestTenant;

before(async () => {
  server = await startTestServer();
  door = await openDoor(server, { handlers: [handle(c5Probe, (_input, { caller }) => { seen.push(caller); return Promise.resolve({}); })] });
  operator = await server.signedIn(0, 'operator');
});
after(async () => {
  await door.close();
  await server.close();
});

interface Person {
  readonly account: string;
  readonly workNo: number;
  readonly ctiPassword: string;
}

/** An agent of a new tenant; role 3, the inspector, is a supervisor. */
async function freshPerson(ccRoleId: 2 | 3 | 4 = 3): Promise<Person> {
  tenant = await server.tenant();
  return hire(ccRoleId);
}

async function hire(ccRoleId: 2 | 3 | 4): Promise<Person> {
  const account = `agent-${randomBytes(5).toString('hex')}`;
  const password = 'Te$t1234';
  const { body: { workNo } } = await tenant.client.call(agentAccountCreate, { userAccount: account, userName: 'Ann', password, email: 'ann@example.com', agentType: 4, ccRoleId });
  const { body: { results } } = await tenant.client.call(queryAgentLoginParams, { account, password });
  return { account, workNo, ctiPassword: results.password };
}

async function freshVdn(): Promise<number> {
  tenant = await server.tenant();
  await operator.call(setTenantPassword, { vdnId: tenant.vdnId, password: VDN_PASSWORD });
  return 100_000 + tenant.vdnId;
}

const login = async (agentId: number, password: string) => (await server.anyone.call(configLogin, { agentId, password })).body as unknown as { retcode: string; result?: { guid: string } };
const guidOf = async (agentId: number, password: string): Promise<string> => {
  const { result } = await login(agentId, password);
  assert.ok(result !== undefined);
  return result.guid;
};
const probe = async (guid?: string) => (await post(door.url, c5Probe.path, {}, { headers: guid === undefined ? {} : { Guid: guid } })).body['retcode'];

describeOperation(configLogin, {
  example: async () => {
    const { workNo, ctiPassword } = await freshPerson();
    const { status, headers, body } = await server.anyone.call(configLogin, { agentId: workNo, password: ctiPassword });
    assert.equal(status, 200);
    const { result, ...rest } = body as unknown as { result: { guid: string } };
    assert.deepEqual(rest, { message: 'success', retcode: '0' });
    assert.match(result.guid, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.AgentGateway0$/);
    assert.equal(headers.get('guid'), result.guid);
  },
  badInput: async () => {
    const { workNo } = await freshPerson();
    const wrong = await server.anyone.call(configLogin, { agentId: workNo, password: 'wrong' });
    assert.equal(wrong.status, 200);
    assert.deepEqual(wrong.body, { message: 'The number or the password is wrong.', retcode: '107-003' });
    for (const agentId of [0, -1, 60_000, 100_000, 2 ** 31, 'abc', undefined]) {
      const { status, body } = await server.anyone.call(configLogin, { agentId, password: 'x' } as never);
      assert.equal(status, 200);
      assert.equal(body['retcode'], '107-002', String(agentId));
    }
    assert.equal((await login(100_000 + 999_999, 'x')).retcode, '107-003', 'no such VDN');
    assert.equal((await post(server.url, PATH, {}, { body: '{' })).body['retcode'], '107-002');
  },
  effect: async () => {
    const { workNo, ctiPassword, account } = await freshPerson();
    const guid = await guidOf(workNo, ctiPassword);
    assert.equal(await probe(guid), '0');
    const { vdnId, actor, account: name } = seen.at(-1) ?? {};
    assert.deepEqual({ vdnId, actor, name }, { vdnId: tenant.vdnId, actor: `agent:${workNo}`, name: account });
    await tenant.client.call(agentAccountDelete, { userAccount: account });
    assert.equal(await probe(guid), '107-007', 'a GUID ends with its agent');
  },
});

describe('C5', () => {
  test('the reply header is spelt Guid to the letter', async () => {
    const { workNo, ctiPassword } = await freshPerson();
    const { rawHeaders, body } = await post(server.url, PATH, { agentId: String(workNo), password: ctiPassword });
    const at = rawHeaders.indexOf('Guid');
    assert.notEqual(at, -1, rawHeaders.join(' '));
    assert.equal(rawHeaders[at + 1], (body['result'] as { guid: string }).guid);
    assert.doesNotMatch(rawHeaders[at + 1] ?? '', /[=:]/);
  });

  test('supervisors may, agents may not, and who loses the right loses the GUID', async () => {
    const agent = await freshPerson(2);
    assert.equal((await login(agent.workNo, agent.ctiPassword)).retcode, '107-003');
    const caller = await hire(4);
    assert.equal((await login(caller.workNo, caller.ctiPassword)).retcode, '107-003');
    const inspector = await hire(3);
    const guid = await guidOf(inspector.workNo, inspector.ctiPassword);
    assert.equal(await probe(guid), '0');
    await tenant.client.call(agentAccountUpdate, { userAccount: inspector.account, ccRoleId: 2 });
    assert.equal(await probe(guid), '107-007');
  });

  test('a VDN signs in by its number plus 100000, and its GUID ends with its password', async () => {
    const agentId = await freshVdn();
    assert.equal((await login(agentId, 'wrong')).retcode, '107-003');
    const guid = await guidOf(agentId, VDN_PASSWORD);
    assert.equal(await probe(guid), '0');
    assert.equal(seen.at(-1)?.vdnId, tenant.vdnId);
    assert.equal(seen.at(-1)?.actor, 'vdn');
    await operator.call(setTenantPassword, { vdnId: tenant.vdnId, password: `${VDN_PASSWORD}-2` });
    server.advance(2500);
    assert.equal(await probe(guid), '107-007');
    assert.equal((await login(agentId, VDN_PASSWORD)).retcode, '107-003');
    assert.equal((await login(agentId, `${VDN_PASSWORD}-2`)).retcode, '0');
  });

  test('a VDN without a password, and one that is switched off, cannot sign in', async () => {
    tenant = await server.tenant();
    assert.equal((await login(100_000 + tenant.vdnId, '')).retcode, '107-002');
    assert.equal((await login(100_000 + tenant.vdnId, 'x')).retcode, '107-003');
    const agentId = await freshVdn();
    const guid = await guidOf(agentId, VDN_PASSWORD);
    await operator.call(changeTenant, { vdnId: tenant.vdnId, enabled: false });
    server.advance(2500);
    assert.equal(await probe(guid), '107-007');
    assert.equal((await login(agentId, VDN_PASSWORD)).retcode, '107-003');
  });

  test('a work number that several tenants have opens the tenant whose password it is', async () => {
    const first = await freshPerson();
    const firstVdn = tenant.vdnId;
    const second = await freshPerson();
    assert.equal(first.workNo, second.workNo);
    assert.notEqual(first.ctiPassword, second.ctiPassword);
    await probe(await guidOf(first.workNo, first.ctiPassword));
    assert.equal(seen.at(-1)?.vdnId, firstVdn);
    await probe(await guidOf(second.workNo, second.ctiPassword));
    assert.equal(seen.at(-1)?.vdnId, tenant.vdnId);
  });

  test('where number and password are those of two tenants, neither is opened', async () => {
    const agent = (vdnId: number) => ({ vdnId, workNo: 101, account: 'ann', passwordMark: 'm' });
    const tried = async (vdnIds: readonly number[]): Promise<unknown> => {
      const [handler] = c5Handlers({
        tokens: server.parley.tokens, lock: createFailureLock({ failures: TRIES, lockMs: 1000 }), mayConfigure: () => Promise.resolve(true),
        tenant: () => Promise.resolve({ enabled: true, passwordHash: null }), agentsByWorkNo: () => Promise.resolve(vdnIds.map(agent)),
      });
      return handler?.run({ agentId: 101, password: 'same' }, { source: 'test', now: 0, header: () => undefined } as unknown as Context);
    };
    assert.ok(!isRefusal(await tried([1])));
    const outcome = await tried([1, 2]);
    assert.ok(isRefusal(outcome));
    assert.equal(outcome.refused.code, '107-003');
  });

  test('guesses lock one number for one address', async () => {
    const agentId = await freshVdn();
    for (let count = 0; count < TRIES; count += 1) assert.equal((await login(agentId, 'guess')).retcode, '107-003');
    assert.equal((await login(agentId, VDN_PASSWORD)).retcode, '110-016');
    assert.equal((await post(server.url, PATH, { agentId, password: VDN_PASSWORD }, { from: '127.0.0.2' })).body['retcode'], '0');
    server.advance(5 * 60_000 + 1000);
    assert.equal((await login(agentId, VDN_PASSWORD)).retcode, '0');
  });

  test('guesses at once are counted as guesses in a row are', async () => {
    const agentId = await freshVdn();
    const guesses = [...Array.from({ length: 2 * TRIES }, () => 'guess'), VDN_PASSWORD];
    const codes = (await Promise.all(guesses.map((password) => login(agentId, password)))).map(({ retcode }) => retcode);
    assert.equal(codes.filter((code) => code === '107-003').length, TRIES);
    assert.equal(codes.at(-1), '110-016');
  });

  test('no GUID, an unknown one, a token of another scheme and one of yesterday are 107-007', async () => {
    const agentId = await freshVdn();
    const c1 = await server.parley.tokens.issue({ vdnId: tenant.vdnId, kind: 'C1', subject: 'vdn#x', lifeMs: 60_000 });
    for (const guid of [undefined, '', 'nonsense', c1, 'x'.repeat(1000)]) assert.equal(await probe(guid), '107-007', guid);
    const guid = await guidOf(agentId, VDN_PASSWORD);
    server.advance(12 * 3_600_000 - 60_000);
    assert.equal(await probe(guid), '0');
    server.advance(120_000);
    assert.equal(await probe(guid), '107-007');
  });

  test('unknown paths of the gateway are HTTP 200 with 210-001', async () => {
    for (const path of ['/agentgateway/resource/nothing', '/agentgateway/resource/config/nothing', '//agentgateway//resource/nothing']) {
      const { status, body } = await post(server.url, path, {});
      assert.equal(status, 200);
      assert.equal(body['retcode'], '210-001');
    }
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createClient, type Client } from '@parley/contract/client.ts';
import { listUsers } from '@parley/contract/admin/user.ts';
import { agentAccountCreate } from '@parley/contract/configuration/agent-account.ts';
import { createSkill, querySkills } from '@parley/contract/configuration/queue.ts';
import { newToken } from '../../security/vault.ts';
import type { Role } from '../account/index.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';

const QUEUE = {
  name: 'Night', description: 'At night', maxWaitTime: 60, maxWaitNum: 10, maxAgentWrapupTime: 0, mediaTypeId: 53, skillParam: { noAgents: { transferType: 'Release' }, busy: { transferType: 'Release' }, timeOut: { transferType: 'Release' } },
} as const;

let server: TestServer;
let tenant: TestTenant;
before(async () => {
  server = await startTestServer();
  tenant = await server.tenant();
});
after(() => server.close());

/** A browser with a session of a new account, and what it sends beside the cookie. */
async function browser(role: Role, { vdnId = tenant.vdnId, sendsCsrf = true, headers = {} }: { vdnId?: number; sendsCsrf?: boolean; headers?: Record<string, string> } = {}): Promise<Client> {
  const { parley, world, url } = server;
  const account = `${role}-${newToken().slice(0, 8)}`;
  await parley.accounts.insert(world.db, vdnId, { account, name: account, role, email: '', phone: '', passwordHash: '' }, world.clock());
  const csrf = newToken();
  const session = await parley.tokens.issue({ vdnId, kind: 'session', subject: account, lifeMs: 60_000, csrf });
  return createClient({ baseUrl: url, authorize: () => ({ cookie: `parley_session=${session}`, ...(sendsCsrf ? { 'x-csrf-token': csrf } : {}), ...headers }) });
}

describe('a session of the console in place of a C1 token', () => {
  test('configures the tenant of an administrator', async () => {
    const administrator = await browser('administrator');
    await administrator.ask(createSkill, QUEUE);
    assert.deepEqual((await tenant.client.ask(querySkills, {})).data.map(({ name }) => name), ['Night']);
  });

  test('makes agents whose password must be changed first, which those of a program need not', async () => {
    const administrator = await browser('administrator');
    const agent = (userAccount: string) => ({ userAccount, userName: 'Ann', password: 'Te$t1234', email: 'ann@example.com', agentType: 4, ccRoleId: 2 } as const);
    await administrator.ask(agentAccountCreate, agent('at.console'));
    await tenant.client.ask(agentAccountCreate, agent('by.program'));
    const { users } = await administrator.ask(listUsers, { role: 'agent', search: 'at.console' });
    const { users: others } = await administrator.ask(listUsers, { role: 'agent', search: 'by.program' });
    assert.deepEqual([...users, ...others].map(({ account, passwordExpired }) => [account, passwordExpired]), [['at.console', true], ['by.program', false]]);
  });

  test('lets supervisors read, and agents nothing', async () => {
    const supervisor = await browser('supervisor');
    assert.equal((await supervisor.call(querySkills, {})).status, 200);
    assert.equal((await supervisor.call(createSkill, QUEUE)).status, 403);
    assert.equal((await (await browser('agent')).call(querySkills, {})).status, 403);
  });

  test('wants the CSRF token, also of what only reads, as all of it is POST', async () => {
    assert.equal((await (await browser('administrator', { sendsCsrf: false })).call(querySkills, {})).status, 403);
  });

  test('lets an operator choose the tenant, and nobody else', async () => {
    assert.equal((await (await browser('operator', { vdnId: 0, headers: { 'x-parley-tenant': String(tenant.vdnId) } })).call(querySkills, {})).status, 200);
    assert.equal((await (await browser('operator', { vdnId: 0 })).call(querySkills, {})).status, 403);
    const other = await server.tenant();
    assert.equal((await (await browser('administrator', { headers: { 'x-parley-tenant': String(other.vdnId) } })).call(querySkills, {})).status, 403);
  });

  test('is disregarded where a token is sent, be it a wrong one', async () => {
    assert.equal((await (await browser('administrator', { headers: { authorization: 'Bearer wrong' } })).call(querySkills, {})).status, 401);
  });
});

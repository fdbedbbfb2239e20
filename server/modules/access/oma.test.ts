import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { issueOmaToken, listOmaTokens, revokeOmaToken } from '@parley/contract/admin/oma.ts';
import { changeTenant } from '@parley/contract/admin/tenant.ts';
import { createClient, type Client } from '@parley/contract/client.ts';
import type { Input } from '@parley/contract/operation.ts';
import { queryResource, querySoftwareSysParams, queryTenantBasic } from '@parley/contract/oma/tenant.ts';
import { describeOperation, recorded } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';

let server: TestServer;
let tenant: TestTenant;
let operator: Client;
before(async () => {
  server = await startTestServer();
  tenant = await server.tenant();
  operator = await server.signedIn(0, 'operator');
});
after(() => server.close());

const issue = async (changes: Input<typeof issueOmaToken> = {}) => {
  const { status, body } = await operator.call(issueOmaToken, changes);
  assert.equal(status, 200, JSON.stringify(body));
  return body;
};
const holder = (token: string): Client => recorded(createClient({ baseUrl: server.url, authorize: () => ({ 'X-Auth-Token': token }) }), server.parley);
const opens = async (token: string): Promise<number> => (await holder(token).call(querySoftwareSysParams, {})).status;
const listed = async () => (await operator.call(listOmaTokens, {})).body.tokens;

describeOperation(issueOmaToken, {
  example: async () => {
    const made = await issue({ vdnId: tenant.vdnId, label: 'Mall' });
    assert.deepEqual([made.vdnId, made.label, made.expiresAt - made.createdAt, made.token.length > 40], [tenant.vdnId, 'Mall', 30 * 86_400_000, true]);
  },
  badInput: async () => {
    const count = (await listed()).length;
    const statusOf = async (changes: Input<typeof issueOmaToken>, client = operator): Promise<number> => (await client.call(issueOmaToken, changes)).status;
    assert.equal(await statusOf({ vdnId: 99_999 }), 404);
    assert.equal(await statusOf({ vdnId: 2 ** 40 }), 400);
    assert.equal(await statusOf({ lifeSeconds: 1 }), 400);
    assert.equal(await statusOf({ vdnId: tenant.vdnId }, tenant.administrator), 403);
    assert.equal((await listed()).length, count);
  },
  effect: async () => {
    const { token } = await issue({ vdnId: tenant.vdnId });
    assert.equal((await holder(token).call(queryTenantBasic, {})).body.vdn, String(tenant.vdnId));
    const kept = await server.world.db.selectFrom('access_token').selectAll().where('kind', '=', 'OMA').execute();
    assert.ok(!JSON.stringify(kept).includes(token), 'a digest is kept');
    const trail = JSON.stringify(await server.world.db.selectFrom('audit').selectAll().where('what', '=', 'oma-token').execute());
    assert.ok(!trail.includes(token));
  },
});

describeOperation(listOmaTokens, {
  example: async () => {
    const { id } = await issue({ label: 'All' });
    const found = (await listed()).find((token) => token.id === id);
    assert.deepEqual([found?.label, found !== undefined && 'vdnId' in found, found !== undefined && 'token' in found], ['All', false, false]);
  },
  badInput: async () => { assert.equal((await tenant.administrator.call(listOmaTokens, {})).status, 403); },
  effect: async () => {
    const { id } = await issue();
    assert.ok((await listed()).some((token) => token.id === id));
    await operator.call(revokeOmaToken, { id });
    assert.ok(!(await listed()).some((token) => token.id === id));
  },
});

describeOperation(revokeOmaToken, {
  example: async () => { assert.deepEqual((await operator.call(revokeOmaToken, { id: (await issue()).id })).body, {}); },
  badInput: async () => {
    const { id, token } = await issue();
    assert.equal((await operator.call(revokeOmaToken, { id: '1' })).status, 404);
    assert.equal((await tenant.administrator.call(revokeOmaToken, { id })).status, 403);
    assert.equal(await opens(token), 200);
  },
  effect: async () => {
    const { id, token } = await issue({ vdnId: tenant.vdnId });
    assert.equal(await opens(token), 200);
    await operator.call(revokeOmaToken, { id });
    assert.equal(await opens(token), 401);
  },
});

test('nothing else opens customer data, and the token opens nothing else', async () => {
  for (const client of [server.anyone, tenant.client, tenant.monitor, tenant.administrator, holder(''), holder('x'.repeat(600))]) {
    assert.equal((await client.call(querySoftwareSysParams, {})).status, 401);
  }
  const { token } = await issue({ vdnId: tenant.vdnId });
  const asBearer = recorded(createClient({ baseUrl: server.url, authorize: () => ({ authorization: `Bearer ${token}` }) }), server.parley);
  assert.equal((await asBearer.call(listOmaTokens, {})).status, 401);
  const session = await server.parley.tokens.issue({ vdnId: tenant.vdnId, kind: 'session', subject: 'ann', lifeMs: 60_000 });
  assert.equal(await opens(session), 401);
});

test('a token ends by itself, and with its tenant', async () => {
  const brief = await issue({ lifeSeconds: 60 });
  const other = await server.tenant();
  const theirs = await issue({ vdnId: other.vdnId });
  await operator.call(changeTenant, { vdnId: other.vdnId, enabled: false });
  assert.equal(await opens(theirs.token), 401);
  assert.equal(await opens(brief.token), 200);
  server.advance(60_000);
  assert.equal(await opens(brief.token), 401);
});

test('what is for one tenant shows that tenant alone', async () => {
  const all = holder((await issue()).token);
  assert.equal((await all.call(queryTenantBasic, {})).status, 401, 'it speaks for no tenant of its own');
  assert.equal((await all.call(queryResource, { limit: 10, offset: 0 })).status, 200);
});

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { listInstallationAudit } from '@parley/contract/admin/audit.ts';
import { createClient } from '@parley/contract/client.ts';
import { checkSetupLink, setUp, showSession, signIn } from '@parley/contract/admin/session.ts';
import type { Input } from '@parley/contract/operation.ts';
import { describeOperation, recorded } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer } from '../../testing/server.ts';

const PASSWORD = 'Curious-Teapot-41';
let server: TestServer;

before(async () => { server = await startTestServer(); });
after(() => server.close());

/** An installation without operators, as on the first day, and the token that it prints. */
async function firstDay(): Promise<string> {
  await server.world.db.deleteFrom('account').where('vdn_id', '=', 0).execute();
  const token = await server.parley.ensureSetupLink();
  assert.ok(token !== undefined);
  return token;
}

const olga = (token: string, changes: Partial<Input<typeof setUp>> = {}): Input<typeof setUp> => ({
  token, account: 'olga.operator', name: 'Olga Operator', email: 'olga@example.com', password: PASSWORD, ...changes,
});

describeOperation(setUp, {
  example: async () => {
    const { status, body, headers } = await server.anyone.call(setUp, olga(await firstDay()));
    assert.equal(status, 200, JSON.stringify(body));
    assert.equal(body.role, 'operator');
    assert.equal(body.vdnId, 0);
    assert.deepEqual(body.permissions, ['self', 'tenant.own', 'tenant.read', 'tenant.write', 'installation']);
    assert.equal(headers.getSetCookie().length, 1);
  },
  badInput: async () => {
    const token = await firstDay();
    assert.equal((await server.anyone.call(setUp, olga('made-up'))).status, 401);
    assert.equal((await server.anyone.call(setUp, olga(token, { password: 'tooweak' }))).status, 400);
    assert.equal((await server.anyone.call(setUp, olga(token, { account: 'no spaces' }))).status, 400);
    assert.equal((await server.anyone.call(setUp, olga(token, { email: 'nobody' }))).status, 400);
    assert.equal((await server.anyone.call(setUp, olga(token))).status, 200, 'refusals have not used the link up');
  },
  effect: async () => {
    const { headers } = await server.anyone.call(setUp, olga(await firstDay()));
    const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const operator = recorded(createClient({ baseUrl: server.url, authorize: () => ({ cookie }) }), server.parley);
    assert.equal((await operator.call(showSession, {})).body.name, 'Olga Operator');
    assert.equal((await server.anyone.call(signIn, { account: 'olga.operator', password: PASSWORD })).status, 200);
    const { body } = await operator.call(listInstallationAudit, { what: 'account', limit: 1 });
    assert.deepEqual(body.entries.map(({ actor, operation, before: was }) => ({ actor, operation, was })), [{ actor: 'setup-link', operation: 'setUp', was: null }]);
    assert.doesNotMatch(JSON.stringify(body), /argon2|Teapot/);
  },
});

describeOperation(checkSetupLink, {
  example: async () => {
    const { status, body } = await server.anyone.call(checkSetupLink, { token: await firstDay() });
    assert.equal(status, 200, JSON.stringify(body));
    assert.ok(body.expiresAt > 0);
  },
  badInput: async () => {
    assert.equal((await server.anyone.call(checkSetupLink, { token: '' })).status, 400);
    assert.equal((await server.anyone.call(checkSetupLink, { token: 'made-up' })).status, 401);
  },
  effect: async () => {
    const token = await firstDay();
    assert.equal((await server.anyone.call(checkSetupLink, { token })).status, 200);
    assert.equal((await server.anyone.call(setUp, olga(token))).status, 200, 'asking has not used it up');
    assert.equal((await server.anyone.call(checkSetupLink, { token })).status, 401);
  },
});

describe('the set-up link', () => {
  test('serves once', async () => {
    const token = await firstDay();
    await server.anyone.call(setUp, olga(token));
    assert.equal((await server.anyone.call(setUp, olga(token, { account: 'second.operator' }))).status, 401);
  });

  test('serves one of many requests at once', async () => {
    const token = await firstDay();
    const statuses = await Promise.all(Array.from({ length: 6 }, async (_, index) =>
      (await server.anyone.call(setUp, olga(token, { account: `operator-${index}` }))).status));
    assert.equal(statuses.filter((status) => status === 200).length, 1, String(statuses));
    assert.equal((await server.parley.accounts.list(server.world.db, 0)).length, 1);
  });

  test('is not made where there is an operator, and an old one ends', async () => {
    const token = await firstDay();
    await server.anyone.call(setUp, olga(token));
    assert.equal(await server.parley.ensureSetupLink(), undefined);
  });

  test('ends when a newer one is made', async () => {
    const older = await firstDay();
    const newer = await server.parley.ensureSetupLink();
    assert.equal((await server.anyone.call(setUp, olga(older))).status, 401);
    assert.equal((await server.anyone.call(setUp, olga(newer ?? ''))).status, 200);
  });

  test('is no session, and a session is no link', async () => {
    const token = await firstDay();
    const client = createClient({ baseUrl: server.url, authorize: () => ({ authorization: `Bearer ${token}` }) });
    assert.equal((await client.call(showSession, {})).status, 401);
    const session = await server.parley.tokens.issue({ vdnId: 0, kind: 'session', subject: 'olga.operator', lifeMs: 60_000 });
    assert.equal((await server.anyone.call(setUp, olga(session))).status, 401);
  });

  test('cannot be used from a page of another site', async () => {
    assert.equal((await server.anyone.call(setUp, olga(await firstDay()), { 'sec-fetch-site': 'cross-site' })).status, 403);
  });

  test('ends after a day', async () => {
    const token = await firstDay();
    server.advance(24 * 3_600_000);
    assert.equal((await server.anyone.call(setUp, olga(token))).status, 401);
  });
});

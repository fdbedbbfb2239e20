import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createKey } from '@parley/contract/admin/key.ts';
import { siaTokenJwt } from '@parley/contract/knowledge/sia-token.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { post } from './access.fixture.ts';

const HOUR = 3_600_000;
const TRIES = 10;

let server: TestServer;
let tenant: TestTenant;
let domain: string;
let jwt: string;

before(async () => { server = await startTestServer(); });
after(() => server.close());

async function freshService(): Promise<void> {
  tenant = await server.tenant();
  ({ keyId: domain, secret: jwt } = (await tenant.administrator.call(createKey, { scheme: 'SIA', keyId: `${tenant.tenantId}.ccfsAppService` })).body);
}

const ask = (given = jwt, from = '127.0.0.1') => post(server.url, siaTokenJwt.path, { jwt: given, domain }, { from });

describeOperation(siaTokenJwt, {
  example: async () => {
    await freshService();
    const { status, body } = await server.anyone.call(siaTokenJwt, { jwt, domain });
    assert.equal(status, 200);
    assert.match(body.expiredAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
    assert.ok(Math.abs(Date.parse(body.expiredAt.replace('+0000', 'Z')) - server.world.clock() - HOUR) < 60_000);
  },
  badInput: async () => {
    await freshService();
    const wrong = await server.anyone.call(siaTokenJwt, { jwt: 'wrong', domain });
    assert.equal(wrong.status, 401);
    const unknown = await server.anyone.call(siaTokenJwt, { jwt, domain: 'nobody' });
    assert.equal(unknown.status, 401);
    assert.deepEqual(unknown.body, wrong.body);
    assert.equal((await server.anyone.call(siaTokenJwt, { domain } as never)).status, 400);
  },
  effect: async () => {
    await freshService();
    const { body } = await server.anyone.call(siaTokenJwt, { jwt, domain });
    const token = await server.parley.tokens.find(body.token);
    assert.deepEqual({ kind: token?.kind, vdnId: token?.vdnId, subject: token?.subject }, { kind: 'SIA', vdnId: tenant.vdnId, subject: domain });
    assert.equal(token?.expiresAt, Date.parse(body.expiredAt.replace('+0000', 'Z')));
  },
});

describe('SIA', () => {
  test('guesses lock one service for one address', async () => {
    await freshService();
    for (let count = 0; count < TRIES; count += 1) assert.equal((await ask('guess')).status, 401);
    assert.equal((await ask()).status, 403);
    assert.equal((await ask(jwt, '127.0.0.2')).status, 200);
    server.advance(5 * 60_000 + 1000);
    assert.equal((await ask()).status, 200);
  });

  test('an unknown path of the family is told in its manner', async () => {
    const { status, body } = await post(server.url, '/rest/sia/v1/nothing', {});
    assert.equal(status, 404);
    assert.equal((body['error'] as { code: string }).code, 'unknown-path');
  });
});

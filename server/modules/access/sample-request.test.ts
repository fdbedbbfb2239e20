import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { listAudit } from '@parley/contract/admin/audit.ts';
import { changeKey, createKey } from '@parley/contract/admin/key.ts';
import { createSampleRequest } from '@parley/contract/admin/sample-request.ts';
import { createClient, withBearer, type Client } from '@parley/contract/client.ts';
import { querySkills } from '@parley/contract/configuration/queue.ts';
import { cmsPing, cmsPingGet } from '@parley/contract/monitoring/ping.ts';
import type { Input } from '@parley/contract/operation.ts';
import { describeOperation, recorded } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { send } from './access.fixture.ts';

const MINUTE = 60_000;
const HELLO = '{"say":"Hello world!"}';

let server: TestServer;
let tenant: TestTenant;
let administrator: Client;
let keyId: string;

before(async () => { server = await startTestServer(); });
after(() => server.close());

async function freshTenant(): Promise<void> {
  tenant = await server.tenant();
  ({ administrator } = tenant);
  ({ keyId } = (await administrator.call(createKey, { scheme: 'C2', label: 'CRM' })).body);
}

const ping = (): Input<typeof createSampleRequest> => ({ scheme: 'C2', keyId, method: 'POST', path: cmsPing.path, body: HELLO });
const listing = (): Input<typeof createSampleRequest> => ({ scheme: 'C1', keyId: tenant.appKey, method: 'POST', path: querySkills.path, body: '{"limit":10,"offset":0}' });
const ask = async (input: Input<typeof createSampleRequest>) => (await administrator.call(createSampleRequest, input)).body;
const statusOf = async (input: object): Promise<number> => (await administrator.call(createSampleRequest, { ...ping(), ...input })).status;
const sent = async (authorization: string, url: string, body: string): Promise<number> =>
  (await send(server.url, { method: 'POST', path: url, headers: { authorization, 'content-type': 'application/json' }, body })).status;

describeOperation(createSampleRequest, {
  example: async () => {
    await freshTenant();
    const { host, url, authorization, expiresAt } = await ask(ping());
    assert.equal(host, new URL(server.url).host);
    assert.equal(url, cmsPing.path);
    assert.match(authorization, new RegExp(`^auth-v2/${keyId}/[^/]+Z/host/[0-9a-f]{64}$`));
    assert.ok(Math.abs(expiresAt - server.world.clock() - 15 * MINUTE) < MINUTE);
  },
  badInput: async () => {
    await freshTenant();
    const paths = [
      '', '/admin/v1/keys', '/rest', '/rest/', '/rest/../admin/v1/keys', '/rest/a/./b', '/rest/%2e%2E/admin', '/rest/a?b=1', '/rest/a#b', '/rest/a b', '/rest/a\\b',
      '//evil.example/rest/a', 'https://evil.example/rest/a', '/agentgateway/resource/login', '/restful/a', `/rest/${'a'.repeat(500)}`,
    ];
    for (const path of paths) assert.equal(await statusOf({ path }), 400, path);
    assert.equal(await statusOf({ method: 'TRACE' }), 400);
    assert.equal(await statusOf({ query: 'a=1#b' }), 400);
    assert.equal(await statusOf({ scheme: 'C3' }), 400);
    assert.equal(await statusOf({ body: 'x'.repeat(200_001) }), 400);
    assert.equal(await statusOf({ keyId: 'nobody' }), 404);
    assert.equal(await statusOf({ scheme: 'C1' }), 404, 'a key of another scheme is another key');
    await administrator.call(changeKey, { scheme: 'C2', keyId, enabled: false });
    assert.equal(await statusOf({}), 409, 'a key that is switched off signs nothing');
    const foreign = ping();
    await freshTenant();
    assert.equal((await administrator.call(createSampleRequest, foreign)).status, 404, 'another tenant\'s key is unknown');
    const supervisor = await server.signedIn(tenant.vdnId, 'supervisor');
    assert.equal((await supervisor.call(createSampleRequest, ping())).status, 403);
    assert.equal((await server.anyone.call(createSampleRequest, ping())).status, 401);
  },
  effect: async () => {
    await freshTenant();
    const { authorization } = await ask(ping());
    const signed = recorded(createClient({ baseUrl: server.url, authorize: () => ({ authorization }) }), server.parley);
    assert.deepEqual((await signed.ask(cmsPing, { say: 'Hello world!' })).request, { say: 'Hello world!' });
    const { authorization: bearer } = await ask(listing());
    const opened = recorded(createClient({ baseUrl: server.url, authorize: withBearer(bearer.replace('Bearer ', '')) }), server.parley);
    assert.equal((await opened.call(querySkills, { limit: 10, offset: 0 })).status, 200);
  },
});

describe('a sample request', () => {
  before(freshTenant);

  test('is signed to the letter: another body, query or path is refused', async () => {
    const { authorization, url } = await ask({ ...ping(), query: 'a=1&b=%20' });
    assert.equal(url, `${cmsPing.path}?a=1&b=%20`);
    assert.equal(await sent(authorization, url, HELLO), 200);
    assert.equal(await sent(authorization, url, `${HELLO} `), 401);
    assert.equal(await sent(authorization, `${cmsPing.path}?a=2&b=%20`, HELLO), 401);
    assert.equal(await sent(authorization, cmsPing.path, HELLO), 401);
  });

  test('needs no body', async () => {
    const { authorization } = await ask({ scheme: 'C2', keyId, method: 'GET', path: cmsPingGet.path });
    const signed = createClient({ baseUrl: server.url, authorize: () => ({ authorization }) });
    assert.equal((await signed.ask(cmsPingGet, {})).status, 'UP');
  });

  test('is for the host that was asked and no other', async () => {
    const { host, authorization, url } = await ask({ ...ping(), host: 'evil.example' } as Input<typeof createSampleRequest>);
    assert.equal(host, new URL(server.url).host);
    const elsewhere = await send(server.url, { method: 'POST', path: url, headers: { authorization, host: 'evil.example' }, body: HELLO });
    assert.equal(elsewhere.status, 401);
  });

  test('is good for as long as it says', async () => {
    const signed = await ask(ping());
    const opened = await ask(listing());
    assert.ok(opened.expiresAt < signed.expiresAt);
    server.advance(10 * MINUTE + 1);
    assert.notEqual(await sent(opened.authorization, opened.url, '{"limit":10,"offset":0}'), 200);
    assert.equal(await sent(signed.authorization, signed.url, HELLO), 200);
    server.advance(5 * MINUTE);
    assert.equal(await sent(signed.authorization, signed.url, HELLO), 401);
  });

  test('leaves a line in the audit trail that holds no secret and no signature', async () => {
    const { authorization, host } = await ask(ping());
    const { entries: [entry] } = await administrator.ask(listAudit, { what: 'sample-request', limit: 1 });
    assert.match(entry?.actor ?? '', /^user:administrator-/);
    assert.equal(entry?.whatId, `C2:${keyId}`);
    assert.deepEqual(entry?.after, { method: 'POST', url: cmsPing.path, host });
    assert.ok(!JSON.stringify(entry).includes(authorization));
  });
});

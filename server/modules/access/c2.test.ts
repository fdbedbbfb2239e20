import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { changeKey } from '@parley/contract/admin/key.ts';
import type { Authenticator, AuthRequest } from '@parley/contract/authentication.ts';
import { createClient, withBearer, type Client } from '@parley/contract/client.ts';
import { withSignature } from '@parley/contract/client-signature.ts';
import { handle, type Caller } from '@parley/contract/handler.ts';
import { monitoring } from '@parley/contract/monitoring/family.ts';
import { cmsPing, cmsPingGet } from '@parley/contract/monitoring/ping.ts';
import { operation } from '@parley/contract/operation.ts';
import { integer, object, flag } from '@parley/contract/schema.ts';
import { signAsListing } from '@parley/contract/wire/auth-v2.fixture.ts';
import { sign } from '@parley/contract/wire/auth-v2.ts';
import { tenantOf } from '@parley/core/access/tenant-of.ts';
import { describeOperation, recorded } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { makeKey, openDoor, send, type RawReply, type RawRequest } from './access.fixture.ts';
import type { Key } from './keys.ts';

const MINUTE = 60_000;
const TRIES = 10;
const HOST = 'parley.example:28443';

let server: TestServer;
let tenant: TestTenant;
let key: Key;
let client: Client;

before(async () => { server = await startTestServer(); });
after(() => server.close());

const now = () => new Date(server.world.clock());

async function freshKey(): Promise<void> {
  tenant = await server.tenant();
  key = await makeKey(server, { vdnId: tenant.vdnId, scheme: 'C2', label: 'test' });
  client = recorded(createClient({ baseUrl: server.url, authorize: withSignature(key.keyId, key.secret, now) }), server.parley);
}

interface Signed extends Partial<RawRequest> {
  readonly secret?: string;
  readonly at?: Date;
  /** What was signed, where it differs from what is sent. */
  readonly signedBody?: string;
}

/** A request signed and sent byte by byte, so that what is sent can differ from what was signed. */
function call({ secret = key.secret, at = now(), signedBody, method = 'POST', path = cmsPing.path, body = '{"say":"Hello world!"}', headers = {}, ...rest }: Signed = {}, url = server.url): Promise<RawReply> {
  const signed = method === 'GET' ? '' : signedBody ?? body;
  const authorization = sign({ accessKey: key.keyId, secretKey: secret, method, url: path, headers: { host: HOST }, body: signed, at });
  return send(url, { method, path, headers: { host: HOST, authorization, ...headers }, ...(method === 'GET' ? {} : { body }), ...rest });
}

describeOperation(cmsPing, {
  example: async () => {
    await freshKey();
    const [example] = cmsPing.examples ?? [];
    const { status, body } = await client.call(cmsPing, { say: 'Hello world!' });
    assert.equal(status, 200);
    assert.deepEqual(body, example?.response);
  },
  badInput: async () => {
    await freshKey();
    const stranger = recorded(createClient({ baseUrl: server.url, authorize: withSignature(key.keyId, 'not the secret', now) }), server.parley);
    const { status, body } = await stranger.call(cmsPing, {});
    assert.equal(status, 401);
    assert.deepEqual({ ...body, timestamp: 0 }, {
      timestamp: 0, status: 401, error: 'Unauthorized', message: 'Unauthorized: the access key or the signature is wrong.', path: cmsPing.path,
    });
    assert.ok(Math.abs(Number(body['timestamp']) - server.world.clock()) < MINUTE);
    const list = await client.call(cmsPing, { say: 'x\0y' });
    assert.deepEqual(list.body['resultCode'], '0100002');
  },
  effect: async () => {
    await freshKey();
    assert.equal((await client.call(cmsPing, {})).status, 200);
    await tenant.administrator.call(changeKey, { scheme: 'C2', keyId: key.keyId, enabled: false });
    assert.equal((await client.call(cmsPing, {})).status, 401);
    await tenant.administrator.call(changeKey, { scheme: 'C2', keyId: key.keyId, enabled: true });
    assert.equal((await client.call(cmsPing, {})).status, 200);
  },
});

describeOperation(cmsPingGet, {
  example: async () => {
    await freshKey();
    const { status, body } = await client.call(cmsPingGet, {});
    assert.equal(status, 200);
    assert.deepEqual(body, { request: {}, status: 'UP' });
  },
  badInput: async () => {
    await freshKey();
    assert.equal((await recorded(createClient({ baseUrl: server.url }), server.parley).call(cmsPingGet, {})).status, 401);
  },
  effect: async () => {
    await freshKey();
    await tenant.administrator.call(changeKey, { scheme: 'C2', keyId: key.keyId, enabled: false });
    assert.equal((await client.call(cmsPingGet, {})).status, 401);
  },
});

describe('C2', () => {
  const vector = {
    host: '10.22.26.181:28080', at: Date.parse('2018-10-17T11:48:24.123Z'), accessKey: 'globalaktest', secret: 'ccdemo-secret-20',
    prefix: 'auth-v2/globalaktest/2018-10-17T11:48:24.123Z', body: '{"say":"Hello world!"}',
    post: '4a40217659bb733cf3e1b7a7908667b4aebfb4f5b2ac14269c809e281ada46ad',
    get: '7b6b21bfcd9673790ee3a27826c2f7d4a991426b3615a5142d87fa8c9a8ef824',
  };

  test('scenario 1: the vectors verify, and nothing that differs from them by a byte does', async () => {
    const past = await startTestServer();
    try {
      await makeKey(past, { vdnId: 0, scheme: 'C2', label: 'vector', keyId: vector.accessKey, secret: vector.secret });
      past.advance(vector.at - past.world.clock());
      const headers = {
        host: vector.host, 'content-type': 'application/json;charset=UTF-8',
        authorization: `${vector.prefix}/content-length;content-type;host/${vector.post}`,
      };
      const posted = (changes: Partial<RawRequest> = {}) => send(past.url, { method: 'POST', path: cmsPing.path, body: vector.body, headers, ...changes });
      const got = (query: string, changes: Record<string, string> = {}) =>
        send(past.url, { method: 'GET', path: `${cmsPing.path}?${query}`, headers: { host: vector.host, authorization: `${vector.prefix}/host/${vector.get}`, ...changes } });

      assert.deepEqual(await posted().then(({ status, body }) => ({ status, body })), { status: 200, body: { request: { say: 'Hello world!' }, status: 'UP' } });
      assert.equal((await got('name=a%20b%2F%E4%B8%AD&id=123&id2=')).status, 200);
      // 4.3 sorts the pairs before it signs, so their order on the wire is free; names and values are not.
      assert.equal((await got('id2=&id=123&name=a%20b%2F%E4%B8%AD')).status, 200);

      const inOrder = 'name=a%20b%2F%E4%B8%AD&id=123&id2=';
      const signedInOrder = signAsListing({
        method: 'GET', query: [['name', 'a b/\u4E2D'], ['id', '123'], ['id2', '']],
        canonical: (text) => text.replace('id2=&id=123&name=a%20b%2F%E4%B8%AD', inOrder),
      });
      const refused: Record<string, Promise<RawReply>> = {
        'a flipped body byte': posted({ body: vector.body.replace('H', 'h') }),
        'the same JSON spaced anew': posted({ body: '{"say": "Hello world!"}' }),
        'a query whose values changed places': got('name=123&id=a%20b%2F%E4%B8%AD&id2='),
        'a query signed in the order sent, not sorted': got(inOrder, { authorization: signedInOrder }),
        'a query more': got('name=a%20b%2F%E4%B8%AD&id=123&id2=&id3='),
        'another host': posted({ headers: { ...headers, host: '10.22.26.181' } }),
        'an unsigned host': posted({ headers: { ...headers, authorization: headers.authorization.replace('content-length;content-type;host', 'content-length;content-type') } }),
        'another method': send(past.url, { method: 'GET', path: cmsPing.path, headers }),
        'another content type': posted({ headers: { ...headers, 'content-type': 'application/json' } }),
      };
      for (const [what, reply] of Object.entries(refused)) assert.equal((await reply).status, 401, what);

      past.advance(16 * MINUTE);
      assert.equal((await posted()).status, 401, 'a timestamp 16 minutes old');
      past.advance(-32 * MINUTE);
      assert.equal((await posted()).status, 401, 'a timestamp 16 minutes ahead');
    } finally {
      await past.close();
    }
  });

  test('the window is 15 minutes either way, and a request may come again within it', async () => {
    await freshKey();
    const at = (ms: number) => call({ at: new Date(server.world.clock() + ms) }).then(({ status }) => status);
    assert.deepEqual(await Promise.all([-16, -14, 0, 14, 16].map((minutes) => at(minutes * MINUTE))), [401, 200, 200, 200, 401]);
    const same = now();
    assert.deepEqual([(await call({ at: same })).status, (await call({ at: same })).status], [200, 200]);
  });

  test('the window can be configured', async () => {
    const strict = await startTestServer({ world: { signatureWindowMs: MINUTE } });
    try {
      const made = await makeKey(strict, { vdnId: 0, scheme: 'C2', label: 'test' });
      const at = (ms: number) => createClient({ baseUrl: strict.url, authorize: withSignature(made.keyId, made.secret, () => new Date(strict.world.clock() + ms)) });
      assert.equal((await at(0).call(cmsPingGet, {})).status, 200);
      assert.equal((await at(-2 * MINUTE).call(cmsPingGet, {})).status, 401);
    } finally {
      await strict.close();
    }
  });

  test('the body is covered as received, whatever it is: re-spaced, with long numbers, nested', async () => {
    await freshKey();
    const odd = '{ "request": {"version":"2.0"},\n "msgBody": {"id": 16239231508327803347, "名": null} }';
    const { status, body } = await call({ body: odd });
    assert.equal(status, 200);
    assert.deepEqual(body, { request: { request: { version: '2.0' }, msgBody: { id: '16239231508327803347', 名: null } }, status: 'UP' });
    assert.equal((await call({ body: odd, signedBody: JSON.stringify(JSON.parse(odd)) })).status, 401);
  });

  test('a body that is no JSON is told so only to who has signed it', async () => {
    await freshKey();
    const { status, body } = await call({ body: '{"say":' });
    assert.equal(status, 200);
    assert.equal(body['resultCode'], '0100002');
    assert.equal((await call({ body: '{"say":', secret: 'wrong' })).status, 401);
  });

  test('repeated wrong signatures lock the key for that address alone, with 403', async () => {
    await freshKey();
    for (let count = 0; count < TRIES; count += 1) assert.equal((await call({ secret: 'guess' })).status, 401);
    const locked = await call();
    assert.equal(locked.status, 403);
    assert.equal(locked.body['error'], 'Forbidden');
    assert.equal((await call({ from: '127.0.0.2' })).status, 200);
    server.advance(5 * MINUTE + 1000);
    assert.equal((await call()).status, 200);
  });

  test('wrong signatures with ever other keys lock the address, with 403; below that limit whoever has a key there is let in', async () => {
    await freshKey();
    const from = '127.0.0.3';
    const guess = async (count: number): Promise<number> => {
      const authorization = sign({ accessKey: `guessed-${count}`, secretKey: 'guess', method: 'POST', url: cmsPing.path, headers: { host: HOST }, body: '{}', at: now() });
      return (await send(server.url, { method: 'POST', path: cmsPing.path, headers: { host: HOST, authorization }, body: '{}', from })).status;
    };
    for (let count = 1; count <= 30; count += 1) {
      assert.equal((await call({ from })).status, 200, `after ${count - 1} guesses`);
      assert.equal(await guess(count), 401, 'a right signature in between takes none of them back');
    }
    assert.equal(await guess(31), 403);
    assert.equal((await call({ from })).status, 403);
    assert.equal((await call({ from: '127.0.0.4' })).status, 200);
    server.advance(5 * MINUTE + 1000);
    assert.equal((await call({ from })).status, 200);
  });

  test('neither a wrong clock nor a key that is off counts as a guess', async () => {
    await freshKey();
    for (let count = 0; count <= TRIES; count += 1) assert.equal((await call({ at: new Date(0) })).status, 401);
    assert.equal((await call()).status, 200);
    await tenant.administrator.call(changeKey, { scheme: 'C2', keyId: key.keyId, enabled: false });
    for (let count = 0; count <= TRIES; count += 1) assert.equal((await call()).status, 401);
    await tenant.administrator.call(changeKey, { scheme: 'C2', keyId: key.keyId, enabled: true });
    assert.equal((await call()).status, 200);
  });

  test('headers that are no signature are refused', async () => {
    await freshKey();
    for (const authorization of [undefined, '', 'auth-v2', 'auth-v2/a/b/c/d', 'SDK-HMAC-SHA256 Access=x', 'Bearer nonsense', 'Basic eDp5', `auth-v2/${'x'.repeat(4000)}`]) {
      const { status } = await send(server.url, { method: 'POST', path: cmsPing.path, body: '{}', headers: authorization === undefined ? {} : { authorization } });
      assert.equal(status, 401, authorization);
    }
  });

  test('a C1 token is taken in place of a signature', async () => {
    await freshKey();
    const { status, body } = await tenant.client.call(cmsPing, { say: 'by token' });
    assert.equal(status, 200);
    assert.deepEqual(body.request, { say: 'by token' });
    const c1Key = await makeKey(server, { vdnId: tenant.vdnId, scheme: 'C2', label: '', keyId: `x-${key.keyId}` });
    const token = await server.parley.tokens.issue({ vdnId: tenant.vdnId, kind: 'C3', subject: c1Key.keyId, lifeMs: MINUTE });
    const other = createClient({ baseUrl: server.url, authorize: withBearer(token) });
    assert.equal((await other.call(cmsPing, {})).status, 401, 'but no token of another scheme');
  });

  test('a signature costs less than 0.2 ms of CPU more than a token', async () => {
    await freshKey();
    const { C1, C2 } = server.parley.authenticators;
    assert.ok(C1 !== undefined && C2 !== undefined);
    const token = await server.parley.tokens.issue({ vdnId: tenant.vdnId, kind: 'C1', subject: tenant.appKey, lifeMs: MINUTE });
    const rawBody = Buffer.from(JSON.stringify({ request: { version: '2.0' }, msgBody: { note: 'x'.repeat(500) } }));
    const authorization = sign({ accessKey: key.keyId, secretKey: key.secret, method: 'POST', url: cmsPing.path, headers: { host: HOST }, body: rawBody, at: now() });
    const request = (headers: Record<string, string>): AuthRequest => ({
      op: cmsPing, method: 'POST', rawUrl: cmsPing.path, header: (name) => headers[name], params: {}, rawBody, body: {}, source: '127.0.0.1', now: server.world.clock(),
    });
    const cost = async (authenticator: Authenticator, one: AuthRequest): Promise<number> => {
      const rounds = 2000;
      for (let count = 0; count < 500; count += 1) assert.ok((await authenticator.authenticate(one)).ok);
      const start = process.cpuUsage();
      for (let count = 0; count < rounds; count += 1) await authenticator.authenticate(one);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000 / rounds;
    };
    const byToken = await cost(C1, request({ authorization: `Bearer ${token}` }));
    const bySignature = await cost(C2, request({ authorization, host: HOST }));
    assert.ok(bySignature - byToken < 0.2, `${bySignature.toFixed(3)} ms against ${byToken.toFixed(3)} ms`);
  });

  test('a private key sees its own tenant, a global one whichever it names', async () => {
    await freshKey();
    const seen: Caller[] = [];
    const probe = operation({
      id: 'probe', family: monitoring, method: 'POST', path: '/rest/cmsapp/v1/probe', auth: 'C2', summary: 'Shows who calls',
      request: { body: object({ vdn: integer('VDN id.') }) }, result: object({ vdn: integer('VDN id; 0 when refused.'), global: flag('') }),
    });
    const door = await openDoor(server, {
      handlers: [handle(probe, ({ vdn }, { caller }) => {
        seen.push(caller);
        const choice = tenantOf(caller, vdn);
        return Promise.resolve({ vdn: choice.ok ? choice.vdnId : 0, global: caller.global ?? false });
      })],
    });
    try {
      const globalKey = await makeKey(server, { vdnId: 0, scheme: 'C2', label: 'global' });
      const ask = async ({ keyId, secret }: Key, vdn: number) =>
        (await createClient({ baseUrl: door.url, authorize: withSignature(keyId, secret, now) }).call(probe, { vdn })).body;
      assert.deepEqual(await ask(key, tenant.vdnId), { vdn: tenant.vdnId, global: false });
      assert.deepEqual(await ask(key, tenant.vdnId + 1), { vdn: 0, global: false });
      assert.deepEqual(await ask(globalKey, tenant.vdnId), { vdn: tenant.vdnId, global: true });
      assert.deepEqual(await ask(globalKey, tenant.vdnId + 1), { vdn: tenant.vdnId + 1, global: true });
      assert.equal(seen[0]?.actor, `key:${key.keyId}`);
    } finally {
      await door.close();
    }
  });
});

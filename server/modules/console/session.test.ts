import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { pino } from 'pino';
import { createClient, type Client } from '@parley/contract/client.ts';
import { listAudit } from '@parley/contract/admin/audit.ts';
import { changeOwnPassword, showSession, signIn, signOut } from '@parley/contract/admin/session.ts';
import { changeTenant } from '@parley/contract/admin/tenant.ts';
import { changeUser, deleteUser, listUsers, resetUserPassword } from '@parley/contract/admin/user.ts';
import { configuration } from '@parley/contract/configuration/family.ts';
import { createMemoryJobs } from '../../adapters/jobs/memory.ts';
import { compose } from '../../compose.ts';
import { createListener } from '../../http/listener.ts';
import { hashPassword } from '../../security/passwords.ts';
import { openDesk } from '../../testing/desk.ts';
import { describeOperation, recorded } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import type { Role } from '../account/index.ts';

const PASSWORD = 'Curious-Teapot-41';
const OTHER_PASSWORD = 'Patient-Kettle-77';
const HOUR = 3_600_000;

let server: TestServer;
let tenant: TestTenant;
let passwordHash: string;

before(async () => {
  server = await startTestServer();
  tenant = await server.tenant();
  passwordHash = await hashPassword(PASSWORD);
});
after(() => server.close());

async function person(role: Role, vdnId = tenant.vdnId, account = `${role}-${randomBytes(4).toString('hex')}`): Promise<string> {
  const { parley, world } = server;
  await parley.accounts.insert(world.db, vdnId, { account, name: 'Pat Person', role, email: '', phone: '', passwordHash }, world.clock());
  return account;
}

const setCookie = (headers: Headers): string => headers.getSetCookie()[0] ?? '';
const pairOf = (cookie: string): string => cookie.split(';')[0] ?? '';

const withCookie = (cookie: string, csrf?: string): Client => recorded(
  createClient({ baseUrl: server.url, authorize: () => ({ cookie, ...(csrf === undefined ? {} : { 'x-csrf-token': csrf }) }) }), server.parley,
);

/** Signs in as a browser would, and answers its cookie and clients with and without the CSRF token. */
async function browser(account: string, password = PASSWORD) {
  const { status, body, headers } = await server.anyone.call(signIn, { account, password });
  assert.equal(status, 200, JSON.stringify(body));
  const cookie = pairOf(setCookie(headers));
  return { cookie, session: body, client: withCookie(cookie, body.csrfToken ?? ''), bare: withCookie(cookie) };
}

describeOperation(signIn, {
  example: async () => {
    const account = await person('administrator');
    const { body, headers } = await server.anyone.call(signIn, { account, password: PASSWORD, tenant: tenant.tenantId });
    assert.deepEqual({ ...body, csrfToken: '', expiresAt: 0 }, {
      account, name: 'Pat Person', role: 'administrator', vdnId: tenant.vdnId, tenantId: tenant.tenantId, workNo: null,
      permissions: ['self', 'tenant.own', 'tenant.read', 'tenant.write'], csrfToken: '', expiresAt: 0, passwordExpired: false,
    });
    assert.match(setCookie(headers), /^parley_session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/);
    assert.equal(headers.get('cache-control'), 'no-store');
  },
  badInput: async () => {
    const account = await person('administrator');
    for (const [name, password] of [[account, 'wrong'], ['nobody-at-all', PASSWORD]] as const) {
      const { status, body, headers } = await server.anyone.call(signIn, { account: name, password });
      assert.equal(status, 401);
      assert.deepEqual(body['error'], { code: 'unauthenticated', message: 'Account or password is wrong.' });
      assert.deepEqual(headers.getSetCookie(), []);
    }
    assert.equal((await server.anyone.call(signIn, { account, password: PASSWORD, tenant: 'no-such-tenant' })).status, 401);
    assert.equal((await server.anyone.call(signIn, { account, password: 'x'.repeat(129) })).status, 400);
  },
  effect: async () => {
    const account = await person('supervisor');
    const { client } = await browser(account);
    assert.equal((await client.call(showSession, {})).body.account, account);
    assert.equal((await client.call(listUsers, {})).status, 200);
  },
});

describeOperation(showSession, {
  example: async () => {
    const { client, session } = await browser(await person('agent'));
    const { body } = await client.call(showSession, {});
    assert.deepEqual(body, session, 'the CSRF token is told again, for a page that was loaded anew');
  },
  badInput: async () => {
    assert.equal((await server.anyone.call(showSession, {})).status, 401);
    assert.equal((await withCookie('parley_session=made-up').call(showSession, {})).status, 401);
    assert.equal((await withCookie(`parley_session=${'x'.repeat(5000)}`).call(showSession, {})).status, 401);
  },
  effect: async () => {
    const { bare } = await browser(await person('administrator'));
    const { body } = await bare.call(showSession, {});
    const armed = await withCookie((await browser(await person('administrator'))).cookie, 'wrong').call(signOut, {});
    assert.equal(armed.status, 403, 'another session\'s token does not do');
    assert.equal(body.permissions.includes('tenant.write'), true);
    assert.equal((await bare.call(listUsers, {})).status, 200);
  },
});

describeOperation(signOut, {
  example: async () => {
    const { client } = await browser(await person('agent'));
    const { status, headers } = await client.call(signOut, {});
    assert.equal(status, 200);
    assert.equal(setCookie(headers), 'parley_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict');
  },
  badInput: async () => {
    const { bare } = await browser(await person('agent'));
    const { status, body } = await bare.call(signOut, {});
    assert.equal(status, 403);
    assert.match(JSON.stringify(body), /x-csrf-token is missing or wrong/);
  },
  effect: async () => {
    const { client } = await browser(await person('agent'));
    assert.equal((await client.call(showSession, {})).status, 200);
    await client.call(signOut, {});
    assert.equal((await client.call(showSession, {})).status, 401);
  },
});

describeOperation(changeOwnPassword, {
  example: async () => {
    const account = await person('agent');
    const { client, cookie, session } = await browser(account);
    const { status, body, headers } = await client.call(changeOwnPassword, { oldPassword: PASSWORD, newPassword: OTHER_PASSWORD });
    assert.equal(status, 200, JSON.stringify(body));
    assert.notEqual(pairOf(setCookie(headers)), cookie);
    assert.notEqual(body.csrfToken, session.csrfToken);
  },
  badInput: async () => {
    const account = await person('agent');
    const { client } = await browser(account);
    const attempt = async (oldPassword: string, newPassword: string) => {
      const { status, body } = await client.call(changeOwnPassword, { oldPassword, newPassword });
      return { status, error: body['error'] as { code: string; message: string; field?: string } };
    };
    assert.deepEqual(await attempt('wrong', OTHER_PASSWORD), { status: 400, error: { code: 'invalid', message: 'Wrong parameter: oldPassword is wrong.', field: 'oldPassword' } });
    assert.equal((await attempt(PASSWORD, 'short')).error.field, 'newPassword');
    assert.match((await attempt(PASSWORD, PASSWORD)).error.message, /newPassword is the old one/);
    assert.equal((await client.call(showSession, {})).status, 200, 'the session lives on');
  },
  effect: async () => {
    const account = await person('agent');
    const [here, elsewhere] = [await browser(account), await browser(account)];
    await here.client.call(changeOwnPassword, { oldPassword: PASSWORD, newPassword: OTHER_PASSWORD });
    assert.equal((await elsewhere.client.call(showSession, {})).status, 401, 'every session from before has ended');
    assert.equal((await here.client.call(showSession, {})).status, 401);
    assert.equal((await server.anyone.call(signIn, { account, password: PASSWORD })).status, 401);
    const again = await browser(account, OTHER_PASSWORD);
    const soon = await again.client.call(changeOwnPassword, { oldPassword: OTHER_PASSWORD, newPassword: 'Sleepy-Saucer-12' });
    assert.equal(soon.status, 409, 'once in 24 hours (5.1.3)');
    const { body } = await tenant.administrator.call(listAudit, { what: 'account', whatId: account });
    assert.equal(body.entries[0]?.operation, 'changeOwnPassword');
    assert.doesNotMatch(JSON.stringify(body), /argon2|Kettle/);
  },
});

describe('sessions', () => {
  test('a change by cookie needs the CSRF token, a Bearer needs none', async () => {
    const account = await person('administrator');
    const subject = await person('agent');
    const { client, bare, cookie } = await browser(account);
    const refused = await bare.call(changeUser, { account: subject, name: 'Forged' });
    assert.equal(refused.status, 403);
    assert.equal((await client.call(changeUser, { account: subject, name: 'Meant' })).status, 200);
    const bearer = createClient({ baseUrl: server.url, authorize: () => ({ authorization: `Bearer ${cookie.split('=')[1] ?? ''}` }) });
    assert.equal((await bearer.call(changeUser, { account: subject, name: 'Scripted' })).status, 200);
  });

  test('signing in begins a new session each time and ends the one that the browser had', async () => {
    const account = await person('agent');
    const first = await browser(account);
    const { headers } = await first.client.call(signIn, { account, password: PASSWORD });
    assert.notEqual(pairOf(setCookie(headers)), first.cookie);
    assert.equal((await first.client.call(showSession, {})).status, 401);
    const planted = `parley_session=${randomBytes(32).toString('base64url')}`;
    const fixed = await withCookie(planted).call(signIn, { account, password: PASSWORD });
    assert.notEqual(pairOf(setCookie(fixed.headers)), planted);
    assert.equal((await withCookie(planted).call(showSession, {})).status, 401);
  });

  test('a page of another site cannot sign a browser in', async () => {
    const account = await person('agent');
    const from = async (site: string) => (await server.anyone.call(signIn, { account, password: PASSWORD }, { 'sec-fetch-site': site })).status;
    assert.deepEqual([await from('cross-site'), await from('same-site'), await from('same-origin'), await from('none')], [403, 403, 200, 200]);
  });

  test('the cookie is Secure behind HTTPS', async () => {
    const account = await person('agent');
    const app = createListener({
      handlers: server.parley.handlers, families: server.parley.families, defaultFamily: configuration, authenticators: server.parley.authenticators,
      clock: server.world.clock, logger: pino({ level: 'fatal' }), trustedProxies: ['127.0.0.1'], newRequestId: () => randomUUID(),
    });
    const reply = await app.inject({ method: 'POST', url: signIn.path, headers: { 'x-forwarded-proto': 'https' }, payload: { account, password: PASSWORD } });
    await app.close();
    assert.match(String(reply.headers['set-cookie']), /; Secure$/);
  });

  test('a session outlives a restart', async () => {
    const { cookie, session } = await browser(await person('administrator'));
    const parley = compose({ ...server.world, jobs: createMemoryJobs({ db: server.world.db, log: pino({ level: 'fatal' }) }) });
    const app = createListener({
      handlers: parley.handlers, families: parley.families, defaultFamily: configuration, authenticators: parley.authenticators,
      clock: server.world.clock, logger: pino({ level: 'fatal' }), trustedProxies: [], newRequestId: () => randomUUID(),
    });
    await app.listen({ host: '127.0.0.1', port: 0 });
    const restarted = createClient({
      baseUrl: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`, authorize: () => ({ cookie, 'x-csrf-token': session.csrfToken ?? '' }),
    });
    assert.deepEqual((await restarted.call(showSession, {})).body, session);
    assert.equal((await restarted.call(signOut, {})).status, 200);
    await app.close();
  });

  test('a session tells the work number of the agent to whom the account belongs, and of operators none', async () => {
    const account = 'ann.agent';
    const { workNo } = await openDesk(server, tenant, { account });
    const { session, client } = await browser(account, 'Te$t1234');
    assert.deepEqual([session.workNo, (await client.call(showSession, {})).body.workNo], [workNo, workNo]);
    // Of the same name as the agent, and nobody of the tenant.
    const operator = await server.anyone.call(signIn, { account: await person('operator', 0, account), password: PASSWORD });
    assert.deepEqual([operator.status, operator.body.vdnId, operator.body.workNo], [200, 0, null]);
  });

  test('a session ends at once when its account is switched off, deleted or given another password', async () => {
    const ends: readonly [string, (account: string) => Promise<{ status: number }>][] = [
      ['switched off', (account) => tenant.administrator.call(changeUser, { account, enabled: false })],
      ['deleted', (account) => tenant.administrator.call(deleteUser, { account })],
      ['reset', (account) => tenant.administrator.call(resetUserPassword, { account })],
    ];
    for (const [how, end] of ends) {
      const account = await person('supervisor');
      const { client } = await browser(account);
      assert.equal((await client.call(listUsers, {})).status, 200);
      assert.equal((await end(account)).status, 200);
      assert.equal((await client.call(listUsers, {})).status, 401, how);
    }
  });

  test('a session of an account that was switched off and on again stays ended', async () => {
    const account = await person('supervisor');
    const { client } = await browser(account);
    for (const enabled of [false, true]) await tenant.administrator.call(changeUser, { account, enabled });
    assert.equal((await client.call(showSession, {})).status, 401);
  });

  test('switching a tenant off ends its sessions at once and lets nobody in; the operator still may', async () => {
    const own = await server.tenant();
    const operator = await server.signedIn(0, 'operator');
    const account = await person('administrator', own.vdnId);
    const { client } = await browser(account);
    await operator.call(changeTenant, { vdnId: own.vdnId, enabled: false });
    assert.equal((await client.call(showSession, {})).status, 401);
    assert.equal((await server.anyone.call(signIn, { account, password: PASSWORD })).status, 403);
    assert.equal((await operator.call(listUsers, {}, { 'x-parley-tenant': String(own.vdnId) })).status, 200);
    await operator.call(changeTenant, { vdnId: own.vdnId, enabled: true });
    assert.equal((await client.call(showSession, {})).status, 200);
  });

  test('a session ends after twelve hours', async () => {
    const own = await startTestServer();
    try {
      const { vdnId } = await own.tenant();
      await own.parley.accounts.insert(own.world.db, vdnId, { account: 'ann.admin', name: 'Ann', role: 'agent', email: '', phone: '', passwordHash }, own.world.clock());
      const { headers } = await own.anyone.call(signIn, { account: 'ann.admin', password: PASSWORD });
      const client = createClient({ baseUrl: own.url, authorize: () => ({ cookie: pairOf(setCookie(headers)) }) });
      own.advance(12 * HOUR - 60_000);
      assert.equal((await client.call(showSession, {})).status, 200);
      own.advance(60_000);
      assert.equal((await client.call(showSession, {})).status, 401);
    } finally {
      await own.close();
    }
  });

  test('with an expired password nothing but the change of it is allowed', async () => {
    const account = await person('administrator');
    const { body } = await tenant.administrator.call(resetUserPassword, { account });
    const { client, session } = await browser(account, body.password ?? '');
    assert.equal(session.passwordExpired, true);
    assert.equal((await client.call(listUsers, {})).status, 403);
    const changed = await client.call(changeOwnPassword, { oldPassword: body.password ?? '', newPassword: OTHER_PASSWORD });
    assert.equal(changed.status, 200, JSON.stringify(changed.body));
    assert.equal(changed.body.passwordExpired, false);
    const fresh = withCookie(pairOf(setCookie(changed.headers)), changed.body.csrfToken ?? '');
    assert.equal((await fresh.call(listUsers, {})).status, 200);
  });

  test('three wrong passwords lock the account, also against the right one', async () => {
    const account = await person('agent');
    for (let wrong = 0; wrong < 3; wrong += 1) assert.equal((await server.anyone.call(signIn, { account, password: 'wrong' })).status, 401);
    const { status, body } = await server.anyone.call(signIn, { account, password: PASSWORD });
    assert.equal(status, 403);
    assert.equal((body['error'] as { code: string }).code, 'locked');
  });

  test('of two changes of a password at once one succeeds', async () => {
    const account = await person('agent');
    const { client } = await browser(account);
    const statuses = await Promise.all(['Sleepy-Saucer-12', 'Gentle-Spoon-34'].map(async (newPassword) =>
      (await client.call(changeOwnPassword, { oldPassword: PASSWORD, newPassword })).status));
    assert.equal(statuses.filter((status) => status === 200).length, 1, String(statuses));
  });

  test('an account of the same name in two tenants chooses by the tenant', async () => {
    const [one, two] = [await server.tenant(), await server.tenant()];
    await person('agent', one.vdnId, 'same.name');
    await person('supervisor', two.vdnId, 'same.name');
    const at = async (tenantId: string) => (await server.anyone.call(signIn, { account: 'same.name', password: PASSWORD, tenant: tenantId })).body.role;
    assert.deepEqual([await at(one.tenantId), await at(two.tenantId)], ['agent', 'supervisor']);
    assert.equal((await server.anyone.call(signIn, { account: 'same.name', password: PASSWORD, tenant: '' })).status, 200);
  });

  test('many failures from one address slow it down, whatever the accounts', async () => {
    const account = await person('agent');
    const statuses = await Promise.all(Array.from({ length: 40 }, async (_, index) =>
      (await server.anyone.call(signIn, { account: `guess-${index}`, password: 'wrong' })).status));
    assert.ok(statuses.filter((status) => status === 401).length <= 30, String(statuses));
    assert.equal((await server.anyone.call(signIn, { account, password: PASSWORD })).status, 429);
    server.advance(5 * 60_000 + 1);
    assert.equal((await server.anyone.call(signIn, { account, password: PASSWORD })).status, 200);
  });
});

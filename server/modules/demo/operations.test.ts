import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { enterDemo, showDemo } from '@parley/contract/admin/demo.ts';
import { showSession } from '@parley/contract/admin/session.ts';
import { changeTenant } from '@parley/contract/admin/tenant.ts';
import { changeUser, createUser, deleteUser, listUsers } from '@parley/contract/admin/user.ts';
import { createClient } from '@parley/contract/client.ts';
import { describeOperation, recorded } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { createDemoDoor } from './index.ts';

const TOKEN = 'the-token-of-this-start';
const MINUTE_MS = 60_000;
const NUMBERS = [{ code: '1000', name: 'Sales' }];
const PEOPLE = ['ada.demo', 'sam.demo'];

let server: TestServer;
let tenant: TestTenant;

/** A demo tenant with an administrator, a supervisor, and somebody whom the demo did not make. */
before(async () => {
  server = await startTestServer();
  tenant = await server.tenant();
  for (const [account, role] of [['ada.demo', 'administrator'], ['sam.demo', 'supervisor'], ['own.account', 'administrator']] as const) {
    assert.ok((await tenant.administrator.call(createUser, { account, name: account, role, password: 'Curious-Teapot-41' })).ok);
  }
  server.parley.demo.open({ token: TOKEN, vdnId: tenant.vdnId, accounts: PEOPLE, customer: { widgetKey: 'wk-demo', numbers: NUMBERS } });
});
after(() => server.close());

const show = (token = TOKEN, headers: Readonly<Record<string, string>> = {}) => server.anyone.call(showDemo, { token }, headers);
const enter = (account: string, token = TOKEN, headers: Readonly<Record<string, string>> = {}) => server.anyone.call(enterDemo, { token, account }, headers);

/** Goes in as a browser does. */
async function entered(account: string) {
  const { body, headers } = await enter(account);
  const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return recorded(createClient({ baseUrl: server.url, authorize: () => ({ cookie, 'x-csrf-token': body.csrfToken ?? '' }) }), server.parley);
}

describeOperation(showDemo, {
  example: async () => {
    const { body, headers } = await show();
    assert.deepEqual(body, {
      people: [
        { account: 'ada.demo', name: 'ada.demo', role: 'administrator', workNo: null },
        { account: 'sam.demo', name: 'sam.demo', role: 'supervisor', workNo: null },
      ],
      customer: { widgetKey: 'wk-demo', numbers: NUMBERS },
    });
    assert.equal(headers.get('cache-control'), 'no-store');
  },
  badInput: async () => {
    assert.equal((await show('yesterday')).status, 401);
    assert.equal((await show('')).status, 400);
    assert.equal((await show(TOKEN, { 'sec-fetch-site': 'cross-site' })).status, 403);
  },
  effect: async () => {
    const ada = await entered('ada.demo');
    await ada.call(changeUser, { account: 'sam.demo', enabled: false });
    assert.deepEqual((await show()).body.people.map(({ account }) => account), ['ada.demo']);
    await ada.call(changeUser, { account: 'sam.demo', enabled: true, role: 'agent' });
    assert.equal((await show()).body.people[1]?.role, 'agent', 'the role is that of now');
    await ada.call(changeUser, { account: 'sam.demo', role: 'supervisor' });
  },
});

describeOperation(enterDemo, {
  example: async () => {
    const { body, headers } = await enter('ada.demo');
    assert.deepEqual([body.account, body.role, body.vdnId], ['ada.demo', 'administrator', tenant.vdnId]);
    assert.match(headers.getSetCookie()[0] ?? '', /^parley_session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/);
  },
  badInput: async () => {
    assert.equal((await enter('ada.demo', 'yesterday')).status, 401);
    assert.equal((await enter('own.account')).status, 404, 'whom the demo has not made nobody is without a password');
    assert.equal((await enter('nobody.demo')).status, 404);
    assert.equal((await enter('ada.demo', TOKEN, { 'sec-fetch-site': 'same-site' })).status, 403);
    const ada = await entered('ada.demo');
    await ada.call(changeUser, { account: 'sam.demo', enabled: false });
    const { status, headers } = await enter('sam.demo');
    assert.deepEqual([status, headers.getSetCookie()], [403, []]);
    await ada.call(changeUser, { account: 'sam.demo', enabled: true });
  },
  effect: async () => {
    const sam = await entered('sam.demo');
    assert.equal((await sam.call(showSession, {})).body.account, 'sam.demo');
    assert.equal((await sam.call(listUsers, {})).status, 200);
    assert.equal((await sam.call(deleteUser, { account: 'own.account' })).status, 403, 'a supervisor is no more than one');
  },
});

describe('the door of the demo', () => {
  test('is shut to an address that guesses, for a while, also with the right token', async () => {
    const statuses: number[] = [];
    for (let guess = 0; guess < 31; guess += 1) statuses.push((await show(`guess-${guess}`)).status);
    assert.deepEqual([statuses.at(28), statuses.at(-1)], [401, 429]);
    assert.deepEqual([(await show()).status, (await enter('ada.demo')).status], [429, 429]);
    server.advance(5 * MINUTE_MS);
    assert.equal((await show()).status, 200);
  });

  test('opens to nobody as long as there is no demo', async () => {
    const bare = await startTestServer();
    try {
      for (const token of ['anything', 'undefined']) assert.equal((await bare.anyone.call(showDemo, { token })).status, 401);
      assert.equal((await bare.anyone.call(enterDemo, { token: 'anything', account: 'ada.demo' })).status, 401);
      assert.equal(createDemoDoor().offered(), undefined);
    } finally {
      await bare.close();
    }
  });

  test('is shut while the tenant is switched off', async () => {
    const operator = await server.signedIn(0, 'operator');
    await operator.call(changeTenant, { vdnId: tenant.vdnId, enabled: false });
    assert.deepEqual([(await show()).status, (await enter('ada.demo')).status], [403, 403]);
    await operator.call(changeTenant, { vdnId: tenant.vdnId, enabled: true });
    assert.equal((await show()).status, 200);
  });
});

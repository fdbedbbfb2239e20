import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { resetPhonePassword } from '@parley/contract/admin/agent-account.ts';
import { agentAccountDelete } from '@parley/contract/configuration/agent-account.ts';
import { updateSipPhonePassword } from '@parley/contract/configuration/sip-phone.ts';
import { changeTenant } from '@parley/contract/admin/tenant.ts';
import { agentLoginInfo } from '@parley/contract/gateway/agent-presence.ts';
import { agentForceLogout, agentLogout } from '@parley/contract/gateway/agent-session.ts';
import { checkPhonePassword } from '@parley/core/account/password.ts';
import { REALM, registering } from '@parley/telephony/sip/registrar/registrar.fixture.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { codeOf, resultOf } from '../../testing/floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { until } from '../../testing/until.ts';

let server: TestServer;
let tenant: TestTenant;

/** A real registrar that asks Parley for the passwords of its phones. */
const { registrar, register, urisOf } = registering({
  accounts: async (user) => {
    const passwords = await server.parley.gateway.phoneAccounts.sipSecretsOf(user);
    return passwords.length === 0 ? undefined : { passwords };
  },
});

before(async () => {
  server = await startTestServer({
    world: {
      phones: {
        dropAll: (number) => { registrar.dropAll({ user: number, realm: REALM }); },
        isRegistered: (number) => registrar.bindingsOf({ user: number, realm: REALM }).length > 0,
      },
    },
  });
  tenant = await server.tenant();
});
after(() => server.close());

const registers = async (number: string, password: string): Promise<number> =>
  (await register({ user: number, contacts: [`<sip:${number}@10.0.0.5:5060>`] }, undefined, password)).status;
const tokenOf = async (desk: Desk): Promise<string> => resultOf(await desk.client.call(agentLoginInfo, { agentid: desk.workNo })).phonetoken;

async function signedIn(): Promise<Desk> {
  const desk = await openDesk(server, tenant);
  await desk.signIn();
  return desk;
}

describeOperation(agentLoginInfo, {
  example: async () => {
    const ann = await signedIn();
    const reply = await ann.client.call(agentLoginInfo, { agentid: ann.workNo });
    const { body, headers } = reply;
    const { phonetoken } = resultOf(reply);
    assert.deepEqual(body, { message: 'success', retcode: '0', result: { phonenum: ann.phone, phonetoken } });
    assert.match(phonetoken, /^[\w-]{24}$/);
    assert.equal(headers.get('cache-control'), 'no-store');
  },
  badInput: async () => {
    const ann = await openDesk(server, tenant);
    assert.equal(await ann.code(agentLoginInfo), '000-003', 'the agent has not signed in');
    await ann.signIn({ phonenum: '13800000001' });
    const outside = await ann.client.call(agentLoginInfo, { agentid: ann.workNo });
    assert.deepEqual([codeOf(outside), String(outside.body['message']).includes('its own')], ['100-007', true]);
    const bob = await signedIn();
    assert.notEqual(codeOf(await bob.client.call(agentLoginInfo, { agentid: ann.workNo })), '0', 'another agent\'s is not given');
  },
  effect: async () => {
    const ann = await signedIn();
    const token = await tokenOf(ann);
    assert.equal(await tokenOf(ann), token, 'whoever asks again takes none away');
    assert.equal(await registers(ann.phone, token), 200, 'the registrar takes it');
    assert.equal(urisOf(ann.phone).length, 1);
    assert.equal(await ann.code(agentLogout), '0');
    assert.equal(await registers(ann.phone, token), 401, 'it has ended with the session');
  },
});

const passwordOf = async ({ phone }: Desk): Promise<string> => (await server.parley.gateway.phoneAccounts.sipSecretsOf(phone))[0] ?? assert.fail('the phone has a password');

describeOperation(resetPhonePassword, {
  example: async () => {
    const ann = await openDesk(server, tenant);
    const { body, headers } = await tenant.administrator.call(resetPhonePassword, { workNo: ann.workNo });
    assert.deepEqual(body, { workNo: ann.workNo, sipAccount: ann.phone, password: await passwordOf(ann) });
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(checkPhonePassword(body.password ?? ''), undefined, 'what is made up keeps the rules');
  },
  badInput: async () => {
    const ann = await openDesk(server, tenant);
    const earlier = await passwordOf(ann);
    const { status, body } = await tenant.administrator.call(resetPhonePassword, { workNo: ann.workNo, password: 'phone_abc' });
    assert.deepEqual([status, JSON.stringify(body).includes('three of upper case')], [400, true]);
    assert.equal((await tenant.administrator.call(resetPhonePassword, { workNo: 59_999 })).status, 404);
    assert.equal((await (await server.tenant()).administrator.call(resetPhonePassword, { workNo: ann.workNo })).status, 404, 'another tenant has no such agent');
    assert.equal((await (await server.signedIn(tenant.vdnId, 'supervisor')).call(resetPhonePassword, { workNo: ann.workNo })).status, 403);
    assert.equal(await passwordOf(ann), earlier, 'the password stayed');
  },
  effect: async () => {
    const ann = await signedIn();
    const [lasting, token] = [await passwordOf(ann), await tokenOf(ann)];
    assert.equal(await registers(ann.phone, lasting), 200);
    const { password } = await tenant.administrator.ask(resetPhonePassword, { workNo: ann.workNo, password: 'Phone_1357' });
    assert.equal(password, undefined, 'whoever gives one knows it');
    assert.deepEqual(urisOf(ann.phone), [], 'what was registered is no longer');
    for (const old of [lasting, token]) assert.equal(await registers(ann.phone, old), 401);
    for (const fresh of ['Phone_1357', await tokenOf(ann)]) assert.equal(await registers(ann.phone, fresh), 200);
    const rows = await server.world.db.selectFrom('audit').select(['what_id', 'after']).where('operation', '=', 'resetPhonePassword').where('vdn_id', '=', tenant.vdnId).orderBy('id', 'desc').execute();
    assert.deepEqual([rows[0]?.what_id, JSON.stringify(rows).includes('Phone_1357')], [String(ann.workNo), false]);
  },
});

describe('a temporary password of a phone (6.1.1.26)', () => {
  test('is good beside the lasting one, for that phone only', async () => {
    const [ann, bob] = [await signedIn(), await signedIn()];
    const token = await tokenOf(ann);
    const [lasting] = await server.parley.gateway.phoneAccounts.sipSecretsOf(ann.phone);
    assert.equal(await registers(ann.phone, lasting ?? ''), 200);
    assert.equal(await registers(ann.phone, token), 200);
    assert.equal(await registers(bob.phone, token), 401);
    assert.equal(await registers(ann.phone, `${token}x`), 401);
    assert.notEqual(token, await tokenOf(bob));
  });

  test('ends with a session that another one takes the place of', async () => {
    const ann = await signedIn();
    const token = await tokenOf(ann);
    await ann.forceSignIn();
    assert.equal(await registers(ann.phone, token), 401);
    assert.equal(await registers(ann.phone, await tokenOf(ann)), 200);
    assert.equal(await ann.code(agentForceLogout), '0');
  });

  test('is not given for the phone of another agent, with which one may sign in', async () => {
    const owner = await openDesk(server, tenant);
    const guest = await openDesk(server, tenant);
    await guest.signIn({ phonenum: owner.phone });
    assert.equal(await guest.code(agentLoginInfo), '100-007');
    assert.equal((await server.parley.gateway.phoneAccounts.sipSecretsOf(owner.phone)).length, 1, 'the owner\'s lasting one alone');
  });
});

describe('registrations', () => {
  test('end when the password of the phone is another (5.1.8), and so do its tokens', async () => {
    const ann = await openDesk(server, tenant, { account: 'ann-of-the-phone' });
    await ann.signIn();
    const token = await tokenOf(ann);
    const [lasting = ''] = await server.parley.gateway.phoneAccounts.sipSecretsOf(ann.phone);
    assert.equal(await registers(ann.phone, lasting), 200);
    const { body } = await tenant.client.call(updateSipPhonePassword, { userAccount: 'ann-of-the-phone', accountPwd: 'Te$t1234', newPhonePwd: 'Phone_2468' });
    assert.equal(body['resultCode'], '0', JSON.stringify(body));
    assert.deepEqual(urisOf(ann.phone), []);
    for (const old of [lasting, token]) assert.equal(await registers(ann.phone, old), 401);
    for (const fresh of ['Phone_2468', await tokenOf(ann)]) assert.equal(await registers(ann.phone, fresh), 200);
  });

  test('end with the agent (5.1.2)', async () => {
    const ann = await openDesk(server, tenant, { account: 'ann-who-goes' });
    const [password = ''] = await server.parley.gateway.phoneAccounts.sipSecretsOf(ann.phone);
    assert.equal(await registers(ann.phone, password), 200);
    const { body } = await tenant.client.call(agentAccountDelete, { userAccount: 'ann-who-goes' });
    assert.equal(body['resultCode'], '0');
    assert.deepEqual(urisOf(ann.phone), []);
    assert.equal(await registers(ann.phone, password), 401);
  });

  test('end with a tenant that is switched off, and come again with it', async () => {
    const operator = await server.signedIn(0, 'operator');
    const other = await server.tenant();
    const [theirs, ours] = [await openDesk(server, other), await openDesk(server, tenant)];
    const passwords = new Map<string, string>();
    for (const { phone } of [theirs, ours]) {
      const [password = ''] = await server.parley.gateway.phoneAccounts.sipSecretsOf(phone);
      passwords.set(phone, password);
      assert.equal(await registers(phone, password), 200);
    }
    const switchTo = (enabled: boolean) => operator.call(changeTenant, { vdnId: other.vdnId, enabled });
    assert.equal((await switchTo(false)).status, 200);
    await until(() => urisOf(theirs.phone).length === 0, 'the phones of the tenant are registered no longer');
    assert.equal(await registers(theirs.phone, passwords.get(theirs.phone) ?? ''), 401);
    assert.equal(urisOf(ours.phone).length, 1, 'those of others stay');
    await switchTo(true);
    assert.equal(await registers(theirs.phone, passwords.get(theirs.phone) ?? ''), 200);
  });
});

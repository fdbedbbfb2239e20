import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { changeOwnPassword, signIn } from '@parley/contract/admin/session.ts';
import { listTenants } from '@parley/contract/admin/tenant.ts';
import { showTollLimits } from '@parley/contract/admin/toll-limits.ts';
import { listTrialAccessCodes, removeTrialAccessCode, showTrial } from '@parley/contract/admin/trial.ts';
import { createAccessCode } from '@parley/contract/admin/access-code.ts';
import { errors } from '@parley/contract/admin/family.ts';
import { createClient } from '@parley/contract/client.ts';
import { createCalledRoute } from '@parley/contract/configuration/called-route.ts';
import type { Context } from '@parley/contract/handler.ts';
import { applyTenant, generateVerifyCode } from '@parley/contract/provision/trial.ts';
import { isRefusal, refuse } from '@parley/contract/refusal.ts';
import { createPerform } from '../../perform.ts';
import { describeOperation, recorded } from '../../testing/operation-test.ts';
import { deskOf } from '../../testing/desk.ts';
import { applyHandlers, type TrialDependencies } from './apply.ts';
import { linesOf, openTrialOffice, type TrialOffice } from './trial.fixture.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let office: TrialOffice;
before(async () => { office = await openTrialOffice(); });
after(() => office.floor.server.close());
afterEach(async () => {
  office.mail.close();
  await office.set({});
  for (const { code } of (await office.operator.call(listTrialAccessCodes, {})).body.accessCodes) await office.operator.call(removeTrialAccessCode, { code });
});

const tenants = async () => (await office.operator.call(listTenants, { limit: 1000 })).body.tenants;

describeOperation(generateVerifyCode, {
  example: async () => {
    const phone = office.newPhone();
    const { body } = await office.floor.server.anyone.call(generateVerifyCode, { phone });
    assert.deepEqual(body, { retCode: '200', retMsg: 'The code has been sent.' });
    assert.deepEqual([office.mail.letters.at(-1)?.to, office.codeMailed().length], [`${phone}@phone.invalid`, 6]);
  },
  badInput: async () => {
    const { server } = office.floor;
    const statusOf = async (input: object): Promise<number> => (await server.anyone.call(generateVerifyCode, input as { phone: string })).status;
    assert.equal(await statusOf({}), 400);
    for (const phone of ['', 'abc', '1', '1'.repeat(21), '167\r\nBcc', '+']) assert.equal(await statusOf({ phone }), 400, phone);
    for (const email of ['zhang', 'a@b@c d', 'zhang@example.com\r\nBcc: eve@example.com']) assert.equal(await statusOf({ phone: office.newPhone(), email }), 400, email);
  },
  effect: async () => {
    await office.provide();
    const phone = office.newPhone();
    assert.equal(await office.apply({ phone, phoneVerifyCode: '123456' }), '001');
    const { body: before_ } = await office.operator.call(showTrial, {});
    assert.equal(await office.ask(phone), '200');
    assert.equal((await office.operator.call(showTrial, {})).body.mailsToday, before_.mailsToday + 1);
    assert.equal(await office.apply({ phone }), '000');
  },
});

describeOperation(applyTenant, {
  example: async () => {
    await office.provide();
    const phone = office.newPhone();
    await office.ask(phone);
    const { status, body } = await office.floor.server.anyone.call(applyTenant, { companyName: 'Example Ltd', phone, phoneVerifyCode: office.codeMailed(), email: 'first@example.com' });
    assert.deepEqual([status, body as object], [200, { returnCode: '000', returnMsg: 'success', retCode: '000', retMsg: 'success' }]);
  },
  badInput: async () => {
    await office.provide();
    const phone = office.newPhone();
    const count = (await tenants()).length;
    const { server } = office.floor;
    const whole = { companyName: 'Example Ltd', phone, phoneVerifyCode: '123456', email: 'zhang@example.com' };
    for (const name of Object.keys(whole)) assert.equal((await server.anyone.call(applyTenant, { ...whole, [name]: '' })).status, 400, name);
    assert.equal((await server.anyone.call(applyTenant, { ...whole, email: 'zhang' })).status, 400);
    assert.equal(await office.apply(whole), '001');
    await office.ask(phone);
    assert.equal(await office.apply({ ...whole, phoneVerifyCode: office.codeMailed() === '123456' ? '654321' : '123456' }), '002');
    assert.equal((await tenants()).length, count);
  },
  effect: async () => {
    const code = await office.provide();
    const { returnCode, letter } = await office.tryParley();
    assert.equal(returnCode, '000');
    const [vdnId] = linesOf(letter, 'VDN');
    const made = (await tenants()).find((tenant) => tenant.vdnId === Number(vdnId));
    assert.deepEqual([made?.name, made?.enabled, made?.tenantId], ['Example Ltd', true, linesOf(letter, 'Tenant')[0]]);
    const { accessCodes, free } = (await office.operator.call(listTrialAccessCodes, {})).body;
    assert.deepEqual([accessCodes.find((one) => one.code === code)?.vdnId, free], [Number(vdnId), 0]);
  },
});

describe('a trial', () => {
  test('takes a call with what was mailed', async () => {
    await office.provide();
    const { letter } = await office.tryParley();
    const { floor } = office;
    const [number = '', workNo = '', password = '', phone = ''] = ['Number to call', 'Work number', 'Work number password', 'SIP account'].map((name) => linesOf(letter, name)[0] ?? '');
    const desk = deskOf(floor.server, { workNo: Number(workNo), password, phone });
    floor.voice.phone(phone);
    await desk.signIn();
    await desk.until('AgentState_Ready');
    const party = floor.voice.callIn({ from: '13800000077', to: number });
    const { caller, called } = await desk.until('AgentEvent_Talking');
    assert.deepEqual([caller, called], ['13800000077', number]);
    party.hangUp();
    await desk.until('AgentEvent_Call_Release');
  });

  test('lets its administrator in, who chooses a password first', async () => {
    await office.provide();
    const { letter } = await office.tryParley();
    const { server } = office.floor;
    const account = linesOf(letter, 'Administrator')[0] ?? '';
    const first = await server.anyone.call(signIn, { account, password: linesOf(letter, 'Password')[0] ?? '' });
    assert.deepEqual([first.status, first.body.role, first.body.passwordExpired], [200, 'administrator', true]);
    const cookie = first.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const client = recorded(createClient({ baseUrl: server.url, authorize: () => ({ cookie, 'x-csrf-token': first.body.csrfToken ?? '' }) }), server.parley);
    const changed = await client.call(changeOwnPassword, { oldPassword: linesOf(letter, 'Password')[0] ?? '', newPassword: 'Curious-Teapot-41' });
    assert.equal(changed.status, 200, JSON.stringify(changed.body));
    const again = await server.anyone.call(signIn, { account, password: 'Curious-Teapot-41' });
    assert.equal(again.status, 200);
  });

  test('calls nobody outside before the operators allow it', async () => {
    await office.provide();
    const { letter } = await office.tryParley();
    const { inForce } = (await office.operator.call(showTollLimits, { vdnId: Number(linesOf(letter, 'VDN')[0]) })).body;
    assert.deepEqual([inForce.concurrentCalls, inForce.callsPerDay, inForce.minutesPerDay], [0, 0, 0]);
  });

  test('is over when its time is, and is switched off', async () => {
    await office.provide();
    await office.set({ days: 2 });
    const { letter, phone } = await office.tryParley();
    const vdnId = Number(linesOf(letter, 'VDN')[0]);
    const isEnabled = async (): Promise<boolean | undefined> => (await tenants()).find((tenant) => tenant.vdnId === vdnId)?.enabled;
    const { server } = office.floor;
    const hourly = async (): Promise<void> => {
      server.fire('orders-due');
      await server.jobsDone();
    };
    await hourly();
    assert.equal(await isEnabled(), true);
    server.advance(2 * DAY);
    await hourly();
    assert.equal(await isEnabled(), false);
    assert.equal(await office.ask(phone), '200');
    assert.equal(await office.apply({ phone }), '004', 'one has been had');
  });
});

describe('codes', () => {
  test('are sent again a minute later, and the older one is good no more', async () => {
    await office.provide();
    const phone = office.newPhone();
    const { server } = office.floor;
    const asked = async (): Promise<unknown> => (await server.anyone.call(generateVerifyCode, { phone })).body['retCode'];
    assert.equal(await office.ask(phone), '200');
    const first = office.codeMailed();
    assert.equal(await asked(), '201');
    server.advance(MINUTE - 1000);
    assert.equal(await asked(), '201');
    server.advance(1000);
    assert.equal(await asked(), '200');
    if (office.codeMailed() !== first) assert.equal(await office.apply({ phone, phoneVerifyCode: first }), '002');
    assert.equal(await office.apply({ phone: `+${phone}` }), '000', 'with a + before it, it is the same number');
  });

  test('end after ten minutes', async () => {
    const phone = office.newPhone();
    await office.ask(phone);
    office.floor.server.advance(10 * MINUTE);
    assert.equal(await office.apply({ phone }), '001');
  });

  test('are tried five times, also at once', async () => {
    await office.provide();
    const phone = office.newPhone();
    await office.ask(phone);
    const right = office.codeMailed();
    const wrong = right === '000000' ? '111111' : '000000';
    const tried = await Promise.all(Array.from({ length: 8 }, () => office.apply({ phone, phoneVerifyCode: wrong })));
    assert.deepEqual(tried.toSorted(), ['001', '001', '001', '002', '002', '002', '002', '002']);
    assert.equal(await office.apply({ phone }), '001', 'the right one comes too late');
  });

  test('that were mailed to an address are good for that address', async () => {
    await office.provide();
    const phone = office.newPhone();
    assert.equal(await office.ask(phone, 'Ann@example.com'), '200');
    assert.equal(office.mail.letters.at(-1)?.to, 'Ann@example.com');
    assert.equal(await office.apply({ phone, email: 'eve@example.com' }), '002');
    assert.equal(await office.apply({ phone, email: 'ann@example.com' }), '000');
  });

  test('go to where the operators have mail for telephones go', async () => {
    await office.set({ phoneAddress: '{phone}@sms.example.com' });
    const phone = office.newPhone();
    await office.ask(`+${phone}`);
    assert.equal(office.mail.letters.at(-1)?.to, `${phone}@sms.example.com`);
    await office.set({ phoneAddress: '' });
    assert.equal(await office.ask(office.newPhone()), '202');
  });

  test('that cannot be sent are not waited for', async () => {
    const phone = office.newPhone();
    office.mail.close('unreachable');
    assert.equal(await office.ask(phone), '204');
    office.mail.close();
    assert.equal((await office.floor.server.anyone.call(generateVerifyCode, { phone })).body['retCode'], '200');
  });

  test('stand nowhere in the database', async () => {
    const phone = office.newPhone();
    await office.ask(phone, 'ann@example.com');
    const rows = JSON.stringify(await office.floor.server.world.db.selectFrom('trial_code').selectAll().execute());
    for (const secret of [phone, 'ann@example.com', office.codeMailed()]) assert.ok(!rows.includes(`"${secret}"`), secret);
  });

  test('are not given to one network address without end', async () => {
    const { server } = office.floor;
    server.advance(60 * MINUTE);
    const statuses = [];
    for (let count = 0; count < 31; count += 1) statuses.push((await server.anyone.call(generateVerifyCode, { phone: office.newPhone() })).status);
    assert.deepEqual([statuses.slice(0, 30).every((status) => status === 200), statuses[30]], [true, 429]);
  });
});

describe('applications', () => {
  test('at the same time are one', async () => {
    await office.provide();
    await office.provide();
    const phone = office.newPhone();
    await office.ask(phone);
    const count = (await tenants()).length;
    const outcomes = await Promise.all([office.apply({ phone }), office.apply({ phone }), office.apply({ phone })]);
    assert.equal(outcomes.filter((code) => code === '000').length, 1, outcomes.join());
    assert.ok(outcomes.every((code) => ['000', '001', '004', '005'].includes(code)), outcomes.join());
    assert.ok(outcomes.includes('005'), outcomes.join());
    assert.equal((await tenants()).length, count + 1);
  });

  test('of one mail address are one, whatever the number', async () => {
    await office.provide();
    await office.provide();
    const email = `same.${office.newPhone()}@example.com`;
    for (const expected of ['000', '004']) {
      const phone = office.newPhone();
      await office.ask(phone);
      assert.equal(await office.apply({ phone, email }), expected);
    }
  });

  test('find no access code, and find one once it is there', async () => {
    const phone = office.newPhone();
    await office.ask(phone);
    assert.equal(await office.apply({ phone }), '006');
    await office.provide();
    assert.equal(await office.apply({ phone }), '000');
  });

  test('pass over an access code that a tenant has taken by itself', async () => {
    const taken = await office.provide();
    await (await office.floor.server.signedIn(office.floor.tenant.vdnId, 'administrator')).call(createAccessCode, { code: taken, media: 5 });
    const free = await office.provide();
    const { returnCode, letter } = await office.tryParley();
    assert.deepEqual([returnCode, linesOf(letter, 'Number to call')], ['000', [free]]);
  });

  test('end when the mail of the day is used up', async () => {
    await office.provide();
    const phone = office.newPhone();
    await office.ask(phone);
    const code = office.codeMailed();
    const { mailsToday } = (await office.operator.call(showTrial, {})).body;
    await office.set({ mailsPerDay: mailsToday });
    assert.equal(await office.apply({ phone, phoneVerifyCode: code }), '205');
    assert.equal((await office.floor.server.anyone.call(generateVerifyCode, { phone: office.newPhone() })).body['retCode'], '205');
    await office.set({});
    assert.equal(await office.apply({ phone, phoneVerifyCode: code }), '000', 'the access code was given back');
  });

  test('are not taken where trials are switched off', async () => {
    await office.set({ enabled: false });
    const { server } = office.floor;
    const input = { companyName: 'Example Ltd', phone: office.newPhone(), phoneVerifyCode: '123456', email: 'zhang@example.com' };
    assert.deepEqual([(await server.anyone.call(generateVerifyCode, input)).status, (await server.anyone.call(applyTenant, input)).status], [403, 403]);
  });

  test('are answered although the letter has to wait, and it is sent in the end', async () => {
    await office.provide();
    const phone = office.newPhone();
    await office.ask(phone);
    const code = office.codeMailed();
    office.mail.close('unreachable');
    assert.equal(await office.apply({ phone, phoneVerifyCode: code }), '000');
    const sealed = async () => office.floor.server.world.db.selectFrom('letter').selectAll().execute();
    const kept = Buffer.concat((await sealed()).map((row) => row.sealed)).toString('latin1');
    assert.ok(kept.length > 0 && !kept.includes('Password'));
    office.mail.close();
    await office.floor.server.jobsDone();
    assert.deepEqual([linesOf(office.mail.letters.at(-1), 'Work number').length, (await sealed()).length], [2, 0]);
  });
});

test('what cannot be set up whole is switched off, and may be tried again', async () => {
  const code = await office.provide();
  const { server } = office.floor;
  const { parley, world } = server;
  const perform = createPerform({ handlers: () => parley.handlers, clock: world.clock, actor: 'trial' });
  const faults: string[] = [];
  const failing: TrialDependencies = {
    db: world.db, vault: world.vault, writer: parley.writer, clock: world.clock, mail: office.mail, portalUrl: 'https://parley.example.com/',
    onFault: (message) => { faults.push(message); },
    perform: (op, vdnId, input) => ((op as object) === createCalledRoute ? Promise.resolve(refuse(errors.conflict, { message: 'no' })) : perform(op, vdnId, input)),
    drop: () => Promise.reject(new Error('there is nothing to be told')),
    isFree: () => Promise.resolve(true), tenantOfContact: () => Promise.resolve(undefined), keepCustomer: () => Promise.reject(new Error('there is nobody to be kept')),
  };
  const phone = office.newPhone();
  await office.ask(phone);
  const handler = applyHandlers(failing).find(({ op }) => op.id === applyTenant.id);
  const answer = await handler?.run(
    { companyName: 'Example Ltd', phone, phoneVerifyCode: office.codeMailed(), email: `half.${phone}@example.com` },
    { source: '127.0.0.9', now: world.clock(), by: { actor: 'test', source: 'test', operation: 'test' } } as Context,
  );
  assert.ok(isRefusal(answer) && answer.refused.code === '005', JSON.stringify(answer));
  assert.equal(faults.length, 1);
  const { accessCodes } = (await office.operator.call(listTrialAccessCodes, {})).body;
  const half = accessCodes.find((one) => one.code === code)?.vdnId;
  assert.equal((await tenants()).find(({ vdnId }) => vdnId === half)?.enabled, false);
  const another = await office.provide();
  assert.equal(await office.apply({ phone, email: `half.${phone}@example.com` }), '000', 'the code is still good');
  await server.jobsDone();
  assert.deepEqual(linesOf(office.mail.letters.at(-1), 'Number to call'), [another]);
});

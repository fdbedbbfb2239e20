import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { createAccessCode } from '@parley/contract/admin/access-code.ts';
import { addTrialAccessCode, listTrialAccessCodes, removeTrialAccessCode, setTrial, showTrial } from '@parley/contract/admin/trial.ts';
import type { Client } from '@parley/contract/client.ts';
import { generateVerifyCode } from '@parley/contract/provision/trial.ts';
import { createMailMemory } from '../../adapters/mail/memory.ts';
import { describeOperation } from '../../testing/operation-test.ts';
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
beforeEach(async () => {
  await operator.call(setTrial, {});
  for (const { code } of (await operator.call(listTrialAccessCodes, {})).body.accessCodes) await operator.call(removeTrialAccessCode, { code });
});

const USUAL = { enabled: true, days: 30, mailsPerDay: 100, phoneAddress: '{phone}@phone.invalid', timeZone: 'UTC', portalUrl: 'https://127.0.0.1:8443/', mailsToday: 0 };
const SET = { enabled: false, days: 7, mailsPerDay: 3, phoneAddress: '{phone}@sms.example.com', timeZone: 'Europe/Berlin', portalUrl: 'https://parley.example.com/' };
const codes = async () => (await operator.call(listTrialAccessCodes, {})).body;
const add = async (code: string): Promise<number> => (await operator.call(addTrialAccessCode, { code })).status;

describeOperation(showTrial, {
  example: async () => { assert.deepEqual((await operator.call(showTrial, {})).body, USUAL); },
  badInput: async () => {
    assert.equal((await tenant.administrator.call(showTrial, {})).status, 403);
    assert.equal((await server.anyone.call(showTrial, {})).status, 401);
  },
  effect: async () => {
    const { mailsToday } = (await operator.call(showTrial, {})).body;
    assert.equal((await server.anyone.call(generateVerifyCode, { phone: '16673280001' })).body['retCode'], '200');
    assert.equal((await operator.call(showTrial, {})).body.mailsToday, mailsToday + 1);
  },
});

describeOperation(setTrial, {
  example: async () => {
    const { body } = await operator.call(setTrial, SET);
    assert.deepEqual({ ...body, mailsToday: 0 }, { ...SET, mailsToday: 0 });
  },
  badInput: async () => {
    const statusOf = async (changes: object, client = operator): Promise<number> => (await client.call(setTrial, changes)).status;
    for (const wrong of [
      { days: 0 }, { days: 1.5 }, { mailsPerDay: -1 }, { phoneAddress: 'sms@example.com' }, { phoneAddress: '{phone}' }, { phoneAddress: '{phone}@a b' }, { timeZone: 'Mars/Base' },
      { portalUrl: 'parley' }, { portalUrl: 'javascript:alert(1)' },
    ]) assert.equal(await statusOf(wrong), 400, JSON.stringify(wrong));
    assert.equal(await statusOf(SET, tenant.administrator), 403);
    assert.deepEqual({ ...(await operator.call(showTrial, {})).body, mailsToday: 0 }, USUAL);
  },
  effect: async () => {
    await operator.call(setTrial, SET);
    const { mailsToday: _today, ...shown } = (await operator.call(showTrial, {})).body;
    assert.deepEqual(shown, SET);
    assert.equal((await server.anyone.call(generateVerifyCode, { phone: '16673280002' })).status, 403);
    await operator.call(setTrial, {});
    assert.equal((await server.anyone.call(generateVerifyCode, { phone: '16673280002' })).status, 200);
    const trail = await server.world.db.selectFrom('audit').select('what').where('vdn_id', '=', 0).where('operation', '=', 'setTrial').execute();
    assert.ok(trail.every(({ what }) => what === 'trial') && trail.length > 1);
  },
});

describeOperation(listTrialAccessCodes, {
  example: async () => { assert.deepEqual(await codes(), { accessCodes: [], free: 0 }); },
  badInput: async () => { assert.equal((await tenant.administrator.call(listTrialAccessCodes, {})).status, 403); },
  effect: async () => {
    for (const code of ['98002', '98001']) await add(code);
    const { accessCodes, free } = await codes();
    assert.deepEqual([accessCodes.map(({ code }) => code).toSorted(), free], [['98001', '98002'], 2]);
  },
});

describeOperation(addTrialAccessCode, {
  example: async () => {
    const { body } = await operator.call(addTrialAccessCode, { code: '98003' });
    assert.deepEqual([body.code, body.vdnId], ['98003', undefined]);
  },
  badInput: async () => {
    await tenant.administrator.call(createAccessCode, { code: '98100', media: 5 });
    assert.deepEqual([await add('98100'), await add('981001'), await add('9 8'), await add(''), await add('1'.repeat(33))], [409, 409, 400, 400, 400]);
    assert.deepEqual([await add('98004'), await add('98004')], [200, 409]);
    assert.equal((await tenant.administrator.call(addTrialAccessCode, { code: '98005' })).status, 403);
    assert.deepEqual((await codes()).accessCodes.map(({ code }) => code), ['98004']);
  },
  effect: async () => {
    assert.equal((await codes()).free, 0);
    await add('#98006*');
    assert.equal((await codes()).free, 1);
  },
});

describeOperation(removeTrialAccessCode, {
  example: async () => {
    await add('98007');
    assert.deepEqual((await operator.call(removeTrialAccessCode, { code: '98007' })).body, {});
  },
  badInput: async () => {
    assert.equal((await operator.call(removeTrialAccessCode, { code: '98008' })).status, 404);
    assert.equal((await tenant.administrator.call(removeTrialAccessCode, { code: '98008' })).status, 403);
  },
  effect: async () => {
    await add('#98009*');
    await operator.call(removeTrialAccessCode, { code: '#98009*' });
    assert.equal((await codes()).free, 0);
    assert.equal(await add('#98009*'), 200);
  },
});

test('where mail leaves the machine, trials are not given out unless told', async () => {
  const outside = await startTestServer({ world: { mail: { ...createMailMemory(), leaves: true } } });
  try {
    const anyones = async (): Promise<number> => (await outside.anyone.call(generateVerifyCode, { phone: '16673280001', email: 'ann@example.com' })).status;
    const theirs = await outside.signedIn(0, 'operator');
    assert.equal(await anyones(), 403);
    const { body } = await theirs.call(setTrial, { enabled: true });
    assert.deepEqual([body.enabled, body.phoneAddress, await anyones()], [true, '', 200]);
    assert.equal((await outside.anyone.call(generateVerifyCode, { phone: '16673280003' })).body['retCode'], '202', 'no way to a telephone is known');
  } finally {
    await outside.close();
  }
});

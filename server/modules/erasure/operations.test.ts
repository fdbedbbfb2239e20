import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { listErasures } from '@parley/contract/admin/erasure.ts';
import { appSettingsCreate, appSettingsQuery } from '@parley/contract/configuration/app-setting.ts';
import { cleanCustPersonalData } from '@parley/contract/configuration/erasure.ts';
import { owners } from '../../database/tables.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { until } from '../../testing/until.ts';

let server: TestServer;
let tenant: TestTenant;

before(async () => { server = await startTestServer(); });
after(() => server.close());

const fresh = async (): Promise<void> => { tenant = await server.tenant(); };
const erase = async (customNos: string[]) => tenant.client.call(cleanCustPersonalData, { customNos });
const orders = async () => (await tenant.administrator.call(listErasures, {})).body.erasures;
const allDone = () => until(async () => (await orders()).every((order) => order.doneAt !== null), 'the order is carried out');
const setting = async (userId: string) => (await tenant.client.call(appSettingsQuery, { userId })).body['returnCode'];

describeOperation(cleanCustPersonalData, {
  example: async () => {
    await fresh();
    const { body } = await erase(['13512341111', 'wen11', 'kehu@example.com']);
    assert.deepEqual(body, { retCode: '0', retMsg: 'VerifyParams success' });
  },
  badInput: async () => {
    await fresh();
    assert.equal((await erase([])).status, 400);
    assert.equal((await erase(Array.from({ length: 1001 }, (_, index) => String(index)))).status, 400);
  },
  effect: async () => {
    await fresh();
    await tenant.client.call(appSettingsCreate, { userId: 'wen11' });
    await tenant.client.call(appSettingsCreate, { userId: 'somebody-else' });
    await erase(['wen11']);
    await allDone();
    assert.equal(await setting('wen11'), '1');
    assert.equal(await setting('somebody-else'), '0');
  },
});

describeOperation(listErasures, {
  example: async () => {
    await fresh();
    await erase(['1', '2', '2']);
    await allDone();
    const [order] = await orders();
    assert.equal(order?.subjects, 2);
    assert.equal(order?.requestedBy, `key:${tenant.appKey}`);
  },
  badInput: async () => {
    await fresh();
    assert.equal((await server.anyone.call(listErasures, {})).status, 401);
  },
  effect: async () => {
    await fresh();
    assert.deepEqual(await orders(), []);
    await erase(['wen11']);
    assert.equal((await orders()).length, 1);
  },
});

describe('erasure', () => {
  test('every table with personal data has an eraser', () => {
    const personal = Object.entries(owners).filter(([, { personal: marked }]) => marked).map(([table]) => table);
    // The orders themselves are emptied when they are done.
    const reached = ['erasure', ...server.parley.erasers.flatMap((eraser) => eraser.tables)];
    assert.deepEqual(personal.toSorted(), [...new Set(reached)].toSorted());
  });

  test('nothing of the subjects stays behind, neither in the order nor in the trail', async () => {
    await fresh();
    const subject = '13987654321';
    await tenant.client.call(appSettingsCreate, { userId: subject, callNumber: [subject] });
    await erase([subject]);
    await allDone();
    for (const table of ['erasure', 'journal', 'audit'] as const) {
      const rows = await server.world.db.selectFrom(table).selectAll().where('vdn_id', '=', tenant.vdnId).execute();
      assert.ok(!JSON.stringify(rows).includes(subject), `${table} still names the subject`);
    }
  });

  test('one tenant\'s order leaves another tenant\'s data alone', async () => {
    await fresh();
    await tenant.client.call(appSettingsCreate, { userId: 'wen11' });
    const mine = tenant;
    await fresh();
    await erase(['wen11']);
    await allDone();
    tenant = mine;
    assert.equal(await setting('wen11'), '0');
  });
});

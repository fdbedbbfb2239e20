import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { countNumberAreas, importNumberAreas } from '@parley/contract/admin/number-area.ts';
import type { Client } from '@parley/contract/client.ts';
import { getPhoneNoRegionInfo } from '@parley/contract/configuration/number-area.ts';
import type { Input } from '@parley/contract/operation.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { createAreas } from './areas.ts';

const HEADER = 'prefix,areaCode,province,city,cityCode,isp,postCode';
const SHIPPED = 388;

let server: TestServer;
let tenant: TestTenant;
let operator: Client;

before(async () => {
  server = await startTestServer();
  tenant = await server.tenant();
  operator = await server.signedIn(0, 'operator');
});
after(() => server.close());

const find = async (phoneNo: string) => (await tenant.client.call(getPhoneNoRegionInfo, { phoneNo })).body;
const importSet = async (...lines: readonly string[]) => operator.call(importNumberAreas, { csv: `${[HEADER, ...lines].join('\n')}\n` });
const count = async () => (await operator.call(countNumberAreas, {})).body;

beforeEach(async () => { assert.equal((await importSet()).status, 200); });

describeOperation(getPhoneNoRegionInfo, {
  example: async () => {
    const [example] = getPhoneNoRegionInfo.examples ?? [];
    const { body } = await tenant.client.call(getPhoneNoRegionInfo, example?.request as Input<typeof getPhoneNoRegionInfo>);
    assert.deepEqual(body, example?.response);
  },
  badInput: async () => {
    const notNumbers = ['', 'customer', '1302001700', '130200170012', '130****7001', '88888888', '9'.repeat(41)];
    for (const phoneNo of notNumbers) {
      const { status, body } = await tenant.client.call(getPhoneNoRegionInfo, { phoneNo });
      assert.equal(status, 400, phoneNo);
      assert.match(String(body['description']), /phoneNo/);
    }
    for (const phoneNo of ['+1 212 555 0100', '10086', '011-1234567', '0399-1234567', '16012345678']) {
      const { status, body } = await tenant.client.call(getPhoneNoRegionInfo, { phoneNo });
      assert.deepEqual([status, body['returnCode']], [200, '1'], phoneNo);
      assert.ok(String(body['description']).startsWith(`The home area of ${phoneNo} is not known`));
    }
  },
  effect: async () => {
    assert.equal((await find('16012345678'))['returnCode'], '1');
    await importSet('1601234,310100,Shanghai,Shanghai,021,China Mobile,200000');
    assert.deepEqual((await find('16012345678')).data, {
      areaCode: '310100', province: 'Shanghai', city: 'Shanghai', cityCode: '021', isp: 'China Mobile', postCode: '200000', phoneNo: '1601234',
    });
  },
});

describeOperation(countNumberAreas, {
  example: async () => {
    const [example] = countNumberAreas.examples ?? [];
    assert.deepEqual(await count(), example?.response);
  },
  badInput: async () => {
    assert.equal((await server.anyone.call(countNumberAreas, {})).status, 401);
    assert.equal((await tenant.administrator.call(countNumberAreas, {})).status, 403);
  },
  effect: async () => {
    // The second stands in the place of a shipped one.
    await importSet('1601234,,,,,China Mobile,', '130,,,,,China Unicom,');
    assert.deepEqual(await count(), { shipped: SHIPPED, imported: 2, prefixes: SHIPPED + 1 });
  },
});

describeOperation(importNumberAreas, {
  example: async () => {
    const [example] = importNumberAreas.examples ?? [];
    const { body } = await operator.call(importNumberAreas, example?.request as Input<typeof importNumberAreas>);
    assert.deepEqual(body, example?.response);
  },
  badInput: async () => {
    await importSet('1601234,,,,,China Mobile,');
    const refused = async (csv: string, reason: RegExp) => {
      const { status, body } = await operator.call(importNumberAreas, { csv });
      assert.equal(status, 400);
      assert.match(JSON.stringify(body), reason);
    };
    await refused('', /header-missing/);
    await refused('1601234,,,,,China Mobile,\n', /header-missing/);
    await refused('prefix,city\n130,Beijing\n', /header-column-missing/);
    await refused(`${HEADER}\nx\ny\n`, /line 2: wrong-field-count/);
    await refused(`${HEADER}\n${'x\n'.repeat(1_000_001)}`, /too-many-lines/);
    assert.equal((await tenant.administrator.call(importNumberAreas, { csv: HEADER })).status, 403);
    assert.equal((await count()).imported, 1, 'what was imported before is still there');
  },
  effect: async () => {
    assert.deepEqual((await find('13912345678')).data?.city, '');
    await importSet('1391234,440300,Guangdong,Shenzhen,0755,China Mobile,518000');
    assert.deepEqual((await find('13912345678')).data?.city, 'Shenzhen');
    await importSet('1391234,440100,Guangdong,Guangzhou,020,China Mobile,510000');
    assert.deepEqual((await find('13912345678')).data?.city, 'Guangzhou');
    assert.equal((await count()).imported, 1);
  },
});

describe('number areas', () => {
  test('where only the carrier is known the area fields are empty', async () => {
    assert.deepEqual((await find('13912345678')).data, {
      areaCode: '', province: '', city: '', cityCode: '', isp: 'China Mobile', postCode: '', phoneNo: '1391234',
    });
  });

  test('a fixed line is found by its area code, and its carrier is unknown', async () => {
    assert.deepEqual((await find('0755-86123456')).data, {
      areaCode: '440300', province: 'Guangdong', city: 'Shenzhen', cityCode: '0755', isp: 'unknown', postCode: '518000', phoneNo: '0755',
    });
  });

  test('an import is told line by line, and right lines among wrong ones are taken', async () => {
    const { body } = await importSet('1601234,,,,,China Mobile,', 'nonsense', '1601234,,,,,China Mobile,', '1601235,,,,,,');
    assert.deepEqual(body, {
      imported: 1, refusedCount: 3,
      refused: [{ line: 3, reason: 'wrong-field-count' }, { line: 4, reason: 'duplicate-prefix' }, { line: 5, reason: 'isp-missing' }],
    });
  });

  test('a set of more than a page of rows is kept whole, also over a restart', async () => {
    const lines = Array.from({ length: 45_000 }, (_, index) => `${1_600_000 + index},,,City ${index % 300},,China Mobile,`);
    assert.equal((await importSet(...lines)).body.imported, 45_000);
    assert.equal((await find('16449991234')).data?.city, `City ${44_999 % 300}`);
    const restarted = createAreas({ db: server.world.db, writer: server.parley.writer });
    assert.equal(await restarted.prefixes(), SHIPPED + 45_000);
    const places = await Promise.all([0, 20_000, 44_999].map((index) => restarted.find({ kind: 'mobile', prefix: String(1_600_000 + index) })));
    assert.deepEqual(places.map((place) => place?.city), ['City 0', `City ${20_000 % 300}`, `City ${44_999 % 300}`]);
  });

  test('an import is one entry of the audit trail, by its numbers', async () => {
    await importSet('1601234,,,,,China Mobile,');
    const last = await server.world.db.selectFrom('audit').selectAll().where('vdn_id', '=', 0).orderBy('id', 'desc').executeTakeFirstOrThrow();
    assert.deepEqual([last.operation, last.what, last.before, last.after], ['importNumberAreas', 'number-area', { prefixes: 0 }, { prefixes: 1 }]);
  });

  test('of two imports at once the last one stands whole', async () => {
    const set = (city: string) => Array.from({ length: 500 }, (_, index) => `${1_600_000 + index},,,${city},,China Mobile,`);
    await Promise.all([importSet(...set('Here')), importSet(...set('There'))]);
    assert.equal((await count()).imported, 500);
    const cities = new Set(await Promise.all(['1600000', '1600499'].map(async (prefix) => (await find(`${prefix}1234`)).data?.city)));
    assert.equal(cities.size, 1);
  });
});

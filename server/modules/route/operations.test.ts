import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { matchAccessCode, protectCalledRoute } from '@parley/contract/admin/access-code.ts';
import { createCalledRoute, deleteCalledRoute, modifyCalledRoute, queryCalledRoute } from '@parley/contract/configuration/called-route.ts';
import { deleteSkill } from '@parley/contract/configuration/queue.ts';
import type { Input } from '@parley/contract/operation.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer } from '../../testing/server.ts';
import { dial, routesTo } from './index.ts';
import { bench, newCode, type Bench, type NewRoute } from './route.fixture.ts';

let server: TestServer;
/** Holds the access code of the documented examples. */
let documented: Bench;

const fresh = async (): Promise<Bench> => bench(server, await server.tenant());

before(async () => {
  server = await startTestServer();
  documented = await fresh();
  await documented.provide('9911411');
  await documented.queue('defaultVideoSkill', 19);
});
after(() => server.close());

const remove = async (own: Bench, dnids: string) => (await own.client.call(deleteCalledRoute, { dnids })).body;
const protect = async (own: Bench, id: string, editable: 0 | 1 | 2 | 3) =>
  assert.equal((await own.administrator.call(protectCalledRoute, { id, editable })).status, 200);
const reached = async (own: Bench, dialled: string) => (await own.administrator.call(matchAccessCode, { dialled })).body.route?.target.name;

describeOperation(createCalledRoute, {
  example: async () => {
    const [example] = createCalledRoute.examples ?? [];
    const { body } = await documented.client.call(createCalledRoute, example?.request as NewRoute);
    assert.deepEqual(body, example?.response);
  },
  badInput: async () => {
    const own = await fresh();
    const accessCode = await own.provide();
    const deviceid = await own.queue('Sales');
    const good: NewRoute = { accessCode, devicetype: 1, deviceid };
    const wrong: readonly [change: object, field: string][] = [
      [{ accessCode: '' }, 'accessCode'], [{ accessCode: '1'.repeat(33) }, 'accessCode'], [{ extCode: '1'.repeat(13) }, 'extCode'], [{ extCode: '1a' }, 'extCode'],
      [{ mediaTypeId: 7 }, 'mediaTypeId'], [{ devicetype: 2 }, 'devicetype'], [{ deviceid: 0 }, 'deviceid'], [{ deviceid: 2 ** 31 }, 'deviceid'],
    ];
    for (const [change, field] of wrong) {
      const { status, body } = await own.client.call(createCalledRoute, { ...good, ...change });
      assert.equal(status, 400);
      assert.ok(String(body['description']).includes(field), String(body['description']));
    }
    assert.equal((await own.list()).total, 0);
  },
  effect: async () => {
    const own = await fresh();
    const accessCode = await own.provide();
    const deviceid = await own.queue('Sales');
    const made = await own.route(accessCode, '12', deviceid);
    assert.match(made.id, /^\d{19}$/);
    assert.deepEqual({ ...made, id: '' }, {
      id: '', dnid: 1, accessCode, mediatypeId: 5, extCode: '12', devicetype: 1, deviceid, deviceDesc: 'Sales', editable: '0',
    });
    assert.equal(await reached(own, `${accessCode}12`), 'Sales');
  },
});

describeOperation(modifyCalledRoute, {
  example: async () => {
    const { id } = await documented.route('9911411', '21', 1);
    const { body } = await documented.client.call(modifyCalledRoute, { id, devicetype: 1, deviceid: 1 });
    assert.deepEqual(body, modifyCalledRoute.examples?.[0]?.response);
  },
  badInput: async () => {
    const own = await fresh();
    const { id } = await own.route(await own.provide(), '', await own.queue('Sales'));
    const modify = async (input: Partial<Input<typeof modifyCalledRoute>>) => own.client.call(modifyCalledRoute, { id, devicetype: 1, deviceid: 1, ...input });
    assert.equal((await modify({ id: '' })).status, 400);
    assert.equal((await modify({ id: '1'.repeat(25) })).status, 400);
    assert.equal((await modify({ id: '1' })).body['description'], 'There is no called route 1.');
    assert.equal((await modify({ deviceid: 99 })).body['description'], 'There is no skill queue 99.');
    assert.equal((await modify({ devicetype: 3, deviceid: 99 })).body['description'], 'There is no IVR flow 99.');
    const chat = await own.queue('Chat', 53);
    assert.equal((await modify({ deviceid: chat })).body['description'], `Skill queue ${chat} is of media type 53, the route of 5.`);
    assert.equal((await own.list()).calledRouteList[0]?.deviceid, 1);
  },
  effect: async () => {
    const own = await fresh();
    const [sales, support] = [await own.queue('Sales'), await own.queue('Support')];
    const accessCode = await own.provide();
    const made = await own.route(accessCode, '1', sales);
    await own.client.call(modifyCalledRoute, { id: made.id, devicetype: 1, deviceid: support });
    assert.deepEqual((await own.list()).calledRouteList, [{ ...made, deviceid: support, deviceDesc: 'Support' }]);
    assert.equal(await reached(own, `${accessCode}1`), 'Support');
  },
});

describeOperation(deleteCalledRoute, {
  example: async () => {
    const own = await fresh();
    const accessCode = await own.provide();
    const queue = await own.queue('Sales');
    const ids = [(await own.route(accessCode, '', queue)).id, (await own.route(accessCode, '1', queue)).id];
    const name = `${accessCode},${accessCode}1`;
    assert.deepEqual(await remove(own, '1,2'), { returnCode: '0', description: 'data delete success', data: { id: ids.join(','), name, content: name } });
  },
  badInput: async () => {
    const own = await fresh();
    const many = Array.from({ length: 1001 }, (_, index) => index + 1).join(',');
    for (const dnids of ['', 'one', '1,', '1;2', '-1', '1'.repeat(21), many]) {
      assert.equal((await own.client.call(deleteCalledRoute, { dnids })).status, 400, dnids.slice(0, 30));
    }
    assert.deepEqual(await remove(own, '99'), { returnCode: '1', description: 'data delete failed', data: { id: '', name: '99', content: '99' } });
  },
  effect: async () => {
    const own = await fresh();
    const accessCode = await own.provide();
    const queue = await own.queue('Sales');
    const first = await own.route(accessCode, '', queue);
    await own.route(accessCode, '1', queue);
    await remove(own, `${first.id}, 2`);
    assert.deepEqual(await own.list(), { total: 0, calledRouteList: [] });
  },
});

describeOperation(queryCalledRoute, {
  example: async () => {
    await documented.tryRoute({ accessCode: '9911411', extCode: '11', devicetype: 1, deviceid: 1, mediaTypeId: 19 });
    const [example] = queryCalledRoute.examples ?? [];
    const { body } = await documented.client.call(queryCalledRoute, example?.request ?? {});
    const [made] = body.data.calledRouteList;
    assert.match(made?.id ?? '', /^\d{19}$/);
    const printed = example?.response as typeof body;
    const [route] = printed.data.calledRouteList;
    assert.deepEqual(body, { ...printed, data: { total: 1, calledRouteList: [{ ...route, id: made?.id, dnid: made?.dnid }] } });
  },
  badInput: async () => {
    for (const input of [{ limit: -1 }, { limit: 1.5 }, { devicetype: 2 }, { mediaTypeId: 6 }, { accessCode: '1'.repeat(33) }]) {
      assert.equal((await documented.client.call(queryCalledRoute, input as object)).status, 400, JSON.stringify(input));
    }
  },
  effect: async () => {
    const own = await fresh();
    const [voice, video] = [await own.provide(), await own.provide()];
    const [sales, support, seen] = [await own.queue('Sales'), await own.queue('50_Support'), await own.queue('Seen', 19)];
    await own.route(voice, '', sales);
    await own.route(voice, '1', support);
    await own.route(video, '1', seen);
    const found = async (input: Input<typeof queryCalledRoute>) => (await own.list(input)).calledRouteList.map(({ dnid }) => dnid);
    assert.deepEqual(await found({}), [1, 2, 3]);
    assert.deepEqual(await found({ accessCode: voice }), [1, 2]);
    assert.deepEqual(await found({ accessCode: voice.slice(0, 4) }), [], 'the access code is not fuzzy');
    assert.deepEqual(await found({ extCode: '1' }), [2, 3]);
    assert.deepEqual(await found({ extCode: '', accessCode: '', deviceDesc: '' }), [1, 2, 3], 'empty text filters nothing');
    assert.deepEqual(await found({ mediaTypeId: 19 }), [3]);
    assert.deepEqual(await found({ devicetype: 3 }), []);
    assert.deepEqual(await found({ deviceDesc: 'sAL' }), [1]);
    assert.deepEqual(await found({ deviceDesc: '_' }), [2]);
    for (const deviceDesc of ['nobody', '%']) assert.deepEqual(await found({ deviceDesc }), []);
    assert.deepEqual(await found({ limit: 1, offset: 1 }), [2]);
    assert.deepEqual(await found({ limit: 10 ** 9, offset: -5 }), [1, 2, 3]);
    assert.deepEqual(await found({ offset: Number.MAX_SAFE_INTEGER }), []);
    assert.deepEqual(await own.list({ limit: 0 }), { total: 3, calledRouteList: [] });
  },
});

describe('called routes', () => {
  test('scenario 7: 12345+1 to A and 12345 to B are dialled, then deleted with one unknown', async () => {
    const own = await fresh();
    const accessCode = await own.provide('12345');
    const [a, b] = [await own.queue('A'), await own.queue('B')];
    const toA = await own.route(accessCode, '1', a);
    const toB = await own.route(accessCode, '', b);
    assert.equal(await reached(own, '123451'), 'A');
    assert.equal(await reached(own, '12345'), 'B');
    assert.equal(await reached(own, '123452'), 'B');
    assert.deepEqual(await remove(own, `${toA.dnid},${toB.dnid},77`), {
      returnCode: '0', description: 'data delete partially successful',
      data: { id: `${toA.id},${toB.id}`, name: '123451,12345', content: 'Success:123451,12345,Failed:77' },
    });
    assert.equal(await reached(own, '123451'), undefined);
  });

  test('the spellings of the reference, its prints and its examples are all understood', async () => {
    const own = await fresh();
    const accessCode = await own.provide();
    const deviceId = await own.queue('Video', 19);
    const post = async (path: string, body: object) => {
      const response = await fetch(new URL(path, server.url), {
        method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', authorization: await bearer(own) },
      });
      return await response.json() as { returnCode: string; data?: { total: number } };
    };
    assert.equal((await post(createCalledRoute.path, { AccessCode: accessCode, devicetype: '1', deviceId, mediatypeid: '19' })).returnCode, '0');
    for (const name of ['mediaTypeId', 'mediatypeId', 'mediatypeld', 'mediaTypeeld']) {
      assert.equal((await post(queryCalledRoute.path, { [name]: 19 })).data?.total, 1, name);
      assert.equal((await post(queryCalledRoute.path, { [name]: 5 })).data?.total, 0, name);
    }
    assert.equal((await post(deleteCalledRoute.path, { dnids: 1 })).returnCode, '0');
  });

  test('what cannot work is refused with its reason and leaves nothing behind', async () => {
    const own = await fresh();
    const [voice, chat, click, outbound] = [
      await own.provide(), await own.provide(newCode(), { media: 53 }), await own.provide(newCode(), { media: 2 }), await own.provide(newCode(), { direction: 2 }),
    ];
    const [calls, video, text] = [await own.queue('Calls'), await own.queue('Video', 19), await own.queue('Text', 53)];
    const menu = await own.flow(7, 'Menu');
    const refused = async (route: Partial<NewRoute>, reason: RegExp) => {
      const body = await own.tryRoute({ accessCode: voice, devicetype: 1, deviceid: calls, ...route });
      assert.equal(body['returnCode'], '1');
      assert.match(String(body['description']), reason);
    };
    await refused({ accessCode: '404' }, /There is no access code 404/);
    await refused({ accessCode: outbound }, /takes no inbound calls/);
    await refused({ deviceid: 2001 }, /There is no skill queue 2001/);
    await refused({ devicetype: 3, deviceid: 2001 }, /There is no IVR flow 2001/);
    await refused({ mediaTypeId: 19 }, /Skill queue 1 is of media type 5, the route of 19/);
    await refused({ deviceid: video, mediaTypeId: 5 }, /of media type 19, the route of 5/);
    await refused({ deviceid: text }, /The access code is of media type 5 and takes routes of 5 and 19, not of 53/);
    await refused({ accessCode: chat }, /media type 53 and takes routes of 53, not of 5/);
    await refused({ accessCode: chat, devicetype: 3, deviceid: menu, mediaTypeId: 53 }, /not to IVR flows/);
    await refused({ accessCode: click, devicetype: 3, deviceid: menu }, /takes routes of 2 and 18, not of 5/);
    assert.equal((await own.list()).total, 0);
  });

  test('the media of a route is its queue\'s, and 5 for an IVR flow, unless told', async () => {
    const own = await fresh();
    const [voice, chat, click] = [await own.provide(), await own.provide(newCode(), { media: 53 }), await own.provide(newCode(), { media: 2 })];
    const menu = await own.flow(7, 'Menu');
    assert.equal((await own.route(voice, '', await own.queue('Video', 19))).mediatypeId, 19);
    assert.equal((await own.route(chat, '', await own.queue('Chat', 53))).mediatypeId, 53);
    assert.equal((await own.route(voice, '1', menu, { devicetype: 3 })).mediatypeId, 5);
    assert.equal((await own.route(click, '', menu, { devicetype: 3, mediaTypeId: 18 })).mediatypeId, 18);
  });

  test('a route to an IVR flow shows its description and is found by it', async () => {
    const own = await fresh();
    const accessCode = await own.provide();
    const menu = await own.flow(7, 'Main menu');
    await own.route(accessCode, '', menu, { devicetype: 3 });
    await own.route(accessCode, '1', await own.queue('Sales'));
    const { total, calledRouteList: [found] } = await own.list({ deviceDesc: 'MENU' });
    assert.deepEqual([total, found?.deviceDesc, found?.devicetype, found?.deviceid], [1, 'Main menu', 3, menu]);
    const needed = { id: menu, by: `the route of access code ${accessCode} leads to it` };
    assert.deepEqual(await routesTo(server.world.db, own.vdnId, 'flow', [1, menu]), needed, 'the queue of id 1 is no flow');
    assert.equal(await routesTo(server.world.db, own.vdnId, 'queue', [menu]), undefined);
  });

  test('an access code leads with one extension to one place only', async () => {
    const own = await fresh();
    const accessCode = await own.provide();
    const queue = await own.queue('Sales');
    for (const extCode of ['', '1']) {
      await own.route(accessCode, extCode, queue);
      const body = await own.tryRoute({ accessCode, extCode, devicetype: 1, deviceid: queue });
      assert.equal(body['description'], `Access code ${accessCode} with extension code "${extCode}" leads somewhere already.`);
    }
    assert.equal((await own.list()).total, 2);
  });

  test('a route whose number another route has already is refused, as no call could tell them apart', async () => {
    const own = await fresh();
    const short = await own.provide();
    const long = await own.provide(`${short}5`);
    const queue = await own.queue('Sales');
    await own.route(short, '51', queue);
    const body = await own.tryRoute({ accessCode: long, extCode: '1', devicetype: 1, deviceid: queue });
    assert.equal(body['description'], `No call to ${short}51 would come this way: access code ${short} with extension code 51 is the same number.`);
    await own.route(long, '2', queue);
  });

  test('editable is enforced: 1 may only be deleted, 2 may only be changed, 3 neither', async () => {
    const own = await fresh();
    const accessCode = await own.provide();
    const queue = await own.queue('Sales');
    for (const editable of [0, 1, 2, 3] as const) {
      const { id, dnid } = await own.route(accessCode, '9', queue);
      await protect(own, id, editable);
      assert.equal((await own.list()).calledRouteList[0]?.editable, String(editable));
      const modified = (await own.client.call(modifyCalledRoute, { id, devicetype: 1, deviceid: queue })).body;
      assert.equal(modified['returnCode'], editable === 0 || editable === 2 ? '0' : '1', `modify ${editable}`);
      if (editable === 1 || editable === 3) assert.equal(modified['description'], `Called route ${id} may not be changed.`);
      const deleted = await remove(own, String(dnid));
      assert.equal(deleted['returnCode'], editable < 2 ? '0' : '1', `delete ${editable}`);
      assert.equal(deleted.data.content, `${accessCode}9`);
      if (editable >= 2) {
        await protect(own, id, 0);
        await remove(own, String(dnid));
      }
    }
  });

  test('a thousand may be deleted at once, most of them unknown, and large ids are unknown ones', async () => {
    const own = await fresh();
    const accessCode = await own.provide();
    const { dnid, id } = await own.route(accessCode, '', await own.queue('Sales'));
    const unknown = Array.from({ length: 999 }, (_, index) => String(10n ** 19n + BigInt(index)));
    const { data } = await remove(own, [...unknown.slice(0, 500), dnid, ...unknown.slice(500)].join(' , '));
    assert.deepEqual(data, { id, name: accessCode, content: `Success:${accessCode},Failed:${unknown.join(',')}` });
  });

  test('a queue to which a route leads stays, and the refusal names the access code', async () => {
    const own = await fresh();
    const accessCode = await own.provide();
    const queue = await own.queue('Sales');
    const { dnid } = await own.route(accessCode, '4', queue);
    const refused = (await own.client.call(deleteSkill, { skillIds: String(queue) })).body;
    assert.equal(refused['description'], `Skill queue ${queue} is still needed: the route of access code ${accessCode} with extension code 4 leads to it.`);
    await remove(own, String(dnid));
    assert.equal((await own.client.call(deleteSkill, { skillIds: String(queue) })).body['returnCode'], '0');
  });

  test('a change of a route or of a queue shows at once in a reply that was cached', async () => {
    const own = await fresh();
    const accessCode = await own.provide();
    const queue = await own.queue('Sales');
    assert.equal((await own.list({ deviceDesc: 'Sales' })).total, 0);
    const { dnid } = await own.route(accessCode, '', queue);
    assert.equal((await own.list({ deviceDesc: 'Sales' })).total, 1);
    await remove(own, String(dnid));
    assert.equal((await own.list({ deviceDesc: 'Sales' })).total, 0);
  });

  test('of eight equal creations at once exactly one succeeds, and different ones get different ids', async () => {
    const own = await fresh();
    const accessCode = await own.provide();
    const deviceid = await own.queue('Sales');
    const equal = await Promise.all(Array.from({ length: 8 }, () => own.tryRoute({ accessCode, devicetype: 1, deviceid })));
    assert.equal(equal.filter((body) => body['returnCode'] === '0').length, 1);
    await Promise.all(Array.from({ length: 8 }, (_, index) => own.tryRoute({ accessCode, extCode: String(index), devicetype: 1, deviceid })));
    const { calledRouteList: routes } = await own.list();
    assert.equal(routes.length, 9);
    assert.equal(new Set(routes.map(({ id }) => id)).size, 9);
    assert.equal(new Set(routes.map(({ dnid }) => dnid)).size, 9);
  });

  test('another tenant sees, changes, deletes and leads to none of them', async () => {
    const [own, other] = [await fresh(), await fresh()];
    const accessCode = await own.provide();
    const queue = await own.queue('Mine');
    const { id, dnid } = await own.route(accessCode, '', queue);
    await other.queue('Theirs');
    assert.equal((await other.list()).total, 0);
    assert.equal((await other.tryRoute({ accessCode, extCode: '1', devicetype: 1, deviceid: 1 }))['description'], `There is no access code ${accessCode}.`);
    assert.equal((await other.client.call(modifyCalledRoute, { id, devicetype: 1, deviceid: 1 })).body['description'], `There is no called route ${id}.`);
    assert.equal((await remove(other, `${dnid},${id}`))['returnCode'], '1');
    assert.equal((await other.administrator.call(protectCalledRoute, { id, editable: 3 })).status, 404);
    assert.equal((await own.list()).calledRouteList[0]?.editable, '0');
  });

  test('a longer access code of another tenant keeps its calls: no extension draws them away', async () => {
    const [own, other] = [await fresh(), await fresh()];
    const short = await own.provide();
    const long = await other.provide(`${short}7`);
    const [mine, theirs] = [await own.queue('Mine'), await other.queue('Theirs')];
    await own.route(short, '', mine);
    await other.route(long, '', theirs);
    const body = await own.tryRoute({ accessCode: short, extCode: '71', devicetype: 1, deviceid: mine });
    assert.equal(body['description'], `No call to ${short}71 would come this way: an access code of another tenant takes it.`);
    const hit = await dial(server.world.db, `${long}1`);
    assert.equal(hit.outcome === 'route' && hit.vdnId, other.vdnId);
    const miss = await dial(server.world.db, `${short}8`);
    assert.equal(miss.outcome === 'route' && miss.vdnId, own.vdnId);
  });

  test('every change stands in the audit trail, refused ones do not', async () => {
    const own = await fresh();
    const accessCode = await own.provide();
    const queue = await own.queue('Sales');
    const { id } = await own.route(accessCode, '', queue);
    await own.tryRoute({ accessCode, devicetype: 1, deviceid: queue });
    await own.client.call(modifyCalledRoute, { id, devicetype: 1, deviceid: await own.queue('Support') });
    await remove(own, `${id},99`);
    const rows = await server.world.db.selectFrom('audit').selectAll().where('vdn_id', '=', own.vdnId).where('what', '=', 'called-route').orderBy('id').execute();
    assert.deepEqual(rows.map((row) => [row.operation, row.what_id, row.before === null, row.after === null]), [
      ['createCalledRoute', id, true, false], ['modifyCalledRoute', id, false, false], ['deleteCalledRoute', id, false, true],
    ]);
  });
});

async function bearer(own: Bench): Promise<string> {
  return `Bearer ${await server.parley.tokens.issue({ vdnId: own.vdnId, kind: 'C1', subject: own.appKey, lifeMs: 60_000 })}`;
}

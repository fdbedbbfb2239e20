import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  changeAccessCode, createAccessCode, deleteAccessCode, listAccessCodes, matchAccessCode, protectCalledRoute,
} from '@parley/contract/admin/access-code.ts';
import { queryAccessCodeList } from '@parley/contract/configuration/access-code.ts';
import { deleteCalledRoute } from '@parley/contract/configuration/called-route.ts';
import type { Input } from '@parley/contract/operation.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer } from '../../testing/server.ts';
import { dial } from './index.ts';
import { bench, newCode, type Bench } from './route.fixture.ts';

let server: TestServer;

before(async () => { server = await startTestServer(); });
after(() => server.close());

const fresh = async (): Promise<Bench> => bench(server, await server.tenant());
const query = async (own: Bench, input: Input<typeof queryAccessCodeList> = {}) => (await own.client.call(queryAccessCodeList, input)).body.data;
const create = async (own: Bench, code: string, changes: Partial<Input<typeof createAccessCode>> = {}) =>
  own.administrator.call(createAccessCode, { code, media: 5, ...changes });
const match = async (own: Bench, dialled: string) => (await own.administrator.call(matchAccessCode, { dialled })).body;

describeOperation(queryAccessCodeList, {
  example: async () => {
    const own = await fresh();
    const { body: { id } } = await create(own, '9911411', { description: 'my access code' });
    const [example] = queryAccessCodeList.examples ?? [];
    const { body } = await own.client.call(queryAccessCodeList, example?.request as Input<typeof queryAccessCodeList>);
    assert.deepEqual(body, {
      returnCode: '0', description: 'success',
      data: {
        total: 1,
        calledRouteList: [{ id, accessCode: '9911411', mediatypeId: 5, n400Number: null, description: 'my access code', numCallAttr: 3 }],
      },
    });
    assert.match(id, /^\d{19}$/);
    await own.administrator.call(deleteAccessCode, { id });
  },
  badInput: async () => {
    const own = await fresh();
    const wrong: readonly [input: object, field: string][] = [
      [{ limit: -1 }, 'limit'], [{ limit: 'many' }, 'limit'], [{ offset: -1 }, 'offset'], [{ offset: 101 }, 'offset'], [{ mediatypeId: 19 }, 'mediatypeId'],
      [{ accessCode: '1'.repeat(33) }, 'accessCode'], [{ description: 'a\u0000b' }, 'description'],
    ];
    for (const [input, field] of wrong) {
      const { status, body } = await own.client.call(queryAccessCodeList, input);
      assert.equal(status, 400, field);
      assert.ok(String(body['description']).includes(field), String(body['description']));
    }
  },
  effect: async () => {
    const own = await fresh();
    const [first, second, third] = [newCode(), newCode(), newCode()];
    await create(own, first, { description: '100% Service_Line' });
    await create(own, second, { media: 53, description: 'back\\slash', serviceNumber: '400 800' });
    await create(own, third, { media: 2, direction: 2 });
    const found = async (input: Input<typeof queryAccessCodeList>) => (await query(own, input)).calledRouteList.map(({ accessCode }) => accessCode);
    assert.deepEqual(await found({}), [first, second, third]);
    assert.deepEqual(await found({ accessCode: second.slice(2) }), [second], 'part of a code');
    assert.deepEqual(await found({ accessCode: '%' }), [], 'wildcards are taken literally');
    assert.deepEqual(await found({ accessCode: '_' }), []);
    assert.deepEqual(await found({ description: '% sERVICE_' }), [first]);
    assert.deepEqual(await found({ description: 'k\\s' }), [second]);
    assert.deepEqual(await found({ accessCode: '', description: '' }), [first, second, third], 'empty text filters nothing');
    assert.deepEqual(await found({ mediatypeId: 53 }), [second]);
    assert.deepEqual(await found({ limit: 1, offset: 1 }), [second]);
    assert.deepEqual(await found({ limit: 10 ** 12, offset: 0 }), [first, second, third]);
    assert.deepEqual(await query(own, { limit: 0 }), { total: 3, calledRouteList: [] });
    const { calledRouteList: [, shown, outbound] } = await query(own);
    assert.equal(shown?.n400Number, '400 800');
    assert.deepEqual([outbound?.n400Number, outbound?.description, outbound?.numCallAttr], [null, null, 2]);
  },
});

describeOperation(listAccessCodes, {
  example: async () => {
    const own = await fresh();
    const code = await own.provide();
    const { status, body } = await own.administrator.call(listAccessCodes, {});
    assert.equal(status, 200);
    assert.deepEqual(body.accessCodes.map(({ code: shown }) => shown), [code]);
  },
  badInput: async () => {
    const own = await fresh();
    assert.equal((await own.administrator.call(listAccessCodes, { limit: 0 })).status, 400);
    assert.equal((await own.client.call(listAccessCodes, {})).status, 401, 'an app key is no session');
  },
  effect: async () => {
    const own = await fresh();
    const codes = [await own.provide(), await own.provide()];
    const queue = await own.queue('Sales');
    for (const extCode of ['', '1']) await own.route(codes[1] ?? '', extCode, queue);
    const { body } = await own.administrator.call(listAccessCodes, {});
    assert.equal(body.total, 2);
    assert.deepEqual(body.accessCodes.map(({ code, routes }) => [code, routes]), [[codes[0], 0], [codes[1], 2]]);
    const second = await own.administrator.call(listAccessCodes, { limit: 1, offset: 1 });
    assert.deepEqual(second.body.accessCodes.map(({ code }) => code), [codes[1]]);
  },
});

describeOperation(createAccessCode, {
  example: async () => {
    const own = await fresh();
    const [example] = createAccessCode.examples ?? [];
    const { status, body } = await own.administrator.call(createAccessCode, example?.request as Input<typeof createAccessCode>);
    assert.equal(status, 200);
    assert.deepEqual({ ...body, id: '' }, { ...example?.response, id: '' });
    await own.administrator.call(deleteAccessCode, { id: body.id });
  },
  badInput: async () => {
    const own = await fresh();
    const good = newCode();
    for (const change of [{ code: '' }, { code: 'abc' }, { code: '1 2' }, { code: '1'.repeat(33) }, { media: 19 }, { direction: 4 }, { serviceNumber: 'x' }, { description: 'x'.repeat(201) }]) {
      const [field = ''] = Object.keys(change);
      const { status, body } = await create(own, good, change as object);
      assert.equal(status, 400, field);
      assert.equal((body as { error?: { field?: string } }).error?.field, field);
    }
    const supervisor = await server.signedIn(own.vdnId, 'supervisor');
    assert.equal((await supervisor.call(createAccessCode, { code: good, media: 5 })).status, 403);
    assert.equal((await query(own)).total, 0);
  },
  effect: async () => {
    const own = await fresh();
    const codes = [`+49${newCode()}`, `*${newCode()}#`, '7'.repeat(32)];
    for (const code of codes) assert.equal((await create(own, code)).status, 200);
    assert.deepEqual((await query(own)).calledRouteList.map(({ accessCode }) => accessCode).toSorted(), codes.toSorted());
  },
});

describeOperation(changeAccessCode, {
  example: async () => {
    const own = await fresh();
    const { body: made } = await create(own, newCode(), { description: 'Hotline', serviceNumber: '4008000000' });
    const { status, body } = await own.administrator.call(changeAccessCode, { id: made.id, description: 'Night line' });
    assert.equal(status, 200);
    assert.deepEqual(body, { ...made, description: 'Night line' });
  },
  badInput: async () => {
    const own = await fresh();
    const code = await own.provide();
    const { calledRouteList: [shown] } = await query(own);
    const id = shown?.id ?? '';
    await own.route(code, '1', await own.queue('Sales'));
    const change = async (input: Partial<Input<typeof changeAccessCode>>) => own.administrator.call(changeAccessCode, { id, ...input });
    assert.equal((await change({ id: '1', media: 2 })).status, 404);
    assert.equal((await change({ direction: 7 as 3 })).status, 400);
    for (const input of [{ media: 53 }, { media: 2 }, { direction: 2 }] as const) {
      const { status, body } = await change(input);
      assert.equal(status, 409);
      assert.match(JSON.stringify(body), new RegExp(`Access code ${code} is still needed: the route of access code ${code} with extension code 1 could not follow`));
    }
    assert.deepEqual((await query(own)).calledRouteList, [shown]);
  },
  effect: async () => {
    const own = await fresh();
    const { body: { id } } = await create(own, newCode(), { description: 'Hotline', serviceNumber: '400' });
    await own.administrator.call(changeAccessCode, { id, description: '', serviceNumber: '800', media: 53, direction: 1 });
    const { calledRouteList: [shown] } = await query(own);
    assert.deepEqual([shown?.description, shown?.n400Number, shown?.mediatypeId, shown?.numCallAttr], [null, '800', 53, 1]);
  },
});

describeOperation(deleteAccessCode, {
  example: async () => {
    const own = await fresh();
    const { body: { id } } = await create(own, newCode());
    const { status, body } = await own.administrator.call(deleteAccessCode, { id });
    assert.deepEqual([status, body], [200, {}]);
  },
  badInput: async () => {
    const own = await fresh();
    const { body: { id, code } } = await create(own, newCode());
    const { dnid } = await own.route(code, '', await own.queue('Sales'));
    const { status, body } = await own.administrator.call(deleteAccessCode, { id });
    assert.equal(status, 409);
    assert.match(JSON.stringify(body), new RegExp(`Access code ${code} is still needed: called routes use it \\(1\\)`));
    await own.client.call(deleteCalledRoute, { dnids: String(dnid) });
    assert.equal((await own.administrator.call(deleteAccessCode, { id })).status, 200);
    assert.equal((await own.administrator.call(deleteAccessCode, { id })).status, 404);
  },
  effect: async () => {
    const [own, other] = [await fresh(), await fresh()];
    const { body: { id, code } } = await create(own, newCode());
    await own.administrator.call(deleteAccessCode, { id });
    assert.equal((await query(own)).total, 0);
    assert.equal((await create(other, code)).status, 200, 'the code is free again');
  },
});

describeOperation(matchAccessCode, {
  example: async () => {
    const own = await fresh();
    const code = await own.provide('12345');
    const route = await own.route(code, '1', await own.queue('Sales'));
    const [example] = matchAccessCode.examples ?? [];
    const shown = { id: route.id, dnid: 1, accessCode: code, extCode: '1', media: 5, editable: 0, target: { kind: 'queue', id: 1, name: 'Sales' } };
    assert.deepEqual(await match(own, '123451'), { ...example?.response, route: shown, considered: [{ route: shown, matches: true, why: 'the longest match' }] });
  },
  badInput: async () => {
    const own = await fresh();
    for (const dialled of ['', 'alice', '1'.repeat(65)]) {
      assert.equal((await own.administrator.call(matchAccessCode, { dialled })).status, 400, dialled);
    }
  },
  effect: async () => {
    const own = await fresh();
    const code = await own.provide();
    const [sales, support] = [await own.queue('Sales'), await own.queue('Support')];
    const { why, outcome } = await match(own, `${code}1`);
    assert.deepEqual([outcome, why], ['no-route', `Access code ${code} leads nowhere for this number: add a route without an extension code.`]);
    await own.route(code, '', sales);
    await own.route(code, '1', support);
    await own.route(code, '2', support);
    const found = await match(own, `${code}199`);
    assert.equal(found.outcome, 'route');
    assert.equal(found.why, `Access code ${code} with extension code 1 is the longest match.`);
    assert.equal(found.route?.target.name, 'Support');
    assert.equal(found.ignoredDigits, '99');
    assert.deepEqual(found.considered.map(({ route, matches, why: reason }) => [route.extCode, matches, reason]), [
      ['1', true, 'the longest match'],
      ['', true, 'begins the number, but a longer route takes the call'],
      ['2', false, 'its extension code does not follow the access code'],
    ]);
    assert.equal((await match(own, code)).route?.target.name, 'Sales');
  },
});

describeOperation(protectCalledRoute, {
  example: async () => {
    const own = await fresh();
    const { id } = await own.route(await own.provide(), '1', await own.queue('Sales'));
    const { status, body } = await own.administrator.call(protectCalledRoute, { id, editable: 3 });
    assert.equal(status, 200);
    assert.deepEqual([body.id, body.editable, body.target], [id, 3, { kind: 'queue', id: 1, name: 'Sales' }]);
  },
  badInput: async () => {
    const own = await fresh();
    assert.equal((await own.administrator.call(protectCalledRoute, { id: '1', editable: 4 as 3 })).status, 400);
    assert.equal((await own.administrator.call(protectCalledRoute, { id: '1', editable: 3 })).status, 404);
  },
  effect: async () => {
    const own = await fresh();
    const { id } = await own.route(await own.provide(), '1', await own.queue('Sales'));
    await own.administrator.call(protectCalledRoute, { id, editable: 2 });
    assert.equal((await own.list()).calledRouteList[0]?.editable, '2');
  },
});

describe('access codes', () => {
  test('a code of another tenant exists already, and nobody is told whose it is', async () => {
    const [own, other] = [await fresh(), await fresh()];
    const code = await own.provide();
    for (const tenant of [own, other]) {
      const { status, body } = await create(tenant, code);
      assert.equal(status, 409);
      assert.deepEqual(body, { error: { code: 'exists', message: `There is a code ${code} already.` } });
    }
    assert.equal((await query(other)).total, 0);
  });

  test('of equal codes created by several tenants at once exactly one stands', async () => {
    const tenants = [await fresh(), await fresh(), await fresh()];
    const code = newCode();
    const replies = await Promise.all([...tenants, ...tenants].map((own) => create(own, code)));
    assert.equal(replies.filter(({ status }) => status === 200).length, 1);
    assert.equal(replies.filter(({ status }) => status === 409).length, 5);
  });

  test('another tenant sees, changes and deletes none of them', async () => {
    const [own, other] = [await fresh(), await fresh()];
    const { body: { id } } = await create(own, newCode(), { description: 'mine' });
    assert.equal((await query(other)).total, 0);
    assert.equal((await other.administrator.call(listAccessCodes, {})).body.total, 0);
    assert.equal((await other.administrator.call(changeAccessCode, { id, description: 'stolen' })).status, 404);
    assert.equal((await other.administrator.call(deleteAccessCode, { id })).status, 404);
    assert.equal((await query(own)).calledRouteList[0]?.description, 'mine');
  });

  test('no new code takes calls away from another tenant\'s routes', async () => {
    const [own, other] = [await fresh(), await fresh()];
    const code = await own.provide();
    await own.route(code, '12', await own.queue('Sales'));
    for (const greedy of [`${code}1`, `${code}12`]) {
      const { status, body } = await create(other, greedy);
      assert.equal(status, 409);
      assert.match(JSON.stringify(body), /calls to numbers of another tenant begin with this code/);
    }
    assert.equal((await create(other, `${code}3`)).status, 200, 'nobody has calls there');
    assert.equal((await create(own, `${code}1`)).status, 200, 'its own a tenant may divide as it likes');
    const outbound = await create(other, `${code}12`, { direction: 2 });
    assert.equal(outbound.status, 200, 'outbound calls take nothing away');
    assert.equal((await other.administrator.call(changeAccessCode, { id: outbound.body.id, direction: 3 })).status, 409);
    const found = await dial(server.world.db, `${code}12`);
    assert.equal(found.outcome === 'route' && found.vdnId, own.vdnId);
  });

  test('a call is explained also where it goes nowhere, or to another tenant', async () => {
    const [own, other] = [await fresh(), await fresh()];
    const code = await own.provide();
    await own.route(code, '', await own.queue('Sales'));
    await other.provide(`${code}9`);
    assert.equal((await match(own, '00')).outcome, 'no-access-code');
    const elsewhere = await match(own, `${code}9`);
    assert.equal(elsewhere.outcome, 'other-tenant');
    assert.equal(elsewhere.route, undefined);
    assert.deepEqual(elsewhere.considered.map(({ why }) => why), ['begins the number, but a longer access code of another tenant takes the call']);
    const theirs = await match(other, `${code}8`);
    assert.deepEqual([theirs.outcome, theirs.considered], ['other-tenant', []]);
  });

  test('an unescaped + and blanks in the number are understood', async () => {
    const own = await fresh();
    const code = `+49${newCode()}`;
    await own.provide(code);
    await own.route(code, '', await own.queue('Sales'));
    const dialled = `+49 ${code.slice(3)}`;
    assert.equal((await match(own, dialled)).outcome, 'route');
    assert.equal((await match(own, dialled.replace('+', ' '))).outcome, 'route');
  });

  test('a change shows at once in a reply that was cached', async () => {
    const own = await fresh();
    assert.equal((await query(own)).total, 0);
    const { body: { id } } = await create(own, newCode(), { description: 'before' });
    assert.equal((await query(own)).calledRouteList[0]?.description, 'before');
    await own.administrator.call(changeAccessCode, { id, description: 'after' });
    assert.equal((await query(own)).calledRouteList[0]?.description, 'after');
  });

  test('more than a hundred codes are answered a hundred at a time', async () => {
    const own = await fresh();
    const codes = Array.from({ length: 103 }, newCode);
    for (const code of codes) await own.provide(code);
    const page = async (input: Input<typeof queryAccessCodeList>) => (await query(own, input)).calledRouteList.map(({ accessCode }) => accessCode);
    assert.deepEqual(await page({}), codes.slice(0, 100));
    assert.deepEqual(await page({ limit: 101 }), codes.slice(0, 100));
    assert.deepEqual(await page({ limit: 100, offset: 100 }), codes.slice(100));
    assert.equal((await query(own, { limit: 1 })).total, 103);
  });
});

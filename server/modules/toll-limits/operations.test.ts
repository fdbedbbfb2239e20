import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { listAudit } from '@parley/contract/admin/audit.ts';
import { resetTollLimits, setTollLimits, showTollLimits } from '@parley/contract/admin/toll-limits.ts';
import type { Client } from '@parley/contract/client.ts';
import type { Input } from '@parley/contract/operation.ts';
import { DEFAULT_TOLL_RULES } from '@parley/core/call/toll-rules.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer } from '../../testing/server.ts';
import { until } from '../../testing/until.ts';
import { createTollBook, createTollRuleBook, type TollUsage } from './index.ts';

let server: TestServer;
let operator: Client;
const used = new Map<number, TollUsage>();

before(async () => {
  server = await startTestServer({ world: { tollUsage: (vdnId) => used.get(vdnId) } });
  operator = await server.signedIn(0, 'operator');
});
after(() => server.close());

const born = async (): Promise<number> => (await server.tenant()).vdnId;
const ruling = (vdnId: number) => server.parley.tollRules.of(vdnId);
const messageOf = ({ body }: { readonly body: object }) => (body as unknown as { readonly error: { readonly message: string } }).error.message;

describeOperation(showTollLimits, {
  example: async () => {
    const vdnId = await born();
    const [example] = setTollLimits.examples ?? [];
    await operator.call(setTollLimits, { ...example?.request as Input<typeof setTollLimits>, vdnId });
    used.set(vdnId, { calls: 12, callsLastMinute: 3, callsLastDay: 840, msLastDay: 2710 * 60_000 + 59_999 });
    const [shown] = showTollLimits.examples ?? [];
    assert.deepEqual((await operator.call(showTollLimits, { vdnId })).body, { ...shown?.response, vdnId });
  },
  badInput: async () => {
    const reply = await operator.call(showTollLimits, { vdnId: 9998 });
    assert.deepEqual([reply.status, messageOf(reply)], [404, 'There is no tenant 9998.']);
    for (const vdnId of [0, -1, 2 ** 31]) assert.equal((await operator.call(showTollLimits, { vdnId })).status, 400, String(vdnId));
  },
  effect: async () => {
    const vdnId = await born();
    assert.deepEqual((await operator.call(showTollLimits, { vdnId })).body, { vdnId, set: {}, inForce: DEFAULT_TOLL_RULES }, 'nothing is known of its calls');
    await operator.call(setTollLimits, { vdnId, callsPerDay: 7 });
    assert.deepEqual((await operator.call(showTollLimits, { vdnId })).body, { vdnId, set: { callsPerDay: 7 }, inForce: { ...DEFAULT_TOLL_RULES, callsPerDay: 7 } });
  },
});

describeOperation(setTollLimits, {
  example: async () => {
    const vdnId = await born();
    used.set(vdnId, { calls: 12, callsLastMinute: 3, callsLastDay: 840, msLastDay: 2710 * 60_000 });
    const [example] = setTollLimits.examples ?? [];
    const { status, body } = await operator.call(setTollLimits, { ...example?.request as Input<typeof setTollLimits>, vdnId });
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(body, { ...example?.response, vdnId });
  },
  badInput: async () => {
    const vdnId = await born();
    assert.equal((await operator.call(setTollLimits, { vdnId: 9998, callsPerDay: 1 })).status, 404);
    const wrong: readonly Partial<Record<keyof Input<typeof setTollLimits>, unknown>>[] = [
      { concurrentCalls: -1 }, { concurrentCalls: 2 ** 31 }, { callsPerMinute: 1.5 }, { minutesPerDay: -5 }, { denied: ['49 30'] }, { denied: ['+'] }, { allowed: [''] },
      { allowed: ['00\u00004'] }, { allowed: ['1'.repeat(22)] }, { denied: Array.from({ length: 501 }, () => '1') }, { callsPerDay: 'many' },
    ];
    for (const changes of wrong) assert.equal((await operator.call(setTollLimits, { vdnId, ...changes as object })).status, 400, JSON.stringify(changes));
    assert.deepEqual(ruling(vdnId), DEFAULT_TOLL_RULES);
  },
  effect: async () => {
    const vdnId = await born();
    await operator.call(setTollLimits, { vdnId, concurrentCalls: 2, denied: [] });
    assert.deepEqual(ruling(vdnId), { ...DEFAULT_TOLL_RULES, concurrentCalls: 2, denied: [] }, 'it is in force at once');
    await operator.call(setTollLimits, { vdnId, callsPerMinute: 1 });
    assert.deepEqual((await operator.call(showTollLimits, { vdnId })).body.set, { callsPerMinute: 1 }, 'as a whole');
    const { body } = await operator.call(listAudit, { what: 'tollLimits' }, { 'x-parley-tenant': String(vdnId) });
    assert.deepEqual(body.entries.map(({ operation, before: was, after: is }) => [operation, was, is]), [
      ['setTollLimits', { concurrentCalls: 2, denied: [] }, { callsPerMinute: 1 }], ['setTollLimits', null, { concurrentCalls: 2, denied: [] }],
    ]);
  },
});

describeOperation(resetTollLimits, {
  example: async () => {
    const vdnId = await born();
    await operator.call(setTollLimits, { vdnId, callsPerMinute: 1 });
    const [example] = resetTollLimits.examples ?? [];
    assert.deepEqual((await operator.call(resetTollLimits, { vdnId })).body, example?.response);
  },
  badInput: async () => { assert.equal((await operator.call(resetTollLimits, { vdnId: 9998 })).status, 404); },
  effect: async () => {
    const vdnId = await born();
    await operator.call(setTollLimits, { vdnId, callsPerMinute: 1 });
    await operator.call(resetTollLimits, { vdnId });
    await operator.call(resetTollLimits, { vdnId });
    assert.deepEqual((await operator.call(showTollLimits, { vdnId })).body.set, {});
    assert.deepEqual(ruling(vdnId), DEFAULT_TOLL_RULES);
    const { body } = await operator.call(listAudit, { what: 'tollLimits' }, { 'x-parley-tenant': String(vdnId) });
    assert.deepEqual(body.entries.map(({ operation }) => operation), ['resetTollLimits', 'setTollLimits'], 'what changed nothing is no change');
  },
});

describe('toll limits', () => {
  test('are for operators of the installation only, not for whoever has an account of the tenant', async () => {
    const tenant = await server.tenant();
    const { vdnId } = tenant;
    for (const client of [tenant.administrator, await server.signedIn(vdnId, 'supervisor'), await server.signedIn(vdnId, 'agent')]) {
      assert.equal((await client.call(showTollLimits, { vdnId })).status, 403);
      assert.equal((await client.call(setTollLimits, { vdnId, concurrentCalls: 1000 })).status, 403);
      assert.equal((await client.call(resetTollLimits, { vdnId })).status, 403);
    }
    assert.equal((await server.anyone.call(setTollLimits, { vdnId, concurrentCalls: 1000 })).status, 401);
    assert.deepEqual(ruling(vdnId), DEFAULT_TOLL_RULES);
  });

  test('of one tenant are not those of another, and what was written last is in force', async () => {
    const [one, other] = [await born(), await born()];
    await Promise.all(Array.from({ length: 6 }, (_, index) => operator.call(setTollLimits, { vdnId: one, callsPerDay: index })));
    const { body } = await operator.call(showTollLimits, { vdnId: one });
    assert.deepEqual(ruling(one), body.inForce);
    assert.deepEqual(ruling(other), DEFAULT_TOLL_RULES);
  });
});

describe('a book of them that is opened', () => {
  const bookOn = (parts: Partial<Parameters<typeof createTollRuleBook>[0]>) => {
    const faults: string[] = [];
    return { faults, book: createTollRuleBook({ db: server.world.db, writer: server.parley.writer, onFault: (message) => { faults.push(message); }, ...parts }) };
  };

  test('knows what was set before, and until then what holds for all', async () => {
    const vdnId = await born();
    await operator.call(setTollLimits, { vdnId, callsPerDay: 9 });
    const { book } = bookOn({});
    assert.equal(book.of(vdnId).callsPerDay, DEFAULT_TOLL_RULES.callsPerDay);
    await book.open();
    assert.equal(book.of(vdnId).callsPerDay, 9);
  });

  test('goes by what is changed while it is being read', async () => {
    const vdnId = await born();
    await operator.call(setTollLimits, { vdnId, callsPerDay: 9 });
    let tell: Parameters<Parameters<typeof createTollRuleBook>[0]['writer']['subscribe']>[0] = () => undefined;
    const { book } = bookOn({
      writer: {
        subscribe: (listener) => {
          tell = listener;
          return () => undefined;
        },
      },
    });
    const opening = book.open();
    tell({ vdnId, seq: 1, at: 1, change: { what: 'tollLimits', id: String(vdnId), before: null, after: { callsPerDay: 1 } } });
    tell({ vdnId, seq: 2, at: 2, change: { what: 'queue', id: '1', before: null, after: { callsPerDay: 2 } } });
    await opening;
    assert.equal(book.of(vdnId).callsPerDay, 1);
  });

  test('tries again when they could not be read, and is never without limits', async () => {
    const vdnId = await born();
    await operator.call(setTollLimits, { vdnId, callsPerDay: 9 });
    let isAway = true;
    const { db } = server.world;
    const away = new Proxy(db, {
      get: (target, name) => {
        if (isAway) throw new Error('the database is away');
        return name === 'selectFrom' ? target.selectFrom.bind(target) : undefined;
      },
    });
    const { book, faults } = bookOn({ db: away, retryMs: 5 });
    await book.open();
    assert.deepEqual([faults.length, book.of(vdnId).callsPerDay], [1, DEFAULT_TOLL_RULES.callsPerDay]);
    isAway = false;
    await until(() => book.of(vdnId).callsPerDay === 9, 'they were read');
  });
});

test('what tenants have used is kept in rows, the newest of each, for a day', async () => {
  let now = Date.now();
  const book = createTollBook({ db: server.world.db, clock: () => now });
  const counts = (amount: number) => ({ minute: [], day: [[now, amount] as const], talk: [] });
  await book.write(new Map());
  await book.write(new Map([[7001, counts(1)], [7002, counts(2)]]));
  now += 20 * 3_600_000;
  await book.write(new Map([[7002, counts(3)]]));
  assert.deepEqual([(await book.read()).get(7001)?.day[0]?.[1], (await book.read()).get(7002)], [1, counts(3)]);
  now += 7 * 3_600_000;
  assert.deepEqual([(await book.read()).has(7001), (await book.read()).has(7002)], [false, true]);
});

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, beforeEach, describe, test } from 'node:test';
import { listInstallationAudit } from '@parley/contract/admin/audit.ts';
import { createTrunk, deleteTrunk, liftBan, listTrunks, replaceTrunk, showTrunk, showTrunkStatus } from '@parley/contract/admin/trunk.ts';
import type { Client } from '@parley/contract/client.ts';
import type { Input } from '@parley/contract/operation.ts';
import { createGuard } from '@parley/telephony/sip/guard/guard.ts';
import { trunked } from '@parley/telephony/sip/trunk/trunk.fixture.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer } from '../../testing/server.ts';
import { until } from '../../testing/until.ts';
import { followTrunks, listTrunks as trunksAsTheyRun, type RunningTrunks } from './index.ts';

type Draft = Input<typeof createTrunk>;

/** Real trunks and a real guard, on carriers of which one is there. */
function telephony() {
  const { trunks, timers, states } = trunked([], { 'sip1.carrier.example': () => ({ status: 200, headers: { Expires: '600' } }) });
  const guard = createGuard({ timers });
  const running: RunningTrunks = { configure: trunks.configure, standings: trunks.standings, bans: guard.bans, lift: guard.lift, now: timers.now };
  return { trunks, timers, states, guard, running };
}

const real = telephony();
let server: TestServer;
let operator: Client;

before(async () => {
  server = await startTestServer({ world: { trunks: real.running } });
  operator = await server.signedIn(0, 'operator');
});
after(async () => {
  await server.close();
  await real.trunks.stop();
});
beforeEach(async () => {
  for (const { id } of (await operator.call(listTrunks, {})).body.trunks) await operator.call(deleteTrunk, { id });
});

const unique = (): string => `carrier-${randomBytes(4).toString('hex')}`;
const draft = (changes: Partial<Draft> = {}): Draft => ({ name: unique(), peers: [{ host: 'sip1.carrier.example', kind: 'UDP' }], healthMs: 0, ...changes });
const registering = (changes: Partial<Draft> = {}): Draft => draft({ registration: { user: 'ann', password: 'p4ssw0rd-of-ann' }, ...changes });

async function made(changes: Partial<Draft> = {}): Promise<string> {
  const { status, body } = await operator.call(createTrunk, draft(changes));
  assert.equal(status, 200, JSON.stringify(body));
  return body.id;
}

const running = () => trunksAsTheyRun(server.world.db, server.world.vault);
const errorOf = ({ body }: { readonly body: object }) => (body as unknown as { readonly error: { readonly code: string; readonly message: string; readonly field?: string } }).error;

describeOperation(createTrunk, {
  example: async () => {
    const [example] = createTrunk.examples ?? [];
    const { status, body } = await operator.call(createTrunk, example?.request as Draft);
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(body, { ...example?.response, id: body.id, createdAt: body.createdAt });
  },
  badInput: async () => {
    const peer = { host: 'sip1.carrier.example', kind: 'UDP' } as const;
    const wrong: readonly (readonly [Partial<Record<keyof Draft, unknown>>, RegExp])[] = [
      [{ peers: [{ ...peer, kind: 'WS' }] }, /peers\[0\]\.kind must be one of/], [{ peers: [{ ...peer, port: 65_536 }] }, /port/], [{ peers: [] }, /neither peers nor/],
      [{ peers: [peer, { ...peer, host: 'SIP1.carrier.example' }] }, /a peer is named twice/], [{ peers: [{ ...peer, host: 'a b' }] }, /"a b" is no host/],
      [{ peers: [{ ...peer, host: 'a\r\nVia: x' }] }, /is no host/], [{ networks: ['192.0.2.0/33'] }, /"192\.0\.2\.0\/33" is no network/],
      [{ called: { rules: [{ pattern: 'ABC' }] } }, /the pattern "ABC" is none/], [{ called: { rules: [{ pattern: 'X.', prepend: 'sip:' }] } }, /cannot be dialled/],
      [{ registration: { user: 'ann' } }, /registration\.password is missing/], [{ credentials: { user: 'ann' } }, /credentials\.password is missing/],
      [{ registration: { user: 'a b', password: 'x' } }, /registration\.user/], [{ registration: { user: 'ann', password: 'a\r\nb' } }, /registration\.password/],
      [{ registration: { user: 'ann', password: 'x', domain: 'example.com>' } }, /domain/], [{ domain: 'a;b' }, /domain/], [{ name: '' }, /name/], [{ name: 'a\nb' }, /name/],
      [{ codecs: ['G729'] }, /codecs/], [{ limits: { calls: -1 } }, /calls/], [{ healthMs: 3_000_000_000 }, /healthMs/], [{ name: undefined }, /name is missing/],
      [{ peers: [], registration: { user: 'ann', password: 'x' }, networks: ['192.0.2.1'] }, /no peer to register with/],
    ];
    for (const [changes, message] of wrong) {
      const reply = await operator.call(createTrunk, draft(changes as Partial<Draft>));
      assert.equal(reply.status, 400, JSON.stringify(changes));
      assert.match(errorOf(reply).message, message);
    }
    await made({ name: 'taken' });
    const twice = await operator.call(createTrunk, draft({ name: 'taken' }));
    assert.deepEqual([twice.status, errorOf(twice).code], [409, 'exists']);
    assert.equal((await operator.call(listTrunks, {})).body.trunks.length, 1, 'what was refused is not there');
  },
  effect: async () => {
    const id = await made({ name: 'first', networks: ['192.0.2.0/24'] });
    const { body } = await operator.call(showTrunkStatus, {});
    assert.deepEqual(body, {
      voice: 'real', bans: [],
      trunks: [{ id, name: 'first', inForce: true, calls: 0, peers: [{ host: 'sip1.carrier.example', kind: 'UDP', state: 'up' }] }],
    });
    assert.deepEqual(real.trunks.networks(), ['192.0.2.0/24'], 'it runs with what was set');
  },
});

const { id: exampleId, createdAt: exampleTime } = { id: '', createdAt: 0, ...createTrunk.examples?.[0]?.response };

describeOperation(listTrunks, {
  example: async () => {
    const [example] = createTrunk.examples ?? [];
    const { body: { id, createdAt } } = await operator.call(createTrunk, example?.request as Draft);
    const [shown] = listTrunks.examples ?? [];
    const { trunks } = (await operator.call(listTrunks, {})).body;
    assert.deepEqual({ trunks: trunks.map((trunk) => ({ ...trunk, id: exampleId, createdAt: exampleTime })) }, shown?.response);
    assert.deepEqual(trunks.map((trunk) => [trunk.id, trunk.createdAt]), [[id, createdAt]]);
  },
  badInput: async () => {
    const tenant = await server.tenant();
    assert.equal((await tenant.administrator.call(listTrunks, {})).status, 403);
    assert.equal((await server.anyone.call(listTrunks, {})).status, 401);
  },
  effect: async () => {
    for (const [name, priority] of [['b', 1], ['a', 1], ['c', 0]] as const) await made({ name, priority });
    assert.deepEqual((await operator.call(listTrunks, {})).body.trunks.map(({ name }) => name), ['c', 'a', 'b']);
    assert.deepEqual([...real.trunks.routesFor('4930123')].map(({ trunk }) => trunk.name), ['c', 'a', 'b'], 'calls try them in that order');
    assert.deepEqual((await operator.call(showTrunkStatus, {})).body.trunks.map(({ name }) => name), ['c', 'a', 'b']);
  },
});

describeOperation(showTrunk, {
  example: async () => {
    const wanted = registering();
    const { body: { id } } = await operator.call(createTrunk, wanted);
    const { body } = await operator.call(showTrunk, { id });
    assert.deepEqual(body, { ...wanted, registration: { user: 'ann' }, id, createdAt: body.createdAt });
  },
  badInput: async () => { assert.equal((await operator.call(showTrunk, { id: '99999999999999999999' })).status, 404); },
  effect: async () => {
    const id = await made();
    await operator.call(replaceTrunk, { id, ...draft({ name: 'other', limits: { calls: 3 } }) });
    const { body } = await operator.call(showTrunk, { id });
    assert.deepEqual([body.name, body.limits], ['other', { calls: 3 }]);
  },
});

describeOperation(replaceTrunk, {
  example: async () => {
    const [created] = createTrunk.examples ?? [];
    const { body: { id, createdAt } } = await operator.call(createTrunk, created?.request as Draft);
    const [example] = replaceTrunk.examples ?? [];
    const { body } = await operator.call(replaceTrunk, { ...example?.request as Draft, id });
    assert.deepEqual(body, { ...example?.response, id, createdAt });
    assert.equal((await running())[0]?.registration?.password, 'p7Kq2mXw9sTz', 'the password that was left out stays');
  },
  badInput: async () => {
    const id = await made({ name: 'one', registration: { user: 'ann', password: 'first' } });
    await made({ name: 'two', inbound: { user: 'carrier', password: 'x' } });
    const change = (changes: Partial<Draft>, which = id) => operator.call(replaceTrunk, { id: which, ...draft(changes) });
    assert.equal((await change({}, '1')).status, 404);
    assert.match(errorOf(await change({ registration: { user: 'bob' } })).message, /registration\.password is missing, as none is kept for that user/);
    assert.equal((await change({ name: 'two' })).status, 409);
    const namesake = await change({ inbound: { user: 'carrier', password: 'y' } });
    assert.deepEqual([namesake.status, errorOf(namesake).field], [409, 'inbound.user']);
    assert.equal((await change({ peers: [] })).status, 400);
    assert.deepEqual((await running()).map(({ name, registration }) => [name, registration?.password]), [['one', 'first'], ['two', undefined]]);
  },
  effect: async () => {
    const id = await made({ registration: { user: 'ann', password: 'first' } });
    const statusOf = async () => (await operator.call(showTrunkStatus, {})).body.trunks[0];
    await real.timers.advance(1000);
    assert.equal((await statusOf())?.registration, 'registered');
    const { status } = await operator.call(replaceTrunk, { id, ...draft({ peers: [{ host: '203.0.113.9', port: 5080, kind: 'TCP' }] }) });
    assert.equal(status, 200);
    const changed = await statusOf();
    assert.deepEqual([changed?.registration, changed?.peers], [undefined, [{ host: '203.0.113.9', port: 5080, kind: 'TCP', state: 'up' }]]);
    assert.deepEqual(real.states.slice(-2).map((state) => state.split(' ')[1]), ['registered', 'ended'], 'the carrier was told');
  },
});

describeOperation(deleteTrunk, {
  example: async () => { assert.deepEqual((await operator.call(deleteTrunk, { id: await made() })).body, {}); },
  badInput: async () => {
    const id = await made();
    await operator.call(deleteTrunk, { id });
    assert.equal((await operator.call(deleteTrunk, { id })).status, 404);
  },
  effect: async () => {
    const id = await made({ name: 'gone' });
    const claim = real.trunks.claim('gone');
    assert.ok(claim.ok);
    await operator.call(deleteTrunk, { id });
    assert.deepEqual((await operator.call(listTrunks, {})).body, { trunks: [] });
    assert.deepEqual((await operator.call(showTrunkStatus, {})).body.trunks, []);
    assert.deepEqual(real.trunks.standings(), []);
    claim.release();
  },
});

const ban = (address: string): void => { while (!real.guard.isBanned(address)) real.guard.fault(address, 'badCredentials'); };

describeOperation(showTrunkStatus, {
  example: async () => {
    const [example] = createTrunk.examples ?? [];
    await operator.call(createTrunk, example?.request as Draft);
    // Until each peer has been asked once whether it is there.
    await real.timers.advance(3100);
    const { body } = await operator.call(showTrunkStatus, {});
    const [trunk] = body.trunks;
    assert.deepEqual([body.voice, trunk?.name, trunk?.inForce, trunk?.registration, trunk?.calls], ['real', 'Example Telecom', true, 'registered', 0]);
    assert.deepEqual(trunk?.peers.map(({ host, state }) => `${host} ${state}`), ['sip1.carrier.example up', 'sip2.carrier.example avoided']);
  },
  badInput: async () => {
    const tenant = await server.tenant();
    assert.equal((await tenant.administrator.call(showTrunkStatus, {})).status, 403);
  },
  effect: async () => {
    const id = await made({ name: 'busy' });
    const claim = real.trunks.claim('busy');
    assert.ok(claim.ok);
    assert.equal((await operator.call(showTrunkStatus, {})).body.trunks[0]?.calls, 1);
    // Renamed, it is another one for those that count; the call that stands stays with the old name.
    await operator.call(replaceTrunk, { id, ...draft({ name: 'renamed' }) });
    assert.equal((await operator.call(showTrunkStatus, {})).body.trunks[0]?.calls, 0);
    claim.release();
  },
});

describeOperation(liftBan, {
  example: async () => {
    ban('198.51.100.7');
    const [example] = liftBan.examples ?? [];
    assert.deepEqual((await operator.call(liftBan, example?.request as Input<typeof liftBan>)).body, example?.response);
    assert.equal(real.guard.isBanned('198.51.100.7'), false);
  },
  badInput: async () => {
    const reply = await operator.call(liftBan, { source: '203.0.113.77' });
    assert.deepEqual([reply.status, errorOf(reply).message], [404, 'There is no ban of 203.0.113.77.']);
    for (const source of ['example.com', '198.51.100.7/24', '1'.repeat(65)]) assert.equal((await operator.call(liftBan, { source })).status, 400, source);
  },
  effect: async () => {
    const begun = server.world.clock();
    ban('198.51.100.8');
    ban('2001:db8:1:2::5');
    const bans = async () => (await operator.call(showTrunkStatus, {})).body.bans;
    assert.deepEqual((await bans()).map(({ source, fault, times }) => [source, fault, times]), [['2001:db8:1:2::/64', 'badCredentials', 1], ['198.51.100.8', 'badCredentials', 1]]);
    for (const { until: end } of await bans()) assert.ok(end >= begun + 60_000 && end <= server.world.clock() + 60_000, `the ban ends in a minute: ${end - begun}`);
    await operator.call(liftBan, { source: '2001:db8:1:2::/64' });
    await operator.call(liftBan, { source: '198.51.100.8' });
    assert.deepEqual(await bans(), []);
    ban('2001:db8:1:2::5');
    assert.equal((await operator.call(liftBan, { source: '2001:db8:1:2::9' })).status, 200, 'any address of the /64');
    const { body } = await operator.call(listInstallationAudit, { what: 'ban', whatId: '198.51.100.8' });
    assert.deepEqual(body.entries.map(({ operation }) => operation), ['liftBan']);
  },
});

describe('passwords of trunks', () => {
  const SECRET = 'hush-Hush-9';

  test('are neither shown nor in the trail, and lie sealed', async () => {
    const logins = { registration: { user: 'ann', password: SECRET }, credentials: { user: 'bob', password: SECRET }, inbound: { user: 'eve', password: SECRET } };
    const replies: unknown[] = [];
    const { body: { id }, ...reply } = await operator.call(createTrunk, draft(logins));
    replies.push(reply, await operator.call(showTrunk, { id }), await operator.call(listTrunks, {}));
    replies.push(await operator.call(replaceTrunk, { id, ...draft({ registration: { user: 'ann', password: `${SECRET}-new` } }) }), await operator.call(showTrunkStatus, {}));
    const { body: { entries } } = await operator.call(listInstallationAudit, { what: 'trunk', whatId: id });
    assert.deepEqual(entries.map(({ after: state }) => (state as { passwordsChanged?: string[] }).passwordsChanged), [['registration', 'credentials', 'inbound'], undefined]);
    const rows = (await server.world.db.selectFrom('trunk').selectAll().execute()).map((row) => ({ ...row, passwords: row.passwords.toString('latin1') }));
    const journal = await server.world.db.selectFrom('journal').select('data').where('vdn_id', '=', 0).execute();
    assert.equal(JSON.stringify([replies, entries, rows, journal]).includes(SECRET), false);
    assert.equal((await running())[0]?.registration?.password, `${SECRET}-new`, 'and yet can be used');
  });

  test('that were moved to another trunk open nothing there', async () => {
    const [one, other] = [await made({ registration: { user: 'ann', password: SECRET } }), await made({ registration: { user: 'bob', password: 'other' } })];
    const { db } = server.world;
    const kept = await db.selectFrom('trunk').select('passwords').where('id', '=', other).executeTakeFirstOrThrow();
    const { passwords } = await db.selectFrom('trunk').select('passwords').where('id', '=', one).executeTakeFirstOrThrow();
    await db.updateTable('trunk').set({ passwords }).where('id', '=', other).execute();
    await assert.rejects(running());
    await db.updateTable('trunk').set(kept).where('id', '=', other).execute();
  });
});

describe('many at once', () => {
  test('one of those that want the same name gets it', async () => {
    const replies = await Promise.all(Array.from({ length: 5 }, () => operator.call(createTrunk, draft({ name: 'same' }))));
    assert.deepEqual(replies.filter(({ ok }) => ok).length, 1);
    assert.ok(replies.every(({ ok, status }) => ok || status === 409));
  });

  test('what is in force at the end is what was written last', async () => {
    const id = await made({ name: 'last' });
    await Promise.all(Array.from({ length: 6 }, (_, index) => operator.call(replaceTrunk, { id, ...draft({ name: 'last', limits: { calls: index } }) })));
    const { body } = await operator.call(showTrunk, { id });
    const [route] = real.trunks.routesFor('1');
    assert.deepEqual(route?.trunk.limits, body.limits);
  });

  test('there is an end to them', async () => {
    const { db } = server.world;
    const row = { vdn_id: 0, settings: JSON.stringify(draft({ name: 'x' })), passwords: Buffer.alloc(0), created_at: 0 };
    await db.insertInto('trunk').values(Array.from({ length: 100 }, (_, index) => ({ ...row, id: `many-${index}`, name: `many-${index}` }))).execute();
    const reply = await operator.call(createTrunk, draft());
    await db.deleteFrom('trunk').where('id', 'like', 'many-%').execute();
    assert.deepEqual([reply.status, errorOf(reply).code], [409, 'conflict']);
  });
});

describe('while calls are simulated', () => {
  test('trunks are kept and checked, and the status says that none is in use', async () => {
    const simulated = await startTestServer();
    try {
      const client = await simulated.signedIn(0, 'operator');
      const { body: { id } } = await client.call(createTrunk, draft({ name: 'later' }));
      assert.equal((await client.call(createTrunk, draft({ networks: ['x'] }))).status, 400);
      assert.deepEqual((await client.call(showTrunkStatus, {})).body, {
        voice: 'simulated', trunks: [{ id, name: 'later', inForce: false, calls: 0, peers: [] }], bans: [],
      });
      assert.equal((await client.call(liftBan, { source: '198.51.100.7' })).status, 404);
    } finally {
      await simulated.close();
    }
  });
});

describe('following what is configured', () => {
  const following = (parts: Partial<Parameters<typeof followTrunks>[0]>) => {
    const { db, vault } = server.world;
    const taken: (readonly string[])[] = [];
    const faults: string[] = [];
    const { apply } = followTrunks({
      db, vault, writer: server.parley.writer, faultsOf: () => [], onFault: (message) => { faults.push(message); },
      running: { configure: (trunks) => { taken.push(trunks.map(({ name }) => name)); } }, ...parts,
    });
    return { apply, taken, faults };
  };

  test('brings into force at the start what is there', async () => {
    await made({ name: 'there' });
    const { apply, taken } = following({});
    await apply();
    assert.deepEqual(taken, [['there']]);
  });

  test('leaves out one that has a fault by now, and says so', async () => {
    for (const name of ['good', 'bad']) await made({ name });
    const { apply, taken, faults } = following({ faultsOf: ([trunk]) => (trunk?.name === 'bad' ? ['it is bad'] : []) });
    await apply();
    assert.deepEqual([taken, faults], [[['good']], ['a trunk is not in use, for its faults']]);
  });

  test('tries again when they could not be read, and leaves those that run alone meanwhile', async () => {
    await made({ name: 'there' });
    let isAway = true;
    const { db } = server.world;
    const away = new Proxy(db, {
      get: (target, name) => {
        if (isAway) throw new Error('the database is away');
        return name === 'selectFrom' ? target.selectFrom.bind(target) : undefined;
      },
    });
    const { apply, taken, faults } = following({ db: away, retryMs: 5 });
    await apply();
    assert.deepEqual([taken, faults.length], [[], 1]);
    isAway = false;
    await until(() => taken.length > 0, 'they were read');
    assert.deepEqual(taken, [['there']]);
  });
});

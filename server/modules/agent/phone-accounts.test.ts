import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { agentAccountDelete } from '@parley/contract/configuration/agent-account.ts';
import { updateSipPhonePassword } from '@parley/contract/configuration/sip-phone.ts';
import type { Database } from '../../database/connect.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { createAgent, PASSWORD, phoneOf } from './agent.fixture.ts';
import { createPhoneAccounts, type PhoneAccountsDependencies } from './phone-accounts.ts';

let server: TestServer;
let tenant: TestTenant;

before(async () => { server = await startTestServer(); });
after(() => server.close());
beforeEach(async () => { tenant = await server.tenant(); });

/** What registrars ask, on a database that counts how often it is asked. */
function asked(parts: Partial<PhoneAccountsDependencies> = {}) {
  const { db, vault, clock } = server.world;
  const counts = { queries: 0 };
  const counting = new Proxy(db, {
    get: (target, name) => {
      if (name !== 'selectFrom') return undefined;
      counts.queries += 1;
      return target.selectFrom.bind(target);
    },
  });
  const accounts = createPhoneAccounts({
    db: counting, vault, clock, writer: server.parley.writer, tenantEnabled: () => Promise.resolve(true), sessionOf: () => Promise.resolve(undefined), ...parts,
  });
  return { ...accounts, counts };
}

async function phone(account = 'ann.agent'): Promise<{ readonly workNo: number; readonly number: string; readonly password: string }> {
  const workNo = await createAgent(tenant, account);
  const shown = await phoneOf(tenant, workNo);
  return { workNo, number: shown?.sipAccount ?? '', password: shown?.sipPwd ?? '' };
}

const change = (newPhonePwd: string) => tenant.client.call(updateSipPhonePassword, { userAccount: 'ann.agent', accountPwd: PASSWORD, newPhonePwd });

describe('what a registrar asks of phones', () => {
  test('a phone has its password, and nobody\'s number has none', async () => {
    const { number, password } = await phone();
    const { sipSecretsOf, isPhone } = asked();
    assert.deepEqual(await sipSecretsOf(number), [password]);
    assert.equal(await isPhone(number), true);
    for (const none of ['1', '', 'ann', `${number}0`, '\0', 'a b', '\ud800', '%', '9'.repeat(10_000)]) {
      assert.deepEqual(await sipSecretsOf(none), [], none.slice(0, 20));
      assert.equal(await isPhone(none), false);
    }
  });

  test('a tenant that is switched off has phones still, but no passwords for them', async () => {
    const { number } = await phone();
    const { sipSecretsOf, isPhone } = asked({ tenantEnabled: (vdnId) => Promise.resolve(vdnId !== tenant.vdnId) });
    assert.deepEqual([await sipSecretsOf(number), await isPhone(number)], [[], true]);
  });

  test('a storm costs a few queries, and another one none', async () => {
    const numbers: string[] = [];
    for (let index = 0; index < 8; index += 1) numbers.push((await phone(`agent-${index}`)).number);
    const { sipSecretsOf, counts } = asked();
    const storm = () => Promise.all(Array.from({ length: 400 }, (_, index) => sipSecretsOf(numbers[index % numbers.length] ?? '')));
    assert.ok((await storm()).every(({ length }) => length === 1));
    assert.ok(counts.queries <= 2, `${counts.queries} queries`);
    const { queries } = counts;
    await storm();
    assert.equal(counts.queries, queries);
  });

  test('whoever asks for a number of nobody\'s again and again costs one query, until it is somebody\'s', async () => {
    const { number } = await phone('agent-1');
    const next = String(Number(number) + 1);
    const { isPhone, counts } = asked();
    for (let index = 0; index < 5; index += 1) assert.equal(await isPhone(next), false);
    assert.equal(counts.queries, 1);
    assert.equal((await phone()).number, next);
    assert.equal(await isPhone(next), true);
  });

  test('a password that has changed is known as soon as the change is answered', async () => {
    const { number, password } = await phone();
    const { sipSecretsOf } = asked();
    assert.deepEqual(await sipSecretsOf(number), [password]);
    await change('Phone_2468');
    assert.deepEqual(await sipSecretsOf(number), ['Phone_2468']);
    await tenant.client.call(agentAccountDelete, { userAccount: 'ann.agent' });
    assert.deepEqual(await sipSecretsOf(number), []);
  });

  test('what was read while it changed is read again', async () => {
    const { number, password } = await phone();
    const { db } = server.world;
    const { promise: hasChanged, resolve: goOn } = Promise.withResolvers<unknown>();
    let reads = 0;
    // The first answer was made before the change and comes after it.
    const slow = {
      selectFrom: () => {
        const query = db.selectFrom('agent').select(['vdn_id as vdnId', 'work_no as workNo', 'sip_number as sipNumber', 'sip_password as sipPassword']).where('sip_number', '=', number);
        reads += 1;
        const rows = reads === 1 ? query.execute().then(async (found) => { await hasChanged; return found; }) : query.execute();
        const chain = { select: () => chain, where: () => chain, execute: () => rows };
        return chain;
      },
    } as unknown as Database;
    const { sipSecretsOf } = asked({ db: slow });
    const answer = sipSecretsOf(number);
    await new Promise((resolve) => { setImmediate(resolve); });
    await change('Phone_2468');
    goOn(undefined);
    assert.deepEqual(await answer, ['Phone_2468'], `and not ${password}`);
    assert.equal(reads, 2);
  });

  test('a lookup that fails is not remembered, and those behind it are made', async () => {
    const { number, password } = await phone();
    let isAway = true;
    const { db } = server.world;
    const away = { selectFrom: (...args: Parameters<typeof db.selectFrom>) => { if (isAway) throw new Error('the database is away'); return db.selectFrom(...args); } } as unknown as Database;
    const { sipSecretsOf } = asked({ db: away });
    await assert.rejects(sipSecretsOf(number));
    isAway = false;
    assert.deepEqual(await sipSecretsOf(number), [password]);
  });

  test('there is an end to what is remembered', async () => {
    const numbers = [(await phone('agent-1')).number, (await phone('agent-2')).number, (await phone('agent-3')).number];
    const { isPhone, counts } = asked({ maxRemembered: 2 });
    for (const number of numbers) await isPhone(number);
    assert.equal(counts.queries, 3);
    await isPhone(numbers[2] ?? '');
    assert.equal(counts.queries, 3);
    await isPhone(numbers[0] ?? '');
    assert.equal(counts.queries, 4);
  });

  test('a token outlasts a shift, with the refreshes of the registration, and not a day', async () => {
    const { workNo, number } = await phone();
    const HOUR_MS = 3_600_000;
    for (const begin of [0, 1, 11.99, 12, 17].map((hour) => 1_790_000_000_000 + hour * HOUR_MS)) {
      let now = begin;
      const { tokenFor, sipSecretsOf } = asked({ clock: () => now, sessionOf: () => Promise.resolve({ session: 's-1', phone: number }) });
      const given = await tokenFor(tenant.vdnId, workNo);
      assert.ok(given.ok);
      const isGoodAfter = async (ms: number): Promise<boolean> => {
        now = begin + ms;
        return (await sipSecretsOf(number)).includes(given.token);
      };
      assert.deepEqual([await isGoodAfter(0), await isGoodAfter(12 * HOUR_MS), await isGoodAfter(24 * HOUR_MS)], [true, true, false], new Date(begin).toISOString());
    }
  });

  test('a token is given to who has signed in with the agent\'s own phone, and to nobody else', async () => {
    const [ann, bob] = [await phone(), await phone('bob.agent')];
    const session = { session: 's-1', phone: ann.number };
    const of = (sessionOf: PhoneAccountsDependencies['sessionOf']) => asked({ sessionOf });
    const given = of((_vdnId, workNo) => Promise.resolve(workNo === ann.workNo ? session : undefined));
    const token = await given.tokenFor(tenant.vdnId, ann.workNo);
    assert.ok(token.ok && token.number === ann.number);
    assert.equal((await given.sipSecretsOf(ann.number)).includes(token.token), true);
    assert.deepEqual(await given.tokenFor(tenant.vdnId, bob.workNo), { ok: false, why: 'notSignedIn' });
    assert.deepEqual(await of(() => Promise.resolve(session)).tokenFor(tenant.vdnId, bob.workNo), { ok: false, why: 'notOwnPhone' });
    assert.deepEqual(await of(() => Promise.resolve({ session: 's-1', phone: '' })).tokenFor(tenant.vdnId, ann.workNo), { ok: false, why: 'notOwnPhone' });
    const other = await server.tenant();
    assert.deepEqual(await of(() => Promise.resolve(session)).tokenFor(other.vdnId, ann.workNo), { ok: false, why: 'notOwnPhone' });
  });
});

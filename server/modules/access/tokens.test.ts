import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { digestOf } from '../../security/vault.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { createTokens, type NewToken, type Tokens } from './tokens.ts';

const HOUR = 3_600_000;

let database: TestDatabase;
let now = Date.UTC(2026, 0, 1);

before(async () => { database = await createTestDatabase(); });
after(() => database.close());

const make = (): Tokens => createTokens({ db: database.db, clock: () => now });
const one = (changes: Partial<NewToken> = {}): NewToken => ({ vdnId: 1, kind: 'C1', subject: 'key', lifeMs: HOUR, ...changes });

describe('tokens', () => {
  test('only the digest is kept', async () => {
    const text = await make().issue(one());
    const row = await database.db.selectFrom('access_token').selectAll().where('digest', '=', digestOf(text)).executeTakeFirstOrThrow();
    assert.ok(!JSON.stringify(row).includes(text));
    assert.equal(row.expires_at, now + HOUR);
  });

  test('a token that is read while it is being ended is not believed afterwards', async () => {
    const tokens = make();
    for (let count = 0; count < 50; count += 1) {
      const text = await tokens.issue(one());
      await Promise.all([tokens.find(text), tokens.revoke(text), tokens.find(text)]);
      assert.equal(await tokens.find(text), undefined);
    }
  });

  test('ending a subject inside a transaction that is undone ends nothing', async () => {
    const tokens = make();
    const text = await tokens.issue(one({ subject: 'undone' }));
    await assert.rejects(database.db.transaction().execute(async (tx) => {
      assert.equal((await tokens.revokeSubject(1, ['C1'], 'undone', tx)).length, 1);
      throw new Error('undone');
    }), /undone/);
    assert.ok(await tokens.find(text) !== undefined);
  });

  test('ending a subject spares other tenants, other kinds and other subjects', async () => {
    const tokens = make();
    const kept = await Promise.all([one({ vdnId: 2, subject: 'a' }), one({ kind: 'C3', subject: 'a' }), one({ subject: 'b' })].map(tokens.issue));
    const ended = await tokens.issue(one({ subject: 'a' }));
    await tokens.revokeSubject(1, ['C1'], 'a');
    assert.equal(await tokens.find(ended), undefined);
    for (const text of kept) assert.ok(await tokens.find(text) !== undefined);
  });

  test('another process hears of an end within two seconds', async () => {
    const [here, there] = [make(), make()];
    const text = await here.issue(one());
    assert.ok(await there.find(text) !== undefined);
    await here.revoke(text);
    now += 2000;
    assert.equal(await there.find(text), undefined);
  });

  test('the sweep removes what expired before its time, in batches, and nothing else', async () => {
    const tokens = make();
    const text = await tokens.issue(one({ vdnId: 3 }));
    const old = Array.from({ length: 5100 }, (_, index) => ({ vdn_id: 3, digest: `old-${index}`, kind: 'C1', subject: 'x', csrf: null, created_at: 0, expires_at: index }));
    for (let from = 0; from < old.length; from += 1700) await database.db.insertInto('access_token').values(old.slice(from, from + 1700)).execute();
    assert.equal(await tokens.sweep(5099), 5099);
    assert.equal(await tokens.sweep(5099), 0);
    assert.equal(await tokens.sweep(5100), 1);
    assert.ok(await tokens.find(text) !== undefined);
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { refuse } from '@parley/contract/refusal.ts';
import { errors } from '@parley/contract/configuration/family.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { Overloaded } from './lanes.ts';
import { createWriter, type ConfigChanged, type Writing } from './writer.ts';

const BY = { actor: 'test', source: '127.0.0.1', operation: 'test' };

let database: TestDatabase;
let vdns = 0;
before(async () => { database = await createTestDatabase(); });
after(() => database.close());

async function newVdn(): Promise<number> {
  const vdnId = ++vdns;
  await database.db.insertInto('vdn').values({
    vdn_id: vdnId, name: `v${vdnId}`, tenant_id: `t${vdnId}`, tenant_space_id: `s${vdnId}`, cc_id: 1, time_zone: 'UTC', locale: 'en_US',
    enabled: true, limits: '{}', password_hash: null, created_at: 0,
  }).execute();
  return vdnId;
}

const writerOf = () => createWriter({ db: database.db, clock: () => 1000 });
const change = (id: string) => ({ what: 'thing', id, before: null, after: { id } });
const record = (id: string) => ({ record: note }: Writing): Promise<string> => {
  note(change(id));
  return Promise.resolve(id);
};

async function journalOf(vdnId: number): Promise<number[]> {
  const rows = await database.db.selectFrom('journal').select('seq').where('vdn_id', '=', vdnId).orderBy('seq').execute();
  return rows.map(({ seq }) => seq);
}

async function headOf(vdnId: number): Promise<number> {
  const { journal_seq: head } = await database.db.selectFrom('vdn').select('journal_seq').where('vdn_id', '=', vdnId).executeTakeFirstOrThrow();
  return head;
}

const oneTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('the writer', () => {
  test('lets one change of a VDN run at a time, in the order of their coming', async () => {
    const vdnId = await newVdn();
    const writer = writerOf();
    const trail: string[] = [];
    await Promise.all(oneTo(20).map((number) => writer.write(vdnId, BY, async () => {
      trail.push(`begin ${number}`);
      await new Promise(setImmediate);
      trail.push(`end ${number}`);
      return number;
    })));
    assert.deepEqual(trail, oneTo(20).flatMap((number) => [`begin ${number}`, `end ${number}`]));
  });

  test('lets a change of one VDN pass while another\'s is held up', { timeout: 60_000 }, async () => {
    const [held, free] = [await newVdn(), await newVdn()];
    const writer = writerOf();
    const gate = Promise.withResolvers<string>();
    const waiting = writer.write(held, BY, () => gate.promise);
    assert.equal(await writer.write(free, BY, record('1')), '1');
    gate.resolve('done');
    assert.equal(await waiting, 'done');
  });

  test('undoes everything that a refused change did, and journals nothing of it', async () => {
    const vdnId = await newVdn();
    const writer = writerOf();
    const heard: ConfigChanged[] = [];
    writer.subscribe((event) => { heard.push(event); });
    const outcome = await writer.write(vdnId, BY, async ({ tx, record: note }) => {
      await tx.insertInto('reason').values({ vdn_id: vdnId, kind: 'rest', code: 1, name: 'lunch' }).execute();
      note(change('1'));
      return refuse(errors.invalid, { message: 'no' });
    });
    assert.deepEqual(outcome, refuse(errors.invalid, { message: 'no' }));
    assert.deepEqual(await database.db.selectFrom('reason').selectAll().where('vdn_id', '=', vdnId).execute(), []);
    assert.deepEqual(await journalOf(vdnId), []);
    assert.deepEqual(heard, []);
  });

  test('undoes a change that throws, and goes on with the next', async () => {
    const vdnId = await newVdn();
    const writer = writerOf();
    const [thrown, next] = await Promise.allSettled([
      writer.write(vdnId, BY, ({ record: note }) => {
        note(change('1'));
        return Promise.reject(new Error('a bug'));
      }),
      writer.write(vdnId, BY, record('2')),
    ]);
    assert.equal(thrown.status, 'rejected');
    assert.equal(next.status, 'fulfilled');
    assert.deepEqual(await journalOf(vdnId), [1]);
  });

  test('tells listeners of a change before it is answered, in the order of the journal', async () => {
    const vdnId = await newVdn();
    const writer = writerOf();
    const heard: number[] = [];
    const unsubscribe = writer.subscribe((event) => { heard.push(event.seq); });
    await Promise.all(oneTo(10).map(async (number) => {
      await writer.write(vdnId, BY, record(String(number)));
      assert.ok(heard.includes(number), `change ${number} was heard of`);
    }));
    assert.deepEqual(heard, oneTo(10));
    unsubscribe();
    await writer.write(vdnId, BY, record('11'));
    assert.equal(heard.length, 10);
  });

  test('tells every listener, also when one before it has a fault, and keeps the change', async () => {
    const vdnId = await newVdn();
    const writer = writerOf();
    const heard: string[] = [];
    writer.subscribe(() => { throw new Error('a fault of a listener'); });
    writer.subscribe(({ change: { id } }) => { heard.push(id); });
    await assert.rejects(writer.write(vdnId, BY, record('a')), /after the change was committed/);
    assert.deepEqual(heard, ['a']);
    assert.deepEqual(await journalOf(vdnId), [1]);
  });

  test('numbers 100 changes at once without a gap, from one writer and from two', { timeout: 60_000 }, async () => {
    const one = writerOf();
    for (const [odd, even] of [[one, one], [one, writerOf()]] as const) {
      const vdnId = await newVdn();
      await Promise.all(oneTo(100).map((number) => (number % 2 === 0 ? even : odd).write(vdnId, BY, record(String(number)))));
      assert.deepEqual(await journalOf(vdnId), oneTo(100));
      assert.equal(await headOf(vdnId), 100);
    }
  });

  test('numbers several changes of one write one after another, and says in the audit trail who made them', async () => {
    const vdnId = await newVdn();
    const writer = writerOf();
    await writer.write(vdnId, BY, ({ record: note }) => {
      for (const id of ['a', 'b', 'c']) note(change(id));
      return Promise.resolve('done');
    });
    assert.deepEqual(await journalOf(vdnId), [1, 2, 3]);
    const trail = await database.db.selectFrom('audit').selectAll().where('vdn_id', '=', vdnId).orderBy('id').execute();
    assert.deepEqual(trail.map(({ actor, source, operation, what, what_id: id }) => ({ actor, source, operation, what, id })),
      ['a', 'b', 'c'].map((id) => ({ ...BY, what: 'thing', id })));
    assert.deepEqual(trail[0]?.after, { id: 'a' });
    assert.equal(trail[0]?.before, null);
  });

  test('says that it is overloaded when a thousand changes of one VDN wait, and recovers', { timeout: 60_000 }, async () => {
    const [full, other] = [await newVdn(), await newVdn()];
    const writer = writerOf();
    const gate = Promise.withResolvers<string>();
    const first = writer.write(full, BY, () => gate.promise);
    const waiting = oneTo(999).map(() => writer.write(full, BY, () => Promise.resolve('done')));
    await assert.rejects(writer.write(full, BY, record('1')), (error) => error instanceof Overloaded && error.statusCode === 503);
    assert.equal(await writer.write(other, BY, record('1')), '1', 'other tenants are not held up');
    gate.resolve('done');
    await Promise.all([first, ...waiting]);
    assert.equal(await writer.write(full, BY, record('1')), '1');
  });

  test('is idle when nothing is being written', async () => {
    const vdnId = await newVdn();
    const writer = writerOf();
    await writer.idle();
    const done: number[] = [];
    for (const number of oneTo(5)) void writer.write(vdnId, BY, () => Promise.resolve(number)).then(() => done.push(number));
    await writer.idle();
    await new Promise(setImmediate);
    assert.deepEqual(done, oneTo(5));
  });

  test('refuses a VDN that does not exist with an error, not with a change of nothing', async () => {
    await assert.rejects(writerOf().write(99_999, BY, record('1')));
  });
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Event } from '@parley/core/centre/event.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { createEventJournal, type Entry } from './event-journal.ts';
import { toRow } from './event-row.ts';

let database: TestDatabase;
before(async () => { database = await createTestDatabase(); });
after(() => database.close());

const began: Event = { type: 'CallBegan', call: '1-1', medium: 'voice', feature: 0, personal: { caller: '138', called: '1000' } };
const muted: Event = { type: 'CallMuted', call: '1-1', agent: 101, on: true };

test('what several contact centres add comes back as it was, and what is not ours any more is added to none', async () => {
  const journal = createEventJournal(database.db);
  const [first, second] = [await journal.take(1), await journal.take(2)];
  await journal.take(2);
  const rows = [toRow(began, 5, { call: '1-1' }), toRow(muted, 6, { call: '1-1', agent: 101 })];
  const mine = await journal.commit([{ vdnId: 1, epoch: first.epoch, before: 0, alive: true, rows }, { vdnId: 2, epoch: second.epoch, before: 0, alive: true, rows }]);
  assert.deepEqual([...mine], [1]);
  const read: Entry[] = [];
  for await (const entries of journal.read(1, 0, 2)) read.push(...entries);
  assert.deepEqual(read, [{ seq: 1, at: 5, event: began }, { seq: 2, at: 6, event: muted }]);
  assert.deepEqual(await journal.story(2, {}, 10), []);
  assert.deepEqual(await journal.alive(), [1]);
});

test('whatever a phone line brings can be added', async () => {
  const journal = createEventJournal(database.db);
  const { epoch } = await journal.take(3);
  const personal = { caller: '\0', called: '1\u{0}2"\\{},\n', number: '\ud800' };
  const strange = { ...began, personal } as Event;
  assert.deepEqual([...await journal.commit([{ vdnId: 3, epoch, before: 0, alive: true, rows: [toRow(strange, 5, { call: '1-1' })] }])], [3]);
  const { numbers, data } = await database.db.selectFrom('centre_personal').select(['numbers', 'data']).where('vdn_id', '=', 3).executeTakeFirstOrThrow();
  assert.deepEqual(numbers, ['12"\\{},\n', '\ufffd']);
  assert.deepEqual(data, personal);
});

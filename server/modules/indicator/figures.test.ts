import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { cmsCallInDayIndexes, cmsCallOutDayIndexes } from '@parley/contract/monitoring/daily-tables.ts';
import type { Measures } from '@parley/core/indicator/measure.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { DAILY, INBOUND_DAY, OUTBOUND_DAY } from './daily.ts';
import type { DailyRow } from './daily-store.ts';
import { OF_CALLS } from './figures-of-calls.ts';
import { AGENT_WORK } from './figures-of-work.ts';
import { presentInboundDay, presentOutboundDay, type DailyAnswer } from './present-daily.ts';
import { sourcesOf } from './reading.ts';
import { SUBJECTS, type Subject } from './subjects.ts';

let database: TestDatabase;
before(async () => { database = await createTestDatabase(); });
after(() => database.close());

const KEYS = new Set(['vdn_id', 'grain', 'at', 'object', 'media', 'sub_media', 'number', 'day', 'feature', 'service', 'agent', 'queue']);

describe('figures', () => {
  test('have a column for each of their measures, and no others', async () => {
    const tables = await database.db.introspection.getTables();
    for (const { table, measures } of [...OF_CALLS, AGENT_WORK, ...DAILY]) {
      const columns = tables.find(({ name }) => name === table)?.columns.map(({ name }) => name) ?? [];
      assert.deepEqual(columns.filter((name) => !KEYS.has(name)).toSorted(), Object.keys(measures).toSorted(), table);
    }
  });

  test('are what the indicators are made of', () => {
    for (const { catalogue, live, settled } of Object.values<Subject>(SUBJECTS)) {
      for (const indicator of catalogue.all) {
        const asked = new Set<string>();
        const watched = new Proxy<Measures>({}, { get: (_measures, name) => { asked.add(String(name)); return 1; } });
        indicator.of(watched);
        const known = new Set(Object.keys((indicator.settled ? settled : live)?.measures ?? {}));
        assert.deepEqual([...asked].filter((name) => !known.has(name)), [], indicator.code);
      }
    }
  });

  test('are read by days that are over, then by quarters, then by five minutes, then by calls', () => {
    const at = (text: string): number => Date.parse(text);
    const now = at('2026-03-30T10:22:07Z');
    const grains = (from: string, to: string, inParts = false) =>
      sourcesOf({ from: at(from), to: at(to) }, now, 'Europe/Berlin', inParts).map(({ grain, ...span }) => `${grain} ${new Date(span.from).toISOString().slice(8, 19)} ${new Date(span.to).toISOString().slice(8, 19)}`);
    assert.deepEqual(grains('2026-03-27T23:00:00Z', '2026-03-30T22:00:00Z'), [
      '1440 27T23:00:00 29T22:00:00', '15 29T22:00:00 30T10:15:00', '5 30T10:15:00 30T10:20:00', 'calls 30T10:20:00 30T10:27:07',
    ]);
    assert.deepEqual(grains('2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'), ['1440 28T23:00:00 29T22:00:00'], 'a day of 23 hours');
    assert.deepEqual(grains('2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', true), ['15 28T23:00:00 29T22:00:00'], 'days have no parts');
    assert.deepEqual(grains('2026-03-28T10:07:03Z', '2026-03-28T10:31:00Z'), [
      'calls 28T10:07:03 28T10:10:00', '5 28T10:10:00 28T10:15:00', '15 28T10:15:00 28T10:30:00', 'calls 28T10:30:00 28T10:31:00',
    ]);
  });

  test('of daily tables fill every field of their rows', () => {
    const row = (measures: object): DailyRow => ({ number: '1', feature: 0, service: 1, agent: 1, queue: 1, ...Object.fromEntries(Object.keys(measures).map((name) => [name, 7])) });
    const answer = { tenant: { vdnId: 1, ccId: 1 }, beginLogDay: '', endLogDay: '' } as DailyAnswer;
    const fieldsOf = (op: { readonly result: object }): readonly string[] => Object.keys((op.result as { items: { properties: object } }).items.properties).toSorted();
    assert.deepEqual(Object.keys(presentInboundDay(row(INBOUND_DAY.measures), answer)).toSorted(), fieldsOf(cmsCallInDayIndexes));
    assert.deepEqual(Object.keys(presentOutboundDay(row(OUTBOUND_DAY.measures), answer)).toSorted(), fieldsOf(cmsCallOutDayIndexes));
  });
});

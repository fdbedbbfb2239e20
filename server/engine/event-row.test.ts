import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { Event } from '@parley/core/centre/event.ts';
import { createRig, type Rig } from '@parley/core/centre/centre.fixture.ts';
import { replay } from '@parley/core/centre/replay.ts';
import { encodeCentre } from '@parley/core/centre/snapshot.ts';
import { fromRow, liftEvent, toRow, versionOf, type StoredRow } from './event-row.ts';

/** As the database gives it back. */
const stored = (event: Event): StoredRow => {
  const { type, version, data, personal } = toRow(event, 1, {});
  return { type, version, data: JSON.parse(data) as object, personal: personal === undefined ? null : JSON.parse(personal.data) as object };
};

describe('an event in the journal', () => {
  const began: Event = { type: 'CallBegan', call: '1-1', medium: 'voice', feature: 0, personal: { caller: '138', called: '1000', originalCalled: '138', data: 'vip' } };

  test('is apart from what is personal in it, and whole again when it is read', () => {
    const row = toRow(began, 5, { call: '1-1' });
    assert.deepEqual({ ...row, data: JSON.parse(row.data) as unknown, personal: row.personal?.numbers }, {
      at: 5, type: 'CallBegan', version: 1, call: '1-1', agent: null, data: { type: 'CallBegan', call: '1-1', medium: 'voice', feature: 0 }, personal: ['138', '1000'],
    });
    assert.deepEqual(fromRow(stored(began)), began);
    assert.deepEqual(fromRow({ ...stored(began), personal: null }), { type: 'CallBegan', call: '1-1', medium: 'voice', feature: 0 });
  });

  test('takes whatever a phone line brings', () => {
    const { personal } = toRow({ ...began, personal: { caller: '\0', called: '1\u{0}2', number: '\ud800' } }, 1, {});
    assert.deepEqual(personal?.numbers, ['12', '\ud800']);
  });

  test('of an older version is lifted step by step, and one of a later release is refused', () => {
    const lifts = {
      CallMuted: [
        ({ muted, ...event }: Readonly<Record<string, unknown>>) => ({ ...event, on: muted }),
        (event: Readonly<Record<string, unknown>>) => ({ ...event, agent: Number(event['agent']) }),
      ],
    };
    const oldest = { type: 'CallMuted', call: '1-1', agent: '101', muted: true };
    const today = { type: 'CallMuted', call: '1-1', agent: 101, on: true };
    assert.equal(versionOf('CallMuted', lifts), 3);
    assert.deepEqual(liftEvent(oldest, 1, lifts), today);
    assert.deepEqual(liftEvent({ ...today, agent: '101' }, 2, lifts), today);
    assert.deepEqual(liftEvent(today, 3, lifts), today);
    assert.throws(() => liftEvent(today, 4, lifts), /written by a later release/);
  });
});

/** A day in a small contact centre: a bit of everything that is for ever. */
function aDay(): Rig {
  const rig = createRig();
  rig.signIn(101);
  rig.signIn(102, { autoAnswer: false, releasePhone: true });
  rig.signIn(103, { autoEnterIdle: false });
  rig.callIn(1);
  rig.does({ kind: 'hold', agent: 101 });
  rig.does({ kind: 'retrieve', agent: 101 });
  rig.does({ kind: 'mute', agent: 101, on: true });
  rig.callIn(1, '13800000002');
  rig.does({ kind: 'answer', agent: 102 });
  rig.callIn(2, '13800000003');
  rig.callIn(2, '13800000004');
  rig.does({ kind: 'askState', agent: 103, request: 'rest', reason: 3, ms: 600_000 });
  rig.does({ kind: 'release', agent: 103 });
  rig.wait(30_000);
  rig.does({ kind: 'release', agent: 102 });
  rig.signIn(104, {}, 'busy');
  rig.does({ kind: 'forget', numbers: ['13800000003'] });
  rig.does({ kind: 'dialOut', agent: 104, called: '13900000000', caller: '' });
  rig.wait(1000);
  return rig;
}

/** One event a line, so that a person can read it. */
function goldenOf({ happened, centre }: Rig): string {
  const events = happened.map(({ at, event }, index) => JSON.stringify({ seq: index + 1, at, ...stored(event) }));
  return `{\n"events": [\n${events.join(',\n')}\n],\n"state": ${encodeCentre(centre)}\n}\n`;
}

interface Golden {
  readonly events: readonly (StoredRow & { readonly seq: number; readonly at: number })[];
  readonly state: unknown;
}

/** Whatever was known then must be so today; what came up since may stand beside it. */
function holds(known: unknown, today: unknown, path: string): void {
  if (typeof known !== 'object' || known === null) assert.deepEqual(today, known, path);
  else if (Array.isArray(known)) {
    assert.ok(Array.isArray(today) && today.length === known.length, path);
    for (const [index, item] of known.entries()) holds(item, today[index], `${path}/${index}`);
  } else {
    assert.ok(typeof today === 'object' && today !== null, path);
    for (const [key, value] of Object.entries(known)) holds(value, (today as Record<string, unknown>)[key], `${path}/${key}`);
  }
}

/**
 * Events are for ever: what an earlier release wrote leads to the state it led to then. A release whose events are different
 * adds a file of its own (PARLEY_WRITE_GOLDEN=2 writes journal-2.json) and never touches those before.
 */
describe('the golden journals', () => {
  for (const release of [1]) {
    const file = new URL(`golden/journal-${release}.json`, import.meta.url);
    test(`of format ${release} lead to the known state`, () => {
      if (process.env['PARLEY_WRITE_GOLDEN'] === String(release)) writeFileSync(file, goldenOf(aDay()));
      const golden = JSON.parse(readFileSync(file, 'utf8')) as Golden;
      const centre = replay(1, golden.events.map((row) => ({ at: row.at, event: fromRow(row) })));
      holds(golden.state, JSON.parse(encodeCentre(centre)), '');
    });
  }
});

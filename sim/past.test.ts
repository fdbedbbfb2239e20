import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Happened } from '@parley/core/centre/event.ts';
import { dateIn } from '@parley/core/time/zone.ts';
import { pastOf, type Place } from './past.ts';

const PLACE: Place = {
  vdnId: 1, timeZone: 'Europe/Berlin', seed: 7, callsADay: 1500, queues: [1, 2, 3], flows: ['900', '901'], agents: Array.from({ length: 25 }, (_, index) => 101 + index),
};
const DAYS = { from: '2026-11-05', count: 4 };

const past: readonly Happened[] = [...pastOf(PLACE, DAYS)];
const count = (type: string, which: (one: Happened) => boolean = () => true): number => past.filter((one) => one.event.type === type && which(one)).length;
const lastRows = past.flatMap(({ event }) => (event.type === 'SegmentRecorded' && event.cause !== undefined ? [event] : []));

describe('a past that is made up', () => {
  test('is the same for the same seed, and another for another', () => {
    assert.deepEqual([...pastOf(PLACE, { ...DAYS, count: 1 })].slice(-50), [...pastOf(PLACE, { ...DAYS, count: 1 })].slice(-50));
    assert.notDeepEqual([...pastOf({ ...PLACE, seed: 8 }, { ...DAYS, count: 1 })].slice(-50), [...pastOf(PLACE, { ...DAYS, count: 1 })].slice(-50));
  });

  test('goes forward in time, and leaves nothing open', () => {
    assert.ok(past.every(({ at }, index) => at >= (past[index - 1]?.at ?? 0)));
    assert.equal(count('CallBegan'), count('CallEnded'));
    assert.equal(count('AgentSignedIn'), count('AgentSignedOut'));
    // A call that reached nobody at all has no rows: the agent who made it did not come to the phone.
    assert.ok(count('CallEnded') - lastRows.length < 30, String(count('CallEnded') - lastRows.length));
  });

  test('has the calls of a day: few at the weekend, none at night, most of them answered, some given up', () => {
    const on = (date: string): number => count('CallBegan', ({ at }) => dateIn(PLACE.timeZone, at) === date);
    const [thursday, saturday, sunday] = [on('2026-11-05'), on('2026-11-07'), on('2026-11-08')];
    assert.ok(thursday > 1200 && thursday < 2200, String(thursday));
    assert.ok(saturday < thursday / 2 && sunday < saturday, `${saturday} ${sunday}`);
    const answered = lastRows.filter(({ whole }) => whole?.answered === true).length / lastRows.length;
    assert.ok(answered > 0.6 && answered < 0.95, String(answered));
    const reasons = new Set(lastRows.map(({ device, leave }) => `${device} ${leave}`));
    for (const reason of ['queue 15', 'flow 15', 'agent 15', 'agent 16']) assert.ok(reasons.has(reason), reason);
    assert.ok(count('SegmentRecorded', ({ event }) => event.type === 'SegmentRecorded' && event.leave === 5) > 0, 'somebody did not answer');
    assert.ok(count('SegmentRecorded', ({ event }) => event.type === 'SegmentRecorded' && event.leave === 17) > 0, 'something was transferred');
    assert.ok(count('CallBegan', ({ event }) => event.type === 'CallBegan' && event.feature === 7) > 20, 'agents called out');
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { TollRules } from '../../../telephony/sip/guard/toll-limits.ts';
import { virtualTimers } from '../../../telephony/testing/virtual-timers.ts';
import type { KeptTolls, TollBook } from '../../engine/toll-book.ts';
import { createTollKeeper, type TollKeeper } from './toll-keeper.ts';
import { createTolls, type Toll, type Tolls } from './tolls.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A book, and processes that come and go. */
function shelf(rules: TollRules = {}) {
  const kept = new Map<number, KeptTolls>();
  const writes: (readonly number[])[] = [];
  const faults: string[] = [];
  let isAway = false;
  let now = Date.UTC(2026, 10, 21, 9, 59);
  const book: TollBook = {
    read: () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve(new Map(kept))),
    write: (tolls) => {
      if (isAway) return Promise.reject(new Error('away'));
      writes.push([...tolls.keys()]);
      // As JSON brings it back.
      for (const [vdnId, counts] of tolls) kept.set(vdnId, JSON.parse(JSON.stringify(counts)) as KeptTolls);
      return Promise.resolve();
    },
  };
  const start = async () => {
    const timers = virtualTimers();
    const born = now;
    const onFault = (message: string): void => { faults.push(message); };
    const tolls: Tolls = createTolls({ timers, rulesOf: () => rules, clock: () => born + timers.now(), onFault });
    const keeper: TollKeeper = createTollKeeper({ tolls, book, timers, onFault });
    await keeper.open();
    return {
      tolls, keeper,
      pass: async (ms: number) => {
        await timers.advance(ms);
        now += ms;
      },
      call: (vdnId = 1): Toll | undefined => {
        const toll = tolls.legOf(vdnId, () => undefined);
        return toll.admit(['030123']) === undefined ? toll : undefined;
      },
    };
  };
  return { kept, writes, faults, start, away: (is: boolean) => { isAway = is; }, later: (ms: number) => { now += ms; } };
}

describe('what a tenant has used of its limits', () => {
  test('counts on after the process has died, as far as half a second before', async () => {
    const { start, later } = shelf({ callsPerDay: 3 });
    const first = await start();
    for (const _ of [1, 2]) first.call()?.release();
    await first.pass(501);
    later(2 * HOUR);
    const second = await start();
    assert.equal(second.tolls.usage(1).callsLastDay, 2);
    assert.notEqual(second.call(), undefined);
    assert.equal(second.call(), undefined, 'the day\'s calls are used up');
    assert.equal(second.tolls.usage(2).callsLastDay, 0);
  });

  test('is not multiplied by deaths, and is over after a day', async () => {
    const { start, later } = shelf();
    const first = await start();
    const talk = first.call();
    talk?.answered();
    await first.pass(10 * MINUTE);
    for (let death = 0; death < 5; death += 1) await (await start()).pass(1000);
    const { calls, callsLastDay, msLastDay } = (await start()).tolls.usage(1);
    assert.deepEqual([calls, callsLastDay], [0, 1]);
    assert.ok(msLastDay > 9.9 * MINUTE && msLastDay <= 10 * MINUTE, String(msLastDay));
    later(26 * HOUR);
    const { callsLastDay: calledSince, msLastDay: talkedSince } = (await start()).tolls.usage(1);
    assert.deepEqual([calledSince, talkedSince], [0, 0]);
  });

  test('keeps the minute too, so that to start again and again is no way around it', async () => {
    const { start } = shelf({ callsPerMinute: 2 });
    let calls = 0;
    for (let death = 0; death < 10; death += 1) {
      const life = await start();
      for (const _ of [1, 2, 3]) if (life.call() !== undefined) calls += 1;
      await life.pass(2000);
    }
    assert.equal(calls, 2);
  });

  test('is written when something happens, and now and then while somebody talks', async () => {
    const { start, writes } = shelf();
    const life = await start();
    await life.pass(10 * MINUTE);
    assert.deepEqual(writes, []);
    const talk = life.call(7);
    await life.pass(600);
    talk?.answered();
    await life.pass(600);
    assert.deepEqual(writes, [[7], [7]]);
    await life.pass(20_000);
    assert.ok(writes.length >= 5 && writes.length <= 7, String(writes.length));
    talk?.release();
    await life.pass(600);
    const { length } = writes;
    await life.pass(HOUR);
    assert.equal(writes.length, length);
  });

  test('is written at the end', async () => {
    const { start, kept } = shelf();
    const life = await start();
    life.call()?.release();
    await life.keeper.close();
    assert.equal(kept.get(1)?.day.length, 1);
  });

  test('is not written over while it could not be read, and is added to what came meanwhile', async () => {
    const { start, away, faults, kept } = shelf();
    const first = await start();
    for (const _ of [1, 2]) first.call()?.release();
    await first.keeper.close();
    away(true);
    const second = await start();
    second.call()?.release();
    await second.pass(3000);
    assert.deepEqual([second.tolls.usage(1).callsLastDay, faults.length], [1, 1], 'told once');
    away(false);
    await second.pass(600);
    assert.equal(second.tolls.usage(1).callsLastDay, 3);
    assert.deepEqual(kept.get(1)?.day.map(([, amount]) => amount), [3]);
  });
});

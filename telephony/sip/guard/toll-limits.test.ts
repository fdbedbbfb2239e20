import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { virtualTimers } from '../../testing/virtual-timers.ts';
import { createSlidingSum } from './sliding-sum.ts';
import { createTollLimits, mayCall, type TollClaim, type TollRules } from './toll-limits.ts';

const HOUR = 3_600_000;
const NUMBER = '+4930123456';

function tolled(rules: TollRules, mostKeys?: number) {
  const timers = virtualTimers();
  const toll = createTollLimits({ timers, limits: () => rules, ...(mostKeys === undefined ? {} : { mostKeys }) });
  const claim = (key = 'a', number = NUMBER, onExhausted?: () => void): TollClaim | string => {
    const decision = toll.claim(key, number, onExhausted);
    return decision.ok ? decision.claim : decision.why;
  };
  const mustClaim = (onExhausted?: () => void): TollClaim => {
    const claimed = claim('a', NUMBER, onExhausted);
    assert.notEqual(typeof claimed, 'string');
    if (typeof claimed === 'string') throw new Error(claimed);
    return claimed;
  };
  return { timers, toll, claim, mustClaim };
}

describe('a number that is written in several forms', () => {
  const forms = ['030123', '+4930123'];

  it('is denied where any of them is, unless one is allowed more exactly', () => {
    assert.equal(mayCall({ denied: ['+4930'] }, forms), false);
    assert.equal(mayCall({ denied: ['030'] }, forms), false);
    assert.equal(mayCall({ denied: ['+49'], allowed: ['0301'] }, forms), true);
    assert.equal(mayCall({ denied: ['+49', '0301'], allowed: ['0301'] }, forms), false);
  });

  it('is allowed where any of them is, and none can be dialled otherwise', () => {
    assert.equal(mayCall({ allowed: ['+49'] }, forms), true);
    assert.equal(mayCall({ allowed: ['+43'] }, forms), false);
    assert.equal(mayCall({}, [...forms, '030123@elsewhere']), false);
    assert.equal(mayCall({}, []), false);
  });
});

describe('toll limits', () => {
  it('bound the calls that stand, for each payer on its own', () => {
    const { claim, mustClaim } = tolled({ concurrentCalls: 2 });
    const first = mustClaim();
    mustClaim();
    assert.equal(claim(), 'concurrentCalls');
    assert.notEqual(typeof claim('b'), 'string');
    first.release();
    first.release();
    mustClaim();
    assert.equal(claim(), 'concurrentCalls', 'a second release gives no second place');
  });

  it('bound calls a minute and a day', async () => {
    const { claim, mustClaim, timers } = tolled({ callsPerMinute: 2, callsPerDay: 5 });
    for (const calls of [2, 2, 1]) {
      for (let at = 0; at < calls; at += 1) mustClaim().release();
      if (calls === 2) assert.equal(claim(), 'callsPerMinute');
      await timers.advance(66_000);
    }
    assert.equal(claim(), 'callsPerDay');
    await timers.advance(25 * HOUR);
    mustClaim();
  });

  it('ends calls when the minutes of the day are used up, and refuses further ones', async () => {
    const { claim, mustClaim, timers } = tolled({ minutesPerDay: 10 });
    const ended: string[] = [];
    const first = mustClaim(() => { ended.push('first'); first.release(); });
    const second = mustClaim(() => { ended.push('second'); second.release(); });
    await timers.advance(HOUR);
    assert.deepEqual(ended, [], 'ringing costs nothing');
    first.answered();
    await timers.advance(4 * 60_000);
    second.answered();
    await timers.advance(3 * 60_000 - 10);
    assert.deepEqual(ended, []);
    await timers.advance(20);
    assert.deepEqual(ended, ['first', 'second']);
    assert.equal(claim(), 'minutesPerDay');
    assert.equal(timers.pending(), 0);
    await timers.advance(26 * HOUR);
    mustClaim();
  });

  it('decide by the longest prefix that fits, and refuse what cannot be dialled', () => {
    const rules: TollRules = { allowed: ['+49', '+1', '+49 900 1'], denied: ['+49900', '+1900'] };
    const cases: readonly [number: string, isAllowed: boolean][] = [
      ['+4930123', true], ['+49 (30) 12-3', true], ['+49900222', false], ['+49900122', true], ['+19005550100', false], ['+44123', false],
      ['+49sip:x@y', false], ['', false], ['+', false], [`+49${'1'.repeat(60)}`, false], ['+49;phone-context=x', false],
    ];
    for (const [number, isAllowed] of cases) assert.equal(mayCall(rules, number), isAllowed, number);
    assert.equal(mayCall({}, '12345'), true);
    assert.equal(mayCall({ denied: [''] }, '12345'), false);
    assert.equal(mayCall({ allowed: ['1'], denied: ['1'] }, '12345'), false);
    assert.equal(tolled(rules).claim('a', '+44123'), 'number');
  });

  it('keep a bounded number of payers in mind', async () => {
    const { claim, toll, timers } = tolled({}, 3);
    for (const key of ['a', 'b', 'c']) assert.notEqual(typeof claim(key), 'string');
    assert.equal(claim('d'), 'keys');
    await timers.advance(26 * HOUR);
    assert.equal(claim('d'), 'keys', 'their calls stand');
    assert.equal(toll.standing(), 3);
  });

  it('forget payers who have not called for a day', async () => {
    const { claim, toll, timers } = tolled({}, 2);
    for (const key of ['a', 'b']) {
      const claimed = claim(key);
      if (typeof claimed !== 'string') claimed.release();
    }
    await timers.advance(26 * HOUR);
    assert.notEqual(typeof claim('c'), 'string');
    assert.equal(toll.standing(), 1);
  });

  it('never let more stand than they allow, whatever the order', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), (steps, concurrentCalls) => {
      const { toll } = tolled({ concurrentCalls });
      const claims: TollClaim[] = [];
      for (const step of steps) {
        if (step < 6) {
          const decision = toll.claim('a', NUMBER);
          if (decision.ok) claims.push(decision.claim);
        } else if (step === 9) claims.at(-1)?.answered();
        else claims[step % Math.max(1, claims.length)]?.release();
        assert.equal(toll.usage('a').calls <= concurrentCalls, true);
      }
      for (const claim of claims) claim.release();
      assert.equal(toll.usage('a').calls, 0);
    }));
  });
});

describe('a sliding sum', () => {
  it('holds what was added within its span, and at most a part more', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 9 })), { maxLength: 80 }), (steps) => {
      const sum = createSlidingSum(1000, 10);
      const added: [at: number, amount: number][] = [];
      let now = 0;
      for (const [wait, amount] of steps) {
        now += wait;
        sum.add(amount, now);
        added.push([now, amount]);
        const within = (ms: number): number => added.reduce((total, [at, each]) => total + (now - at < ms ? each : 0), 0);
        assert.equal(sum.sum(now) >= within(1000), true);
        assert.equal(sum.sum(now) <= within(1101), true);
      }
    }));
  });

  it('is the same when it was taken apart and put together again, also later', () => {
    const span = fc.integer({ min: 0, max: 1500 });
    fc.assert(fc.property(fc.array(fc.tuple(span, fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 40 }), span, (steps, pause) => {
      const [first, second] = [createSlidingSum(1000, 10), createSlidingSum(1000, 10)];
      let now = 0;
      for (const [wait, amount] of steps) {
        now += wait;
        first.add(amount, now);
      }
      const parts = first.parts(now);
      now += pause;
      for (const part of parts) second.restore(part, now);
      assert.deepEqual([second.sum(now), second.parts(now)], [first.sum(now), first.parts(now)]);
    }));
  });

  it('counts what was kept by a clock that went ahead as of now', () => {
    const sum = createSlidingSum(1000, 10);
    sum.restore([9000, 5], 3000);
    assert.deepEqual([sum.sum(3000), sum.sum(4101)], [5, 0]);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CAUSE } from '@parley/core/call/call.ts';
import { createRig, trunk, type Rig, type RigOptions } from './voice.fixture.ts';

const GERMANY = { country: '49', national: '0', international: '00' };
const TRUNKS = [trunk('one', { numbering: GERMANY, called: { form: 'digits' } }), trunk('two')];

const rigged = (rules: RigOptions['rules'], trunks = TRUNKS): Rig => createRig({ trunks, ...(rules === undefined ? {} : { rules }) });
const numbered = (number: string) => ({ kind: 'number', number }) as const;
const dial = async (rig: Rig, leg: string, number = '030123', vdnId = 1): Promise<readonly string[]> => {
  assert.deepEqual(await rig.dial(leg, numbered(number), { vdnId }), { ok: true });
  return rig.told(leg);
};

describe('a call to the outside', () => {
  test('beyond those that its tenant may have at a time is refused, and costs neither a line nor a port', async () => {
    const rig = rigged({ concurrentCalls: 2 });
    for (const leg of ['1-1', '1-2']) assert.deepEqual(await dial(rig, leg), []);
    assert.deepEqual(await dial(rig, '1-3'), [`ended ${CAUSE.tooManyCalls}`]);
    assert.deepEqual([rig.calls.length, rig.media.of('open').length], [2, 2]);
    assert.deepEqual(await dial(rig, '2-1', '030123', 2), [], 'another tenant is not concerned');
    await rig.drop('1-1', CAUSE.released);
    assert.deepEqual(await dial(rig, '1-4'), []);
  });

  test('beyond those of a minute and a day is refused', async () => {
    const rig = rigged({ callsPerMinute: 2, callsPerDay: 3 });
    const attempt = async (leg: string): Promise<readonly string[]> => {
      const told = await dial(rig, leg);
      await rig.drop(leg, CAUSE.released);
      return told;
    };
    assert.deepEqual([await attempt('1-1'), await attempt('1-2'), await attempt('1-3')], [[], [], [`ended ${CAUSE.callsUsedUp}`]]);
    await rig.timers.advance(66_000);
    assert.deepEqual([await attempt('1-4'), await attempt('1-5')], [[], [`ended ${CAUSE.callsUsedUp}`]]);
  });

  test('is cut off when the minutes of its tenant are used up, and others are refused from then on', async () => {
    const rig = rigged({ minutesPerDay: 2 });
    for (const leg of ['1-1', '1-2']) {
      await dial(rig, leg);
      rig.call().answers();
      await rig.settled();
    }
    await rig.timers.advance(59_000);
    assert.deepEqual(rig.told('1-1'), ['answered']);
    await rig.timers.advance(2_000);
    for (const leg of ['1-1', '1-2']) assert.deepEqual(rig.told(leg), ['answered', `ended ${CAUSE.callsUsedUp}`]);
    assert.deepEqual(rig.calls.map(({ done }) => done[0]), ['hangUp 31', 'hangUp 31']);
    assert.deepEqual(await dial(rig, '1-3'), [`ended ${CAUSE.callsUsedUp}`]);
    assert.equal(rig.timers.pending(), 0);
  });

  test('costs nothing before it is answered', async () => {
    const rig = rigged({ minutesPerDay: 1 });
    await dial(rig, '1-1');
    await rig.timers.advance(29_000);
    assert.equal(rig.tolls.usage(1).msLastDay, 0);
  });

  test('is one call, however many trunks are tried', async () => {
    const rig = rigged({ callsPerDay: 1 });
    await dial(rig, '1-1');
    rig.call().fails(503);
    await rig.settled();
    assert.deepEqual([rig.calls.length, rig.tolls.usage(1).callsLastDay, rig.told('1-1')], [2, 1, []]);
  });

  test('is limited also where it is an agent\'s own phone, and where it is registered it is not', async () => {
    const rig = rigged({ concurrentCalls: 0 });
    await rig.dial('1-1', { kind: 'phone', number: '015112345' });
    assert.deepEqual(rig.told('1-1'), [`ended ${CAUSE.tooManyCalls}`]);
    rig.register('8001');
    await rig.dial('1-2', { kind: 'phone', number: '8001' });
    assert.deepEqual([rig.told('1-2'), rig.calls.length], [[], 1]);
  });
});

describe('a number', () => {
  for (const [what, rules, number, isCalled] of [
    ['at a premium is not called', {}, '00979123', false],
    ['of a satellite is not called', {}, '00881612345', false],
    ['that is denied is not called, however it is dialled', { denied: ['+49137'] }, '0137123', false],
    ['that is denied as it is dialled is not called', { denied: ['0137'] }, '0137123', false],
    ['that is denied as the trunk is told it is not called', { denied: ['49137'] }, '0137123', false],
    ['of a country that is not allowed is not called', { allowed: ['+49'] }, '0043123', false],
    ['of one that is allowed is called', { allowed: ['+49'] }, '030123', true],
    ['that is allowed more exactly than it is denied is called', { allowed: ['+49137555'], denied: ['+49137'] }, '0137555123', true],
    ['that is nothing but ordinary is called', {}, '030123', true],
  ] as const) {
    test(what, async () => {
      const rig = rigged(rules);
      assert.deepEqual(await dial(rig, '1-1', number), isCalled ? [] : [`ended ${CAUSE.numberBarred}`]);
      assert.equal(rig.calls.length, isCalled ? 1 : 0);
    });
  }

  test('that is written otherwise for the next trunk is looked at again', async () => {
    const rig = rigged({ denied: ['99'] }, [trunk('one'), trunk('two', { called: { rules: [{ pattern: '.', prepend: '99' }] } })]);
    assert.deepEqual(await dial(rig, '1-1'), []);
    rig.call().fails(503);
    await rig.settled();
    assert.deepEqual([rig.calls.length, rig.told('1-1')], [1, [`ended ${CAUSE.numberBarred}`]]);
  });
});

describe('the operator', () => {
  test('is told of refusals once a minute for each tenant', async () => {
    const rig = rigged({ concurrentCalls: 0 });
    for (let index = 1; index <= 5; index += 1) await dial(rig, `1-${index}`);
    await dial(rig, '2-1', '030123', 2);
    assert.deepEqual(rig.faults.map(({ details }) => details), [{ vdnId: 1, limit: 'concurrentCalls' }, { vdnId: 2, limit: 'concurrentCalls' }]);
    await rig.timers.advance(60_000);
    await dial(rig, '1-6');
    assert.deepEqual(rig.faults.at(-1)?.details, { vdnId: 1, limit: 'concurrentCalls', untoldBefore: 4 });
    assert.doesNotMatch(JSON.stringify(rig.faults), /030123/);
  });

  test('lifts a limit, and the next call goes out', async () => {
    const rig = rigged({ concurrentCalls: 0 });
    assert.deepEqual(await dial(rig, '1-1'), [`ended ${CAUSE.tooManyCalls}`]);
    rig.ruling.rules = {};
    assert.deepEqual(await dial(rig, '1-2'), []);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CAUSE } from '@parley/core/call/call.ts';
import { fakeChannel } from '../../../telephony/sip/registrar/registrar.fixture.ts';
import type { OfficeFigures, SwitchPeriod } from '../../modules/system-indicator/index.ts';
import { createRig, trunk, type FakeCall, type Rig } from './voice.fixture.ts';

const NOON = Date.UTC(2026, 10, 21, 12);
const FIVE_MS = 300_000;
const SOURCE = '203.0.113.77';

const carrier = (limits = {}) => trunk('carrier', { networks: [`${SOURCE}/32`], limits });
const counting = (limits = {}, countsFrom = NOON): Rig => createRig({ trunks: [carrier(limits)], countsFrom });

const byTrunk = (rig: Rig, to = '1000'): Promise<FakeCall> => rig.arrive({ from: '4930', to, channel: fakeChannel('UDP', SOURCE) });
const answered = async (rig: Rig, leg: string): Promise<void> => { assert.deepEqual(await rig.ordered({ kind: 'answer', leg }), { ok: true }); };

/** Up to the next five minutes, and what was measured until then. */
async function next(rig: Rig): Promise<SwitchPeriod> {
  const before = rig.traffic?.periods().at(-1);
  await rig.timers.advance(FIVE_MS - (rig.timers.now() % FIVE_MS));
  const period = rig.traffic?.periods().at(-1);
  assert.ok(period !== undefined && period !== before, 'five minutes are over');
  return period;
}
const officeOf = ({ offices }: SwitchPeriod, name = 'carrier'): Partial<OfficeFigures> => offices.find((one) => one.name === name) ?? {};

describe('the traffic of an office', () => {
  test('is counted by what became of each call', async () => {
    const rig = counting();
    await byTrunk(rig);
    await answered(rig, 'in-1');
    await byTrunk(rig);
    await rig.drop('in-2', CAUSE.queueFull);
    await byTrunk(rig);
    await rig.drop('in-3', CAUSE.unknownNumber);
    (await byTrunk(rig)).ends({ kind: 'cancelled' });
    await byTrunk(rig);
    await rig.drop('in-5', CAUSE.noAgent);
    rig.media.answers.set('open', { ok: false, why: 'noPorts' });
    await byTrunk(rig);
    const { came, rang, answered: up, busy, unknownNumber, gaveUp, gaveUpBeforeRinging, noAnswer, refused, ended } = officeOf(await next(rig));
    assert.deepEqual([came, rang, up, busy, unknownNumber, gaveUp, gaveUpBeforeRinging, noAnswer, refused, ended], [6, 5, 1, 1, 1, 1, 0, 1, 1, 5]);
    assert.equal(officeOf(await next(rig)).came, 0, 'each five minutes begin at nothing');
  });

  test('is as long as its calls stand, cut at the five minutes', async () => {
    const rig = counting();
    await rig.timers.advance(200_000);
    await byTrunk(rig);
    await rig.timers.advance(4000);
    await answered(rig, 'in-1');
    const first = officeOf(await next(rig));
    assert.deepEqual([first.seizedMs, first.rungMs, first.answeredMs, first.ended, first.busyNow, first.busyMs], [100_000, 100_000, 96_000, 0, 1, 100_000]);
    await rig.timers.advance(50_000);
    rig.call().ends({ kind: 'hungUp' });
    const second = officeOf(await next(rig));
    assert.deepEqual([second.seizedMs, second.answeredMs, second.ended, second.endedMs, second.talksEndedMs, second.busyNow], [50_000, 50_000, 1, 150_000, 146_000, 0]);
  });

  test('knows the circuits of the trunk, what it turned away, and calls in the other direction', async () => {
    const rig = counting({ calls: 1 });
    await byTrunk(rig);
    await byTrunk(rig);
    const one = officeOf(await next(rig));
    assert.deepEqual([one.circuits, one.came, one.refused, one.busyNow, one.isBlocked], [1, 2, 1, 1, false]);
    await rig.drop('in-1', CAUSE.released);
    await rig.dial('out', { kind: 'number', number: '4940' });
    rig.call().answers();
    const other = officeOf(await next(rig));
    assert.deepEqual([other.came, other.answered, other.busyNow, other.busyMs, other.seizedMs], [0, 0, 1, FIVE_MS, 0]);
  });

  test('of our own phones is another one, which has no circuits', async () => {
    const rig = counting();
    rig.register('8001');
    await rig.arrive({ from: '8001' });
    const period = await next(rig);
    assert.deepEqual([officeOf(period, '').came, officeOf(period, '').circuits, officeOf(period, '').busyNow, officeOf(period).came], [1, undefined, undefined, 0]);
    assert.equal(period.terminals, 1);
  });
});

describe('five minutes', () => {
  test('are those of the clock, and whole where the switch was there all the time', async () => {
    const rig = counting({}, NOON + 60_000);
    await rig.timers.advance(240_000);
    const [first] = rig.traffic?.periods() ?? [];
    assert.deepEqual([first?.from, first?.to, first?.isWhole], [NOON, NOON + FIVE_MS, false], 'it began in their midst');
    await rig.timers.advance(FIVE_MS);
    const second = rig.traffic?.periods().at(-1);
    assert.deepEqual([second?.from, second?.isWhole], [NOON + FIVE_MS, true]);
  });

  test('are remembered for an hour, and not longer', async () => {
    const rig = counting();
    await rig.timers.advance(20 * FIVE_MS);
    assert.equal(rig.traffic?.periods().length, 12);
    rig.traffic?.stop();
    assert.equal(rig.timers.pending(), 0);
  });
});

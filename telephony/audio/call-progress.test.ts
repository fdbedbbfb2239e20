import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCallProgress, type CallProgressEvent, type CallProgressOptions } from './call-progress.ts';
import { FRAME_MS, FRAME_SAMPLES, type SoundSource } from './frame.ts';
import { amplitudeAt } from './level.ts';
import { add, concat, framesOf, music, noise, seeded, silence, sines, speech, throughAlaw } from './test-data/signals.ts';
import { playTone, type Country, type ToneName } from './tones.ts';

type Told = { readonly event: CallProgressEvent; readonly ms: number };

function watch(sound: Int16Array, options: CallProgressOptions = {}): Told[] {
  const progress = createCallProgress(options);
  return framesOf(throughAlaw(sound)).flatMap((frame, i) => {
    const event = progress.put(frame);
    return event === undefined ? [] : [{ event, ms: (i + 1) * FRAME_MS }];
  });
}

function record(source: SoundSource, ms: number): Int16Array {
  const frames = Array.from({ length: ms / FRAME_MS }, () => {
    const frame = new Int16Array(FRAME_SAMPLES);
    source.next(frame);
    return frame;
  });
  return concat(...frames);
}

const eventsOf = (told: readonly Told[]): CallProgressEvent[] => told.map(({ event }) => event);

describe('call progress', () => {
  const known: readonly (readonly [Country, ToneName, CallProgressEvent, withinMs: number])[] = [
    ['ITU', 'ringback', 'ringback', 3_500], ['ITU', 'busy', 'busy', 2_100], ['ITU', 'congestion', 'congestion', 1_100],
    ['CN', 'ringback', 'ringback', 3_500], ['CN', 'busy', 'busy', 1_500], ['CN', 'congestion', 'congestion', 2_900],
    ['CN', 'unobtainable', 'unobtainable', 1_500],
    ['US', 'ringback', 'ringback', 4_500], ['US', 'busy', 'busy', 2_100], ['US', 'congestion', 'congestion', 1_100],
    ['US', 'unobtainable', 'information', 1_200],
    ['UK', 'ringback', 'ringback', 2_300], ['UK', 'busy', 'busy', 1_600], ['UK', 'congestion', 'congestion', 1_600],
    ['DE', 'busy', 'busy', 2_000], ['DE', 'congestion', 'congestion', 1_100], ['DE', 'information', 'information', 1_200],
  ];
  for (const [country, tone, event, withinMs] of known) {
    it(`tells ${event} of ${country}'s ${tone}, on a noisy line, wherever frames begin`, () => {
      for (const before of [0, 37, 111]) {
        const sound = concat(new Int16Array(before), record(playTone(tone, country), 8_000));
        const [first, ...others] = watch(add(sound, noise(sound.length / 8, -38, seeded(before))));
        assert.equal(first?.event, event);
        assert.ok(first.ms <= withinMs + 20, `after ${first.ms} ms`);
        assert.ok(others.every((other) => other.event === event), eventsOf(others).join(' '));
      }
    });
  }

  it('tells a tone once for as long as it goes on', () => {
    assert.deepEqual(eventsOf(watch(record(playTone('busy', 'DE'), 10_000))), ['busy']);
    assert.deepEqual(eventsOf(watch(record(playTone('ringback', 'CN'), 30_000))), ['ringback']);
  });

  it('tells what comes one after another', () => {
    const sound = concat(record(playTone('ringback', 'DE'), 9_000), speech(3_000, seeded(2)), record(playTone('busy', 'DE'), 4_000));
    assert.deepEqual(eventsOf(watch(sound)), ['ringback', 'voice', 'busy']);
  });

  it('looks for the tones of the countries it is told', () => {
    assert.deepEqual(eventsOf(watch(record(playTone('congestion', 'CN'), 6_000), { countries: ['US'] })), []);
  });

  it('takes a dial tone for neither a voice nor anything else', () => {
    for (const country of ['ITU', 'CN', 'US', 'UK', 'DE'] as const) assert.deepEqual(watch(record(playTone('dial', country), 5_000)), []);
  });

  const fax = sines([{ hertz: 1_100, dbm0: -12 }], 500);
  it('tells a calling fax after one call of it', () => {
    const told = watch(concat(silence(500), fax, silence(3_000), fax));
    assert.equal(told[0]?.event, 'cng');
    assert.ok((told[0]?.ms ?? 0) <= 1_060);
  });

  it('does not take a longer or a shorter tone of 1,100 Hz for a fax', () => {
    for (const ms of [200, 1_000]) {
      const tone = sines([{ hertz: 1_100, dbm0: -12 }], ms);
      assert.deepEqual(watch(concat(silence(500), tone, silence(500))), []);
    }
  });

  /** 2,100 Hz, whose phase turns every 450 ms and whose level swings by a fifth 15 times a second (V.8). */
  const answer = (swing: number, turns: boolean): Int16Array => Int16Array.from({ length: 16_000 }, (_, i) => {
    const sign = turns && Math.floor(i / 3_600) % 2 === 1 ? -1 : 1;
    const level = sign * amplitudeAt(-12) * (1 + swing * Math.sin((2 * Math.PI * 15 * i) / 8_000));
    return Math.round(level * Math.sin((2 * Math.PI * 2_100 * i) / 8_000));
  });
  it('tells an answering fax, and the modulated answer of a newer one', () => {
    assert.deepEqual(eventsOf(watch(answer(0, false))), ['ced']);
    assert.deepEqual(eventsOf(watch(answer(0, true))), ['ced']);
    assert.deepEqual(eventsOf(watch(answer(0.2, true))), ['ansam']);
    assert.deepEqual(eventsOf(watch(answer(0.2, false))), ['ansam']);
  });

  it('tells a voice soon after it begins, and silence when it has lasted', () => {
    const told = watch(concat(silence(1_000), speech(4_000, seeded(3)), silence(6_000)), { silenceMs: 2_000 });
    assert.deepEqual(eventsOf(told), ['voice', 'silence']);
    assert.ok((told[0]?.ms ?? 0) < 1_600, `${told[0]?.ms}`);
    assert.ok(Math.abs((told[1]?.ms ?? 0) - 7_000) < 900, `${told[1]?.ms}`);
  });

  it('takes a click for no voice, and the hiss of a line for silence', () => {
    const click = concat(silence(1_000), noise(40, -10, seeded(4)), silence(1_000));
    assert.deepEqual(watch(click), []);
    assert.deepEqual(eventsOf(watch(noise(8_000, -42, seeded(5)), { silenceMs: 2_000 })), ['silence']);
  });

  it('hears no tones in voices, music and noise', () => {
    const random = seeded(6);
    for (const sound of [speech(120_000, random), music(60_000, random), noise(30_000, -20, random)]) {
      for (const { event } of watch(sound)) assert.ok(event === 'voice' || event === 'silence', event);
    }
  });
});

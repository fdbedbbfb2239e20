import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { createDtmfDetector, type DtmfEvent } from './dtmf-detector.ts';
import { dtmfDigits, highTones, lowTones, playDtmf } from './dtmf-tones.ts';
import { FRAME_SAMPLES } from './frame.ts';
import { add, concat, framesOf, music, noise, seeded, silence, sines, speech, throughAlaw } from './test-data/signals.ts';

function detect(sound: Int16Array): DtmfEvent[] {
  const detector = createDtmfDetector();
  return framesOf(concat(sound, silence(60))).flatMap((frame) => detector.put(frame) ?? []);
}

function digitsIn(sound: Int16Array): string {
  return detect(sound).map((event) => (event.kind === 'begin' ? event.digit : '')).join('');
}

type Digit = {
  readonly place: number;
  readonly ms: number;
  readonly dbm0: number;
  readonly twist: number;
  readonly off: readonly [low: number, high: number];
};

/** The sound of one digit; with a twist above 0 the high tone is louder. */
function soundOf({ place, ms, dbm0, twist, off }: Digit): Int16Array {
  const low = (lowTones[place >> 2] ?? 0) * (1 + off[0]);
  const high = (highTones[place & 3] ?? 0) * (1 + off[1]);
  return sines([{ hertz: low, dbm0: dbm0 - Math.max(0, twist) }, { hertz: high, dbm0: dbm0 + Math.min(0, twist) }], ms);
}

const steady = { ms: 100, dbm0: -10, twist: 0, off: [0, 0] as const };

describe('in-band digits', () => {
  it('understands all 16, with their beginnings, ends and durations', () => {
    for (const [place, digit] of Array.from(dtmfDigits).entries()) {
      const events = detect(concat(silence(50), soundOf({ ...steady, place })));
      assert.deepEqual(events.map(({ kind }) => kind), ['begin', 'end']);
      assert.ok(events.every((event) => event.digit === digit));
      const [, end] = events;
      assert.ok(end?.kind === 'end' && Math.abs(end.ms - 100) <= 15, `${end?.kind === 'end' ? end.ms : ''} ms`);
    }
  });

  it('understands what our own generator sends, at the shortest', () => {
    const digits = '0123456789*#ABCD1122';
    const source = playDtmf(digits, { toneMs: 40, pauseMs: 40 });
    const detector = createDtmfDetector();
    let heard = '';
    for (const frame = new Int16Array(FRAME_SAMPLES); source.next(frame);) {
      const event = detector.put(frame);
      if (event?.kind === 'begin') heard += event.digit;
    }
    assert.equal(heard, digits);
  });

  it('understands 40 ms of every level from 0 to -25 dBm0, allowed frequency and twist, wherever frames begin, in noise', () => {
    const random = seeded(77);
    fc.assert(fc.property(
      fc.record({
        place: fc.nat(15),
        dbm0: fc.double({ min: -25, max: 0, noNaN: true }),
        twist: fc.double({ min: -8, max: 4, noNaN: true }),
        low: fc.double({ min: -0.015, max: 0.015, noNaN: true }),
        high: fc.double({ min: -0.015, max: 0.015, noNaN: true }),
        before: fc.nat(159),
      }),
      ({ place, dbm0, twist, low, high, before }) => {
        const tone = soundOf({ place, ms: 40, dbm0, twist, off: [low, high] });
        const sound = concat(silence(60), new Int16Array(before), tone, silence(60));
        const noisy = add(sound, noise(sound.length / 8, dbm0 - Math.abs(twist) - 20, random));
        assert.equal(digitsIn(throughAlaw(noisy)), dtmfDigits[place]);
      },
    ), { numRuns: 300, seed: 4 });
  });

  it('does not understand what is too short, too far off, too soft or too uneven', () => {
    fc.assert(fc.property(fc.nat(15), fc.nat(159), fc.boolean(), (place, before, isAbove) => {
      const off = isAbove ? 0.035 : -0.035;
      const spoilt: Digit[] = [
        { ...steady, place, ms: 20 },
        { ...steady, place, off: [off, 0] },
        { ...steady, place, off: [0, off] },
        { ...steady, place, dbm0: -40 },
        { ...steady, place, twist: 9 },
        { ...steady, place, twist: -13 },
      ];
      for (const digit of spoilt) assert.equal(digitsIn(concat(new Int16Array(before), soundOf(digit))), '');
    }), { numRuns: 60, seed: 5 });
  });

  it('takes one tone for none', () => {
    for (const hertz of [...lowTones, ...highTones]) assert.equal(digitsIn(sines([{ hertz, dbm0: -10 }], 300)), '');
  });

  it('bridges a break of 10 ms and separates the same digit after 40 ms', () => {
    const tone = soundOf({ ...steady, place: 4, ms: 60 });
    fc.assert(fc.property(fc.nat(159), (before) => {
      assert.equal(digitsIn(concat(new Int16Array(before), tone, silence(10), tone)), '4');
      assert.equal(digitsIn(concat(new Int16Array(before), tone, silence(40), tone)), '44');
    }), { numRuns: 40, seed: 6 });
  });

  it('tells both of two digits without a pause', () => {
    const sound = concat(soundOf({ ...steady, place: 0 }), soundOf({ ...steady, place: 15 }));
    assert.deepEqual(detect(sound).map(({ kind, digit }) => `${kind} ${digit}`), ['begin 1', 'end 1', 'begin D', 'end D']);
  });

  it('understands a key that is held in the middle of other sound', () => {
    const sound = add(concat(silence(300), soundOf({ ...steady, place: 6, ms: 200 }), silence(300)), noise(800, -25, seeded(8)));
    assert.equal(digitsIn(sound), '6');
  });

  it('hears no digits in noise, in music and hardly any in voices', () => {
    const random = seeded(99);
    assert.equal(digitsIn(throughAlaw(noise(60_000, -15, random))), '');
    assert.equal(digitsIn(throughAlaw(music(60_000, random))), '');
    const taken = digitsIn(throughAlaw(speech(120_000, random)));
    // These voices leap between pure resonances as no mouth can; spoken texts of six hours gave none.
    assert.ok(taken.length <= 2, taken);
  });

  it('does not stumble over the loudest and the strangest', () => {
    fc.assert(fc.property(fc.array(fc.int16Array({ minLength: FRAME_SAMPLES, maxLength: FRAME_SAMPLES }), { maxLength: 10 }), (frames) => {
      const detector = createDtmfDetector();
      for (const frame of frames) detector.put(frame);
      assert.equal(digitsIn(Int16Array.from({ length: 1_600 }, (_, i) => (i % 8 < 4 ? 32_767 : -32_768))), '');
    }), { numRuns: 30 });
  });
});

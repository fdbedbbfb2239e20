import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { FRAME_SAMPLES } from './frame.ts';
import { heardAmong, spectrum } from './listen.ts';
import { createMix, type Mix } from './mix.ts';
import { framesOf, seeded, sines } from './test-data/signals.ts';

/** A room in which so many hear each other; where gains say otherwise, [listener][speaker]. */
function roomOf(count: number, gains: readonly (readonly number[])[] = []): { mix: Mix; places: number[] } {
  const mix = createMix(count);
  const places = Array.from({ length: count }, () => mix.join() ?? -1);
  for (const listener of places) {
    for (const speaker of places) mix.setGain(listener, speaker, gains[listener]?.[speaker] ?? (listener === speaker ? 0 : 1));
  }
  return { mix, places };
}

/** Plays one frame of each; what everybody hears. Undefined says nothing. */
function play(mix: Mix, places: readonly number[], frames: readonly (Int16Array | undefined)[]): Int16Array[] {
  for (const place of places) {
    const frame = frames[place];
    if (frame !== undefined) mix.say(place, frame);
  }
  mix.run();
  return places.map((place) => {
    const heard = new Int16Array(FRAME_SAMPLES);
    mix.hear(place, heard);
    return heard;
  });
}

const noiseFrame = (peak: number) => fc.int16Array({ min: -peak, max: peak, minLength: FRAME_SAMPLES, maxLength: FRAME_SAMPLES });
const gain = fc.oneof(fc.constant(0), fc.constant(1), fc.constant(1), fc.double({ min: 0, max: 1.5, noNaN: true }));
const empty = new Int16Array(FRAME_SAMPLES);

describe('a room', () => {
  it('lets everybody hear the sum of the others, to the bit', () => {
    const said = fc.array(fc.option(noiseFrame(3_600), { nil: undefined }), { minLength: 2, maxLength: 9 });
    fc.assert(fc.property(said, (frames) => {
      const { mix, places } = roomOf(frames.length);
      play(mix, places, []);
      for (const [listener, heard] of play(mix, places, frames).entries()) {
        const sumAt = (i: number): number => frames.reduce((all, frame, place) => all + (place === listener ? 0 : frame?.[i] ?? 0), 0);
        assert.deepEqual([...heard], Array.from({ length: FRAME_SAMPLES }, (_, i) => sumAt(i)));
      }
    }), { numRuns: 100 });
  });

  it('lets everybody hear the weighed sum, whatever the gains', () => {
    const rooms = fc.integer({ min: 2, max: 7 }).chain((count) => fc.record({
      frames: fc.array(noiseFrame(3_000), { minLength: count, maxLength: count }),
      gains: fc.array(fc.array(gain, { minLength: count, maxLength: count }), { minLength: count, maxLength: count }),
    }));
    fc.assert(fc.property(rooms, ({ frames, gains }) => {
      const { mix, places } = roomOf(frames.length, gains);
      play(mix, places, []);
      for (const [listener, heard] of play(mix, places, frames).entries()) {
        for (let i = 0; i < FRAME_SAMPLES; i += 1) {
          const exact = places.reduce((sum, place) => sum + (frames[place]?.[i] ?? 0) * (gains[listener]?.[place] ?? 0), 0);
          assert.ok(Math.abs((heard[i] ?? 0) - exact) <= 1, `${heard[i]} for ${exact}`);
        }
      }
    }), { numRuns: 100 });
  });

  it('never wraps, however loud all are, and turns them down instead', () => {
    fc.assert(fc.property(fc.array(noiseFrame(32_767), { minLength: 5, maxLength: 5 }), (frames) => {
      const { mix, places } = roomOf(5);
      play(mix, places, []);
      for (let round = 0; round < 3; round += 1) {
        for (const [listener, heard] of play(mix, places, frames).entries()) {
          for (let i = 0; i < FRAME_SAMPLES; i += 1) {
            const exact = places.reduce((sum, place) => sum + (place === listener ? 0 : frames[place]?.[i] ?? 0), 0);
            assert.ok(Math.abs(heard[i] ?? 0) <= Math.abs(exact) + 1 && (heard[i] ?? 0) * exact >= 0);
          }
        }
      }
    }), { numRuns: 30 });
  });

  it('limits without making other tones, and lets go again', () => {
    const { mix, places } = roomOf(3);
    const loud = framesOf(sines([{ hertz: 500, dbm0: 2 }], 400));
    const alsoLoud = framesOf(sines([{ hertz: 700, dbm0: 2 }], 400));
    const heard = loud.map((frame, i) => play(mix, places, [frame, alsoLoud[i]])[2] ?? empty).slice(2);
    const [one, two, ...others] = spectrum(heard, [500, 700, 300, 900, 1_100, 1_500, 1_700, 1_900]);
    assert.ok(Math.abs((one?.dbm0 ?? 0) - (two?.dbm0 ?? 0)) < 0.5);
    for (const { hertz, dbm0 } of others) assert.ok(dbm0 < (one?.dbm0 ?? 0) - 40, `${hertz} Hz: ${dbm0}`);
    const soft = framesOf(sines([{ hertz: 500, dbm0: -20 }], 600));
    const after = soft.map((frame) => play(mix, places, [frame])[2] ?? empty);
    assert.deepEqual(after.at(-1), soft.at(-1));
  });

  it('passes one voice at full scale on untouched', () => {
    const { mix, places } = roomOf(3);
    play(mix, places, []);
    const square = Int16Array.from({ length: FRAME_SAMPLES }, (_, i) => (i % 8 < 4 ? 32_767 : -32_768));
    const [own, second, third] = play(mix, places, [square]);
    assert.deepEqual([own, second, third], [empty, square, square]);
  });

  it('whispers to one alone, and mutes for all', () => {
    // The customer (0) and the agent (1) hear each other; the supervisor (2) hears both, and the agent alone hears him.
    const { mix, places } = roomOf(3, [[0, 1, 0], [1, 0, 1], [1, 1, 0]]);
    const tones = [500, 700, 900].map((hertz) => framesOf(sines([{ hertz, dbm0: -15 }], 240)));
    const heard: Int16Array[][] = [[], [], []];
    for (let i = 0; i < 12; i += 1) {
      for (const [place, frame] of play(mix, places, tones.map((tone) => tone[i])).entries()) if (i > 1) heard[place]?.push(frame);
    }
    assert.deepEqual(heard.map((frames) => heardAmong(frames, [500, 700, 900])), [[700], [500, 900], [500, 700]]);
  });

  it('lets a gain slide, so that nothing clicks', () => {
    const { mix, places } = roomOf(2);
    const tone = framesOf(sines([{ hertz: 300, dbm0: -6 }], 200));
    const heard: number[] = [];
    for (const [i, frame] of tone.entries()) {
      if (i === 3) mix.setGain(1, 0, 0);
      if (i === 6) mix.setGain(1, 0, 1);
      heard.push(...play(mix, places, [frame])[1] ?? []);
    }
    const steepest = (samples: readonly number[]): number =>
      Math.max(...samples.map((sample, i) => Math.abs(sample - (samples[i - 1] ?? sample))));
    assert.ok(steepest(heard) <= steepest(tone.flatMap((frame) => [...frame])) * 1.05);
    assert.ok(heard.slice(4 * FRAME_SAMPLES, 6 * FRAME_SAMPLES).every((sample) => sample === 0));
    assert.deepEqual(heard.slice(-FRAME_SAMPLES), [...tone.at(-1) ?? []]);
  });

  it('says what was said once only', () => {
    const { mix, places } = roomOf(2);
    play(mix, places, []);
    const frame = new Int16Array(FRAME_SAMPLES).fill(1_000);
    assert.deepEqual(play(mix, places, [frame])[1], frame);
    assert.deepEqual(play(mix, places, [])[1], empty);
  });

  it('gives a place that was left to the next one, who hears nobody and is heard by nobody', () => {
    const { mix, places } = roomOf(3);
    assert.equal(mix.join(), undefined);
    mix.leave(1);
    assert.equal(mix.join(), 1);
    const frames = [1, 2, 4].map((value) => new Int16Array(FRAME_SAMPLES).fill(value * 100));
    play(mix, places, frames);
    const heard = play(mix, places, frames).map((frame) => frame[80]);
    assert.deepEqual(heard, [400, 0, 100]);
  });

  it('keeps to the sum while people come, go and change their gains', () => {
    const random = seeded(12);
    const mix = createMix(6);
    const there = new Set<number>();
    const gains = new Map<string, number>();
    for (let round = 0; round < 300; round += 1) {
      if (random() < 0.3) {
        const place = mix.join();
        if (place !== undefined) there.add(place);
      }
      if (random() < 0.15) {
        const [gone] = there;
        if (gone !== undefined) {
          mix.leave(gone);
          there.delete(gone);
          for (const key of gains.keys()) if (key.split(' ').includes(String(gone))) gains.delete(key);
        }
      }
      for (const listener of there) {
        for (const speaker of there) {
          if (listener === speaker || random() > 0.2) continue;
          const to = random() < 0.7 ? 1 : random();
          mix.setGain(listener, speaker, to);
          gains.set(`${listener} ${speaker}`, Math.fround(to));
        }
      }
      const frames = Array.from({ length: 6 }, () => Int16Array.from({ length: FRAME_SAMPLES }, () => Math.floor(random() * 8_000) - 4_000));
      const saying = frames.map((frame, place) => (there.has(place) && random() < 0.8 ? frame : undefined));
      // Gains settle in the first of two frames.
      play(mix, [...there], saying);
      const places = [...there];
      for (const [i, heard] of play(mix, places, saying).entries()) {
        for (const at of [0, 79, 159]) {
          const gainOf = (speaker: number): number => gains.get(`${places[i]} ${speaker}`) ?? 0;
          const exact = saying.reduce((sum, frame, speaker) => sum + (frame?.[at] ?? 0) * gainOf(speaker), 0);
          assert.ok(Math.abs((heard[at] ?? 0) - exact) <= 1);
        }
      }
    }
  });
});

import { FRAME_SAMPLES, MIX_RATE } from '../frame.ts';
import { decodeAlaw, encodeAlaw } from '../g711.ts';
import { amplitudeAt, clipToInt16 } from '../level.ts';

/** Numbers from 0 to 1, the same for the same seed on every machine. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Normally distributed with a deviation of 1. */
export function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Sines in sum. */
export function sines(tones: readonly { readonly hertz: number; readonly dbm0: number }[], ms: number): Int16Array {
  const parts = tones.map(({ hertz, dbm0 }) => ({ step: (2 * Math.PI * hertz) / MIX_RATE, amplitude: amplitudeAt(dbm0) }));
  return Int16Array.from({ length: (ms * MIX_RATE) / 1_000 }, (_, i) =>
    clipToInt16(Math.round(parts.reduce((sum, { step, amplitude }) => sum + amplitude * Math.sin(step * i), 0))));
}

export function noise(ms: number, dbm0: number, random: () => number): Int16Array {
  const deviation = amplitudeAt(dbm0) / Math.SQRT2;
  return Int16Array.from({ length: (ms * MIX_RATE) / 1_000 }, () => clipToInt16(Math.round(deviation * gaussian(random))));
}

export function silence(ms: number): Int16Array {
  return new Int16Array((ms * MIX_RATE) / 1_000);
}

export function concat(...parts: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function add(one: Int16Array, other: Int16Array): Int16Array {
  return one.map((sample, i) => clipToInt16(sample + (other[i] ?? 0)));
}

export function throughAlaw(sound: Int16Array): Int16Array {
  return decodeAlaw(encodeAlaw(sound));
}

/** Frames of 20 ms; the last one is filled up with silence. */
export function framesOf(sound: Int16Array): Int16Array[] {
  return Array.from({ length: Math.ceil(sound.length / FRAME_SAMPLES) }, (_, i) => {
    const frame = new Int16Array(FRAME_SAMPLES);
    frame.set(sound.subarray(i * FRAME_SAMPLES, (i + 1) * FRAME_SAMPLES));
    return frame;
  });
}

/** How much louder a sound is than what it differs in from another one, in dB. */
export function signalToNoise(sound: Int16Array, other: Int16Array): number {
  let signal = 0;
  let difference = 0;
  for (const [i, sample] of sound.entries()) {
    signal += sample ** 2;
    difference += (sample - (other[i] ?? 0)) ** 2;
  }
  return 10 * Math.log10(signal / Math.max(1, difference));
}

type Formant = { hertz: number; target: number; width: number; one: number; two: number };

/** Something like a voice: pulses of a wandering pitch through three resonances that move every tenth of a second, with pauses. */
export function speech(ms: number, random: () => number): Int16Array {
  const formants: Formant[] = [500, 1_500, 2_500].map((hertz) => ({ hertz, target: hertz, width: 80, one: 0, two: 0 }));
  const ranges = [[250, 650], [800, 1_400], [2_000, 1_000]] as const;
  let pitch = 120;
  let pitchTarget = 120;
  let phase = 0;
  let level = 0;
  let levelTarget = 1;
  return Int16Array.from({ length: (ms * MIX_RATE) / 1_000 }, (_, i) => {
    if (i % 800 === 0) {
      pitchTarget = 80 + random() * 200;
      levelTarget = random() < 0.2 ? 0 : random();
      for (const [k, formant] of formants.entries()) {
        formant.target = (ranges[k]?.[0] ?? 0) + random() * (ranges[k]?.[1] ?? 0);
        formant.width = 50 + random() * 80;
      }
    }
    pitch += (pitchTarget - pitch) * 0.0006;
    level += (levelTarget - level) * 0.003;
    phase += pitch / MIX_RATE;
    let sample = 0.02 * gaussian(random);
    if (phase >= 1) {
      phase -= 1;
      sample += 1;
    }
    for (const formant of formants) {
      formant.hertz += (formant.target - formant.hertz) * 0.001;
      const radius = Math.exp((-Math.PI * formant.width) / MIX_RATE);
      const double = 2 * radius * Math.cos((2 * Math.PI * formant.hertz) / MIX_RATE);
      sample = sample * (1 - double + radius * radius) + double * formant.one - radius * radius * formant.two;
      formant.two = formant.one;
      formant.one = sample;
    }
    return clipToInt16(Math.round(sample * level * 120_000));
  });
}

/** Notes of four overtones that die away, one to three at a time, on the tempered scale. */
export function music(ms: number, random: () => number): Int16Array {
  const notes: { readonly step: number; readonly from: number; readonly overtones: readonly number[] }[] = [];
  return Int16Array.from({ length: (ms * MIX_RATE) / 1_000 }, (_, i) => {
    if (i % 1_000 === 0 && random() < 0.8) {
      for (let count = 1 + Math.floor(random() * 3); count > 0; count -= 1) {
        const step = (2 * Math.PI * 110 * 2 ** (Math.floor(random() * 48) / 12)) / MIX_RATE;
        notes.push({ step, from: i, overtones: [4_000, 3_000 * random(), 2_000 * random(), 1_000 * random()] });
      }
      while (notes.length > 6) notes.shift();
    }
    let sum = 0;
    for (const { step, from, overtones } of notes) {
      const age = i - from;
      const decay = Math.exp(-age / 6_000);
      for (const [k, amplitude] of overtones.entries()) sum += amplitude * decay * Math.sin(step * (k + 1) * age);
    }
    return clipToInt16(Math.round(sum));
  });
}

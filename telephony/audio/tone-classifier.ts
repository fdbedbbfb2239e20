import { FRAME_SAMPLES, MIX_RATE } from './frame.ts';
import { meanSquareAt } from './level.ts';
import { ToneBank } from './tone-bank.ts';

/**
 * What 20 ms sound like to a switch: nothing, one of the tones that mean something, or anything else. `low` is whatever lies
 * within the tones of E.180 and the national ones around 425 Hz, alone or in pairs; `480+620` is North America's.
 */
export type Sounding = 'silence' | 'sound' | 'low' | '480+620' | '950' | '1100' | '1400' | '1800' | '2100';

export type Heard = { readonly sounding: Sounding; /** Of the tone, where it is one of those above 900 Hz. */ readonly amplitude: number };

/** Bins 25 Hz apart do not see each other in 40 ms, so what several of them hold may be added up. */
const lowTones = [350, 375, 400, 425, 450, 475, 500, 620];
const lastOfBand = 6;
const at475 = 5;
const at620 = 7;
/** The middle of each and its neighbours, 50 Hz apart in 20 ms: E.180 allows the information tone to be 50 Hz off. */
const highSoundings = ['950', '1100', '1400', '1800', '2100'] as const;
const highTones = highSoundings.flatMap((name) => [Number(name) - 50, Number(name), Number(name) + 50]);
/** So much of the sound must be the tone. */
const share = 0.8;
/** Each of two tones has at least so much, or it is one tone and something else. */
const pairShare = 0.2;
const silenceBelow = meanSquareAt(-45);
/** Lines hum and hiss: the quietest of late is taken for that, up to -32 dBm0, and what is less than 6 dB louder for silence. */
const floorAtMost = meanSquareAt(-32);
const aboveFloor = 4;
/** The floor rises by 1.1 dB a second. */
const floorRise = 1.005;

export function createToneClassifier(): (frame: Int16Array) => Heard {
  const low = new ToneBank(lowTones, FRAME_SAMPLES);
  const high = new ToneBank(highTones, FRAME_SAMPLES);
  const pastReal = new Float64Array(lowTones.length);
  const pastImaginary = new Float64Array(lowTones.length);
  const power = new Float64Array(lowTones.length);
  const turns = Float64Array.from(lowTones, (hertz) => (2 * Math.PI * hertz * FRAME_SAMPLES) / MIX_RATE);
  const cosine = turns.map((turn) => Math.cos(turn));
  const sine = turns.map((turn) => Math.sin(turn));
  let pastEnergy = 0;
  let floor = floorAtMost;
  const heard: { sounding: Sounding; amplitude: number } = { sounding: 'silence', amplitude: 0 };

  /** Joins this frame with the one before: only 40 ms tell tones of 25 Hz apart. */
  const joinFrames = (): void => {
    for (let i = 0; i < lowTones.length; i += 1) {
      const nowReal = low.real[i] ?? 0;
      const nowImaginary = low.imaginary[i] ?? 0;
      const real = (pastReal[i] ?? 0) + nowReal * (cosine[i] ?? 0) + nowImaginary * (sine[i] ?? 0);
      const imaginary = (pastImaginary[i] ?? 0) + nowImaginary * (cosine[i] ?? 0) - nowReal * (sine[i] ?? 0);
      power[i] = (real * real + imaginary * imaginary) / FRAME_SAMPLES;
      pastReal[i] = nowReal;
      pastImaginary[i] = nowImaginary;
    }
  };

  const lowSounding = (energy: number): Sounding | undefined => {
    let band = 0;
    for (let i = 0; i <= lastOfBand; i += 1) band += power[i] ?? 0;
    if (band >= share * energy) return 'low';
    const first = (power[at475] ?? 0) + (power[at475 + 1] ?? 0);
    const second = power[at620] ?? 0;
    const isPair = first + second >= share * energy && first >= pairShare * energy && second >= pairShare * energy;
    return isPair ? '480+620' : undefined;
  };

  const highSounding = (frame: Int16Array): Sounding | undefined => {
    high.measure(frame, 0);
    for (let i = 0; i < highSoundings.length; i += 1) {
      let sum = 0;
      for (let bin = i * 3; bin < i * 3 + 3; bin += 1) sum += (high.real[bin] ?? 0) ** 2 + (high.imaginary[bin] ?? 0) ** 2;
      const tone = (sum * 2) / FRAME_SAMPLES;
      if (tone < share * high.energy) continue;
      heard.amplitude = Math.sqrt((tone * 2) / FRAME_SAMPLES);
      return highSoundings[i];
    }
    return undefined;
  };

  return (frame) => {
    low.measure(frame, 0);
    const meanSquare = low.energy / FRAME_SAMPLES;
    const energy = low.energy + pastEnergy;
    joinFrames();
    pastEnergy = low.energy;
    heard.amplitude = 0;
    if (meanSquare < silenceBelow) {
      heard.sounding = 'silence';
    } else {
      const tone = lowSounding(energy) ?? highSounding(frame);
      heard.sounding = tone ?? (meanSquare < floor * aboveFloor ? 'silence' : 'sound');
    }
    floor = Math.max(silenceBelow / aboveFloor, Math.min(floor * floorRise, meanSquare, floorAtMost));
    return heard;
  };
}

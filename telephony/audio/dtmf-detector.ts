import { dtmfDigits, highTones, lowTones } from './dtmf-tones.ts';
import { MIX_RATE } from './frame.ts';
import { meanSquareAt } from './level.ts';
import { ToneBank } from './tone-bank.ts';

export type DtmfEvent =
  | { readonly kind: 'begin'; readonly digit: string }
  | { readonly kind: 'end'; readonly digit: string; readonly ms: number };

export interface DtmfDetector {
  /** Takes the next 20 ms. A digit is told as soon as it is sure, 35 ms after it began, and once more when it is over. */
  readonly put: (frame: Int16Array) => DtmfEvent | undefined;
}

/**
 * Digits by their tones (ITU-T Q.23, received as Q.24 says). A window of 15 ms moves on by 5. In each, the loudest low and
 * the loudest high tone must make up most of the sound; five windows in a row with the same digit are then judged
 * together, more strictly: how pure the sound is, how the two tones compare, and, by how their phases move on, that the frequencies
 * are right and steady. Voices and music now and then have the former; they hardly ever have all of it for 35 ms.
 */
const tones = [...lowTones, ...highTones];
const stepSamples = MIX_RATE / 200;
const stepMs = 5;
const stepsInWindow = 3;
const windowMs = stepMs * stepsInWindow;
const windowSamples = stepSamples * stepsInWindow;
/** So many windows lie in any 40 ms, the shortest digit of Q.24; one of 20 ms does not fill them. */
const windowsToBegin = 5;
/**
 * Where other sound goes before, as in the middle of a word, a digit must last 70 ms: a voice holds no two tones for so long,
 * and who presses a key does not speak into it, for the telephone mutes the microphone.
 */
const windowsToInterrupt = 12;
const soundBefore = 0.1;
/** So many lie in any pause of 40 ms; a break of 10 ms (Q.24) does not spoil as many. */
const windowsToEnd = 5;
/** What the tones make up of a window: half covered by them, or 1.5 % beside the frequency, it still has so much. */
const windowShare = 0.55;
const digitShare = 0.8;
/** The phase is compared over two steps: with one, 3.5 % off would be too little to tell, with three too much. */
const phaseSteps = 2;
/** Q.24: 1.5 % off must be understood, 3.5 % must not. */
const farthestOff = 0.025;
const coherent = 0.85;
/** Q.24 has -25 dBm (-29 in places) for the weakest, of which the weaker tone of two may have 8 dB less on a bad line. */
const weakest = meanSquareAt(-35);
/** The high tone may be 4 dB stronger and 8 weaker (Q.24, table A-1); 2 dB are for noise and law. */
const highStronger = 10 ** 0.6;
const highWeaker = 10 ** -1;

export function createDtmfDetector(): DtmfDetector {
  const bank = new ToneBank(tones, stepSamples);
  const turns = Float64Array.from(tones, (hertz) => (2 * Math.PI * hertz * stepSamples) / MIX_RATE);
  const stepCosine = turns.map((turn) => Math.cos(turn));
  const stepSine = turns.map((turn) => Math.sin(turn));
  // Rows of tones for the last steps and the last windows, written round and round.
  const rows = stepsInWindow;
  const stepReal = new Float64Array(rows * tones.length);
  const stepImaginary = new Float64Array(rows * tones.length);
  const stepEnergy = new Float64Array(rows);
  const windowReal = new Float64Array(rows * tones.length);
  const windowImaginary = new Float64Array(rows * tones.length);
  /** The energies of the last windows: of those that hold nothing of a digit that just began, too. */
  const windowEnergy = new Float64Array(rows + 2);
  let row = 0;
  let place = 0;
  /** The digit of the windows in a row, and what they have in sum, the low tone first. */
  let candidate = -1;
  let run = 0;
  let total = 0;
  let before = 0;
  const power = new Float64Array(2);
  const phaseReal = new Float64Array(2);
  const phaseImaginary = new Float64Array(2);
  const phaseBound = new Float64Array(2);
  /** The digit being heard. */
  let current = -1;
  let currentWindows = 0;
  let missed = 0;
  let pending: DtmfEvent | undefined;

  /** Puts the last steps together to a window. */
  const joinSteps = (): number => {
    let energy = 0;
    for (let i = 0; i < rows; i += 1) energy += stepEnergy[i] ?? 0;
    const oldest = (row + 1) % rows;
    for (let tone = 0; tone < tones.length; tone += 1) {
      const cosine = stepCosine[tone] ?? 0;
      const sine = stepSine[tone] ?? 0;
      let real = 0;
      let imaginary = 0;
      // From the newest to the oldest, each turned back by one step more.
      for (let i = rows - 1; i >= 0; i -= 1) {
        const at = ((oldest + i) % rows) * tones.length + tone;
        const turned = real * cosine + imaginary * sine;
        imaginary = imaginary * cosine - real * sine + (stepImaginary[at] ?? 0);
        real = turned + (stepReal[at] ?? 0);
      }
      windowReal[row * tones.length + tone] = real;
      windowImaginary[row * tones.length + tone] = imaginary;
    }
    return energy;
  };

  const powerAt = (tone: number): number => {
    const at = row * tones.length + tone;
    return ((windowReal[at] ?? 0) ** 2 + (windowImaginary[at] ?? 0) ** 2) * (2 / windowSamples);
  };

  const loudest = (from: number, to: number): number => {
    let best = from;
    let bestPower = -1;
    for (let tone = from; tone < to; tone += 1) {
      const here = powerAt(tone);
      if (here > bestPower) {
        best = tone;
        bestPower = here;
      }
    }
    return best;
  };

  /** Adds how the phase of a tone has moved on since two steps ago, beyond what its frequency alone would have it move. */
  const addPhase = (which: number, tone: number): void => {
    const now = row * tones.length + tone;
    const then = ((row + rows - phaseSteps) % rows) * tones.length + tone;
    const nowReal = windowReal[now] ?? 0;
    const nowImaginary = windowImaginary[now] ?? 0;
    const thenReal = windowReal[then] ?? 0;
    const thenImaginary = windowImaginary[then] ?? 0;
    const turn = phaseSteps * (turns[tone] ?? 0);
    const real = nowReal * thenReal + nowImaginary * thenImaginary;
    const imaginary = nowImaginary * thenReal - nowReal * thenImaginary;
    phaseReal[which] = (phaseReal[which] ?? 0) + real * Math.cos(turn) + imaginary * Math.sin(turn);
    phaseImaginary[which] = (phaseImaginary[which] ?? 0) + imaginary * Math.cos(turn) - real * Math.sin(turn);
    phaseBound[which] = (phaseBound[which] ?? 0) + Math.hypot(real, imaginary);
  };

  /** The power of one tone of the run, with what its window lost because the frequency is a little off; NaN when it is too far off. */
  const judge = (which: number, tone: number): number => {
    const real = phaseReal[which] ?? 0;
    const imaginary = phaseImaginary[which] ?? 0;
    if (Math.hypot(real, imaginary) < coherent * (phaseBound[which] ?? 0)) return Number.NaN;
    const hertz = tones[tone] ?? 0;
    const off = (Math.atan2(imaginary, real) * MIX_RATE) / (2 * Math.PI * phaseSteps * stepSamples);
    if (Math.abs(off) > hertz * farthestOff) return Number.NaN;
    const angle = (Math.PI * off * windowSamples) / MIX_RATE;
    const lost = angle === 0 ? 1 : (Math.sin(angle) / angle) ** 2;
    return (power[which] ?? 0) / lost;
  };

  const isDigit = (low: number, high: number): boolean => {
    const lowPower = judge(0, low);
    const highPower = judge(1, high);
    return lowPower + highPower >= digitShare * total && highPower <= lowPower * highStronger && highPower >= lowPower * highWeaker;
  };

  const restart = (digit: number): void => {
    candidate = digit;
    // The window before this one may have held some of the digit already; the one that lies before that one did not.
    before = windowEnergy[(place + 1) % windowEnergy.length] ?? 0;
    run = 0;
    total = 0;
    power.fill(0);
    phaseReal.fill(0);
    phaseImaginary.fill(0);
    phaseBound.fill(0);
  };

  const digitOf = (index: number): string => dtmfDigits[index] ?? '';

  const follow = (digit: number): DtmfEvent | undefined => {
    if (current < 0) return undefined;
    if (digit === current) {
      currentWindows += 1 + missed;
      missed = 0;
      return undefined;
    }
    missed += 1;
    if (missed < windowsToEnd) return undefined;
    const ended: DtmfEvent = { kind: 'end', digit: digitOf(current), ms: (currentWindows - 1) * stepMs + windowMs };
    current = -1;
    return ended;
  };

  const step = (frame: Int16Array, from: number): DtmfEvent | undefined => {
    bank.measure(frame, from);
    stepReal.set(bank.real, row * tones.length);
    stepImaginary.set(bank.imaginary, row * tones.length);
    stepEnergy[row] = bank.energy;
    const energy = joinSteps();
    windowEnergy[place] = energy;
    let digit = -1;
    // Most of the time there is silence or a voice, and it ends here.
    if (energy >= weakest * windowSamples) {
      const low = loudest(0, lowTones.length);
      const high = loudest(lowTones.length, tones.length);
      const lowPower = powerAt(low);
      const highPower = powerAt(high);
      const least = weakest * windowSamples;
      if (lowPower + highPower >= windowShare * energy && lowPower >= least * windowShare && highPower >= least * windowShare) {
        digit = low * highTones.length + high - lowTones.length;
        if (digit !== candidate) restart(digit);
        run += 1;
        total += energy;
        power[0] = (power[0] ?? 0) + lowPower;
        power[1] = (power[1] ?? 0) + highPower;
        if (run > phaseSteps) {
          addPhase(0, low);
          addPhase(1, high);
        }
      }
    }
    if (digit < 0) restart(-1);
    const ended = follow(digit);
    let begun: DtmfEvent | undefined;
    if (run >= windowsToBegin && current !== digit && (run >= windowsToInterrupt || before * run < soundBefore * total)) {
      const isSure = isDigit(digit >> 2, lowTones.length + (digit & 3));
      if (isSure && current < 0) {
        current = digit;
        currentWindows = run;
        missed = 0;
        begun = { kind: 'begin', digit: digitOf(digit) };
      }
      if (!isSure) restart(-1);
    }
    row = (row + 1) % rows;
    place = (place + 1) % windowEnergy.length;
    if (ended !== undefined && begun !== undefined) pending = begun;
    return ended ?? begun;
  };

  return {
    put: (frame) => {
      let event = pending;
      pending = undefined;
      for (let from = 0; from + stepSamples <= frame.length; from += stepSamples) {
        const happened = step(frame, from);
        if (happened === undefined) continue;
        if (event === undefined) event = happened;
        else pending = happened;
      }
      return event;
    },
  };
}

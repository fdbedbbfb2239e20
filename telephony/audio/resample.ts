/**
 * Band-limited resampling by a polyphase windowed sinc (Kaiser window). The filter is symmetric, so its phase is
 * linear, and every phase sums to 1, so the gain is 1. What lies above the lower Nyquist frequency is stopped.
 */

/** The coefficients between two rates; they never change, so one design serves any number of resamplers. */
export type ResamplingFilter = {
  readonly inRate: number;
  readonly outRate: number;
  /** Both rates by their greatest common divisor: an output sample lies at every `down / up` input samples. */
  readonly up: number;
  readonly down: number;
  /** Input samples taken on either side of an output sample. */
  readonly reach: number;
  /** Phases between two input samples; one more row closes the table for interpolation. */
  readonly phases: number;
  readonly rows: readonly Float32Array[];
};

export type Resampler = {
  /** Takes the next samples, of any number, and returns what they complete. */
  readonly push: (samples: Float32Array) => Float32Array;
  /** Ends the stream and returns what is left. In all, `ceil(samples in * outRate / inRate)` samples come out. */
  readonly flush: () => Float32Array;
};

/** The transition ends at the Nyquist frequency and begins at this share of it: 3,440 Hz for a rate of 8 kHz. */
const passShare = 0.86;
const stopDecibels = 70;
/** Up to so many phases the table is exact; beyond, a smaller one is interpolated, with an error below -95 dB. */
const maxExactPhases = 640;
const interpolatedPhases = 256;
const silent = new Float32Array(0);
/** New samples taken into the working buffer at once. */
const stride = 4_096;

/** Designs the filter. Rates are positive integers. */
export function designResamplingFilter(inRate: number, outRate: number): ResamplingFilter {
  const divisor = greatestCommonDivisor(inRate, outRate);
  const up = outRate / divisor;
  const down = inRate / divisor;
  // Frequencies are in cycles per input sample.
  const nyquist = Math.min(inRate, outRate) / 2 / inRate;
  const transition = nyquist * (1 - passShare);
  const cutoff = nyquist - transition / 2;
  // Kaiser's formula for the length of the filter, for an even number of taps.
  const reach = Math.ceil((stopDecibels - 7.95) / (14.36 * transition) / 2);
  const phases = up > maxExactPhases ? interpolatedPhases : up;
  const rows = Array.from({ length: phases + 1 }, (_, phase) => designRow(phase / phases, reach, cutoff));
  return { inRate, outRate, up, down, reach, phases, rows };
}

export function createResampler(
  inRate: number,
  outRate: number,
  filter: ResamplingFilter = designResamplingFilter(inRate, outRate),
): Resampler {
  if (inRate === outRate) return { push: (samples) => samples.slice(), flush: () => new Float32Array(0) };
  const { up, down, reach, phases, rows } = filter;
  const taps = reach * 2;
  const wholeStep = Math.floor(down / up);
  const fractionStep = down % up;
  const phasesPerFraction = phases / up;
  const work = new Float32Array(taps + stride);
  // The first output lies on the first input, which has silence before it.
  let filled = reach - 1;
  /** Where in `work` the taps of the next output begin, and by how many `up`-ths of a sample it lies further. */
  let start = 0;
  let fraction = 0;
  let taken = 0;
  let given = 0;

  const run = (samples: Float32Array, output: Float32Array): number => {
    let written = 0;
    let consumed = 0;
    while (consumed < samples.length) {
      const count = Math.min(samples.length - consumed, work.length - filled);
      work.set(samples.subarray(consumed, consumed + count), filled);
      consumed += count;
      filled += count;
      while (start + taps <= filled && written < output.length) {
        const position = fraction * phasesPerFraction;
        const phase = Math.floor(position);
        const between = position - phase;
        let value = convolve(work, start, rows[phase] ?? silent);
        if (phases !== up) value += between * (convolve(work, start, rows[phase + 1] ?? silent) - value);
        output[written] = value;
        written += 1;
        start += wholeStep;
        fraction += fractionStep;
        if (fraction >= up) {
          fraction -= up;
          start += 1;
        }
      }
      // One step is far shorter than the filter, so `start` never lies beyond what has come.
      work.copyWithin(0, start, filled);
      filled -= start;
      start = 0;
    }
    return written;
  };

  return {
    push: (samples) => {
      taken += samples.length;
      const output = new Float32Array(Math.ceil((samples.length * up) / down) + 1);
      const written = run(samples, output);
      given += written;
      return output.subarray(0, written);
    },
    flush: () => {
      const output = new Float32Array(Math.ceil((taken * up) / down) - given);
      given += run(new Float32Array(reach), output);
      return output;
    },
  };
}

/** Resamples a whole sound at once. */
export function resample(samples: Float32Array, inRate: number, outRate: number): Float32Array {
  const resampler = createResampler(inRate, outRate);
  const first = resampler.push(samples);
  const last = resampler.flush();
  const all = new Float32Array(first.length + last.length);
  all.set(first);
  all.set(last, first.length);
  return all;
}

/** Four sums instead of one, so that an addition need not wait for the one before. */
function convolve(samples: Float32Array, start: number, row: Float32Array): number {
  const taps = row.length;
  const quads = taps & ~3;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  for (; i < quads; i += 4) {
    const at = start + i;
    a += (samples[at] ?? 0) * (row[i] ?? 0);
    b += (samples[at + 1] ?? 0) * (row[i + 1] ?? 0);
    c += (samples[at + 2] ?? 0) * (row[i + 2] ?? 0);
    d += (samples[at + 3] ?? 0) * (row[i + 3] ?? 0);
  }
  for (; i < taps; i += 1) a += (samples[start + i] ?? 0) * (row[i] ?? 0);
  return a + b + (c + d);
}

/** The taps for an output that lies `offset` (0 to 1) of a sample after the last input of the first half. */
function designRow(offset: number, reach: number, cutoff: number): Float32Array {
  const beta = 0.1102 * (stopDecibels - 8.7);
  const atCentre = besselI0(beta);
  const row = Float64Array.from({ length: reach * 2 }, (_, tap) => {
    const distance = offset + reach - 1 - tap;
    const inside = 1 - (distance / reach) ** 2;
    return inside < 0 ? 0 : (sinc(2 * cutoff * distance) * besselI0(beta * Math.sqrt(inside))) / atCentre;
  });
  const sum = row.reduce((total, value) => total + value, 0);
  return Float32Array.from(row, (value) => value / sum);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** The modified Bessel function of order 0, by its series; the terms fall fast for the arguments of a window. */
function besselI0(x: number): number {
  const quarter = (x * x) / 4;
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-12; k += 1) {
    term *= quarter / (k * k);
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

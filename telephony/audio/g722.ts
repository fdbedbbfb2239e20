import { Band, type ScaleRule } from './g722-band.ts';
import { clipToInt16 } from './level.ts';

/**
 * ITU-T G.722 at 64 kbit/s (mode 1): 7 kHz of sound in two sub-bands of 8,000 samples a second, 6 bits for the lower and
 * 2 for the upper. Bit for bit as the Recommendation has it where sound is taken and given at 16 kHz. At 8 kHz the
 * lower band alone is the sound: no filter bank, half the work, and any other decoder understands what is sent.
 */

export type G722Rate = 8_000 | 16_000;

export interface G722Encoder {
  /** Encodes all samples (at 16 kHz an even number) to one byte for each 125 microseconds; how many bytes. */
  readonly encode: (samples: Int16Array, into: Uint8Array) => number;
}

export interface G722Decoder {
  /** Decodes as many bytes as `into` has room for; how many samples. */
  readonly decode: (codes: Uint8Array, into: Int16Array) => number;
}

const lowerRule: ScaleRule = {
  ceiling: 18_432,
  shift: 8,
  // WL by RIL.
  steps: Int32Array.of(-60, 3_042, 1_198, 538, 334, 172, 58, -30, 3_042, 1_198, 538, 334, 172, 58, -30, -60),
  // QM4.
  values: Int32Array.of(
    0, -20_456, -12_896, -8_968, -6_288, -4_240, -2_584, -1_200, 20_456, 12_896, 8_968, 6_288, 4_240, 2_584, 1_200, 0,
  ),
};

const upperRule: ScaleRule = {
  ceiling: 22_528,
  shift: 10,
  // WH by IH2.
  steps: Int32Array.of(798, -214, 798, -214),
  // QM2.
  values: Int32Array.of(-7_408, -1_616, 7_408, 1_616),
};

/** Q6: where the 30 magnitudes of the lower band's quantiser part. */
const lowerThresholds = Int32Array.of(
  0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1_023, 1_121, 1_219, 1_339,
  1_458, 1_612, 1_765, 1_980, 2_195, 2_557, 2_919,
);

/** QM6: the 64 values of the lower band; the first four codes are never sent and mean next to nothing. */
const lowerValues = Int32Array.of(
  -136, -136, -136, -136, -24_808, -21_904, -19_008, -16_704, -14_984, -13_512, -12_280, -11_192, -10_232, -9_360, -8_576,
  -7_856, -7_192, -6_576, -6_000, -5_456, -4_944, -4_464, -4_008, -3_576, -3_168, -2_776, -2_400, -2_032, -1_688, -1_360,
  -1_040, -728, 24_808, 21_904, 19_008, 16_704, 14_984, 13_512, 12_280, 11_192, 10_232, 9_360, 8_576, 7_856, 7_192, 6_576,
  6_000, 5_456, 4_944, 4_464, 4_008, 3_576, 3_168, 2_776, 2_400, 2_032, 1_688, 1_360, 1_040, 728, 432, 136, -432, -136,
);

/** The upper band's quantiser parts its two magnitudes here. */
const upperThreshold = 564;
/** The code of the smallest positive step in the upper band: it lets the decoder's scale there sink to nothing. */
const upperSilence = 0xc0;
/** Half of the quadrature mirror filter's 24 coefficients; the other half is its mirror image (clause 3.1). */
const mirror = Int32Array.of(3, -11, 12, 32, -210, 951, 3_876, -805, 362, -156, 53, -11);
const pairs = mirror.length;
/** Sub-band samples are one bit narrower than the sound. */
const bandLimit = 16_383;

/** QUANTL, for a difference from what was predicted. */
function quantiseLower(difference: number, scale: number): number {
  const magnitude = difference < 0 ? ~difference : difference;
  let low = 1;
  let high = lowerThresholds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (magnitude < ((lowerThresholds[middle] ?? 0) * scale) >> 12) high = middle;
    else low = middle + 1;
  }
  // The code words of table 7: positive from 61 down to 32, negative 63, 62 and then from 31 down to 4.
  return difference >= 0 ? 62 - low : low < 3 ? 64 - low : 34 - low;
}

function encodeLower(band: Band, sample: number): number {
  const code = quantiseLower(clipToInt16(sample - band.predicted), band.scale);
  // Adapting by 4 bits of the 6 is what lets the other modes drop the rest on the way.
  band.adapt(code >> 2);
  return code;
}

function encodeUpper(band: Band, sample: number): number {
  const difference = clipToInt16(sample - band.predicted);
  const magnitude = difference < 0 ? ~difference : difference;
  const isLarge = magnitude >= (upperThreshold * band.scale) >> 12;
  const code = difference < 0 ? (isLarge ? 0 : 1) : isLarge ? 2 : 3;
  band.adapt(code);
  return code;
}

function decodeLower(band: Band, code: number): number {
  const sample = limitBand(band.predicted + ((band.scale * (lowerValues[code] ?? 0)) >> 15));
  band.adapt(code >> 2);
  return sample;
}

function decodeUpper(band: Band, code: number): number {
  const sample = limitBand(band.predicted + ((band.scale * (upperRule.values[code] ?? 0)) >> 15));
  band.adapt(code);
  return sample;
}

function limitBand(sample: number): number {
  return sample > bandLimit ? bandLimit : sample < -bandLimit - 1 ? -bandLimit - 1 : sample;
}

export function createG722Encoder(rate: G722Rate): G722Encoder {
  const lower = new Band(lowerRule);
  if (rate === 8_000) {
    return {
      encode: (samples, into) => {
        for (let i = 0; i < samples.length; i += 1) into[i] = upperSilence | encodeLower(lower, (samples[i] ?? 0) >> 1);
        return samples.length;
      },
    };
  }
  const upper = new Band(upperRule);
  const { first, second, shift } = createHistory();
  return {
    encode: (samples, into) => {
      const count = samples.length >> 1;
      for (let i = 0; i < count; i += 1) {
        const at = shift(samples[2 * i] ?? 0, samples[2 * i + 1] ?? 0);
        let even = 0;
        let odd = 0;
        for (let tap = 0; tap < pairs; tap += 1) {
          odd += (first[at + tap] ?? 0) * (mirror[tap] ?? 0);
          even += (second[at + tap] ?? 0) * (mirror[pairs - 1 - tap] ?? 0);
        }
        const low = encodeLower(lower, (even + odd) >> 14);
        into[i] = (encodeUpper(upper, (even - odd) >> 14) << 6) | low;
      }
      return count;
    },
  };
}

export function createG722Decoder(rate: G722Rate): G722Decoder {
  const lower = new Band(lowerRule);
  if (rate === 8_000) {
    return {
      decode: (codes, into) => {
        const count = Math.min(codes.length, into.length);
        for (let i = 0; i < count; i += 1) into[i] = clipToInt16(decodeLower(lower, (codes[i] ?? 0) & 0x3f) * 2);
        return count;
      },
    };
  }
  const upper = new Band(upperRule);
  const { first, second, shift } = createHistory();
  return {
    decode: (codes, into) => {
      const count = Math.min(codes.length, into.length >> 1);
      for (let i = 0; i < count; i += 1) {
        const code = codes[i] ?? 0;
        const low = decodeLower(lower, code & 0x3f);
        const high = decodeUpper(upper, code >> 6);
        const at = shift(low + high, low - high);
        let even = 0;
        let odd = 0;
        for (let tap = 0; tap < pairs; tap += 1) {
          odd += (first[at + tap] ?? 0) * (mirror[tap] ?? 0);
          even += (second[at + tap] ?? 0) * (mirror[pairs - 1 - tap] ?? 0);
        }
        into[2 * i] = clipToInt16(even >> 11);
        into[2 * i + 1] = clipToInt16(odd >> 11);
      }
      return count * 2;
    },
  };
}

/** The last 12 pairs of samples, each half in one stretch: what is written twice need not be moved every time. */
function createHistory(): {
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Takes a pair in and tells where the oldest one lies. */
  readonly shift: (first: number, second: number) => number;
} {
  const first = new Int32Array(pairs * 2);
  const second = new Int32Array(pairs * 2);
  let at = 0;
  return {
    first,
    second,
    shift: (newFirst, newSecond) => {
      first[at] = newFirst;
      first[at + pairs] = newFirst;
      second[at] = newSecond;
      second[at + pairs] = newSecond;
      at = at === pairs - 1 ? 0 : at + 1;
      return at;
    },
  };
}

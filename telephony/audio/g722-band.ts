import { clipToInt16 } from './level.ts';

/**
 * One sub-band of ITU-T G.722: the adaptive predictor and the adaptive scale of the quantiser, which run alike in the
 * encoder and in the decoder (clauses 3.3 to 3.6, computed as clause 6.2 lays down bit by bit; its block names stand at the lines).
 */

/** What adapts the scale: the two bands differ in their tables only. */
export type ScaleRule = {
  /** The scale's logarithm may rise to this. */
  readonly ceiling: number;
  /** How the linear scale is shifted from its logarithm. */
  readonly shift: number;
  /** What a code adds to the logarithm. */
  readonly steps: Int32Array;
  /** What a code means, in parts of the scale. */
  readonly values: Int32Array;
};

/** The second half of an octave table, 2,048 * 2 ** (i / 32), of SCALEL and SCALEH. */
const octave = Int32Array.from({ length: 32 }, (_, i) => Math.round(2_048 * 2 ** (i / 32)));
const taps = 6;

export class Band {
  /** What the predictor expects next. */
  predicted = 0;
  /** The quantiser's scale. */
  scale: number;
  private readonly rule: ScaleRule;
  private logarithm = 0;
  private zeroPart = 0;
  private pole1 = 0;
  private pole2 = 0;
  private reconstructed1 = 0;
  private partial1 = 0;
  private partial2 = 0;
  private readonly zeros = new Int32Array(taps);
  private readonly differences = new Int32Array(taps);

  constructor(rule: ScaleRule) {
    this.rule = rule;
    this.scale = this.linear();
  }

  /** Takes the code in (4 bits of the lower band's 6, 2 of the upper band) and moves on by one sample. */
  adapt(code: number): void {
    const { rule } = this;
    const difference = (this.scale * (rule.values[code] ?? 0)) >> 15;
    // LOGSCL, LOGSCH: it forgets by 1/128 a sample, so that a decoder that missed something finds its way back.
    const logarithm = ((this.logarithm * 127) >> 7) + (rule.steps[code] ?? 0);
    this.logarithm = logarithm < 0 ? 0 : logarithm > rule.ceiling ? rule.ceiling : logarithm;
    this.scale = this.linear();
    this.predict(difference);
  }

  /** SCALEL, SCALEH. */
  private linear(): number {
    const mantissa = octave[(this.logarithm >> 6) & 31] ?? 0;
    const shift = this.rule.shift - (this.logarithm >> 11);
    return (shift < 0 ? mantissa << -shift : mantissa >> shift) << 2;
  }

  private predict(difference: number): void {
    const { zeros, differences } = this;
    // RECONS, PARREC.
    const reconstructed = clipToInt16(this.predicted + difference);
    const partial = clipToInt16(this.zeroPart + difference);
    const agrees1 = (partial < 0) === (this.partial1 < 0);
    const agrees2 = (partial < 0) === (this.partial2 < 0);
    // UPPOL2.
    const fourfold = clipToInt16(this.pole1 << 2);
    const turned = agrees1 ? Math.min(-fourfold, 32_767) : fourfold;
    const pole2 = limit((agrees2 ? 128 : -128) + (turned >> 7) + ((this.pole2 * 32_512) >> 15), 12_288);
    // UPPOL1: within what keeps the filter stable.
    const pole1 = limit(clipToInt16((agrees1 ? 192 : -192) + ((this.pole1 * 32_640) >> 15)), 15_360 - pole2);
    // UPZERO, DELAYA and FILTEZ in one pass, from the oldest difference to the newest.
    const gain = difference === 0 ? 0 : 128;
    let zeroPart = 0;
    for (let i = taps - 1; i >= 0; i -= 1) {
      const older = differences[i] ?? 0;
      const zero = clipToInt16(((older < 0) === (difference < 0) ? gain : -gain) + (((zeros[i] ?? 0) * 32_640) >> 15));
      zeros[i] = zero;
      const newer = i === 0 ? difference : differences[i - 1] ?? 0;
      differences[i] = newer;
      zeroPart += (zero * clipToInt16(newer * 2)) >> 15;
    }
    this.zeroPart = clipToInt16(zeroPart);
    // FILTEP, PREDIC.
    const polePart = ((pole1 * clipToInt16(reconstructed * 2)) >> 15) + ((pole2 * clipToInt16(this.reconstructed1 * 2)) >> 15);
    this.predicted = clipToInt16(clipToInt16(polePart) + this.zeroPart);
    this.pole1 = pole1;
    this.pole2 = pole2;
    this.reconstructed1 = reconstructed;
    this.partial2 = this.partial1;
    this.partial1 = partial;
  }
}

function limit(value: number, bound: number): number {
  return value > bound ? bound : value < -bound ? -bound : value;
}

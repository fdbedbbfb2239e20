import { amplitudeAt } from './level.ts';
import { MIX_RATE } from './frame.ts';

/** One frequency at one level. */
export type Tone = { readonly hertz: number; readonly dbm0: number };

/**
 * A sine by rotation: four multiplications a sample and no table. Its amplitude drifts by less than a millionth an hour,
 * and every stretch begins anew.
 */
export class Oscillator {
  private readonly cosine: number;
  private readonly sine: number;
  private real: number;
  private imaginary = 0;

  constructor({ hertz, dbm0 }: Tone) {
    const turn = (2 * Math.PI * hertz) / MIX_RATE;
    this.cosine = Math.cos(turn);
    this.sine = Math.sin(turn);
    this.real = amplitudeAt(dbm0);
  }

  next(): number {
    const { real, imaginary } = this;
    this.real = real * this.cosine - imaginary * this.sine;
    this.imaginary = real * this.sine + imaginary * this.cosine;
    return imaginary;
  }
}

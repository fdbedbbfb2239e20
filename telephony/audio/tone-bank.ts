import { MIX_RATE } from './frame.ts';

/**
 * How much of some frequencies there is in a block of sound, by Goertzel's recurrence: one multiplication a sample and
 * frequency, at any frequency, not only those of a Fourier transform of that length.
 */
export class ToneBank {
  readonly samples: number;
  /** The sum of the block's samples, each turned back by the frequency's phase, which is 0 at the first one. */
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
  /** The sum of the squares of the block. */
  energy = 0;
  private readonly cosine: Float64Array;
  private readonly sine: Float64Array;
  /** Turns the recurrence's phase, which is that of the last sample, back to the first. */
  private readonly backCosine: Float64Array;
  private readonly backSine: Float64Array;

  constructor(hertz: readonly number[], samples: number) {
    const turns = Float64Array.from(hertz, (each) => (2 * Math.PI * each) / MIX_RATE);
    this.samples = samples;
    this.real = new Float64Array(hertz.length);
    this.imaginary = new Float64Array(hertz.length);
    this.cosine = turns.map((turn) => Math.cos(turn));
    this.sine = turns.map((turn) => Math.sin(turn));
    this.backCosine = turns.map((turn) => Math.cos(turn * (samples - 1)));
    this.backSine = turns.map((turn) => Math.sin(turn * (samples - 1)));
  }

  /** Measures the block that begins at `from`. */
  measure(sound: Int16Array, from: number): void {
    const end = from + this.samples;
    let energy = 0;
    for (let i = from; i < end; i += 1) energy += (sound[i] ?? 0) ** 2;
    this.energy = energy;
    for (let tone = 0; tone < this.real.length; tone += 1) {
      const cosine = this.cosine[tone] ?? 0;
      const double = 2 * cosine;
      let last = 0;
      let before = 0;
      for (let i = from; i < end; i += 1) {
        const now = (sound[i] ?? 0) + double * last - before;
        before = last;
        last = now;
      }
      const real = last - before * cosine;
      const imaginary = before * (this.sine[tone] ?? 0);
      const backCosine = this.backCosine[tone] ?? 0;
      const backSine = this.backSine[tone] ?? 0;
      this.real[tone] = real * backCosine + imaginary * backSine;
      this.imaginary[tone] = imaginary * backCosine - real * backSine;
    }
  }
}

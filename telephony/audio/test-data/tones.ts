/** A sine wave of that level (1 is full scale). */
export function makeTone(frequency: number, sampleRate: number, seconds: number, level = 0.5): Float32Array {
  const step = (2 * Math.PI * frequency) / sampleRate;
  return Float32Array.from({ length: Math.round(sampleRate * seconds) }, (_, i) => level * Math.sin(step * i));
}

/** The level of one frequency in the samples: a single bin of a Fourier transform under a Hann window. */
export function levelAt(samples: ArrayLike<number>, frequency: number, sampleRate: number): number {
  const step = (2 * Math.PI * frequency) / sampleRate;
  const turn = (2 * Math.PI) / samples.length;
  let real = 0;
  let imaginary = 0;
  let weight = 0;
  for (let i = 0; i < samples.length; i += 1) {
    const hann = 0.5 - 0.5 * Math.cos(turn * i);
    const value = (samples[i] ?? 0) * hann;
    real += value * Math.cos(step * i);
    imaginary += value * Math.sin(step * i);
    weight += hann;
  }
  return (2 * Math.hypot(real, imaginary)) / weight;
}

/** The frequency, to 5 Hz, that is loudest in the telephone band. */
export function loudestFrequency(samples: ArrayLike<number>, sampleRate: number): number {
  let best = { frequency: 0, level: 0 };
  for (let frequency = 300; frequency <= 3_400 && frequency < sampleRate / 2; frequency += 5) {
    const level = levelAt(samples, frequency, sampleRate);
    if (level > best.level) best = { frequency, level };
  }
  return best.frequency;
}

/** The largest magnitude. */
export function peakOf(samples: Float32Array): number {
  return samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
}

export function decibels(ratio: number): number {
  return 20 * Math.log10(ratio);
}

import type { AudioRefusal } from './audio-refusals.ts';

/** Decoded sound: one array a channel, all of one length, no sample beyond full scale, plus and minus 1. */
export type Sound = { readonly sampleRate: number; readonly channels: Float32Array[] };

export type DecodedSound = ({ readonly ok: true } & Sound) | AudioRefusal;

/** Clips to full scale, and silences what is not a number: one such sample would spoil a whole filter length. */
export function clipToFullScale(sample: number): number {
  return sample >= -1 ? Math.min(sample, 1) : sample < -1 ? -1 : 0;
}

/** Mixes channels of one length to one by their average. */
export function mixToMono(channels: readonly Float32Array[]): Float32Array {
  const [first, second] = channels;
  if (first === undefined) return new Float32Array(0);
  if (second === undefined) return first;
  const mixed = new Float32Array(first.length);
  for (const channel of channels) {
    for (let i = 0; i < mixed.length; i += 1) mixed[i] = (mixed[i] ?? 0) + (channel[i] ?? 0);
  }
  const share = 1 / channels.length;
  for (let i = 0; i < mixed.length; i += 1) mixed[i] = (mixed[i] ?? 0) * share;
  return mixed;
}

/** Rounds to 16 bits and clips what is beyond full scale. */
export function toInt16(samples: Float32Array): Int16Array {
  const rounded = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i += 1) {
    const scaled = Math.round((samples[i] ?? 0) * 32_768);
    rounded[i] = scaled > 32_767 ? 32_767 : scaled < -32_768 ? -32_768 : scaled;
  }
  return rounded;
}

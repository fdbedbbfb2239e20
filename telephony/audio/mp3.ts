import { refuseAudio, type AudioRefusal } from './audio-refusals.ts';
import { findMp3Frames, type Mp3Frames } from './mp3-frames.ts';
import { clipToFullScale, type DecodedSound } from './sound.ts';

export type Mp3Options = {
  /** A longer file is refused before it is decoded. */
  readonly maxSeconds?: number;
};

/** An MP3 file whose frames are found and not yet decoded. */
export type OpenMp3 = {
  readonly ok: true;
  readonly sampleRate: number;
  readonly channelCount: 1 | 2;
  /** By the frames there are; the encoder's padding, which decoding removes, counts here. */
  readonly durationMs: number;
  /** Decodes a few seconds at a time: one array a channel. */
  readonly decode: () => AsyncGenerator<Float32Array[], void>;
};

export const defaultMaxSeconds = 3_600;

/**
 * Decodes a whole MP3 file. That may take 80 times its size (44.1 kHz stereo at 32 kbit/s); who can work piece by
 * piece takes `openMp3`.
 */
export async function decodeMp3(file: Uint8Array, options: Mp3Options = {}): Promise<DecodedSound> {
  const mp3 = openMp3(file, options);
  if (!mp3.ok) return mp3;
  const pieces: Float32Array[][] = Array.from({ length: mp3.channelCount }, () => []);
  for await (const block of mp3.decode()) {
    for (const [channel, samples] of block.entries()) pieces[channel]?.push(samples);
  }
  const channels = pieces.map(joinSamples);
  if ((channels[0]?.length ?? 0) === 0) return refuseAudio('mp3-undecodable');
  return { ok: true, sampleRate: mp3.sampleRate, channels };
}

/** Finds the frames of an MP3 file, past ID3 tags and whatever else is not a frame. */
export function openMp3(file: Uint8Array, options: Mp3Options = {}): OpenMp3 | AudioRefusal {
  const frames = findMp3Frames(file);
  if (frames === undefined) return refuseAudio('mp3-no-frames');
  const { sampleRate, channelCount } = frames;
  const durationMs = Math.round((frames.frameCount * frames.samplesPerFrame * 1_000) / sampleRate);
  if (durationMs > (options.maxSeconds ?? defaultMaxSeconds) * 1_000) return refuseAudio('audio-too-long');
  return { ok: true, sampleRate, channelCount, durationMs, decode: () => decodeRuns(file, frames) };
}

/**
 * Only whole frames of one kind reach the decoder: its own search through what is not a frame has no bound but the
 * file, and a tag that promises 256 MB would be given them. It takes the encoder's padding off by the LAME tag.
 */
async function* decodeRuns(file: Uint8Array, frames: Mp3Frames): AsyncGenerator<Float32Array[], void> {
  // Loaded when there is something to decode: each thread would keep some megabytes of it.
  const { MPEGDecoder } = await import('mpg123-decoder');
  const decoder = new MPEGDecoder({ enableGapless: true });
  await decoder.ready;
  try {
    for (const run of frames.runs) {
      const { channelData, samplesDecoded } = decoder.decode(file.subarray(run.from, run.to));
      if (samplesDecoded === 0) continue;
      // The decoder gives two channels always; those of a mono file are the same.
      const channels = channelData.slice(0, frames.channelCount);
      // Spoilt frames come out up to thousands of times too loud.
      for (const samples of channels) clipSamples(samples);
      yield channels;
    }
  } finally {
    decoder.free();
  }
}

function clipSamples(samples: Float32Array): void {
  for (let i = 0; i < samples.length; i += 1) samples[i] = clipToFullScale(samples[i] ?? 0);
}

function joinSamples(pieces: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(pieces.reduce((total, piece) => total + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

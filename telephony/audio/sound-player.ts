import type { AudioRefusal } from './audio-refusals.ts';
import { MIX_RATE, type SoundSource } from './frame.ts';
import { alawSample } from './g711.ts';
import { loadSound, type SoundCache } from './sound-cache.ts';
import { soundFiles, type SoundFile, type SoundFiles } from './sound-files.ts';
import { createSampleStream, isStreamable } from './sample-stream.ts';
import { readWavLayout, type WavLayout } from './wav-layout.ts';

export interface SoundPlayer extends SoundSource {
  readonly ok: true;
  readonly durationMs: number;
  readonly positionMs: () => number;
  /** Beyond the end is the end. A sound that was over plays on from there. */
  readonly seek: (ms: number) => void;
  /** Plays silence until it is resumed. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Why it ended before its time, if it did. */
  readonly fault: () => string | undefined;
  readonly close: () => void;
}

export type OpenSoundOptions = {
  readonly path: string;
  /** Begins anew at the end, for ever. */
  readonly loop?: boolean;
  /** Where short sounds and those that must be decoded as a whole are kept. */
  readonly cache?: SoundCache;
  readonly files?: SoundFiles;
};

/** Where a player gets its samples from. */
export interface SampleReader {
  readonly samples: number;
  /** Copies at most `count` samples to `at`; how many, and 0 while they are still being read. */
  readonly take: (from: number, count: number, into: Int16Array, at: number) => number;
  readonly fault: () => string | undefined;
  readonly close: () => void;
}

/** Up to a minute a file in the telephone's own format is rather kept than read again for every caller. */
const longestKeptSeconds = 60;

/** Opens a WAV or an MP3 file to be played. Its first second is at hand when it is there. */
export async function openSound(options: OpenSoundOptions): Promise<SoundPlayer | AudioRefusal> {
  const { path, loop = false, cache, files = soundFiles } = options;
  const streamed = await openStream(path, files, cache === undefined ? 0 : longestKeptSeconds);
  if (streamed !== undefined) return createSoundPlayer(streamed, loop);
  const sound = await (cache === undefined ? loadSound(path, { files }) : cache.get(path));
  return sound.ok ? createSoundPlayer(readFromMemory(sound.alaw), loop) : sound;
}

/** Undefined when the file is short, or of a kind that must be decoded or resampled as a whole. */
async function openStream(path: string, files: SoundFiles, longerThanSeconds: number): Promise<SampleReader | undefined> {
  const file = await files.openToRead(path).catch(() => undefined);
  if (file === undefined) return undefined;
  const layout = await readWavLayout(file).catch(() => undefined);
  const isLong = layout?.ok === true && layout.dataBytes / layout.frameBytes > longerThanSeconds * MIX_RATE;
  if (isLong && isStreamable(layout)) return beginStream(file, layout);
  await file.close();
  return undefined;
}

async function beginStream(file: SoundFile, layout: WavLayout): Promise<SampleReader> {
  const stream = createSampleStream(file, layout);
  await stream.ready();
  return stream;
}

function readFromMemory(alaw: Uint8Array): SampleReader {
  return {
    samples: alaw.length,
    take: (from, count, into, at) => {
      for (let i = 0; i < count; i += 1) into[at + i] = alawSample(alaw[from + i] ?? 0);
      return count;
    },
    fault: () => undefined,
    close: () => undefined,
  };
}

export function createSoundPlayer(reader: SampleReader, loop = false): SoundPlayer {
  const { samples } = reader;
  let position = 0;
  let isPaused = false;
  let isClosed = false;

  const play = (frame: Int16Array): number => {
    let filled = 0;
    while (filled < frame.length) {
      if (position >= samples && loop) position = 0;
      const count = Math.min(frame.length - filled, samples - position);
      if (count <= 0) break;
      const taken = reader.take(position, count, frame, filled);
      // Not read yet: it goes on here as soon as it is.
      if (taken === 0) return frame.length;
      position += taken;
      filled += taken;
    }
    return filled;
  };

  return {
    ok: true,
    durationMs: Math.round((samples * 1_000) / MIX_RATE),
    positionMs: () => Math.round((position * 1_000) / MIX_RATE),
    seek: (ms) => {
      position = Math.min(samples, Math.max(0, Math.round((ms * MIX_RATE) / 1_000)));
    },
    pause: () => { isPaused = true; },
    resume: () => { isPaused = false; },
    fault: reader.fault,
    close: () => {
      isClosed = true;
      reader.close();
    },
    next: (frame) => {
      frame.fill(0);
      if (isClosed || reader.fault() !== undefined) return false;
      return isPaused || play(frame) > 0;
    },
  };
}

import { MIX_RATE } from './frame.ts';
import { alawSample, mulawSample } from './g711.ts';
import type { SoundFile } from './sound-files.ts';
import type { SampleReader } from './sound-player.ts';
import type { WavLayout } from './wav-layout.ts';

type Slot = { block: number; readonly samples: Int16Array; count: number };

export interface SampleStream extends SampleReader {
  /** Resolves when the beginning has been read. */
  readonly ready: () => Promise<void>;
}

const blockSamples = MIX_RATE;

/** Whether a file can be played as it is read: in the telephone's rate, and encoded simply. */
export function isStreamable({ sampleRate, encoding, channelCount }: WavLayout): boolean {
  const isSimple = encoding === 'alaw' || encoding === 'mulaw' || encoding === 'pcm16' || encoding === 'pcm8';
  return sampleRate === MIX_RATE && isSimple && channelCount <= 2;
}

/** Reads a long file a second at a time, the second that follows while one is played. Closes the file in the end. */
export function createSampleStream(file: SoundFile, layout: WavLayout): SampleStream {
  const { dataAt, dataBytes, frameBytes } = layout;
  const samples = Math.floor(dataBytes / frameBytes);
  const blocks = Math.ceil(samples / blockSamples);
  const bytes = new Uint8Array(blockSamples * frameBytes);
  const slots = [emptySlot(), emptySlot()] as const;
  const decode = decoderOf(layout);
  let wanted = -1;
  let playing: Slot = slots[0];
  let reading: Promise<void> | undefined;
  let fault: string | undefined;
  let isClosed = false;

  const read = async (block: number, slot: Slot): Promise<void> => {
    slot.block = -1;
    const from = block * blockSamples;
    const count = Math.min(blockSamples, samples - from);
    const room = bytes.subarray(0, count * frameBytes);
    const got = await file.read(room, dataAt + from * frameBytes);
    if (got < room.length) throw new Error('the file has become shorter');
    decode(room, slot.samples, count);
    slot.count = count;
    slot.block = block;
  };

  const end = (): void => {
    reading = undefined;
    if (isClosed) void file.close().catch((problem: unknown) => { fault ??= String(problem); });
    else if (wanted >= 0 && fault === undefined) fetch(wanted);
  };

  /** Reads a block, now or when what is being read has come; only the last one asked for matters. */
  function fetch(block: number): void {
    wanted = block;
    if (reading !== undefined || isClosed || fault !== undefined) return;
    wanted = -1;
    if (slots[0].block === block || slots[1].block === block) return;
    reading = read(block, playing === slots[0] ? slots[1] : slots[0]).catch((error: unknown) => { fault = String(error); }).then(end);
  }

  fetch(0);
  return {
    samples,
    ready: () => reading ?? Promise.resolve(),
    fault: () => fault,
    take: (from, count, into, at) => {
      const block = Math.floor(from / blockSamples);
      const slot = slots[0].block === block ? slots[0] : slots[1].block === block ? slots[1] : undefined;
      if (slot === undefined) {
        fetch(block);
        return 0;
      }
      playing = slot;
      // After the last one the first, for who loops.
      const next = block + 1 < blocks ? block + 1 : 0;
      if (slots[0].block !== next && slots[1].block !== next && reading === undefined) fetch(next);
      const start = from - block * blockSamples;
      const taken = Math.min(count, slot.count - start);
      for (let i = 0; i < taken; i += 1) into[at + i] = slot.samples[start + i] ?? 0;
      return taken;
    },
    close: () => {
      if (isClosed) return;
      isClosed = true;
      if (reading === undefined) end();
    },
  };
}

function emptySlot(): Slot {
  return { block: -1, samples: new Int16Array(blockSamples), count: 0 };
}

/** Decodes frames to one channel, by the average of two. */
function decoderOf({ encoding, channelCount }: WavLayout): (bytes: Uint8Array, into: Int16Array, count: number) => void {
  const sampleAt = encoding === 'alaw' ? alawAt : encoding === 'mulaw' ? mulawAt : encoding === 'pcm8' ? pcm8At : pcm16At;
  if (channelCount === 1) {
    return (bytes, into, count) => {
      for (let i = 0; i < count; i += 1) into[i] = sampleAt(bytes, i);
    };
  }
  return (bytes, into, count) => {
    for (let i = 0; i < count; i += 1) into[i] = (sampleAt(bytes, 2 * i) + sampleAt(bytes, 2 * i + 1)) >> 1;
  };
}

function alawAt(bytes: Uint8Array, index: number): number {
  return alawSample(bytes[index] ?? 0);
}

function mulawAt(bytes: Uint8Array, index: number): number {
  return mulawSample(bytes[index] ?? 0);
}

function pcm8At(bytes: Uint8Array, index: number): number {
  return ((bytes[index] ?? 0) - 128) << 8;
}

function pcm16At(bytes: Uint8Array, index: number): number {
  return (((bytes[2 * index + 1] ?? 0) << 24) >> 16) | (bytes[2 * index] ?? 0);
}

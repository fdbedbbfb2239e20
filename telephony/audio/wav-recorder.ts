import { realTimers, type Timers } from '../timers.ts';
import { FRAME_MS, MIX_RATE } from './frame.ts';
import { encodeAlawAt } from './g711.ts';
import { soundFiles, type SoundFile, type SoundFiles } from './sound-files.ts';
import { buildWavHeader, stampWavHeader, type WrittenEncoding } from './wav-header.ts';
import { readHeader, readWavLayout } from './wav-layout.ts';

export type RecordingFault = {
  /** `slow` is a disk that is seconds behind: what does not fit is left out. After any other nothing more is recorded. */
  readonly why: 'diskFull' | 'io' | 'otherFormat' | 'tooLong' | 'slow';
  readonly message: string;
};

export type WavRecorderOptions = {
  readonly path: string;
  /** With two, the first sound of `put` is left and the second right. */
  readonly channels: 1 | 2;
  readonly encoding: WrittenEncoding;
  /** Goes on with the file that is there, if there is one; its format must be the same. */
  readonly append?: boolean;
  /** Told once of a slow disk, and once of what ended the recording. The call goes on. */
  readonly onFault?: (fault: RecordingFault) => void;
  readonly files?: SoundFiles;
  readonly timers?: Timers;
  /** So many seconds may wait for the disk. */
  readonly maxWaitingSeconds?: number;
};

export type Recorded = {
  /** What was recorded, pauses left out; with what was in the file before. */
  readonly ms: number;
  readonly fileMs: number;
  /** What did not get into the file. */
  readonly lostMs: number;
  readonly fault?: RecordingFault;
};

export interface WavRecorder {
  /** Takes the next 20 ms; who says nothing is left out, and is silent. */
  readonly put: (first: Int16Array | undefined, second?: Int16Array) => void;
  readonly pause: () => void;
  readonly resume: () => void;
  /** What has been taken in so far. */
  readonly ms: () => number;
  /** Writes what is left. Never rejects, and never takes longer than a few seconds. */
  readonly close: () => Promise<Recorded>;
}

const blockSeconds = 1;
const closeWithinMs = 5_000;
const frameSamples = (MIX_RATE * FRAME_MS) / 1_000;
const silence = new Int16Array(frameSamples);
/** The lengths in a header have 32 bits. */
const maxDataBytes = 0xffff_ff00;

type Block = { readonly bytes: Uint8Array; used: number };

/**
 * Writes a WAVE file while somebody speaks. Frames are encoded into blocks of a second, which are written behind the
 * caller's back, each with the header after it: what a crash leaves can be played. Opening the file is waited for as writing is,
 * so recording begins with the first frame.
 */
export function createWavRecorder(options: WavRecorderOptions): WavRecorder {
  const { path, channels, encoding, append = false, onFault, files = soundFiles, timers = realTimers, maxWaitingSeconds = 8 } = options;
  const sampleBytes = encoding === 'pcm16' ? 2 : 1;
  const frameBytes = sampleBytes * channels;
  const bytesPerMs = (MIX_RATE * frameBytes) / 1_000;
  const putBytes = frameSamples * frameBytes;
  const blockBytes = MIX_RATE * blockSeconds * frameBytes;
  const spare: Block[] = [];
  const full: Block[] = [];
  let blocks = 0;
  let current: Block | undefined;
  let file: SoundFile | undefined;
  let header = buildWavHeader({ encoding, sampleRate: MIX_RATE, channelCount: channels });
  /** In the file: before this recording, and by it. */
  let before = 0;
  let written = 0;
  let taken = 0;
  let lost = 0;
  let isPaused = false;
  let isOver = false;
  let fault: RecordingFault | undefined;
  let isBroken = false;

  const report = (why: RecordingFault['why'], message: string): void => {
    if (fault !== undefined && (fault.why !== 'slow' || why === 'slow')) return;
    fault = { why, message };
    onFault?.(fault);
  };

  const giveUp = (why: RecordingFault['why'], message: string): void => {
    isBroken = true;
    current = undefined;
    full.length = 0;
    spare.length = 0;
    report(why, message);
  };

  const prepare = async (): Promise<SoundFile> => {
    const opened = await files.openToWrite(path, append ? 'keep' : 'empty');
    // From here on it is closed in the end, whatever comes.
    file = opened;
    if (append && await opened.size() > 0) {
      const layout = await readWavLayout(opened);
      const isSame = layout.ok && layout.encoding === encoding && layout.channelCount === channels && layout.sampleRate === MIX_RATE;
      const there = isSame ? await readHeader(opened, layout) : undefined;
      if (!isSame || there === undefined) {
        giveUp('otherFormat', `${path} is no WAVE file of ${channels} x ${encoding}`);
        return opened;
      }
      header = there;
      before = layout.dataBytes;
      // Other chunks that follow the sound would end up in the middle of it.
      await opened.truncate(header.length + before);
    }
    await opened.write(header, 0);
    return opened;
  };

  /** Data first: a header that promises more than there is would be worse than one that promises less. */
  const writeBlocks = async (to: SoundFile): Promise<void> => {
    try {
      for (let block = full[0]; block !== undefined; block = full[0]) {
        await to.write(block.bytes.subarray(0, block.used), header.length + before + written);
        if (isBroken) return;
        full.shift();
        written += block.used;
        block.used = 0;
        spare.push(block);
      }
    } finally {
      // On a full disk as well: the header's place is there, and what did get in is to be heard.
      stampWavHeader(header, before + written);
      await to.write(header, 0);
    }
  };

  const guard = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      const code = (error as { code?: unknown } | undefined)?.code;
      giveUp(code === 'ENOSPC' || code === 'EDQUOT' ? 'diskFull' : 'io', String(error));
    }
  };

  /** Opens the file, and writes until nothing is left to be written. */
  const write = async (): Promise<void> => {
    await guard(async () => {
      file ??= await prepare();
      while (full.length > 0) await writeBlocks(file);
    });
    writing = undefined;
  };
  let writing: Promise<void> | undefined = write();

  const passOn = (): void => {
    if (current === undefined || current.used === 0) return;
    full.push(current);
    current = undefined;
    if (!isBroken) writing ??= write();
  };

  const room = (): Block | undefined => {
    if (current !== undefined) return current;
    current = spare.pop();
    if (current === undefined && blocks < maxWaitingSeconds + 1) {
      blocks += 1;
      current = { bytes: new Uint8Array(blockBytes), used: 0 };
    }
    return current;
  };

  const lay = (samples: Int16Array, block: Block, channel: number): void => {
    const at = block.used + channel * sampleBytes;
    if (encoding === 'alaw') {
      encodeAlawAt(samples, block.bytes, at, channels);
      return;
    }
    for (let i = 0; i < frameSamples; i += 1) {
      const sample = samples[i] ?? 0;
      block.bytes[at + i * frameBytes] = sample;
      block.bytes[at + i * frameBytes + 1] = sample >> 8;
    }
  };

  const finish = async (): Promise<void> => {
    passOn();
    await writing;
    const open = file;
    file = undefined;
    if (open === undefined) return;
    const end = before + written;
    // A chunk of odd length is followed by a byte of padding.
    if (!isBroken && (end & 1) === 1) await guard(() => open.write(new Uint8Array(1), header.length + end));
    await open.close().catch((error: unknown) => { report('io', String(error)); });
  };

  const outcome = (): Recorded => ({
    ms: written / bytesPerMs,
    fileMs: (before + written) / bytesPerMs,
    lostMs: lost / bytesPerMs + (taken - written) / bytesPerMs,
    ...(fault === undefined ? {} : { fault }),
  });

  const close = async (): Promise<Recorded> => {
    isOver = true;
    const { promise: overdue, resolve: expire } = Promise.withResolvers<undefined>();
    const callOff = timers.after(closeWithinMs, () => {
      giveUp('slow', `${path} could not be finished in time`);
      expire(undefined);
    });
    await Promise.race([finish(), overdue]);
    callOff();
    return outcome();
  };
  let closing: Promise<Recorded> | undefined;

  return {
    put: (first, second) => {
      if (isPaused || isOver) return;
      const isTooLong = before + taken + putBytes > maxDataBytes;
      const block = isBroken || isTooLong ? undefined : room();
      if (block === undefined) {
        lost += putBytes;
        if (isTooLong) report('tooLong', `${path} is as long as a WAVE file can be`);
        else if (!isBroken) report('slow', `${path} is written slower than it is recorded`);
        return;
      }
      lay(first ?? silence, block, 0);
      if (channels === 2) lay(second ?? silence, block, 1);
      block.used += putBytes;
      taken += putBytes;
      if (block.used === blockBytes) passOn();
    },
    pause: () => {
      isPaused = true;
      passOn();
    },
    resume: () => { isPaused = false; },
    ms: () => taken / bytesPerMs,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

import { open, type FileHandle } from 'node:fs/promises';
import { alawSample, encodeAlaw } from '../../../telephony/audio/g711.ts';
import { buildWavHeader, stampWavHeader } from '../../../telephony/audio/wav-header.ts';
import { readWavLayout } from '../../../telephony/audio/wav-layout.ts';
import type { SoundBytes } from '../../engine/recording-files.ts';

/** One file of A-law, and where its samples lie. */
interface Part {
  readonly path: string;
  readonly channels: 1 | 2;
  readonly dataAt: number;
  readonly frames: number;
}

const RATE = 8000;
/** So much is read at once. */
const CHUNK_FRAMES = 32_768;

let mixes: Uint8Array | undefined;

/** The sum of any two samples, as there are no more than 65,536 of them. */
function mixTable(): Uint8Array {
  if (mixes !== undefined) return mixes;
  const sums = new Int16Array(65_536);
  for (let one = 0; one < 256; one += 1) {
    for (let other = 0; other < 256; other += 1) {
      sums[one * 256 + other] = Math.max(-32_768, Math.min(32_767, alawSample(one) + alawSample(other)));
    }
  }
  mixes = encodeAlaw(sums);
  return mixes;
}

/** Frames of a part with so many channels as are wanted. */
function shape(read: Uint8Array, from: 1 | 2, to: 1 | 2): Uint8Array {
  if (from === to) return read;
  const frames = read.length / from;
  const shaped = new Uint8Array(frames * to);
  if (to === 1) {
    const table = mixTable();
    for (let frame = 0; frame < frames; frame += 1) shaped[frame] = table[(read[2 * frame] ?? 0) * 256 + (read[2 * frame + 1] ?? 0)] ?? 0;
  } else {
    for (let frame = 0; frame < frames; frame += 1) shaped.fill(read[frame] ?? 0, 2 * frame, 2 * frame + 2);
  }
  return shaped;
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(String(error.code));

async function whileOpen<T>(path: string, work: (handle: FileHandle) => Promise<T>): Promise<T | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
}

async function readAll(handle: FileHandle, into: Uint8Array, at: number): Promise<number> {
  let done = 0;
  while (done < into.length) {
    const { bytesRead } = await handle.read(into, done, into.length - done, at + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}

/** Where the sound of a file lies, as far as there is any, whatever its header says; undefined where there is no such file. */
const layOut = (path: string): Promise<Part | 'other' | undefined> => whileOpen(path, async (handle): Promise<Part | 'other'> => {
  if (!(await handle.stat()).isFile()) return 'other';
  const layout = await readWavLayout({
    read: (into, at) => readAll(handle, into, at), size: async () => (await handle.stat()).size,
    write: () => Promise.reject(new Error('it is read alone')), truncate: () => Promise.reject(new Error('it is read alone')), close: () => Promise.resolve(),
  });
  if (!layout.ok || layout.encoding !== 'alaw' || layout.sampleRate !== RATE || layout.channelCount > 2) return 'other';
  const { channelCount, dataAt, dataBytes, frameBytes } = layout;
  return { path, channels: channelCount === 1 ? 1 : 2, dataAt, frames: dataBytes / frameBytes };
});

/** Frames of a part, from one up to another. */
async function* framesOf({ path, channels, dataAt }: Part, from: number, to: number, wanted: 1 | 2): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    for (let at = from; at < to; at += CHUNK_FRAMES) {
      const read = new Uint8Array(Math.min(CHUNK_FRAMES, to - at) * channels);
      if (await readAll(handle, read, dataAt + at * channels) < read.length) throw new Error(`${path} has become shorter`);
      yield shape(read, channels, wanted);
    }
  } finally {
    await handle.close();
  }
}

/** Files that are A-law themselves, as one of so many channels; undefined where there are none of them, or another kind of file is among them. */
export async function joinSounds(paths: readonly string[], channels: 1 | 2): Promise<SoundBytes | undefined> {
  const parts: Part[] = [];
  for (const path of paths) {
    const part = await layOut(path);
    if (part === 'other') return undefined;
    if (part !== undefined) parts.push(part);
  }
  if (parts.length === 0) return undefined;
  const dataBytes = parts.reduce((sum, { frames }) => sum + frames, 0) * channels;
  const header = buildWavHeader({ encoding: 'alaw', sampleRate: RATE, channelCount: channels });
  stampWavHeader(header, dataBytes);
  const end = header.length + dataBytes;
  return {
    size: end + (dataBytes & 1),
    read: async function* read(from, to) {
      if (from < header.length) yield header.subarray(from, Math.min(to, header.length));
      let begins = header.length;
      for (const part of parts) {
        const ends = begins + part.frames * channels;
        const [first, last] = [Math.max(from, begins) - begins, Math.min(to, ends) - begins];
        if (first < last) {
          // A range may begin and end within a frame.
          const [firstFrame, lastFrame] = [Math.floor(first / channels), Math.ceil(last / channels)];
          let at = firstFrame * channels;
          for await (const bytes of framesOf(part, firstFrame, lastFrame, channels)) {
            yield bytes.subarray(Math.max(0, first - at), Math.min(bytes.length, last - at));
            at += bytes.length;
          }
        }
        begins = ends;
      }
      if (to > end) yield new Uint8Array(to - Math.max(from, end));
    },
  };
}

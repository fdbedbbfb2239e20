import { refuseAudio, type AudioRefusal } from './audio-refusals.ts';
import { soundFiles, type SoundFiles } from './sound-files.ts';
import { toTelephoneAudio, type AudioFileType, type TelephoneAudio } from './telephone-audio.ts';

/** A whole sound as a telephone line carries it: A-law, 8,000 a second, one channel. */
export type LoadedSound = { readonly ok: true; readonly alaw: Uint8Array; readonly durationMs: number };

export interface SoundCache {
  /** The sound of that file, decoded when first asked for and when the file has changed. */
  readonly get: (path: string) => Promise<LoadedSound | AudioRefusal>;
  /** How much it holds. */
  readonly bytes: () => number;
}

export type SoundCacheOptions = {
  /** What has not been asked for the longest is let go when there is more than that. */
  readonly maxBytes?: number;
  /**
   * Decodes a file; `transcode` of a transcoder does it in a thread of its own, and who plays in 20 ms steps wants that: the
   * decoding of a song takes a second. Without, it is done here.
   */
  readonly decode?: (file: Uint8Array, type: AudioFileType) => Promise<TelephoneAudio | AudioRefusal>;
  readonly files?: SoundFiles;
};

type Entry = { readonly stamp: string; readonly sound: Promise<LoadedSound | AudioRefusal>; bytes: number };

const defaultMaxBytes = 64 * 1024 * 1024;
/** An hour of telephone sound has 29 MB, half an hour of CD sound 300. */
const maxFileBytes = 320 * 1024 * 1024;
/** Refusals take no room, so their number is bounded as well. */
const maxEntries = 2_000;

/** Reads and decodes a file of any kind that is known. */
export async function loadSound(path: string, options: SoundCacheOptions = {}): Promise<LoadedSound | AudioRefusal> {
  const { decode = toTelephoneAudio, files = soundFiles } = options;
  const bytes = await readAll(path, files);
  if (!(bytes instanceof Uint8Array)) return bytes;
  const isWav = bytes[0] === 0x52 && bytes[1] === 0x49 && bytes[2] === 0x46 && bytes[3] === 0x46;
  const sound = await decode(bytes, isWav ? 'wav' : 'mp3');
  return sound.ok ? { ok: true, alaw: sound.alaw, durationMs: sound.durationMs } : sound;
}

async function readAll(path: string, files: SoundFiles): Promise<Uint8Array | AudioRefusal> {
  const file = await files.openToRead(path).catch(() => undefined);
  if (file === undefined) return refuseAudio('sound-missing');
  try {
    const size = await file.size();
    if (size > maxFileBytes) return refuseAudio('sound-too-large');
    const bytes = new Uint8Array(size);
    return bytes.subarray(0, await file.read(bytes, 0));
  } catch {
    return refuseAudio('sound-missing');
  } finally {
    await file.close();
  }
}

/** One for a process: music that a thousand callers hear is decoded once and kept once. */
export function createSoundCache(options: SoundCacheOptions = {}): SoundCache {
  const { maxBytes = defaultMaxBytes, files = soundFiles } = options;
  // In the order in which they were last asked for.
  const entries = new Map<string, Entry>();
  let total = 0;

  const drop = (path: string, entry: Entry): void => {
    if (entries.get(path) !== entry) return;
    entries.delete(path);
    total -= entry.bytes;
  };

  const shrink = (): void => {
    for (const [path, entry] of entries) {
      if (total <= maxBytes && entries.size <= maxEntries) return;
      drop(path, entry);
    }
  };

  const settle = async (path: string, entry: Entry): Promise<void> => {
    const sound = await entry.sound.catch(() => undefined);
    if (entries.get(path) !== entry) return;
    // A busy transcoder or a broken disk is no property of the file.
    if (sound === undefined || (!sound.ok && sound.reason.startsWith('transcoder-'))) {
      drop(path, entry);
      return;
    }
    entry.bytes = sound.ok ? sound.alaw.length : 0;
    total += entry.bytes;
    shrink();
  };

  const load = (path: string, stamp: string): Entry => {
    const entry: Entry = { stamp, sound: loadSound(path, options), bytes: 0 };
    entries.set(path, entry);
    void settle(path, entry);
    return entry;
  };

  return {
    bytes: () => total,
    get: async (path) => {
      const stamp = await files.stamp(path).catch(() => undefined);
      if (stamp === undefined) return refuseAudio('sound-missing');
      const known = entries.get(path);
      if (known !== undefined && known.stamp === stamp) {
        entries.delete(path);
        entries.set(path, known);
        return known.sound;
      }
      if (known !== undefined) drop(path, known);
      return load(path, stamp).sound;
    },
  };
}

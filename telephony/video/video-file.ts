import type { SoundFiles } from '../audio/sound-files.ts';
import { createFileWriter, type WritingFault } from './file-writer.ts';
import { createOpenLengths } from './open-lengths.ts';
import type { Picture, PictureForm, PictureFormat } from './picture.ts';

/** A file of pictures and sound while it is made. Times are in milliseconds from its beginning, and those of one track come in order. */
export interface VideoFile {
  /** A picture of one of the tracks. */
  readonly show: (track: number, picture: Pick<Picture, 'data' | 'form'>, ms: number) => void;
  /** A packet of Opus. */
  readonly say: (packet: Uint8Array, ms: number) => void;
  /** No more pictures come for this track; the others do not wait for it any more. */
  readonly end: (track: number) => void;
  /** Bytes that were taken and are not on the disk. */
  readonly waiting: () => number;
  /** Has what waits for the disk written. */
  readonly flush: () => void;
  /** What can be looked up in the file is written at its end. Never rejects. */
  readonly close: () => Promise<void>;
}

export interface VideoFileOptions {
  readonly path: string;
  readonly files: SoundFiles;
  readonly format: PictureFormat;
  /** What each of the tracks begins with. */
  readonly tracks: readonly PictureForm[];
  /** Told once: nothing more gets into the file. */
  readonly onFault: (fault: WritingFault) => void;
}

/** The library, which a thread loads when it first records pictures. */
type Library = typeof import('mediabunny');

let loading: Promise<Library> | undefined;

/** Opens files of pictures: WebM with VP8, MP4 with H.264. */
export async function loadVideoFiles(): Promise<(options: VideoFileOptions) => VideoFile> {
  loading ??= import('mediabunny');
  const library = await loading;
  return (options) => openVideoFile(library, options);
}

export const SOUND_MS = 20;
const OPUS_RATE = 48_000;
/** How much a decoder leaves out at first: 6.5 ms, as the encoder looks ahead so far at 8 kHz. */
const PRE_SKIP = 312;
/** Of telephone sound (RFC 7845 5.1): one channel, the rate that it had, as loud as it is. */
const OPUS_HEAD = Uint8Array.of(...new TextEncoder().encode('OpusHead'), 1, 1, PRE_SKIP & 0xff, PRE_SKIP >> 8, 0x40, 0x1f, 0, 0, 0, 0, 0);
/** For the last picture, of which nobody knows. */
const PICTURE_MS = 33;
const MAX_PICTURE_MS = 1000;

function openVideoFile(library: Library, { path, files, format, tracks, onFault }: VideoFileOptions): VideoFile {
  const { EncodedAudioPacketSource, EncodedPacket, EncodedVideoPacketSource, Mp4OutputFormat, Output, StreamTarget, WebMOutputFormat } = library;
  const writer = createFileWriter({ path, files, onFault });
  const openLengths = format === 'VP8' ? createOpenLengths() : undefined;
  let [taken, passed] = [0, 0];
  let isBroken = false;

  const giveUp = (error: unknown): void => {
    if (isBroken) return;
    isBroken = true;
    onFault({ why: 'io', message: error instanceof Error ? error.message : String(error) });
  };

  const target = new StreamTarget(new WritableStream({
    write: ({ data, position }: { readonly data: Uint8Array; readonly position: number }) => {
      passed += data.length;
      writer.write(openLengths?.(data, position) ?? data, position);
    },
  }));
  const output = new Output({
    target,
    // Fragments of an MP4 would begin with whole pictures of all cameras at once, for which they wait in memory: such as there never are.
    format: format === 'VP8' ? new WebMOutputFormat() : new Mp4OutputFormat({ fastStart: false }),
  });
  const pictures = tracks.map((form) => ({ source: new EncodedVideoPacketSource(format === 'VP8' ? 'vp8' : 'avc'), form, before: 0, isNew: true, hasEnded: false }));
  for (const { source } of pictures) output.addVideoTrack(source);
  const sound = new EncodedAudioPacketSource('opus');
  let isFirstSound = true;
  output.addAudioTrack(sound);
  /** All that the library was given: it takes one after the other, and is not to be told of the end before that. */
  let work = output.start().catch(giveUp);

  const inTurn = async (before: Promise<void>, task: () => Promise<void>): Promise<void> => {
    await before;
    if (!isBroken) await task();
  };
  const add = (bytes: number, task: () => Promise<void>): void => {
    if (isBroken) return;
    taken += bytes;
    work = inTurn(work, task).catch(giveUp);
  };

  return {
    show: (index, { data, form }, ms) => {
      const track = pictures[index];
      if (track === undefined || track.hasEnded) return;
      const lasts = track.isNew ? PICTURE_MS : Math.min(MAX_PICTURE_MS, ms - track.before);
      const { codec, width, height, description } = track.form;
      const meta = track.isNew ? { decoderConfig: { codec, codedWidth: width, codedHeight: height, ...(description === undefined ? {} : { description }) } } : undefined;
      track.before = ms;
      track.isNew = false;
      add(data.length, () => track.source.add(new EncodedPacket(data, form === undefined ? 'delta' : 'key', ms / 1000, lasts / 1000), meta));
    },
    say: (packet, ms) => {
      const meta = isFirstSound ? { decoderConfig: { codec: 'opus', numberOfChannels: 1, sampleRate: OPUS_RATE, description: OPUS_HEAD } } : undefined;
      isFirstSound = false;
      add(packet.length, () => sound.add(new EncodedPacket(packet, 'key', ms / 1000, SOUND_MS / 1000), meta));
    },
    end: (index) => {
      const track = pictures[index];
      if (track === undefined || track.hasEnded) return;
      track.hasEnded = true;
      add(0, () => {
        track.source.close();
        return Promise.resolve();
      });
    },
    // The library adds some bytes of its own.
    waiting: () => Math.max(0, taken - passed) + writer.waiting(),
    flush: writer.flush,
    close: async () => {
      await work;
      if (!isBroken) await output.finalize().catch(giveUp);
      await writer.close();
    },
  };
}

import { mkdir } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { MAX_PAYLOAD_BYTES } from '../audio/codec.ts';
import { loadOpus } from '../audio/opus.ts';
import type { SoundFiles } from '../audio/sound-files.ts';
import type { Timers } from '../timers.ts';
import { createPictureReader, type PictureReader } from '../video/picture-reader.ts';
import type { Picture, PictureForm, PictureFormat } from '../video/picture.ts';
import { createTimeline } from '../video/timeline.ts';
import { loadVideoFiles, SOUND_MS, type VideoFile } from '../video/video-file.ts';
import type { PictureCodec } from './order.ts';
import type { Recorder } from './recordings.ts';

/** Records what two show each other beside what they say. */
export interface VideoRecorder extends Recorder {
  /** A packet of a leg's pictures as it came; nothing of it is kept. */
  readonly show: (leg: string, codec: PictureCodec, packet: Uint8Array) => void;
}

/** Those whose pictures there are to be. */
export interface Cameras {
  readonly legs: () => readonly string[];
  /** Asks for a whole picture. */
  readonly want: (leg: string) => void;
}

export type OpenVideoRecorder = (path: string, cameras: Cameras, last: string | undefined) => Promise<VideoRecorder>;

const FORMATS: Readonly<Record<string, PictureFormat>> = { '.webm': 'VP8', '.mp4': 'H264' };

/** So long whoever shows nothing at all is waited for when the other does, and whoever shows something, but not a whole picture yet. */
const WAIT_MS = 2000;
const WAIT_FOR_WHOLE_MS = 10_000;
/** Who has shown nothing for so long has no camera any more. Before that, what the others show waits for its place in the file. */
const GONE_MS = 10_000;
/** How much may wait for the disk, or for a place in the file; what does not fit is left out. */
const MAX_WAITING_BYTES = 12_000_000;
/** How much may be shown before the file begins. */
const MAX_EARLY_BYTES = 4_000_000;
/** An MP4 has a table of all that is in it, which is in memory until its end: a good half hour of it. */
const MAX_ENTRIES: Readonly<Record<PictureFormat, number>> = { VP8: Infinity, H264: 200_000 };
const FLUSH_TICKS = 50;
/** Whole pictures are asked for again in ever longer intervals, as some phones never send any. */
const ASK_TICKS = 25;
const MAX_ASK_TICKS = 400;
const CLOSE_MS = 5000;

interface Camera {
  readonly reader: PictureReader;
  readonly place: (timestamp: number, now: number) => number;
  /** Of the file; undefined while it is not in it. */
  track: number | undefined;
  hasEnded: boolean;
  /** Whether anything has come of it. */
  hasCome: boolean;
  /** What the file begins with, of this one. */
  first: PictureForm | undefined;
  /** Nothing that builds on others can be shown. */
  needsWhole: boolean;
  askIn: number;
  asked: number;
  shownAt: number;
}

/** What came before the file began. */
type Early = { readonly leg: string; readonly picture: Picture; readonly ms: number } | { readonly packet: Uint8Array; readonly ms: number };

/**
 * Records pictures as they are, and the sound as one channel of Opus. A file begins with the first whole picture, and has a track for
 * each who is seen by then. When somebody comes to be seen who has none, it ends: another one is to be begun. Time is that of the sound,
 * which goes on by itself and stands still in a pause.
 */
export const videoRecorderOn = (files: SoundFiles, timers: Timers): OpenVideoRecorder => async (path, cameras, last) => {
  const format = FORMATS[extname(path)];
  if (format === undefined) throw new Error(`${path} is no name of a video file`);
  const [openFile, opus] = await Promise.all([loadVideoFiles(), loadOpus(), mkdir(dirname(path), { recursive: true })]);
  const encoder = opus.createEncoder();
  const encoded = new Uint8Array(MAX_PAYLOAD_BYTES);
  const known = new Map<string, Camera>();
  let early: Early[] = [];
  let earlyBytes = 0;
  /** Milliseconds of what was recorded. */
  let now = 0;
  let ticks = 0;
  let entries = 0;
  let isPaused = false;
  let isOver = false;
  let state: 'goesOn' | 'end' | 'failed' = 'goesOn';
  /** When the first picture was shown, with which the file begins. */
  let begunAt: number | undefined;
  let file: VideoFile | undefined;

  const isFull = (): boolean => (file?.waiting() ?? 0) > MAX_WAITING_BYTES;

  const put = (what: Early, to: VideoFile): void => {
    const ms = Math.max(0, what.ms - (begunAt ?? 0));
    entries += 1;
    if ('packet' in what) to.say(what.packet, ms);
    else {
      const track = known.get(what.leg)?.track;
      if (track !== undefined) to.show(track, what.picture, ms);
    }
  };

  const keep = (what: Early): void => {
    if (file !== undefined) {
      put(what, file);
      return;
    }
    early.push(what);
    earlyBytes += 'packet' in what ? what.packet.length : what.picture.data.length;
  };

  /** Who has no place in the file that there is. */
  const isNew = ({ track, hasEnded }: Camera): boolean => file !== undefined && (track === undefined || hasEnded);

  const shown = (leg: string, camera: Camera, picture: Picture): void => {
    if (isOver || isPaused || state !== 'goesOn') return;
    if (picture.form !== undefined) {
      camera.needsWhole = false;
      camera.asked = 0;
    }
    const ms = camera.place(picture.timestamp, now);
    if (camera.needsWhole) return;
    if (isNew(camera)) {
      // Not at once, so that who comes and goes does not cut the recording to pieces.
      if (now - (begunAt ?? now) >= GONE_MS) state = 'end';
      return;
    }
    if (isFull()) {
      camera.needsWhole = true;
      return;
    }
    begunAt ??= ms;
    camera.shownAt = now;
    camera.first ??= picture.form;
    keep({ leg, picture, ms });
  };

  const cameraOf = (leg: string): Camera => {
    const found = known.get(leg);
    if (found !== undefined) return found;
    const camera: Camera = {
      place: createTimeline(), track: undefined, hasEnded: false, hasCome: false, first: undefined, needsWhole: true, askIn: 0, asked: 0, shownAt: now,
      reader: createPictureReader({
        format,
        onPicture: (picture) => { shown(leg, camera, picture); },
        onLost: () => {
          camera.needsWhole = true;
          camera.askIn = Math.min(camera.askIn, ASK_TICKS);
        },
      }),
    };
    known.set(leg, camera);
    return camera;
  };

  /** Whether there is somebody yet to be waited for before the file begins. */
  const isAwaited = (leg: string, waited: number): boolean => {
    const camera = known.get(leg);
    return camera?.first === undefined && waited < (camera?.hasCome === true ? WAIT_FOR_WHOLE_MS : WAIT_MS);
  };

  const begin = (): void => {
    const tracks: PictureForm[] = [];
    // Whoever is to be last is.
    for (const [, camera] of [...known].toSorted(([one], [other]) => Number(one === last) - Number(other === last))) {
      if (camera.first === undefined) continue;
      camera.track = tracks.length;
      tracks.push(camera.first);
    }
    const made = openFile({ path, files, format, tracks, onFault: () => { state = 'failed'; } });
    for (const what of early) put(what, made);
    early = [];
    file = made;
  };

  /** Asks those who have no whole picture for one. */
  const ask = (): void => {
    for (const leg of cameras.legs()) {
      const camera = cameraOf(leg);
      if (!camera.needsWhole) continue;
      if (camera.askIn > 0) {
        camera.askIn -= 1;
        continue;
      }
      cameras.want(leg);
      camera.askIn = Math.min(MAX_ASK_TICKS, ASK_TICKS * 2 ** camera.asked);
      camera.asked = Math.min(camera.asked + 1, 10);
    }
  };

  const hear = (frame: Int16Array | undefined): void => {
    if (begunAt === undefined || frame === undefined) return;
    const length = encoder.encode(frame, encoded);
    if (length > 0 && !isFull()) keep({ packet: encoded.slice(0, length), ms: now });
  };

  const close = async (): Promise<{ readonly ok: boolean; readonly ms: number }> => {
    isOver = true;
    encoder.close();
    if (file === undefined && begunAt !== undefined && state !== 'failed') begin();
    if (file === undefined) return { ok: false, ms: 0 };
    const overdue = Promise.withResolvers<false>();
    const callOff = timers.after(CLOSE_MS, () => { overdue.resolve(false); });
    const isWritten = await Promise.race([file.close().then(() => true as const), overdue.promise]);
    callOff();
    return { ok: isWritten && state !== 'failed', ms: Math.max(0, now - (begunAt ?? now)) };
  };
  let closing: ReturnType<typeof close> | undefined;

  return {
    show: (leg, codec, packet) => {
      if (codec !== format || isPaused || isOver) return;
      const camera = cameraOf(leg);
      if (!camera.hasCome) {
        camera.hasCome = true;
        camera.asked = 0;
        camera.askIn = 0;
      }
      camera.reader.put(packet, now);
    },
    write: ([frame]) => {
      if (isPaused || isOver || state !== 'goesOn') return;
      hear(frame);
      now += SOUND_MS;
      ticks += 1;
      ask();
      if (file === undefined && begunAt !== undefined) {
        const waited = now - begunAt;
        if (earlyBytes > MAX_EARLY_BYTES || !cameras.legs().some((leg) => isAwaited(leg, waited))) begin();
      }
      for (const camera of known.values()) {
        if (camera.track === undefined || camera.hasEnded || now - camera.shownAt < GONE_MS) continue;
        camera.hasEnded = true;
        camera.hasCome = false;
        camera.needsWhole = true;
        file?.end(camera.track);
      }
      if (ticks % FLUSH_TICKS === 0) file?.flush();
      if (entries > MAX_ENTRIES[format]) state = 'end';
    },
    pause: () => { isPaused = true; },
    resume: () => {
      isPaused = false;
      // What comes now builds on what was left out.
      for (const camera of known.values()) {
        camera.needsWhole = true;
        camera.askIn = 0;
      }
    },
    isBroken: () => state === 'failed',
    isThrough: () => state === 'end',
    close: () => {
      closing ??= close();
      return closing;
    },
  };
};

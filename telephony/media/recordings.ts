import { FRAME_SAMPLES } from '../audio/frame.ts';
import { mixInto, type Blend } from './mixer.ts';
import type { MediaReport, PictureCodec, PlayTo } from './order.ts';
import type { VideoRecorder } from './video-recorder.ts';

/** A file that frames are written to; what becomes of it is told once. */
export interface Recorder {
  /** One frame a channel. */
  readonly write: (channels: readonly Int16Array[]) => void;
  readonly pause: () => void;
  readonly resume: () => void;
  /** Whether nothing more gets into the file, whatever is written: a full disk. */
  readonly isBroken: () => boolean;
  /** Whether it has come to an end by itself, as what there is to be recorded is not what the file is made for. */
  readonly isThrough?: () => boolean;
  /** Resolves when all is on the disk, with how long the recording is; false when it could not be written. */
  readonly close: () => Promise<{ readonly ok: boolean; readonly ms: number }>;
}

export interface Recording {
  readonly name: string;
  readonly of: PlayTo;
  readonly apart: string | undefined;
  /** What each channel hears, as the room sounds now. */
  readonly channels: readonly Blend[];
}

export interface Recordings {
  readonly find: (name: string) => Recording | undefined;
  readonly begin: (recording: Omit<Recording, 'channels'>, recorder: Recorder | VideoRecorder) => void;
  /** A packet of somebody's pictures in this room has come. */
  readonly show: (room: string, leg: string, codec: PictureCodec, packet: Uint8Array) => void;
  readonly pause: (name: string, isPaused: boolean) => void;
  readonly end: (name: string, why: 'stopped' | 'end' | 'failed') => void;
  readonly all: () => readonly Recording[];
  /** Answers those that cannot go on; mostly none. */
  readonly tick: (tick: number) => readonly Unable[];
  readonly size: () => number;
  /** Resolves when all that are ending have been written. */
  readonly idle: () => Promise<void>;
}

/** One that cannot go on, and why. */
export interface Unable {
  readonly name: string;
  readonly why: 'failed' | 'end';
}

const NONE: readonly Unable[] = [];

export function createRecordings(tell: (report: MediaReport) => void): Recordings {
  /** With the frames of each channel to fill, and those that it was given to write. */
  const recordings = new Map<string, { readonly recording: Recording; readonly recorder: Recorder; readonly frames: readonly Int16Array[]; readonly heard: Int16Array[] }>();
  const closing = new Set<Promise<void>>();
  /** Those that have pictures in them, by recording. */
  const films = new Map<string, { readonly room: string; readonly recorder: VideoRecorder }>();

  const finish = async (name: string, recorder: Recorder, why: 'stopped' | 'end' | 'failed'): Promise<void> => {
    const { ok, ms } = await recorder.close();
    tell({ kind: 'recorded', record: name, ms, why: ok ? why : 'failed' });
  };

  return {
    find: (name) => recordings.get(name)?.recording,
    begin: (recording, recorder) => {
      const channels = Array.from({ length: recording.apart === undefined ? 1 : 2 }, (): Blend => ({ sources: [], level: 1 }));
      const frames = channels.map(() => new Int16Array(FRAME_SAMPLES));
      recordings.set(recording.name, { recording: { ...recording, channels }, recorder, frames, heard: [...frames] });
      if ('show' in recorder && 'room' in recording.of) films.set(recording.name, { room: recording.of.room, recorder });
    },
    pause: (name, isPaused) => {
      const found = recordings.get(name);
      if (isPaused) found?.recorder.pause();
      else found?.recorder.resume();
    },
    end: (name, why) => {
      const found = recordings.get(name);
      if (found === undefined) return;
      recordings.delete(name);
      films.delete(name);
      const closed = finish(name, found.recorder, why);
      closing.add(closed);
      void closed.finally(() => { closing.delete(closed); });
    },
    show: (room, leg, codec, packet) => { for (const film of films.values()) if (film.room === room) film.recorder.show(leg, codec, packet); },
    all: () => [...recordings.values()].map(({ recording }) => recording),
    tick: (tick) => {
      let unable = NONE;
      for (const { recording, recorder, frames, heard } of recordings.values()) {
        for (let index = 0; index < frames.length; index += 1) {
          const [frame, blend] = [frames[index], recording.channels[index]];
          if (frame !== undefined && blend !== undefined) heard[index] = mixInto(frame, blend, tick);
        }
        recorder.write(heard);
        if (recorder.isBroken()) unable = [...unable, { name: recording.name, why: 'failed' }];
        else if (recorder.isThrough?.() === true) unable = [...unable, { name: recording.name, why: 'end' }];
      }
      return unable;
    },
    size: () => recordings.size,
    idle: async () => { await Promise.all(closing); },
  };
}

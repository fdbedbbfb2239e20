import { FRAME_SAMPLES } from '../audio/frame.ts';
import { mixInto, type Blend } from './mixer.ts';
import type { MediaReport, PlayTo } from './order.ts';

/** A file that frames are written to; what becomes of it is told once. */
export interface Recorder {
  /** One frame a channel. */
  readonly write: (channels: readonly Int16Array[]) => void;
  readonly pause: () => void;
  readonly resume: () => void;
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
  readonly begin: (recording: Omit<Recording, 'channels'>, recorder: Recorder) => void;
  readonly pause: (name: string, isPaused: boolean) => void;
  readonly end: (name: string, why: 'stopped' | 'end' | 'failed') => void;
  readonly all: () => readonly Recording[];
  readonly tick: (tick: number) => void;
  readonly size: () => number;
  /** Resolves when all that are ending have been written. */
  readonly idle: () => Promise<void>;
}

export function createRecordings(tell: (report: MediaReport) => void): Recordings {
  const recordings = new Map<string, { readonly recording: Recording; readonly recorder: Recorder; readonly frames: readonly Int16Array[] }>();
  const closing = new Set<Promise<void>>();

  const finish = async (name: string, recorder: Recorder, why: 'stopped' | 'end' | 'failed'): Promise<void> => {
    const { ok, ms } = await recorder.close();
    tell({ kind: 'recorded', record: name, ms, why: ok ? why : 'failed' });
  };

  return {
    find: (name) => recordings.get(name)?.recording,
    begin: (recording, recorder) => {
      const channels = Array.from({ length: recording.apart === undefined ? 1 : 2 }, (): Blend => ({ sources: [], level: 1 }));
      recordings.set(recording.name, { recording: { ...recording, channels }, recorder, frames: channels.map(() => new Int16Array(FRAME_SAMPLES)) });
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
      const closed = finish(name, found.recorder, why);
      closing.add(closed);
      void closed.finally(() => { closing.delete(closed); });
    },
    all: () => [...recordings.values()].map(({ recording }) => recording),
    tick: (tick) => {
      for (const { recording, recorder, frames } of recordings.values()) {
        for (const [index, blend] of recording.channels.entries()) {
          const frame = frames[index];
          if (frame !== undefined) mixInto(frame, blend, tick);
        }
        recorder.write(frames);
      }
    },
    size: () => recordings.size,
    idle: async () => { await Promise.all(closing); },
  };
}

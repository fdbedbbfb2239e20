import { FRAME_SAMPLES } from '../audio/frame.ts';
import type { MediaReport, PlayTo } from './order.ts';

/** Sound of a file, 20 ms at a time. */
export interface Sound {
  /** Fills the whole frame; silence follows what there is. False when there was nothing left. */
  readonly next: (frame: Int16Array) => boolean;
  readonly seek: (ms: number) => void;
  /** Where it is in the file. */
  readonly positionMs: () => number;
  readonly close: () => void;
}

/** One file that is being played, to a leg or to all in a room. */
export interface Play {
  readonly name: string;
  readonly to: PlayTo;
  readonly gain: number;
  isPaused: boolean;
  readonly sound: Sound;
  readonly hear: (tick: number) => Int16Array;
  /** Whether its file has come to its end. */
  readonly isOver: () => boolean;
}

export interface Plays {
  readonly find: (name: string) => Play | undefined;
  readonly begin: (name: string, to: PlayTo, sound: Sound, gain?: number) => void;
  readonly end: (name: string, why: Extract<MediaReport, { kind: 'playEnded' }>['why']) => Play | undefined;
  readonly toLeg: (leg: string) => readonly Play[];
  readonly toRoom: (room: string) => readonly Play[];
  readonly all: () => IterableIterator<Play>;
  readonly size: () => number;
}

export function createPlays(tell: (report: MediaReport) => void): Plays {
  const plays = new Map<string, Play>();
  const having = (isMeant: (to: PlayTo) => boolean): Play[] => (plays.size === 0 ? [] : [...plays.values()].filter(({ to }) => isMeant(to)));
  return {
    find: (name) => plays.get(name),
    begin: (name, to, sound, gain = 1) => {
      const frame = new Int16Array(FRAME_SAMPLES);
      let heardIn = -1;
      let isOver = false;
      const play: Play = {
        name, to, sound, gain, isPaused: false,
        hear: (tick) => {
          if (heardIn === tick) return frame;
          heardIn = tick;
          if (play.isPaused) frame.fill(0);
          else if (!isOver) isOver = !sound.next(frame);
          return frame;
        },
        isOver: () => isOver,
      };
      plays.set(name, play);
    },
    end: (name, why) => {
      const play = plays.get(name);
      if (play === undefined) return undefined;
      plays.delete(name);
      play.sound.close();
      tell({ kind: 'playEnded', play: name, why });
      return play;
    },
    toLeg: (leg) => having((to) => 'leg' in to && to.leg === leg),
    toRoom: (room) => having((to) => 'room' in to && to.room === room),
    all: () => plays.values(),
    size: () => plays.size,
  };
}

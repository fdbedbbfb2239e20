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
  /** By what they are played to: who hears what is asked whenever a room changes. */
  const byTarget = new Map<string, Set<Play>>();
  const targetOf = (to: PlayTo): string => ('leg' in to ? `leg ${to.leg}` : `room ${to.room}`);
  const playedTo = (to: PlayTo): readonly Play[] => [...byTarget.get(targetOf(to)) ?? []];
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
      const target = targetOf(to);
      byTarget.set(target, (byTarget.get(target) ?? new Set()).add(play));
    },
    end: (name, why) => {
      const play = plays.get(name);
      if (play === undefined) return undefined;
      plays.delete(name);
      const target = targetOf(play.to);
      const others = byTarget.get(target);
      others?.delete(play);
      if (others?.size === 0) byTarget.delete(target);
      play.sound.close();
      tell({ kind: 'playEnded', play: name, why });
      return play;
    },
    toLeg: (leg) => playedTo({ leg }),
    toRoom: (room) => playedTo({ room }),
    all: () => plays.values(),
    size: () => plays.size,
  };
}

import type { Timers } from '../timers.ts';
import { isUnknownCall, type Commands } from './commands.ts';
import { FAR } from './anchor.ts';

/** How many packets had come from a far end, and since when it has been as many. */
export interface Progress {
  readonly packets: number;
  readonly since: number;
}

export interface Watched {
  readonly anchor: { readonly call: string };
  progress: Progress | undefined;
}

export interface WatchOptions<Leg extends Watched> {
  readonly commands: Pick<Commands, 'ping' | 'query'>;
  readonly timers: Timers;
  readonly silentMs: number;
  /** Those of whom only rtpengine knows whether they are still there. */
  readonly legs: () => readonly Leg[];
  readonly lost: (leg: Leg, why: 'silent' | 'closed') => void;
  /** More has come from it since it was looked after last. */
  readonly heard: (leg: Leg) => void;
  /** rtpengine does not answer, or does again. */
  readonly onStanding: (isThere: boolean) => void;
}

/** So many are asked for at once. */
const MOST_AT_ONCE = 32;

/** Answers what looks after all once. rtpengine tells nobody when a far end stops, and ends a call only when all in it have. */
export function createWatch<Leg extends Watched>({ commands, timers, silentMs, legs, lost, heard, onStanding }: WatchOptions<Leg>): () => Promise<void> {
  let answeredAt = timers.now();
  let isThere = true;

  const look = async (leg: Leg): Promise<void> => {
    const seen = await commands.query(leg.anchor.call);
    const now = timers.now();
    if (!seen.ok) {
      if (isUnknownCall(seen)) lost(leg, 'closed');
      // What happened meanwhile is not known.
      else leg.progress = undefined;
      return;
    }
    const packets = seen.parties.find(({ tag }) => tag === FAR)?.streams[0]?.packets ?? 0;
    if (leg.progress?.packets !== packets) {
      if (leg.progress !== undefined) heard(leg);
      leg.progress = { packets, since: now };
    } else if (now - leg.progress.since >= silentMs) lost(leg, 'silent');
  };

  return async () => {
    const { ok } = await commands.ping();
    if (ok !== isThere) {
      isThere = ok;
      onStanding(ok);
    }
    const now = timers.now();
    if (ok) answeredAt = now;
    // Whom nobody can hold, transfer or end any more has lost the connection, whether packets flow on or not.
    else if (now - answeredAt >= silentMs) for (const leg of legs()) lost(leg, 'closed');
    if (!ok) return;
    const waiting = [...legs()];
    const workers = Array.from({ length: Math.min(MOST_AT_ONCE, waiting.length) }, async () => {
      for (let leg = waiting.pop(); leg !== undefined; leg = waiting.pop()) await look(leg);
    });
    await Promise.all(workers);
  };
}

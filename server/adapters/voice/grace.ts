import type { Channel } from '../../../telephony/sip/transport/channel.ts';
import type { Timers } from '../../../telephony/timers.ts';
import type { Leg, Media } from './legs.ts';

/** What a leg can be without for a while: its sound, or the connection by which its page is told things. */
type Part = 'sound' | 'way';

export interface Grace {
  /** The leg is up, by the call that it has now: whatever it was without is there again. */
  readonly attend: (leg: Leg) => void;
  readonly soundLost: (leg: Leg) => void;
  readonly soundFound: (leg: Leg) => void;
  /** It has ended, and waits for nobody. */
  readonly forget: (leg: Leg) => void;
}

export interface GraceDependencies {
  readonly timers: Pick<Timers, 'after'>;
  readonly media: Pick<Media, 'perform'>;
  readonly graceMs: number;
  /** The connection by which the same page has come again, if it has. */
  readonly wayBackTo: (leg: Leg) => Channel | undefined;
  /** Nobody has come back in time. */
  readonly giveUp: (leg: Leg) => void;
}

/** Nobody can call a browser: without the connection that it has opened, there is no way to it (RFC 7118 5). */
const isOpenedByThem = ({ kind }: Channel): boolean => kind === 'WS' || kind === 'WSS';

/** Legs that drop wait for a while for whoever was there: the others in the call notice no more of it than silence. */
export function createGrace({ timers, media, graceMs, wayBackTo, giveUp }: GraceDependencies): Grace {
  const waiting = new Map<Leg, Map<Part, () => void>>();
  const watched = new Map<Leg, () => void>();

  const found = (leg: Leg, part: Part): void => {
    const parts = waiting.get(leg);
    parts?.get(part)?.();
    parts?.delete(part);
    if (parts?.size === 0) waiting.delete(leg);
  };

  const miss = (leg: Leg, part: Part): void => {
    const parts = waiting.get(leg) ?? new Map<Part, () => void>();
    waiting.set(leg, parts);
    if (parts.has(part)) return;
    parts.set(part, timers.after(graceMs, () => {
      found(leg, part);
      if (part === 'sound') giveUp(leg);
      else void lookForWay(leg);
    }));
  };

  const watch = (leg: Leg): void => {
    watched.get(leg)?.();
    watched.delete(leg);
    const channel = leg.call?.channel();
    if (channel === undefined || !isOpenedByThem(channel)) return;
    let stop = (): void => undefined;
    watched.set(leg, () => { stop(); });
    stop = channel.onClose(() => {
      // It may have been heard by another one since (RFC 3261 12.2.2).
      if (leg.call?.channel() === channel) miss(leg, 'way');
      else watch(leg);
    });
  };

  const lookForWay = async (leg: Leg): Promise<void> => {
    const { call } = leg;
    if (call?.channel()?.isOpen() !== true) {
      const way = wayBackTo(leg);
      if (way === undefined) {
        // Whoever is still heard has lost nothing but its connection, and may go on talking without.
        const heard = await media.perform({ kind: 'heard', leg: leg.id });
        if (leg.state !== 'up' || leg.call !== call) return;
        if (heard.ok && (heard.ms ?? Infinity) < graceMs) miss(leg, 'way');
        else giveUp(leg);
        return;
      }
      call?.moveTo(way);
    }
    watch(leg);
  };

  const forget = (leg: Leg): void => {
    for (const callOff of waiting.get(leg)?.values() ?? []) callOff();
    waiting.delete(leg);
    watched.get(leg)?.();
    watched.delete(leg);
  };

  return {
    attend: (leg) => {
      forget(leg);
      watch(leg);
    },
    forget,
    soundLost: (leg) => { miss(leg, 'sound'); },
    soundFound: (leg) => { found(leg, 'sound'); },
  };
}

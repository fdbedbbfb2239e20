import type { Timers } from '../timers.ts';
import { isLed, targetOf, type Leg, type LedTo } from './leg.ts';
import type { Pairs } from './pairs.ts';

export interface SteeringOptions {
  readonly legs: ReadonlyMap<string, Leg>;
  readonly pairs: Pairs;
  readonly timers: Timers;
  /** Whether rtpengine is known to tell of keys: those of legs that it passes on alone nobody else hears. */
  readonly hearsKeys: () => boolean;
  /** rtpengine does not know a leg's call any more. */
  readonly onUnknown: (leg: Leg) => void;
  readonly onFault: (message: string, details: Readonly<Record<string, unknown>>) => void;
}

/** Leads legs to where they are to be. */
export interface Steering {
  /** What concerns one leg is done one after the other. */
  readonly inOrder: <Result>(leg: Leg, work: () => Promise<Result>) => Promise<Result>;
  /** Answers false where somebody is still with one whom he has to leave. */
  readonly settle: (names: Iterable<string>) => Promise<boolean>;
  /** Something was ordered for them: they need not stay where they were found. */
  readonly release: (names: ReadonlySet<string>) => ReadonlySet<string>;
}

/** A leg that could not be led stays with the engine for so long. */
const BAN_MS = 10_000;

export function createSteering({ legs, pairs, timers, hearsKeys, onUnknown, onFault }: SteeringOptions): Steering {
  const wanted = (leg: Leg): LedTo => targetOf(leg, legs.get(pairs.partnerOf(leg.name) ?? ''), hearsKeys(), timers.now());

  const inOrder: Steering['inOrder'] = (leg, work) => {
    const result = leg.queue.then(work);
    leg.queue = result.catch(() => undefined);
    return result;
  };

  const lead = async (leg: Leg): Promise<boolean> => {
    leg.leading -= 1;
    const to = wanted(leg);
    if (leg.isGone || leg.anchor.line() === undefined || isLed(leg, to)) return true;
    const place = typeof to === 'string' ? leg.engine : to;
    const led = place === undefined ? 'failed' : await leg.anchor.lead(place);
    if (led === 'ok') {
      leg.ledTo = to;
      leg.progress = undefined;
      return true;
    }
    if (led === 'unknown') onUnknown(leg);
    leg.engineUntil = timers.now() + BAN_MS;
    onFault('rtpengine did not lead a leg elsewhere', { leg: leg.name, led });
    // Its partner, who would be heard by it and not hear it, is not to go to it either. Whoever could not come back is tried again later.
    if (to !== 'engine') void settle([...pairs.around(leg.name)].filter((other) => other !== leg.name));
    return leg.ledTo === 'engine';
  };

  const settle: Steering['settle'] = async (names) => {
    const moving = [...names].flatMap((name) => legs.get(name) ?? []).filter((leg) => leg.leading > 0 || !isLed(leg, wanted(leg)));
    for (const leg of moving) leg.leading += 1;
    return (await Promise.all(moving.map((leg) => inOrder(leg, () => lead(leg))))).every(Boolean);
  };

  return {
    inOrder, settle,
    release: (names) => {
      for (const name of names) {
        const leg = legs.get(name);
        if (leg !== undefined) leg.isKept = false;
      }
      return names;
    },
  };
}

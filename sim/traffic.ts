import { CAUSE } from '@parley/core/call/call.ts';
import { exponential, type Random } from './random.ts';
import type { SimulatedVoice } from './voice.ts';

/** A time that is always the same, or is drawn for each customer. */
export type Drawn = number | ((random: Random) => number);

/** Drawn so that many of them have this mean. */
export const onAverage = (mean: number): Drawn => (random) => exponential(random, mean);

/** What became of a customer. */
export interface Contact {
  readonly outcome: 'served' | 'gaveUp' | 'turnedAway';
  readonly waitedMs: number;
  readonly talkedMs: number;
  readonly cause: number;
}

export interface Tally {
  readonly arrived: number;
  readonly waiting: number;
  readonly talking: number;
  readonly served: number;
  readonly gaveUp: number;
  readonly turnedAway: number;
}

/** Customers who call in one after another. */
export interface Traffic {
  readonly start: () => void;
  /** Nobody calls in any more; those who are on the line go on. */
  readonly stop: () => void;
  readonly tally: () => Tally;
}

export interface TrafficOptions {
  readonly voice: Pick<SimulatedVoice, 'callIn' | 'schedule'>;
  readonly random: Random;
  readonly perSecond: number;
  /** The number that they dial. */
  readonly to: string;
  /** How long they wait for a person. */
  readonly patienceMs: Drawn;
  /** How long they talk before they hang up. */
  readonly talkMs: Drawn;
  readonly over?: (contact: Contact) => void;
}

const FIRST_NUMBER = 13_800_000_000;

export function createTraffic({ voice, random, perSecond, to, patienceMs, talkMs, over = () => undefined }: TrafficOptions): Traffic {
  const { schedule } = voice;
  const counts = { arrived: 0, waiting: 0, talking: 0, served: 0, gaveUp: 0, turnedAway: 0 };
  let callOff: (() => void) | undefined;
  const draw = (time: Drawn): number => (typeof time === 'number' ? time : time(random));

  const contact = async (): Promise<void> => {
    // All that is left to chance is drawn on arrival, so that two systems under test meet the same customers.
    const [patience, talk, arrivedAt] = [draw(patienceMs), draw(talkMs), schedule.now()];
    counts.arrived += 1;
    counts.waiting += 1;
    const customer = voice.callIn({ from: String(FIRST_NUMBER + counts.arrived), to, patienceMs: patience });
    const isAttended = await customer.attended;
    const waitedUntil = schedule.now();
    counts.waiting -= 1;
    if (isAttended) {
      counts.talking += 1;
      schedule.after(talk, customer.hangUp);
    }
    const cause = await customer.ended;
    if (isAttended) counts.talking -= 1;
    const outcome = isAttended ? 'served' : cause === CAUSE.gaveUp || cause === CAUSE.normal ? 'gaveUp' : 'turnedAway';
    counts[outcome] += 1;
    over({ outcome, cause, waitedMs: waitedUntil - arrivedAt, talkedMs: isAttended ? schedule.now() - waitedUntil : 0 });
  };

  /** By the clock and not by the last arrival, which may have been late: the rate holds under load. */
  const next = (due: number): void => {
    callOff = schedule.after(Math.max(0, due - schedule.now()), () => {
      void contact();
      next(due + exponential(random, 1000 / perSecond));
    });
  };

  return {
    start: () => { if (callOff === undefined) next(schedule.now() + exponential(random, 1000 / perSecond)); },
    stop: () => {
      callOff?.();
      callOff = undefined;
    },
    tally: () => ({ ...counts }),
  };
}

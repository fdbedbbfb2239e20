import type { MediaReport } from '../media/order.ts';
import type { Anchor } from './anchor.ts';
import { hasKeys, isAlike, isSamePlace, type Place } from './line.ts';
import type { Progress } from './watch.ts';

/** Where the far end's sound is led: to the entrance of another leg, or to the built-in engine. `somewhere` until that is known again. */
export type LedTo = Place | 'engine' | 'somewhere';

export interface Leg {
  readonly name: string;
  /** The one whom it will talk with, as far as is known. */
  readonly near: string | undefined;
  /** Of the far end that it has now, and the how manieth that is. */
  anchor: Anchor;
  turn: number;
  /** What is done with it, one after the other, and how many of that are to lead it elsewhere. */
  queue: Promise<unknown>;
  leading: number;
  isUp: boolean;
  isGone: boolean;
  /** What was told of its loss. */
  lost: Extract<MediaReport, { kind: 'lost' }>['why'] | undefined;
  /** Where the built-in engine takes its sound. */
  engine: Place | undefined;
  ledTo: LedTo;
  /** It was taken over, and nothing was ordered for it yet: it stays led to where it is, so that nobody hears a gap. */
  isKept: boolean;
  /** It could not be led, or is sent keys: until then it is the engine's. */
  engineUntil: number;
  /** Our offer is not answered yet: until then nothing else may be offered. Where it is refused nobody tells. */
  offeringUntil: number;
  /** The built-in engine has heard nothing of it while it was led elsewhere, and will not say so again. */
  wasSilent: boolean;
  progress: Progress | undefined;
}

export function newLeg(name: string, anchor: Anchor, turn: number, near: string | undefined): Leg {
  return {
    name, near, anchor, turn, queue: Promise.resolve(), leading: 0, isUp: false, isGone: false, lost: undefined, engine: undefined, ledTo: 'engine', isKept: false,
    engineUntil: Number.NEGATIVE_INFINITY, offeringUntil: Number.NEGATIVE_INFINITY, wasSilent: false, progress: undefined,
  };
}

export const isLed = ({ ledTo }: Leg, to: LedTo): boolean =>
  (typeof ledTo === 'string' || typeof to === 'string' ? ledTo !== 'somewhere' && ledTo === to : isSamePlace(ledTo, to));

export const isRelayed = ({ ledTo }: Leg): boolean => ledTo !== 'engine';

const isFree = ({ isUp, isGone, anchor, engineUntil, offeringUntil }: Leg, now: number): boolean =>
  isUp && !isGone && anchor.isBothWays() && now >= engineUntil && now >= offeringUntil;

/** Where a leg is to be led, when `partner` is the one whom it talks with and nobody else is concerned. */
export function targetOf(leg: Leg, partner: Leg | undefined, hearsKeys: boolean, now: number): LedTo {
  if (leg.isKept) return leg.ledTo;
  const [line, other, entrance] = [leg.anchor.line(), partner?.anchor.line(), partner?.anchor.entrance()];
  if (!hearsKeys || partner === undefined || line === undefined || other === undefined || entrance === undefined) return 'engine';
  return isFree(leg, now) && isFree(partner, now) && isAlike(line, other) ? entrance : 'engine';
}

/** Whether its keys are told by rtpengine; those that are tones in its sound are heard by the built-in engine. */
export function hasLoggedKeys({ anchor }: Leg): boolean {
  const line = anchor.line();
  return line !== undefined && hasKeys(line);
}

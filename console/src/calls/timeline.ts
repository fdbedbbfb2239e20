import type { showCall } from '@parley/contract/admin/call.ts';
import type { Result } from '@parley/contract/operation.ts';

/* Where a call was, as bars along one axis of time. */

export type Trace = Result<typeof showCall>;
export type Segment = Trace['segments'][number];
export type Phase = 'connect' | 'queue' | 'ring' | 'talk' | 'hold' | 'flow';

export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Bar extends Span {
  readonly phase: Phase;
}

export interface Axis extends Span {
  /** Where lines are drawn, in milliseconds from the beginning. */
  readonly ticks: readonly number[];
}

const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200];
const MOST_TICKS = 8;

/** What is left of a talk without what was held of it, and that. */
function cut(talk: Span, holds: readonly Span[]): readonly Bar[] {
  const bars: Bar[] = [];
  let at = talk.from;
  for (const hold of holds.toSorted((one, other) => one.from - other.from)) {
    const [from, to] = [Math.max(hold.from, at), Math.min(hold.to, talk.to)];
    if (to <= from) continue;
    if (from > at) bars.push({ phase: 'talk', from: at, to: from });
    bars.push({ phase: 'hold', from, to });
    at = to;
  }
  if (talk.to > at || bars.length === 0) bars.push({ phase: 'talk', from: at, to: talk.to });
  return bars;
}

/** The phases of a stay at a device, one behind the other; what goes on lasts until now. */
export function barsOf({ device, enteredAt, rangAt, talkedAt, leftAt }: Segment, now: number, holds: readonly Span[] = []): readonly Bar[] {
  const to = leftAt ?? Math.max(now, enteredAt);
  if (device === 'queue' || device === 'agentQueue') return [{ phase: 'queue', from: enteredAt, to }];
  if (device === 'flow') return [{ phase: 'flow', from: enteredAt, to }];
  const rings = rangAt ?? talkedAt ?? to;
  const talks = talkedAt ?? to;
  const before: readonly Bar[] = [{ phase: 'connect', from: enteredAt, to: rings }, { phase: 'ring', from: rings, to: talks }];
  return [...before.filter(({ from, to: end }) => end > from), ...(talkedAt === null ? [] : cut({ from: talkedAt, to }, holds))];
}

/** Whole seconds of the clock between two moments, as records and figures count them: so pieces add up to the whole. */
export const secondsOf = ({ from, to }: Span): number => Math.floor(to / 1000) - Math.floor(from / 1000);

/** How long each phase lasted in all, in the order in which they first came. */
export function lengthsOf(bars: readonly Bar[]): readonly { readonly phase: Phase; readonly ms: number }[] {
  return [...Map.groupBy(bars, ({ phase }) => phase)].map(([phase, all]) => ({ phase, ms: 1000 * all.reduce((sum, bar) => sum + secondsOf(bar), 0) }));
}

/** From the beginning of the call to its end, with lines at round times. */
export function axisOf({ call, segments }: Pick<Trace, 'call' | 'segments'>, now: number): Axis {
  const from = Math.min(call.beganAt, ...segments.map(({ enteredAt }) => enteredAt));
  const to = Math.max(from + 1000, call.endedAt ?? now, ...segments.map(({ leftAt }) => leftAt ?? now));
  const step = 1000 * (STEPS_S.find((seconds) => (to - from) / (seconds * 1000) <= MOST_TICKS) ?? 86_400);
  return { from, to, ticks: Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => index * step) };
}

/** Where a bar stands on the axis, in per cent. */
export function placeOf({ from, to }: Span, axis: Span): { readonly left: number; readonly width: number } {
  const whole = axis.to - axis.from;
  return { left: ((from - axis.from) / whole) * 100, width: ((to - from) / whole) * 100 };
}

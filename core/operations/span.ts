import type { Desk, Doing, Entry, Span } from './books.ts';
import { OPERATION, type Operation } from './operation.ts';

const FIVE_MINUTES_MS = 300_000;
/** A week: nothing that lasts longer is a conversation. */
const MAX_PIECES = 2016;

/** Table 12-702, types 4 and 60: a conversation is told every five minutes of the clock, and when it is over. */
const IN_PIECES: ReadonlySet<number> = new Set([OPERATION.textTalk, OPERATION.talk]);
const GOES_ON = 1;
const IS_OVER = 0;

/** Where the clock shows five more minutes between these. */
export function cutsBetween(from: number, to: number): readonly number[] {
  const first = (Math.floor(from / FIVE_MINUTES_MS) + 1) * FIVE_MINUTES_MS;
  if ((to - first) / FIVE_MINUTES_MS > MAX_PIECES) return [];
  const cuts: number[] = [];
  for (let cut = first; cut < to; cut += FIVE_MINUTES_MS) cuts.push(cut);
  return cuts;
}

const done = ({ agent, agentType, logonSn, phone }: Desk, { type, object, cause, own, manual, phone: other }: Doing, from: number, to: number): Operation =>
  ({ agent, type, object, cause, from, to, own, phone: other ?? phone, manual, agentType, logonSn });

const findSpan = ({ spans }: Desk, key: string): Span | undefined => spans.find((span) => span.key === key);
export const isOpen = (desk: Desk, key: string): boolean => findSpan(desk, key) !== undefined;

export function open({ at }: Entry, desk: Desk, key: string, doing: Doing): void {
  if (!isOpen(desk, key)) desk.spans.push({ key, from: at, ...doing });
}

/** More is known of what goes on. */
export function amend(desk: Desk, key: string, more: Partial<Doing>): void {
  desk.spans = desk.spans.map((span) => (span.key === key ? { ...span, ...more } : span));
}

export function close(entry: Entry, desk: Desk | undefined, key: string): void {
  const span = desk === undefined ? undefined : findSpan(desk, key);
  if (desk === undefined || span === undefined) return;
  desk.spans = desk.spans.filter((one) => one !== span);
  const { rows, at } = entry;
  // Who is idle for no time at all, on the way to what was asked for, was not idle.
  if (span.type === OPERATION.idle && span.from === at) return;
  if (!IN_PIECES.has(span.type)) {
    rows.push(done(desk, span, span.from, at));
    return;
  }
  let from = span.from;
  for (const cut of cutsBetween(span.from, at)) {
    rows.push(done(desk, { ...span, cause: GOES_ON }, from, cut));
    from = cut;
  }
  rows.push(done(desk, { ...span, cause: IS_OVER }, from, at));
}

export function closeAll(entry: Entry, desk: Desk): void {
  for (const { key } of desk.spans) close(entry, desk, key);
}

/** What takes no time, or is told when it is done. */
export function tell({ rows, at }: Entry, desk: Desk | undefined, doing: Doing, from = at): void {
  if (desk !== undefined) rows.push(done(desk, doing, from, at));
}

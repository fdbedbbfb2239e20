import type { listCalls } from '@parley/contract/admin/call.ts';
import type { Input } from '@parley/contract/operation.ts';

/* What is searched for stands in the address, so that it can be shared, kept and gone back to. */

export const DIRECTIONS = ['in', 'out', 'internal'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export interface CallSearch {
  readonly isLive: boolean;
  readonly number: string;
  readonly workNo: number | undefined;
  readonly queueId: number | undefined;
  readonly direction: Direction | undefined;
  /** Code of what came of them. */
  readonly outcome: string | undefined;
  readonly isMissed: boolean;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

const NOTHING: CallSearch = { isLive: false, number: '', workNo: undefined, queueId: undefined, direction: undefined, outcome: undefined, isMissed: false, from: undefined, to: undefined };

/** A whole number of a query; whatever else somebody has written there is as good as nothing. */
export function wholeOf(text: string | null, from: number, to: number): number | undefined {
  const value = text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
  return value !== undefined && value >= from && value <= to ? value : undefined;
}

const LAST_TIME = 8_640_000_000_000_000;
export const timeOf = (text: string | null): number | undefined => wholeOf(text, 0, LAST_TIME);
export const workNoOf = (text: string | null): number | undefined => wholeOf(text, 101, 59_999);

const codeOf = (text: string | null): string | undefined => (text !== null && /^[A-Za-z0-9-]{1,50}$/.test(text) ? text : undefined);

export function readSearch(query: URLSearchParams): CallSearch {
  return {
    isLive: query.get('state') === 'live', number: (query.get('number') ?? '').trim().slice(0, 64), workNo: workNoOf(query.get('agent')), queueId: wholeOf(query.get('queue'), 1, 2000),
    direction: DIRECTIONS.find((direction) => direction === query.get('direction')), outcome: codeOf(query.get('outcome')), isMissed: query.get('missed') === 'yes', from: timeOf(query.get('from')), to: timeOf(query.get('to')),
  };
}

/** What of these is set, in a query. */
export function queryOf(given: Readonly<Record<string, string | number | undefined>>): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) if (value !== undefined && value !== '') query.set(name, String(value));
  return query;
}

export const writeSearch = ({ isLive, number, workNo, queueId, direction, outcome, isMissed, from, to }: CallSearch): URLSearchParams => queryOf({
  state: isLive ? 'live' : undefined, number: number.trim(), agent: workNo, queue: queueId, direction, outcome, missed: isMissed ? 'yes' : undefined, from, to,
});

/** Which calls: those that are over, of these the missed ones, or those that go on. */
export const KINDS = ['ended', 'missed', 'live'] as const;
export type Kind = (typeof KINDS)[number];
export const kindOf = ({ isLive, isMissed }: CallSearch): Kind => (isLive ? 'live' : isMissed ? 'missed' : 'ended');
export const ofKind = (search: CallSearch, kind: Kind): CallSearch => ({ ...search, isLive: kind === 'live', isMissed: kind === 'missed' });

/** Nothing but which calls. */
export const cleared = (search: CallSearch): CallSearch => ofKind(NOTHING, kindOf(search));
export const isNarrowed = (search: CallSearch): boolean => writeSearch({ ...search, isLive: false, isMissed: false }).size > 0;

/** Calls that go on cannot have been missed. */
export function askedOf({ isLive, number, workNo, queueId, direction, outcome, isMissed, from, to }: CallSearch): Input<typeof listCalls> {
  return {
    state: isLive ? 'live' : 'ended', limit: 50, ...(number === '' ? {} : { number }), ...(workNo === undefined ? {} : { workNo }), ...(queueId === undefined ? {} : { queueId }),
    ...(direction === undefined ? {} : { direction }), ...(outcome === undefined ? {} : { outcome }), ...(isMissed && !isLive ? { missed: true } : {}), ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }),
  };
}

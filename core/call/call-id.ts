import { MAX_VDN_ID } from '../tenant/settings.ts';

/** As many calls of one VDN would have to begin in a second before an id came again. */
const CALLS_A_SECOND = 100_000;

/**
 * Call ids are `<unix seconds>-<n>` (13.2), at most 20 characters. No two calls of the whole installation have the same, as keys
 * for all tenants name a call by nothing else: so `n` ends with the number of the VDN.
 */
export const callIdOf = (vdnId: number, counter: number, at: number): string =>
  `${Math.floor(at / 1000)}-${(counter % CALLS_A_SECOND) * (MAX_VDN_ID + 1) + vdnId}`;

/** Ids as some of 12.3 have them, with milliseconds in front instead of seconds (13.2), name the same call. */
export const canonicalCallId = (id: string): string => id.replace(/^(\d{10})\d{3}-/, '$1-');

/** The two halves of a call's id: when it began, in seconds, and its number. */
export function halvesOf(id: string): { readonly seconds: number; readonly number: number } {
  const [seconds = '', number = ''] = id.split('-');
  return { seconds: Number(seconds), number: Number(number) };
}

import { quote } from '../message/grammar.ts';
import type { Headers } from '../message/headers.ts';
import { readValue } from '../message/params.ts';

/** Why a call ends, in the words of the telephone network (Q.850), as RFC 3326 has them in requests and RFC 6432 in responses. */
export interface HangUpCause {
  readonly q850?: number;
  readonly text?: string;
}

const MOST_CAUSE = 127;
/** Normal, unspecified: that a session is lost is no wish of anybody's. */
export const LOST_CAUSE = 31;

export function writeReason({ q850, text }: HangUpCause = {}): string | undefined {
  if (q850 === undefined || !Number.isInteger(q850) || q850 < 1 || q850 > MOST_CAUSE) return undefined;
  return `Q.850;cause=${q850}${text === undefined ? '' : `;text=${quote(text)}`}`;
}

export function readReason(headers: Pick<Headers, 'list'>): { readonly q850?: number; readonly sip?: number } {
  let q850: number | undefined;
  let sip: number | undefined;
  for (const value of headers.list('Reason')) {
    const reason = readValue(value);
    const digits = reason?.params.get('cause') ?? '';
    if (reason === undefined || !/^\d{1,3}$/.test(digits)) continue;
    const protocol = reason.value.toUpperCase();
    if (protocol === 'Q.850' && Number(digits) >= 1 && Number(digits) <= MOST_CAUSE) q850 ??= Number(digits);
    else if (protocol === 'SIP') sip ??= Number(digits);
  }
  return { ...(q850 === undefined ? {} : { q850 }), ...(sip === undefined ? {} : { sip }) };
}

/** The cause alone, ready to be spread into the end of a call. */
export function causeIn(headers: Pick<Headers, 'list'>): { readonly q850?: number } {
  const { q850 } = readReason(headers);
  return q850 === undefined ? {} : { q850 };
}

import { readAddress } from './address.ts';
import { readCSeq } from './cseq.ts';
import { isDigits } from './grammar.ts';
import type { Headers } from './headers.ts';
import type { SipRequest, SipResponse } from './message.ts';
import { readUri, schemeOf } from './uri.ts';
import { topVia } from './via.ts';

/** Why a request is not processed any further, as the response to it says it. An ACK gets none (RFC 3261 17). */
export interface RequestFault {
  readonly status: 400 | 416 | 420 | 483;
  readonly reason: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RequestRules {
  /** The extensions that may be required; not said, nobody looks. */
  readonly supported?: readonly string[];
  /** Whether requests with no hops left are for us all the same, as they are for an endpoint that sends nothing on (RFC 4475 3.3.11). */
  readonly isEndpoint?: boolean;
}

const SCHEMES: readonly string[] = ['sip', 'sips', 'tel'];

/** Methods that say by Contact where we reach the other end from now on. */
const TARGETED: readonly string[] = ['INVITE', 'REGISTER', 'SUBSCRIBE', 'NOTIFY', 'UPDATE', 'REFER'];

const bad = (reason: string): RequestFault => ({ status: 400, reason });

/** What RFC 3261 8.1.1, 8.2.2 and 16.3 ask of a request, whoever processes it. */
export function validateRequest({ method, uri, headers }: SipRequest, { supported, isEndpoint = false }: RequestRules = {}): RequestFault | undefined {
  const fault = faultOf(headers);
  if (fault !== undefined) return bad(fault);
  if (readCSeq(headers.get('CSeq') ?? '')?.method !== method) return bad('CSeq has another method');

  const scheme = schemeOf(uri);
  if (scheme === undefined) return bad('Malformed Request-URI');
  if (!SCHEMES.includes(scheme)) return { status: 416, reason: 'Unsupported URI Scheme' };
  const target = readUri(uri);
  if (target === undefined) return bad('Malformed Request-URI');
  // RFC 3261 19.1.1: only those of links have headers (RFC 4475 3.1.2.11).
  if (target.headers.length > 0) return bad('Request-URI with headers');

  if (TARGETED.includes(method)) {
    const contacts = headers.list('Contact');
    const isEvery = method === 'REGISTER' && contacts.length === 1 && contacts[0] === '*';
    if (!isEvery && contacts.some((contact) => readAddress(contact) === undefined)) return bad('Malformed Contact');
  }

  const hops = headers.get('Max-Forwards');
  // Not there in requests by RFC 2543 (RFC 4475 3.4.1).
  if (hops !== undefined && (!isDigits(hops) || Number(hops) > 255)) return bad('Malformed Max-Forwards');
  // An OPTIONS asks the last hop that it reaches (RFC 3261 11).
  if (hops !== undefined && Number(hops) === 0 && !isEndpoint && method !== 'OPTIONS') return { status: 483, reason: 'Too Many Hops' };

  if (supported === undefined || method === 'ACK' || method === 'CANCEL') return undefined;
  const unsupported = headers.list('Require').filter((option) => !supported.includes(option.toLowerCase()));
  return unsupported.length === 0 ? undefined : { status: 420, reason: 'Bad Extension', headers: { Unsupported: unsupported.join(', ') } };
}

/** Whether a response has what it takes to be given to a transaction; those without are dropped. */
export function isValidResponse({ headers }: SipResponse): boolean {
  return faultOf(headers) === undefined;
}

/** What is wrong with the fields that every message has (RFC 3261 8.1.1). */
function faultOf(headers: Headers): string | undefined {
  const from = headers.get('From');
  const to = headers.get('To');
  const callId = headers.get('Call-ID');
  const cseq = headers.get('CSeq');
  if (!headers.has('Via')) return 'Missing Via';
  if (from === undefined) return 'Missing From';
  if (to === undefined) return 'Missing To';
  if (callId === undefined || callId === '') return 'Missing Call-ID';
  if (cseq === undefined) return 'Missing CSeq';
  if (topVia(headers) === undefined) return 'Malformed Via';
  if (readAddress(from) === undefined) return 'Malformed From';
  if (readAddress(to) === undefined) return 'Malformed To';
  return readCSeq(cseq) === undefined ? 'Malformed CSeq' : undefined;
}

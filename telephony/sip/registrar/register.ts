import { readAddress } from '../message/address.ts';
import type { Fields } from '../message/build.ts';
import { readCSeq } from '../message/cseq.ts';
import { printable, readNumber } from '../message/grammar.ts';
import type { SipRequest } from '../message/message.ts';
import { readUri } from '../message/uri.ts';
import type { Channel } from '../transport/channel.ts';
import type { Change, WantedContact } from './bindings.ts';

/** How long bindings stand. */
export interface Expiry {
  readonly minMs: number;
  readonly maxMs: number;
  /** Where nothing was asked for. */
  readonly defaultMs: number;
}

/** What a REGISTER asks for, or why it is not done (RFC 3261 10.3). */
export type Register =
  | { readonly kind: 'fetch' }
  /** `isOutbound`: the ways of a device were told apart (RFC 5626 6). */
  | { readonly kind: 'change'; readonly change: Change; readonly isOutbound: boolean }
  | { readonly kind: 'refused'; readonly status: number; readonly headers: Fields };

export interface RegisterLimits {
  readonly expiry: Expiry;
  readonly contacts: number;
}

export const SUPPORTED = ['path', 'outbound'];

/** What a malformed time counts as (20.10, 20.19), and what nobody may refuse (10.3, step 7). */
const HOUR_MS = 3_600_000;
const MOST_PATHS = 8;
const LONGEST_URI = 1024;
const LONGEST_INSTANCE = 256;
const LONGEST_USER_AGENT = 200;
const MOST_REG_ID = 2 ** 31 - 1;
const MOST_EVENTS = 20;
const LONGEST_EVENT = 64;
const Q = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;

const refused = (status: number, headers: Fields = {}): Register => ({ kind: 'refused', status, headers });

export function optionTags(request: SipRequest, name: 'Require' | 'Supported'): readonly string[] {
  return request.headers.list(name).map((tag) => tag.toLowerCase());
}

/** The packages of events that a telephone takes; what is no sensible name is left out (RFC 6665 8.4). */
function eventsOf(values: readonly string[]): readonly string[] {
  return values.filter((value) => value !== '' && value.length <= LONGEST_EVENT).slice(0, MOST_EVENTS).map((value) => printable(value.toLowerCase()));
}

function instanceOf(value: string | undefined): string | undefined {
  if (value === undefined || value.length > LONGEST_INSTANCE) return undefined;
  const instance = value.startsWith('<') && value.endsWith('>') ? value.slice(1, -1) : value;
  // URNs of UUIDs are the same in either case (RFC 4122 3).
  return instance === '' ? undefined : printable(instance.toLowerCase());
}

function contactOf(value: string, expires: string | undefined, isOutbound: boolean, { defaultMs, maxMs }: Expiry): WantedContact | 'unreadable' | 'notSip' {
  const address = readAddress(value);
  if (address === undefined || address.uri.length > LONGEST_URI) return 'unreadable';
  const { uri: written, params } = address;
  const uri = readUri(written);
  if (uri === undefined || uri.scheme === 'tel') return /^sips?:/i.test(written) ? 'unreadable' : 'notSip';
  const asked = params.get('expires') ?? expires;
  const seconds = asked === undefined ? undefined : readNumber(asked);
  const ms = asked === undefined ? defaultMs : seconds === undefined ? HOUR_MS : seconds * 1000;
  const q = params.get('q') ?? '';
  const instance = instanceOf(params.get('+sip.instance'));
  const regId = readNumber(params.get('reg-id') ?? '') ?? 0;
  return {
    written, uri, q: Q.test(q) ? Number(q) : 1, expiresMs: Math.min(ms, maxMs),
    ...(instance === undefined ? {} : { instance }),
    // Says nothing without a device, nor of a device that does not know what it says (RFC 5626 6).
    ...(instance === undefined || !isOutbound || regId < 1 || regId > MOST_REG_ID ? {} : { regId }),
  };
}

export function readRegister(request: SipRequest, channel: Channel, { expiry, contacts: mostContacts }: RegisterLimits): Register {
  const { headers } = request;
  const unknown = optionTags(request, 'Require').filter((tag) => !SUPPORTED.includes(tag));
  if (unknown.length > 0) return refused(420, { Unsupported: unknown.join(', ') });
  const callId = headers.get('Call-ID');
  const cseq = readCSeq(headers.get('CSeq') ?? '');
  if (callId === undefined || cseq === undefined) return refused(400);

  const values = headers.list('Contact');
  if (values.length === 0) return { kind: 'fetch' };
  const path = headers.list('Path');
  if (path.length > MOST_PATHS || path.some((value) => value.length > LONGEST_URI || readAddress(value) === undefined)) return refused(400);
  const userAgent = headers.get('User-Agent');
  const allowEvents = eventsOf(headers.list('Allow-Events'));
  const rest = {
    callId, cseq: cseq.number, channel, path,
    ...(userAgent === undefined ? {} : { userAgent: printable(userAgent.slice(0, LONGEST_USER_AGENT)) }),
    ...(allowEvents.length === 0 ? {} : { allowEvents }),
  };

  const expires = headers.get('Expires');
  if (values.includes('*')) {
    // Everything, at once, and nothing else with it (10.2.2).
    const isAll = values.length === 1 && expires !== undefined && readNumber(expires) === 0;
    return isAll ? { kind: 'change', change: { ...rest, contacts: 'removeAll' }, isOutbound: false } : refused(400);
  }
  if (values.length > mostContacts) return refused(403);
  const isOutbound = optionTags(request, 'Supported').includes('outbound');
  const contacts: WantedContact[] = [];
  for (const value of values) {
    const contact = contactOf(value, expires, isOutbound, expiry);
    if (contact === 'unreadable') return refused(400);
    // What cannot be called by SIP is not kept, and so not in the list that is answered.
    if (contact !== 'notSip') contacts.push(contact);
  }
  if (contacts.some(({ expiresMs }) => expiresMs > 0 && expiresMs < Math.min(expiry.minMs, HOUR_MS))) {
    return refused(423, { 'Min-Expires': String(Math.ceil(expiry.minMs / 1000)) });
  }

  const ways = contacts.filter(({ regId, expiresMs }) => regId !== undefined && expiresMs > 0);
  // One way is registered by itself (RFC 5626 6).
  if (ways.length > 0 && contacts.filter(({ expiresMs }) => expiresMs > 0).length > 1) return refused(400);
  // Whoever stands in between has to keep the way open, or it would be none (RFC 5626 6).
  const isVouchedFor = headers.list('Via').length <= 1 || readUri(readAddress(path.at(-1) ?? '')?.uri ?? '')?.params.has('ob') === true;
  if (ways.length > 0 && !isVouchedFor) return refused(439);
  return { kind: 'change', change: { ...rest, contacts }, isOutbound: ways.length > 0 };
}

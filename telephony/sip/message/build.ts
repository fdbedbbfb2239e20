import { tagOf, writeAddress, type Address } from './address.ts';
import { Headers } from './headers.ts';
import { NO_BODY, type SipRequest, type SipResponse } from './message.ts';
import { reasonOf } from './reasons.ts';

export interface Body {
  readonly contentType: string;
  readonly content: string | Uint8Array;
}

/** Header fields by name; of a list a field each. */
export type Fields = Readonly<Record<string, string | readonly string[]>>;

export interface RequestFields {
  readonly method: string;
  readonly uri: string;
  /** With its tag (RFC 3261 8.1.1.3). */
  readonly from: Address | string;
  readonly to: Address | string;
  readonly callId: string;
  readonly cseq: number;
  readonly maxForwards?: number;
  readonly headers?: Fields;
  readonly body?: Body;
}

const valueOf = (address: Address | string): string => (typeof address === 'string' ? address : writeAddress(address));

/** A request without its Via, which the transaction puts in (RFC 3261 8.1.1). */
export function buildRequest({ method, uri, from, to, callId, cseq, maxForwards = 70, headers, body }: RequestFields): SipRequest {
  const fields = new Headers()
    .append('Max-Forwards', String(maxForwards))
    .append('From', valueOf(from))
    .append('To', valueOf(to))
    .append('Call-ID', callId)
    .append('CSeq', `${cseq} ${method}`);
  appendFields(fields, headers);
  return { kind: 'request', method, uri, headers: fields, body: bodyOf(fields, body) };
}

export interface ResponseFields {
  /** Of ours: put behind the To of a request outside of a dialog, but not on a 100 (RFC 3261 8.2.6.2). */
  readonly toTag?: string;
  readonly headers?: Fields;
  readonly body?: Body;
}

/** A response to a request, with all that RFC 3261 8.2.6 takes over from it. */
export function responseTo(request: SipRequest, status: number, reason: string = reasonOf(status), { toTag, headers, body }: ResponseFields = {}): SipResponse {
  const fields = new Headers().copy(request.headers, 'Via', 'From');
  const to = request.headers.get('To');
  if (to !== undefined) fields.append('To', toTag === undefined || status === 100 || tagOf(to) !== undefined ? to : `${to};tag=${toTag}`);
  fields.copy(request.headers, 'Call-ID', 'CSeq');
  // RFC 3261 8.2.6.1. The time that passed in between is not worth a number.
  if (status === 100) fields.copy(request.headers, 'Timestamp');
  appendFields(fields, headers);
  return { kind: 'response', status, reason, headers: fields, body: bodyOf(fields, body) };
}

function appendFields(fields: Headers, more: Fields | undefined): void {
  if (more === undefined) return;
  for (const [name, value] of Object.entries(more)) {
    if (typeof value === 'string') fields.append(name, value);
    else for (const one of value) fields.append(name, one);
  }
}

function bodyOf(fields: Headers, body: Body | undefined): Uint8Array {
  if (body === undefined) return NO_BODY;
  fields.append('Content-Type', body.contentType);
  return typeof body.content === 'string' ? Buffer.from(body.content) : body.content;
}

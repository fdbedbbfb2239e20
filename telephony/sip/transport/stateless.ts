import { hash } from 'node:crypto';
import { responseTo, type Fields } from '../message/build.ts';
import type { SipRequest, SipResponse } from '../message/message.ts';

const TAG_LENGTH = 16;

/** A response to a request of which nothing is kept: the same each time it comes, its tag as well (RFC 3261 8.2.7). */
export function statelessResponseTo(request: SipRequest, status: number, reason?: string, headers: Fields = {}): SipResponse {
  const { headers: given } = request;
  const seed = `${given.get('Call-ID') ?? ''} ${given.get('From') ?? ''} ${given.get('CSeq') ?? ''}`;
  return responseTo(request, status, reason, { toTag: hash('sha1', seed).slice(0, TAG_LENGTH), headers });
}

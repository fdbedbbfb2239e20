import { tagOf } from '../message/address.ts';
import { readCSeq } from '../message/cseq.ts';
import type { SipRequest, SipResponse } from '../message/message.ts';
import { BRANCH_COOKIE, readVia, topVia } from '../message/via.ts';

/** The transaction of ours that a response belongs to (RFC 3261 17.1.3). */
export function clientKey(branch: string, method: string): string {
  return `${branch} ${method}`;
}

export function clientKeyOf({ headers }: SipResponse): string | undefined {
  const vias = headers.list('Via');
  const [first] = vias;
  // One with several went another way than back to us (8.1.3.3).
  if (first === undefined || vias.length > 1) return undefined;
  const branch = readVia(first)?.params.get('branch');
  const sequence = readCSeq(headers.get('CSeq') ?? '');
  return branch === undefined || sequence === undefined ? undefined : clientKey(branch, sequence.method);
}

/** What a request's transaction is found by (17.2.3): for ACK that of its INVITE, for CANCEL its own unless it is that of its INVITE that is asked for. */
export function serverKeyOf(request: SipRequest, method: string = request.method === 'ACK' ? 'INVITE' : request.method): string | undefined {
  const { headers, uri } = request;
  const via = topVia(headers);
  if (via === undefined) return undefined;
  const sentBy = `${via.host}:${via.port ?? ''}`;
  const branch = via.params.get('branch') ?? '';
  if (branch.startsWith(BRANCH_COOKIE) && branch.length > BRANCH_COOKIE.length) return `${branch} ${sentBy} ${method}`;
  // Peers of RFC 2543: what else is the same in all messages of a transaction. The tag of To is not the same in an ACK, nor would it tell two apart.
  const sequence = readCSeq(headers.get('CSeq') ?? '');
  const from = tagOf(headers.get('From')) ?? headers.get('From') ?? '';
  return sequence === undefined ? undefined : `${uri} ${headers.get('Call-ID') ?? ''} ${from} ${sequence.number} ${sentBy} ${branch} ${method}`;
}

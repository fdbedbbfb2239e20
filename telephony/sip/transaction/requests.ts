import { Headers } from '../message/headers.ts';
import { writeHost } from '../message/host.ts';
import { NO_BODY, type SipRequest, type SipResponse } from '../message/message.ts';
import type { Channel } from '../transport/channel.ts';

const MAX_FORWARDS = '70';

/** A request as it goes out: with a Via of ours before all others, and asking for the port that it is seen from (RFC 3581). */
export function withVia(request: SipRequest, { kind, local }: Channel, branch: string): SipRequest {
  const headers = request.headers.clone().prepend('Via', `SIP/2.0/${kind} ${writeHost(local.address)}:${local.port};rport;branch=${branch}`);
  if (!headers.has('Max-Forwards')) headers.append('Max-Forwards', MAX_FORWARDS);
  return { ...request, headers };
}

/** The ACK of a final response that is no 2xx (17.1.1.3). */
export function ackOf(invite: SipRequest, response: SipResponse): SipRequest {
  const ack = followUp(invite, 'ACK');
  ack.headers.set('To', response.headers.get('To') ?? '');
  return ack;
}

/** The CANCEL of an INVITE that is under way (9.1). */
export function cancelOf(invite: SipRequest, reason: string | undefined): SipRequest {
  const cancel = followUp(invite, 'CANCEL');
  if (reason !== undefined) cancel.headers.append('Reason', reason);
  return cancel;
}

/** What goes where the INVITE went, under its own Via and number. */
function followUp({ uri, headers }: SipRequest, method: 'ACK' | 'CANCEL'): SipRequest {
  const [number] = (headers.get('CSeq') ?? '').split(' ', 1);
  const own = new Headers().append('Via', headers.get('Via') ?? '').append('Max-Forwards', MAX_FORWARDS);
  own.copy(headers, 'Route', 'From', 'To', 'Call-ID').append('CSeq', `${number} ${method}`);
  return { kind: 'request', method, uri, headers: own, body: NO_BODY };
}

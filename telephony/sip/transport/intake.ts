import { readFaults, type Unreadable } from '../message/faults.ts';
import { READ_LIMITS, type ReadLimits } from '../message/head.ts';
import type { SipMessage, SipRequest } from '../message/message.ts';
import { readMessage } from '../message/read-message.ts';
import { isValidResponse, validateRequest, type RequestFault } from '../message/validate.ts';
import { replaceTopVia, topVia } from '../message/via.ts';
import { writeMessage } from '../message/write-message.ts';
import type { Channel, Place, TransportKind } from './channel.ts';
import type { CountersByKind } from './counters.ts';
import type { TransportLimits } from './limits.ts';
import { statelessResponseTo } from './stateless.ts';

/** Who decides what is looked at at all; telephony's guard is one. */
export interface Doorkeeper {
  /** Whether so many bytes from there are to be read; 0 bytes stand for a connection. */
  readonly isWelcome: (address: string, kind: TransportKind, bytes: number) => boolean;
  /** Whether somebody may be answered. */
  readonly mayAnswer?: (address: string, kind: TransportKind) => boolean;
  /** Told of what could not be read. */
  readonly fault?: (address: string, fault: 'malformed', kind: TransportKind) => void;
}

/** What becomes of bytes that come in, by whatever transport. */
export interface Intake {
  readonly readLimits: ReadLimits;
  readonly isWelcome: (address: string, kind: TransportKind, bytes: number) => boolean;
  /** Whether a response may go there by UDP: the address may be somebody else's, whom others want to flood through us. */
  readonly mayAnswer: (address: string) => boolean;
  /** Takes what is one message from its first byte to its last: a datagram, a frame. False if it is but empty lines. */
  readonly whole: (bytes: Uint8Array, channel: Channel) => boolean;
  readonly message: (message: SipMessage, channel: Channel) => void;
  readonly unreadable: (fault: Unreadable, bytes: number, channel: Channel) => void;
}

export interface IntakeDependencies {
  readonly limits: TransportLimits;
  readonly counters: CountersByKind;
  readonly guard?: Doorkeeper;
  readonly tell: (message: SipMessage, channel: Channel) => void;
}

/** An answer to a datagram may be so much longer, for its reason and its tag: no gain for whoever wants to flood somebody with answers. */
const MOST_ADDED = 64;

/** Without these nobody could tell what a response belongs to (RFC 3261 8.2.6.2). */
const NEEDED = ['From', 'To', 'Call-ID', 'CSeq'];

export function createIntake({ limits, counters, guard, tell }: IntakeDependencies): Intake {
  const readLimits: ReadLimits = { ...READ_LIMITS, headBytes: Math.min(READ_LIMITS.headBytes, limits.message), bodyBytes: limits.message };

  const answer = (request: SipRequest, bytes: number, channel: Channel, fault: Pick<RequestFault, 'headers' | 'reason'> & { readonly status: number }): void => {
    const { kind } = channel;
    const isAnswerable = request.method !== 'ACK' && topVia(request.headers) !== undefined && NEEDED.every((name) => request.headers.has(name));
    if (!isAnswerable) return;
    const response = statelessResponseTo(request, fault.status, fault.reason, fault.headers);
    // Over connections whoever asks is where he says.
    if (kind === 'UDP' && writeMessage(response).length > bytes + MOST_ADDED) return;
    counters[kind].answered += 1;
    // An answer that does not arrive is as good as none, and none is owed.
    channel.send(response).catch(() => undefined);
  };

  const count = ({ kind, remote }: Channel): void => {
    counters[kind].malformed += 1;
    guard?.fault?.(remote.address, 'malformed', kind);
  };

  const unreadable = ({ why, isResponse, request }: Unreadable, bytes: number, channel: Channel): void => {
    count(channel);
    if (isResponse || request === undefined) return;
    const { status, text } = readFaults[why];
    completeVia(request, channel.remote);
    answer(request, bytes, channel, { status, reason: text });
  };

  const take = (message: SipMessage, bytes: number, channel: Channel): void => {
    counters[channel.kind].received += 1;
    if (message.kind === 'response') {
      if (isValidResponse(message)) tell(message, channel);
      else count(channel);
      return;
    }
    completeVia(message, channel.remote);
    const fault = validateRequest(message, { isEndpoint: true });
    if (fault === undefined) {
      tell(message, channel);
      return;
    }
    if (fault.status === 400) count(channel);
    answer(message, bytes, channel, fault);
  };

  return {
    readLimits,
    isWelcome: (address, kind, bytes) => {
      const isWelcome = guard?.isWelcome(address, kind, bytes) ?? true;
      if (!isWelcome) counters[kind].unwelcome += 1;
      return isWelcome;
    },
    mayAnswer: (address) => guard?.mayAnswer?.(address, 'UDP') ?? true,
    whole: (bytes, channel) => {
      const reading = readMessage(bytes, readLimits);
      if (reading.ok) take(reading.message, bytes.length, channel);
      else if (reading.why === 'nothing') {
        counters[channel.kind].pings += 1;
        return false;
      } else unreadable(reading, bytes.length, channel);
      return true;
    },
    message: (message, channel) => { take(message, Infinity, channel); },
    unreadable,
  };
}

/** Writes down where a request came from, whatever it says of it itself (RFC 3261 18.2.1, RFC 3581 4). */
function completeVia({ headers }: SipRequest, { address, port }: Place): void {
  const via = topVia(headers);
  if (via === undefined) return;
  const wantsPort = via.params.has('rport');
  if (via.host === address && !wantsPort && !via.params.has('received')) return;
  const params = new Map(via.params).set('received', address);
  if (wantsPort) params.set('rport', String(port));
  replaceTopVia(headers, { ...via, params });
}

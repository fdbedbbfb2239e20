import type { SipRequest } from '../message/message.ts';
import type { ServerTransaction } from '../transaction/transactions.ts';
import type { SipCall } from './call.ts';

/** A call as the user agent holds it, from its INVITE until nothing of it stands any more. */
export interface LiveCall {
  readonly sip: SipCall;
  readonly localTag: string;
  /** Requests with our tag, and the ACKs of our 2xx. */
  readonly take: (transaction: ServerTransaction) => void;
  readonly takeAck: (ack: SipRequest) => void;
  /** Whether its dialog is with that end; `early` before the answer. */
  readonly isWith: (remoteTag: string) => boolean;
}

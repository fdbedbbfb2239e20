import type { SipRequest, SipResponse } from '../message/message.ts';
import type { Channel } from '../transport/channel.ts';

/** Why a request was never answered. */
export type RequestFailure = 'timeout' | 'transport';

export interface ClientListener {
  /** Provisional responses and the final one; for INVITE also a 2xx that comes again, which the dialog acknowledges again. */
  readonly response: (response: SipResponse) => void;
  readonly failed: (why: RequestFailure) => void;
}

export interface ClientTransaction {
  readonly request: SipRequest;
  /** Sends CANCEL as soon as there was a provisional response (RFC 3261 9.1); the INVITE still gets its final response. */
  readonly cancel: (reason?: string) => void;
}

export interface ServerTransaction {
  readonly request: SipRequest;
  readonly channel: Channel;
  /**
   * Sends a response, and the last one again when the request comes again. After a final one nothing more is sent, except for a 2xx
   * to an INVITE: that one is repeated by whoever has given it, through here, until its ACK is there (RFC 3261 13.3.1.4, RFC 6026 7.1).
   */
  readonly respond: (response: SipResponse) => void;
  /** The INVITE was cancelled before its final response; the CANCEL is answered already, the 487 is up to the listener. */
  readonly onCancel: (listener: (reason: string | undefined) => void) => void;
  /** The response could not be delivered: nobody acknowledged it, or the channel is gone. */
  readonly onFailed: (listener: (why: RequestFailure) => void) => void;
}

/** The transaction layer (RFC 3261 17, RFC 6026): requests and responses, retransmitted, matched, and told once. */
export interface Transactions {
  /** Puts a Via with a branch of its own before the request's others and sends it. */
  readonly request: (request: SipRequest, channel: Channel, listener: ClientListener) => ClientTransaction;
  /** Sends an ACK of a 2xx, which is no transaction. */
  readonly acknowledge: (ack: SipRequest, channel: Channel) => void;
  /** Requests that begin a server transaction. */
  readonly onRequest: (listener: (transaction: ServerTransaction) => void) => void;
  /** ACKs of a 2xx. */
  readonly onAck: (listener: (ack: SipRequest, channel: Channel) => void) => void;
  /** How many stand, for leaks to be seen. */
  readonly standing: () => number;
}

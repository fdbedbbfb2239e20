import type { Headers } from './headers.ts';

/** A SIP request (RFC 3261 7.1). Bodies are bytes: what they say is up to Content-Type. */
export interface SipRequest {
  readonly kind: 'request';
  readonly method: string;
  /** The Request-URI, as it was written. */
  readonly uri: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** A SIP response (RFC 3261 7.2). */
export interface SipResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

export type SipMessage = SipRequest | SipResponse;

export const NO_BODY = new Uint8Array(0);

/**
 * The one way out to users' URLs. Addresses are resolved once, checked and pinned; private ranges are refused unless
 * configured; redirects are not followed; every call has a deadline. Calls sent at once may arrive in any order: where order
 * matters, the next is sent when the last was answered.
 */
export interface Outgoing {
  readonly send: (request: OutgoingRequest) => Promise<OutgoingReply>;
}

export interface OutgoingRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly deadlineMs: number;
  /** The reply is no text: it is answered as bytes, of which there may be so many. */
  readonly bytes?: { readonly max: number };
}

export type OutgoingReply =
  /** `body` is empty where bytes were asked for. */
  | { readonly ok: true; readonly status: number; readonly body: string; readonly bytes?: Uint8Array }
  | { readonly ok: false; readonly why: 'bad-url' | 'forbidden-address' | 'unreachable' | 'timeout' | 'redirect' | 'reply-too-large'; readonly message: string };

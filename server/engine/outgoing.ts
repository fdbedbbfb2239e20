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
}

export type OutgoingReply =
  | { readonly ok: true; readonly status: number; readonly body: string }
  | { readonly ok: false; readonly why: 'bad-url' | 'forbidden-address' | 'unreachable' | 'timeout' | 'redirect' | 'reply-too-large'; readonly message: string };

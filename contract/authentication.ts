import type { Caller } from './handler.ts';
import type { Operation, Scheme } from './operation.ts';
import type { Refusal } from './refusal.ts';

/** What an authenticator may look at. */
export interface AuthRequest {
  readonly op: Operation;
  readonly method: string;
  /** Path and query exactly as received: signatures cover these bytes. */
  readonly rawUrl: string;
  readonly header: (name: string) => string | undefined;
  /** What stands in the path for its parameters, not yet validated. */
  readonly params: Readonly<Record<string, string | undefined>>;
  /** Bytes of the body exactly as received; empty for schemes that are checked before the body is read. */
  readonly rawBody: Uint8Array;
  /** The body as read, for schemes that carry a token in it. */
  readonly body: unknown;
  readonly source: string;
  readonly now: number;
}

export type AuthRefusal =
  | { readonly ok: false; readonly why: 'unauthenticated' | 'forbidden' | 'locked'; readonly message: string }
  /** Where the family tells reasons apart that the three above do not (the agent gateway's order of codes). */
  | { readonly ok: false; readonly why: 'refused'; readonly refusal: Refusal };

export type AuthOutcome = { readonly ok: true; readonly caller: Caller } | AuthRefusal;

export interface Authenticator {
  /** Schemes that do not need the body refuse before a byte of it is read. */
  readonly needsBody: boolean;
  readonly authenticate: (request: AuthRequest) => AuthOutcome | Promise<AuthOutcome>;
}

/** One authenticator a scheme of chapter 4; a scheme without one serves no operation. */
export type Authenticators = Partial<Record<Scheme, Authenticator>>;

export const anyone: Authenticator = {
  needsBody: false,
  authenticate: () => ({ ok: true, caller: { scheme: 'none', vdnId: 0, actor: 'anyone' } }),
};

export const refuseCaller = (why: Exclude<AuthRefusal['why'], 'refused'>, message: string): AuthRefusal => ({ ok: false, why, message });

/** The token of an `Authorization: Bearer` header. */
export function bearerToken(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const [scheme, token, ...rest] = header.trim().split(/ +/);
  return scheme?.toLowerCase() === 'bearer' && token !== undefined && rest.length === 0 ? token : undefined;
}

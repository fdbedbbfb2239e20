import type { Channel, Place } from '../transport/channel.ts';

/** Whose something is: equal names in different realms are different users. */
export interface Account {
  readonly user: string;
  readonly realm: string;
}

/** Where a user can be reached, and by which way (RFC 3261 10, RFC 5626). */
export interface Binding extends Account {
  /** What a request to it is addressed to. Where it goes says the channel only: the host may be private, or `.invalid` (RFC 7118 5). */
  readonly uri: string;
  /** By which it registered, and by which it is reached: the one that a router in between lets through. */
  readonly channel: Channel;
  /** What requests to it carry as Route, the first one first (RFC 3327). */
  readonly path: readonly string[];
  /** Which device it is, and which of its ways (RFC 5626 4.1). */
  readonly instance?: string;
  readonly regId?: number;
  readonly userAgent?: string;
  /** What it may be told by NOTIFY in a call, in lower case (Allow-Events). */
  readonly allowEvents?: readonly string[];
  /** From 0 to 1; who wants calls most has the highest. */
  readonly q: number;
  readonly expiresAt: number;
  readonly refreshedAt: number;
}

/** What has to be known of a binding by UDP to go on with it in another process: plain data. One by a connection ends with that. */
export interface KeptBinding extends Omit<Binding, 'channel' | 'expiresAt'> {
  readonly remote: Place;
  readonly leftMs: number;
  readonly callId: string;
  readonly cseq: number;
}

/** Whoever keeps bindings, so that phones need not register again before they can be called. */
export interface BindingKeeper {
  /** `keep` answers what is to be kept of it just then. */
  readonly stands: (binding: Binding, keep: () => KeptBinding) => void;
  readonly gone: (binding: Binding) => void;
}

import type { Target, TransportKind } from '../transport/channel.ts';
import type { NumberPlan, Numbering } from './number-rules.ts';

/** A machine of a carrier's. */
export interface TrunkPeer {
  readonly host: string;
  readonly port?: number;
  readonly kind: TransportKind;
  /** Those with the lowest are tried first. */
  readonly priority?: number;
  /** Of equal priority, which share of the calls it gets; 1 if it is left out. */
  readonly weight?: number;
}

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** Registering with the carrier, so that it sends us its calls. */
export interface TrunkRegistration extends Credentials {
  /** Of the address-of-record; the peer's host where it is left out. */
  readonly domain?: string;
  /** The name under which we are registered, where it is not the one of the credentials. */
  readonly account?: string;
  /** How long it is to hold; the carrier may give less. */
  readonly expiresMs?: number;
}

/** A way to the telephone network: plain data, to be read from settings. */
export interface TrunkConfig {
  readonly name: string;
  readonly peers: readonly TrunkPeer[];
  /** Addresses and networks from which its calls come, beside those of its peers. */
  readonly networks?: readonly string[];
  readonly registration?: TrunkRegistration;
  /** What its challenges of our calls are answered with; those of the registration where they are left out. */
  readonly credentials?: Credentials;
  /** With what it answers our challenges, where its calls are not known by their addresses. */
  readonly inbound?: Credentials;
  /** What we call ourselves and the called numbers at, where it is not the peer's host. */
  readonly domain?: string;
  readonly numbering?: Numbering;
  /** Which numbers it takes, and how they are to be written. */
  readonly called?: NumberPlan;
  readonly caller?: NumberPlan;
  /** The same for calls that come in: what makes them numbers as we have them. */
  readonly incomingCalled?: NumberPlan;
  readonly incomingCaller?: NumberPlan;
  readonly limits?: { readonly calls?: number; readonly callsPerSecond?: number };
  /** In order of preference. */
  readonly codecs?: readonly string[];
  /** How often its peers are asked whether they are there; 0 for never. */
  readonly healthMs?: number;
}

/** Names a peer, whatever trunk it is in. */
export function peerName({ kind, host, port }: TrunkPeer): string {
  return `${kind} ${host.toLowerCase()} ${port ?? ''}`;
}

export function targetOf({ kind, host, port }: TrunkPeer): Target {
  return { kind, host, ...(port === undefined ? {} : { port }) };
}

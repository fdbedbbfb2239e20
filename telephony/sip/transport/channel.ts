import type { SipMessage } from '../message/message.ts';

export type TransportKind = 'UDP' | 'TCP' | 'TLS' | 'WS' | 'WSS';

export interface Place {
  readonly address: string;
  readonly port: number;
}

/**
 * The way between us and one peer, by which messages come and answers go back: a connection, or for UDP a socket of ours
 * and the peer's address. What is called a flow elsewhere (RFC 5626); here flows are those of callers.
 */
export interface Channel {
  readonly kind: TransportKind;
  /** Names it while it stands: the same peer over the same socket is the same channel. */
  readonly id: string;
  /** Where the peer reaches us, for Via and Contact: by connections that we have opened too, it is where we listen. */
  readonly local: Place;
  readonly remote: Place;
  /** The web page that opened it, and the path that it asked for. */
  readonly origin?: string;
  readonly path?: string;
  readonly isOpen: () => boolean;
  /** Messages that cannot be sent reject; a datagram that is lost does not. */
  readonly send: (message: SipMessage) => Promise<void>;
  /** Told once, at once when it is closed already. Datagrams have no end. */
  readonly onClose: (listener: () => void) => () => void;
  readonly close: () => void;
}

/** Where a request is to go. The host may be a name; names are looked up by RFC 3263. */
export interface Target {
  readonly kind: TransportKind;
  readonly host: string;
  readonly port?: number;
}

/** Sockets that listen and connections that stand, whatever their kind. */
export interface Transports {
  readonly subscribe: (listener: (message: SipMessage, channel: Channel) => void) => () => void;
  /** The channel to a target: one that stands, or a new one. */
  readonly reach: (target: Target) => Promise<Channel>;
  /** Where we listen, with the ports that were given where 0 was asked for. */
  readonly listening: readonly { readonly kind: TransportKind; readonly place: Place }[];
  readonly stop: () => Promise<void>;
}

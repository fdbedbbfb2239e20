/** How much of our memory and of our sockets others can take. */
export interface TransportLimits {
  /** Bytes of a message; a datagram has no room for more. */
  readonly message: number;
  /** Connections that others have opened. */
  readonly connections: number;
  /** Of those, from one address: an office may stand behind one. */
  readonly connectionsPerAddress: number;
  /** Connections that we have opened. */
  readonly dialled: number;
  /** Bytes that wait for a peer to read them. */
  readonly unsent: number;
  /** Peers that are remembered for a UDP socket, so that each has one channel. */
  readonly datagramPeers: number;
}

export const DEFAULT_LIMITS: TransportLimits = {
  message: 65_535, connections: 10_000, connectionsPerAddress: 200, dialled: 1_000, unsent: 262_144, datagramPeers: 10_000,
};

/** How long others can make us wait, in milliseconds. */
export interface TransportTiming {
  /** For a name to be looked up. */
  readonly resolve: number;
  /** For a connection of ours to be accepted, its TLS handshake included, at each address of the target. */
  readonly connect: number;
  /** For all addresses of the target together. */
  readonly reach: number;
  /** Until a new connection has brought something whole; also for the handshakes of TLS and WebSocket. */
  readonly first: number;
  /** From a message's first byte to its last. */
  readonly message: number;
  /** Until what was sent has been read by the peer. */
  readonly unsent: number;
  /** For a connection on which nothing happens. Longer than registrations usually last, as telephones say nothing in between. */
  readonly idle: number;
  /** Between the pings that find out whether the browser at the other end of a WebSocket is still there. */
  readonly ping: number;
  /** How often the connections are looked through for those whose time is up. */
  readonly sweep: number;
  /** For what is still unsent when everything stops. */
  readonly stop: number;
}

export const DEFAULT_TIMING: TransportTiming = {
  resolve: 5_000, connect: 4_000, reach: 12_000, first: 10_000, message: 10_000, unsent: 30_000, idle: 3_900_000, ping: 30_000, sweep: 1_000, stop: 500,
};

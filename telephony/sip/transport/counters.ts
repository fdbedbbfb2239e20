import type { TransportKind } from './channel.ts';

/** What has happened since the start, of each kind of transport. */
export interface TransportCounters {
  received: number;
  sent: number;
  /** Keep-alives, of which nobody is told. */
  pings: number;
  /** Not even read, as the guard did not want it. */
  unwelcome: number;
  /** Could not be read, or are not whole messages of SIP. */
  malformed: number;
  /** Of the malformed, those that were answered. */
  answered: number;
  /** Requests sent in datagrams that the network may have to cut up. */
  oversized: number;
  /** Could not be sent. */
  unsent: number;
  /** Responses that the guard did not want to be sent. */
  withheld: number;
  opened: number;
  dialled: number;
  /** Connections beyond what is allowed. */
  turnedAway: number;
  /** Closed, as their time was up to send a whole message, or to read what was sent to them. */
  slow: number;
  idle: number;
  /** Closed, as what came could not be told apart into messages any more. */
  broken: number;
}

export type CountersByKind = Readonly<Record<TransportKind, TransportCounters>>;

function zero(): TransportCounters {
  return {
    received: 0, sent: 0, pings: 0, unwelcome: 0, malformed: 0, answered: 0, oversized: 0, unsent: 0, withheld: 0, opened: 0, dialled: 0, turnedAway: 0, slow: 0, idle: 0, broken: 0,
  };
}

export function createCounters(): CountersByKind {
  return { UDP: zero(), TCP: zero(), TLS: zero(), WS: zero(), WSS: zero() };
}

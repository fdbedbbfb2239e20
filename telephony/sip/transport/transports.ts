import type { ConnectionOptions, TlsOptions } from 'node:tls';
import type { Timers } from '../../timers.ts';
import type { SipMessage } from '../message/message.ts';
import { createLocalPlaces } from './addresses.ts';
import type { Channel, Place, Target, TransportKind, Transports } from './channel.ts';
import { createConnections } from './connections.ts';
import { createCounters, type CountersByKind } from './counters.ts';
import { openDatagrams, type Datagrams } from './datagrams.ts';
import { createDialling } from './dialling.ts';
import type { Floor, OnFault } from './floor.ts';
import { createIntake, type Doorkeeper } from './intake.ts';
import { DEFAULT_LIMITS, DEFAULT_TIMING, type TransportLimits, type TransportTiming } from './limits.ts';
import { listen, type Listening, type ListenOptions } from './listeners.ts';
import { createResolver, type Resolve } from './resolver.ts';

/** Where to listen, and how. */
export type Listen = ListenOptions | (Pick<ListenOptions, 'address' | 'port' | 'advertised'> & { readonly kind: 'UDP' });

export interface TransportsDependencies {
  readonly listen: readonly Listen[];
  readonly timers: Timers;
  readonly limits?: Partial<TransportLimits>;
  readonly timing?: Partial<TransportTiming>;
  /** Asked before anything is read. */
  readonly guard?: Doorkeeper;
  readonly onFault: OnFault;
  readonly resolve?: Resolve;
  /** For connections of TLS that we open. */
  readonly tls?: ConnectionOptions;
}

/** Transports, and what whoever has made them needs besides. */
export interface StandingTransports extends Transports {
  readonly counters: CountersByKind;
  /** How many connections stand, for leaks to be seen. */
  readonly standing: () => number;
  /** Where a target is, in the order in which its places are to be tried. */
  readonly resolve: Resolve;
  /** Another certificate for TLS and WSS, for connections from now on. */
  readonly renew: (tls: TlsOptions) => void;
  /** What WebSockets of somebody else's server are attached to. */
  readonly floor: Floor;
}

export async function createTransports({
  listen: wanted, timers, limits: givenLimits, timing: givenTiming, guard, onFault, resolve = createResolver({ timers }), tls,
}: TransportsDependencies): Promise<StandingTransports> {
  const limits = { ...DEFAULT_LIMITS, ...givenLimits };
  const timing = { ...DEFAULT_TIMING, ...givenTiming };
  const counters = createCounters();
  const localPlaces = createLocalPlaces(timers);
  const connections = createConnections({ timers, limits, timing, counters, onFault });
  const listeners = new Set<(message: SipMessage, channel: Channel) => void>();
  const tell = (message: SipMessage, channel: Channel): void => {
    for (const listener of listeners) {
      try {
        listener(message, channel);
      } catch (error) {
        onFault('a listener to messages failed', { channel: channel.id, error });
      }
    }
  };
  const intake = createIntake({ counters, tell, limits, ...(guard === undefined ? {} : { guard }) });
  const floor: Floor = { timers, limits, timing, counters, connections, intake, localPlaces, onFault };
  const datagrams: Datagrams[] = [];
  const servers: (Listening & { readonly options: ListenOptions })[] = [];
  const listening: { readonly kind: TransportKind; readonly place: Place }[] = [];

  const listensAt = (kind: 'TCP' | 'TLS', remote: string): Place | undefined => {
    const server = servers.find((candidate) => candidate.kind === kind && candidate.place.address.includes(':') === remote.includes(':'));
    return server === undefined ? undefined : localPlaces(server.place, remote, server.options.advertised);
  };
  const dialling = createDialling({ floor, tls, listensAt });

  const stopAll = async (): Promise<void> => {
    listeners.clear();
    dialling.stop();
    await Promise.all([connections, ...datagrams, ...servers].map((each) => each.stop()));
  };
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => stopping ??= stopAll();

  try {
    for (const options of wanted) {
      if (options.kind === 'UDP') {
        const { address, port, advertised } = options;
        const opened = await openDatagrams({ bind: { address, port }, advertised, intake, limits, counters: counters.UDP, localPlaces, onFault });
        datagrams.push(opened);
        listening.push({ kind: 'UDP', place: opened.place });
      } else {
        const server = await listen(floor, options);
        servers.push({ ...server, options });
        listening.push({ kind: server.kind, place: server.place });
      }
    }
  } catch (error) {
    // What is open already is closed again, so that it may be tried anew.
    await stop();
    throw error;
  }

  const reachByDatagram = (places: readonly Place[], host: string): Channel => {
    for (const suits of ['well', 'maybe']) {
      for (const place of places) {
        const socket = datagrams.find((candidate) => candidate.suits(place.address) === suits);
        if (socket !== undefined) return socket.channel(place);
      }
    }
    throw new Error(`No UDP socket of ours has a way to ${host}.`);
  };

  const reachByStream = async (kind: 'TCP' | 'TLS', places: readonly Place[], host: string): Promise<Channel> => {
    const end = timers.now() + timing.reach;
    let failure: unknown;
    for (const place of places) {
      const left = Math.min(timing.connect, end - timers.now());
      if (left <= 0) break;
      try {
        return await dialling.connect({ kind, host, place }, left);
      } catch (error) {
        // The next one may be there (RFC 3263 4.3).
        failure = error;
      }
    }
    throw new Error(`${host} was not reached by ${kind}.`, { cause: failure });
  };

  const reach = async (target: Target): Promise<Channel> => {
    const { kind, host } = target;
    // Browsers come to us, and cannot be called on (RFC 7118 5): their channels are known by those who have them.
    if (kind === 'WS' || kind === 'WSS') throw new Error(`${host} cannot be reached by WebSocket.`);
    const places = await resolve(target);
    return kind === 'UDP' ? reachByDatagram(places, host) : reachByStream(kind, places, host);
  };

  return {
    subscribe: (listener) => {
      // A function of its own, as somebody may subscribe twice with the same one.
      const own = (message: SipMessage, channel: Channel): void => { listener(message, channel); };
      listeners.add(own);
      return () => { listeners.delete(own); };
    },
    reach, listening, counters, resolve, floor, stop,
    standing: connections.size,
    renew: (renewed) => { for (const server of servers) server.renew(renewed); },
  };
}

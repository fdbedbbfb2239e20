import type { Socket } from 'node:net';
import type { Timers } from '../../timers.ts';
import type { SipMessage } from '../message/message.ts';
import { writeMessage } from '../message/write-message.ts';
import { hostAndPort } from './addresses.ts';
import type { Channel, Place, TransportKind } from './channel.ts';
import type { CountersByKind } from './counters.ts';
import type { TransportLimits, TransportTiming } from './limits.ts';

/** What a connection sends through: a socket of whichever kind. */
export interface Wire {
  readonly write: (bytes: Uint8Array, done: (error?: Error | null) => void) => void;
  /** Bytes that the peer has not read yet. */
  readonly unsent: () => number;
  /** Sends what waits to be sent, and closes. */
  readonly finish: () => void;
  readonly destroy: () => void;
  /** Asks the other end for a sign of life, where there is a way to. */
  readonly ping?: () => void;
}

export interface Connection {
  readonly channel: Channel;
  /** Bytes have come: whether something whole was among them, and whether they end amid something. */
  readonly heard: (isWhole: boolean, isAmid: boolean) => void;
  /** Sends what is no message. */
  readonly write: (bytes: Uint8Array) => void;
  readonly destroy: () => void;
  /** There is no wire any more. */
  readonly gone: () => void;
}

export interface ConnectionFields {
  readonly kind: TransportKind;
  readonly local: Place;
  readonly remote: Place;
  readonly wire: Wire;
  /** We have opened it. */
  readonly isDialled: boolean;
  /** That it is open is enough for it to stay; others have to bring a message soon. */
  readonly isProven: boolean;
  readonly origin?: string | undefined;
  readonly path?: string | undefined;
}

/** All connections that stand, of all kinds. */
export interface Connections {
  /** Whether one more that others have opened is allowed; if so, it counts until it is closed. Asked before any handshake. */
  readonly admit: (socket: Socket, address: string, kind: TransportKind) => boolean;
  readonly hasRoomToDial: () => boolean;
  /** The connection of TCP to that place that stands, whoever opened it. */
  readonly find: (remote: Place) => Channel | undefined;
  readonly add: (fields: ConnectionFields) => Connection;
  readonly size: () => number;
  /** Closes all; resolves when none of their sockets is open. */
  readonly stop: () => Promise<void>;
}

export interface ConnectionsDependencies {
  readonly timers: Timers;
  readonly limits: TransportLimits;
  readonly timing: TransportTiming;
  readonly counters: CountersByKind;
  readonly onFault: (what: string, details: Readonly<Record<string, unknown>>) => void;
}

interface Standing extends ConnectionFields {
  readonly id: string;
  readonly openedAt: number;
  heardAt: number;
  sentAt: number;
  pingedAt: number;
  hasSpoken: boolean;
  /** When the message began that is not whole yet. */
  amidSince: number | undefined;
  unsentSince: number | undefined;
  isOpen: boolean;
  readonly closing: Set<() => void>;
}

export function createConnections({ timers, limits, timing, counters, onFault }: ConnectionsDependencies): Connections {
  const standing = new Set<Standing>();
  /** Those whose sockets are open, while they are being closed too. */
  const wired = new Set<Standing>();
  let unwired: (() => void) | undefined;
  const perAddress = new Map<string, number>();
  const byPlace = new Map<string, Channel>();
  let incoming = 0;
  let dialled = 0;
  let sequence = 0;
  let isStopped = false;
  let stopSweeping: (() => void) | undefined;

  const count = (address: string, by: 1 | -1): void => {
    incoming += by;
    const now = (perAddress.get(address) ?? 0) + by;
    if (now === 0) perAddress.delete(address);
    else perAddress.set(address, now);
  };

  const remove = (connection: Standing): void => {
    if (!connection.isOpen) return;
    connection.isOpen = false;
    standing.delete(connection);
    if (connection.isDialled) dialled -= 1;
    const name = hostAndPort(connection.remote);
    if (byPlace.get(name)?.id === connection.id) byPlace.delete(name);
    for (const listener of connection.closing) {
      try {
        listener();
      } catch (error) {
        onFault('a listener to the end of a connection failed', { kind: connection.kind, error });
      }
    }
    connection.closing.clear();
    if (standing.size > 0) return;
    stopSweeping?.();
    stopSweeping = undefined;
  };

  const destroy = (connection: Standing): void => {
    connection.wire.destroy();
    remove(connection);
  };

  const check = (connection: Standing, now: number): void => {
    const { kind, wire, openedAt, heardAt, sentAt, amidSince } = connection;
    if (wire.unsent() === 0) connection.unsentSince = undefined;
    else connection.unsentSince ??= now;
    const isMute = !connection.hasSpoken && now - openedAt >= timing.first;
    const isTrickling = amidSince !== undefined && now - amidSince >= timing.message;
    const isDeaf = connection.unsentSince !== undefined && now - connection.unsentSince >= timing.unsent;
    const isDead = connection.pingedAt > heardAt && now - connection.pingedAt >= timing.ping;
    if (isMute || isTrickling || isDeaf || isDead) {
      counters[kind].slow += 1;
      destroy(connection);
    } else if (now - Math.max(heardAt, sentAt) >= timing.idle) {
      counters[kind].idle += 1;
      wire.finish();
      remove(connection);
    } else if (wire.ping !== undefined && now - heardAt >= timing.ping && connection.pingedAt <= heardAt) {
      connection.pingedAt = now;
      wire.ping();
    }
  };

  // One look at all of them now and then costs less than timers of their own, which each message would set anew.
  const sweep = (): void => {
    stopSweeping = timers.after(timing.sweep, sweep);
    const now = timers.now();
    for (const connection of standing) check(connection, now);
  };

  const send = (connection: Standing, message: SipMessage): Promise<void> => {
    const { kind, wire } = connection;
    if (!connection.isOpen) return Promise.reject(new Error(`The ${kind} connection to ${hostAndPort(connection.remote)} is closed.`));
    const bytes = writeMessage(message);
    if (wire.unsent() + bytes.length > limits.unsent) {
      counters[kind].slow += 1;
      counters[kind].unsent += 1;
      destroy(connection);
      return Promise.reject(new Error(`${hostAndPort(connection.remote)} does not read what it is sent by ${kind}.`));
    }
    connection.sentAt = timers.now();
    return new Promise((resolve, reject) => {
      wire.write(bytes, (error) => {
        if (error === undefined || error === null) {
          counters[kind].sent += 1;
          resolve();
        } else {
          counters[kind].unsent += 1;
          reject(error);
        }
      });
    });
  };

  const channelOf = (connection: Standing): Channel => {
    const { id, kind, local, remote, origin, path } = connection;
    return {
      id, kind, local, remote,
      ...(origin === undefined ? {} : { origin }),
      ...(path === undefined ? {} : { path }),
      isOpen: () => connection.isOpen,
      send: (message) => send(connection, message),
      onClose: (listener) => {
        if (!connection.isOpen) {
          listener();
          return () => undefined;
        }
        // A function of its own, as somebody may ask twice with the same one.
        const own = (): void => { listener(); };
        connection.closing.add(own);
        return () => { connection.closing.delete(own); };
      },
      close: () => {
        if (connection.isOpen) connection.wire.finish();
        remove(connection);
      },
    };
  };

  const enter = (connection: Standing): void => {
    const { kind, isDialled } = connection;
    standing.add(connection);
    if (isDialled) dialled += 1;
    counters[kind][isDialled ? 'dialled' : 'opened'] += 1;
    stopSweeping ??= timers.after(timing.sweep, sweep);
  };

  return {
    admit: (socket, address, kind) => {
      if (incoming >= limits.connections || (perAddress.get(address) ?? 0) >= limits.connectionsPerAddress) {
        counters[kind].turnedAway += 1;
        return false;
      }
      count(address, 1);
      socket.once('close', () => { count(address, -1); });
      return true;
    },
    hasRoomToDial: () => dialled < limits.dialled,
    find: (remote) => byPlace.get(hostAndPort(remote)),
    size: () => standing.size,
    add: (fields) => {
      const now = timers.now();
      sequence += 1;
      const connection: Standing = {
        ...fields, id: `${fields.kind}:${sequence}`, openedAt: now, heardAt: now, sentAt: now, pingedAt: -Infinity, hasSpoken: fields.isProven,
        amidSince: undefined, unsentSince: undefined, isOpen: true, closing: new Set(),
      };
      wired.add(connection);
      // A handshake may end after everything else has.
      if (isStopped) {
        connection.isOpen = false;
        fields.wire.destroy();
      } else enter(connection);
      const channel = channelOf(connection);
      if (!isStopped && fields.kind === 'TCP') byPlace.set(hostAndPort(fields.remote), channel);
      return {
        channel,
        heard: (isWhole, isAmid) => {
          connection.heardAt = timers.now();
          if (isWhole) {
            connection.hasSpoken = true;
            connection.amidSince = undefined;
          }
          if (isAmid) connection.amidSince ??= connection.heardAt;
        },
        write: (bytes) => {
          if (connection.wire.unsent() + bytes.length > limits.unsent) destroy(connection);
          else connection.wire.write(bytes, () => undefined);
        },
        destroy: () => { destroy(connection); },
        gone: () => {
          remove(connection);
          wired.delete(connection);
          if (wired.size === 0) unwired?.();
        },
      };
    },
    stop: () => new Promise((resolve) => {
      isStopped = true;
      unwired = resolve;
      for (const connection of standing) {
        connection.wire.finish();
        remove(connection);
      }
      stopSweeping?.();
      stopSweeping = undefined;
      if (wired.size === 0) resolve();
    }),
  };
}

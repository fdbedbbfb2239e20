import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { hostAndPort, plainAddress } from './addresses.ts';
import type { Channel, Place } from './channel.ts';
import type { Floor } from './floor.ts';
import { attachStream, KEEP_ALIVE_MS } from './streams.ts';

/** A connection that is wanted. */
export interface Wanted {
  readonly kind: 'TCP' | 'TLS';
  /** Whom the certificate of TLS has to name (RFC 5922 7). */
  readonly host: string;
  readonly place: Place;
}

export interface DiallingDependencies {
  readonly floor: Floor;
  /** What Node is to know of TLS: authorities, a certificate of our own. */
  readonly tls?: ConnectionOptions | undefined;
  /** Where peers reach us by this kind of transport; undefined where they do not. */
  readonly listensAt: (kind: 'TCP' | 'TLS', remote: string) => Place | undefined;
}

export interface Dialling {
  /** The connection that stands already, the one that is being opened, or a new one; rejects when there is none in time. */
  readonly connect: (wanted: Wanted, ms: number) => Promise<Channel>;
  readonly stop: () => void;
}

export function createDialling({ floor, tls, listensAt }: DiallingDependencies): Dialling {
  const opened = new Map<string, Promise<Channel>>();
  const opening = new Set<Socket>();
  let isStopped = false;

  const open = async ({ kind, host, place }: Wanted, ms: number): Promise<Channel> => {
    // Whatever becomes of it, that is later than when it was asked for.
    await Promise.resolve();
    if (isStopped) throw new Error('Everything is being closed.');
    if (opening.size >= floor.limits.dialled || !floor.connections.hasRoomToDial()) throw new Error('There are too many connections already.');
    const socket = start(kind, host, place, tls);
    opening.add(socket);
    try {
      await connected(socket, kind === 'TLS' ? 'secureConnect' : 'connect', floor, ms, hostAndPort(place));
    } finally {
      opening.delete(socket);
    }
    const own: Place = { address: plainAddress(socket.localAddress ?? ''), port: socket.localPort ?? 0 };
    return attachStream({ floor, socket, kind, local: listensAt(kind, place.address) ?? own, isDialled: true }).channel;
  };

  const remember = async (name: string, wanted: Wanted, ms: number): Promise<Channel> => {
    try {
      const channel = await open(wanted, ms);
      channel.onClose(() => { opened.delete(name); });
      return channel;
    } catch (error) {
      opened.delete(name);
      throw error;
    }
  };

  return {
    connect: (wanted, ms) => {
      const { kind, host, place } = wanted;
      const standing = kind === 'TCP' ? floor.connections.find(place) : undefined;
      if (standing !== undefined) return Promise.resolve(standing);
      // A certificate speaks for the name that it was asked for, so that connections of TLS are shared by name (RFC 5923 9.1).
      const key = kind === 'TLS' ? `${host} ${hostAndPort(place)}` : hostAndPort(place);
      const name = `${kind} ${key}`;
      const known = opened.get(name);
      if (known !== undefined) return known;
      const attempt = remember(name, wanted, ms);
      opened.set(name, attempt);
      return attempt;
    },
    stop: () => {
      isStopped = true;
      for (const socket of opening) socket.destroy(new Error('Everything is being closed.'));
    },
  };
}

function start(kind: 'TCP' | 'TLS', host: string, { address, port }: Place, tls: ConnectionOptions | undefined): Socket {
  const common = { host: address, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS };
  if (kind === 'TCP') return connect(common);
  // An address is no name for SNI (RFC 6066 3); the certificate has to name it all the same.
  return connectTls({ minVersion: 'TLSv1.2', ...tls, ...common, ...(isIP(host) === 0 ? { servername: host } : {}) });
}

function connected(socket: Socket, event: 'connect' | 'secureConnect', { timers }: Floor, ms: number, to: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const callOff = timers.after(ms, () => { socket.destroy(new Error(`${to} did not accept a connection in time.`)); });
    const settle = (error?: Error): void => {
      callOff();
      socket.off('error', failed);
      socket.off('close', closed);
      socket.off(event, succeeded);
      if (error === undefined) {
        resolve();
        return;
      }
      // What comes after is the same failure once more.
      socket.on('error', () => { socket.destroy(); });
      reject(error);
    };
    const failed = (error: Error): void => { settle(error); };
    const closed = (): void => { settle(new Error(`${to} closed the connection at once.`)); };
    const succeeded = (): void => { settle(); };
    socket.once('error', failed).once('close', closed).once(event, succeeded);
  });
}

import { createSocket, type Socket } from 'node:dgram';
import { isIP, isIPv6 } from 'node:net';
import { secureRandom, type Random } from './random.ts';
import { realTimers, type Timers } from '../timers.ts';

/** Bound sockets for one leg's media: RTP on the even port, RTCP on the odd one behind it (RFC 3550 11). */
export interface PortPair {
  readonly address: string;
  readonly port: number;
  readonly rtp: Socket;
  /** Absent where RTCP goes through the same port from the start (RFC 5761). */
  readonly rtcp: Socket | undefined;
  /** Closes the sockets and gives the ports back. More than once does no harm. */
  readonly release: () => void;
}

export interface PortsOptions {
  /** The first and the last port that may be used. */
  readonly from: number;
  readonly to: number;
  /** Where the sockets are bound. */
  readonly address: string;
  /** Ports rest so long after use: what is still under way to the call before must not reach the next. */
  readonly pauseMs?: number;
  /** What the kernel holds for a socket while the process does something else; it may grant less. */
  readonly bufferBytes?: number;
  readonly timers?: Timers;
  readonly random?: Random;
}

export interface Ports {
  /** Undefined where all ports are in use, resting, or somebody else's. */
  readonly take: (options?: { readonly rtcpMux?: boolean }) => Promise<PortPair | undefined>;
  /** How many pairs could be taken now, and how many are taken. */
  readonly free: () => number;
  readonly taken: () => number;
}

/** Some ports may be another program's; where so many in a row are, the range is wrong. */
const MAX_ATTEMPTS = 16;
const BIND_MS = 2_000;
/** More than a second of packets of 20 ms, with what the kernel adds to each. */
const BUFFER_BYTES = 131_072;

export function createPorts(options: PortsOptions): Ports {
  const { from, to, address, pauseMs = 5_000, bufferBytes = BUFFER_BYTES, timers = realTimers, random = secureRandom } = options;
  if (isIP(address) === 0) throw new TypeError(`Not an IP address: ${address}`);
  const first = from + (from % 2);
  const pairs = Math.max(0, Math.floor((Math.min(65_535, to) - first + 1) / 2));
  /** Pairs that can be taken, in a ring: what rested longest comes first, and the first round is in an order nobody can guess. */
  const ring = shuffle(Uint16Array.from({ length: pairs }, (_, i) => first + 2 * i), random);
  const restsUntil = new Float64Array(pairs).fill(Number.NEGATIVE_INFINITY);
  let head = 0;
  let waiting = pairs;
  let taken = 0;

  const takePort = (): number | undefined => {
    if (waiting === 0 || (restsUntil[head] ?? 0) > timers.now()) return undefined;
    const port = ring[head];
    head = (head + 1) % pairs;
    waiting -= 1;
    return port;
  };

  const givePort = (port: number): void => {
    const place = (head + waiting) % pairs;
    ring[place] = port;
    restsUntil[place] = timers.now() + pauseMs;
    waiting += 1;
  };

  const open = async (port: number, rtcpMux: boolean): Promise<PortPair | undefined> => {
    const rtp = await bindSocket(address, port, bufferBytes, timers);
    if (rtp === undefined) return undefined;
    const rtcp = rtcpMux ? undefined : await bindSocket(address, port + 1, bufferBytes, timers);
    if (rtcp === undefined && !rtcpMux) {
      closeSocket(rtp);
      return undefined;
    }
    let isReleased = false;
    const release = (): void => {
      if (isReleased) return;
      isReleased = true;
      taken -= 1;
      closeSocket(rtp);
      if (rtcp !== undefined) closeSocket(rtcp);
      givePort(port);
    };
    return { address, port, rtp, rtcp, release };
  };

  return {
    take: async ({ rtcpMux = false } = {}) => {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
        const port = takePort();
        if (port === undefined) return undefined;
        taken += 1;
        const pair = await open(port, rtcpMux);
        if (pair !== undefined) return pair;
        taken -= 1;
        givePort(port);
      }
      return undefined;
    },
    free: () => {
      const now = timers.now();
      let count = 0;
      for (let i = 0; i < waiting; i += 1) if ((restsUntil[(head + i) % pairs] ?? 0) <= now) count += 1;
      return count;
    },
    taken: () => taken,
  };
}

function shuffle(ports: Uint16Array, random: Random): Uint16Array {
  for (let i = ports.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    const port = ports[i] ?? 0;
    ports[i] = ports[j] ?? 0;
    ports[j] = port;
  }
  return ports;
}

function closeSocket(socket: Socket): void {
  try {
    socket.close();
  } catch {
    // Node says by throwing that it was closed already, which is what is wanted.
    return;
  }
}

/** A socket as ends need it; undefined where the port cannot be had. Its errors do not throw, whoever listens to them besides. */
export function bindSocket(address: string, port: number, bufferBytes = BUFFER_BYTES, timers = realTimers): Promise<Socket | undefined> {
  const { promise, resolve } = Promise.withResolvers<Socket | undefined>();
  const socket = createSocket({
    type: isIPv6(address) ? 'udp6' : 'udp4', ipv6Only: isIPv6(address), recvBufferSize: bufferBytes, sendBufferSize: bufferBytes,
    // Only addresses are ever sent to: nothing is looked up, and nothing waits for a turn of the event loop.
    lookup: (host, _options, callback) => { callback(null, host, isIPv6(host) ? 6 : 4); },
  });
  const fail = (): void => {
    closeSocket(socket);
    resolve(undefined);
  };
  const cancel = timers.after(BIND_MS, fail);
  socket.once('error', fail);
  // Stays for ever: errors of sending and of ICMP come here as well.
  socket.on('error', () => undefined);
  socket.once('listening', () => {
    cancel();
    socket.off('error', fail);
    resolve(socket);
  });
  socket.once('close', cancel);
  socket.bind({ address, port, exclusive: true });
  return promise;
}

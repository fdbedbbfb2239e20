import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { SipMessage } from '../message/message.ts';
import { writeMessage } from '../message/write-message.ts';
import { hostAndPort, isAny, type Advertised, type LocalPlaces } from './addresses.ts';
import type { Channel, Place } from './channel.ts';
import type { TransportCounters } from './counters.ts';
import type { Intake } from './intake.ts';
import type { TransportLimits } from './limits.ts';

/** What is meant to be sent in one datagram at most, where the way there is not known (RFC 3261 18.1.1). */
const LARGE_REQUEST = 1_300;
/** The most that UDP carries over IPv4. */
const LARGEST_DATAGRAM = 65_507;
/** Of what our own kernel does not take at once. */
const MOST_UNSENT = 4_194_304;
const RECEIVE_BUFFER = 4_194_304;

export interface DatagramsDependencies {
  readonly bind: Place;
  readonly advertised?: Advertised | undefined;
  readonly intake: Intake;
  readonly limits: TransportLimits;
  readonly counters: TransportCounters;
  readonly localPlaces: LocalPlaces;
  readonly onFault: (what: string, details: Readonly<Record<string, unknown>>) => void;
}

/** One socket of UDP, and the peers behind it. */
export interface Datagrams {
  readonly place: Place;
  /** Whether there is a way from this socket to that address, as far as one can tell. */
  readonly suits: (address: string) => 'well' | 'maybe' | 'no';
  readonly channel: (remote: Place) => Channel;
  readonly stop: () => Promise<void>;
}

export async function openDatagrams({ bind, advertised, intake, limits, counters, localPlaces, onFault }: DatagramsDependencies): Promise<Datagrams> {
  const isSix = isIPv6(bind.address);
  const socket = createSocket({
    type: isSix ? 'udp6' : 'udp4', ipv6Only: isSix, recvBufferSize: RECEIVE_BUFFER,
    // Places are addresses always; asking the system for each datagram again would take longer than sending it.
    lookup: (address, _options, done) => { done(null, address, isSix ? 6 : 4); },
  });
  const channels = new Map<string, Channel>();
  let isOpen = true;

  const send = (message: SipMessage, remote: Place): Promise<void> => {
    if (!isOpen) return Promise.reject(new Error('The UDP socket is closed.'));
    if (message.kind === 'response' && !intake.mayAnswer(remote.address)) {
      // To whoever really asked it is as if it had got lost.
      counters.withheld += 1;
      return Promise.resolve();
    }
    const bytes = writeMessage(message);
    if (bytes.length > LARGEST_DATAGRAM || socket.getSendQueueSize() > MOST_UNSENT) {
      counters.unsent += 1;
      return Promise.reject(new Error(`A message of ${bytes.length} bytes cannot be sent to ${hostAndPort(remote)} by UDP now.`));
    }
    // Where it was UDP that was asked for, it is sent by UDP: 18.1.1 would have TCP tried first, which peers that name UDP seldom accept.
    if (message.kind === 'request' && bytes.length > LARGE_REQUEST) counters.oversized += 1;
    return sendBytes(socket, bytes, remote, counters);
  };

  const create = (id: string, remote: Place): Channel => ({
    id, remote,
    kind: 'UDP',
    local: localPlaces(place, remote.address, advertised),
    isOpen: () => isOpen,
    send: (message) => send(message, remote),
    onClose: () => () => undefined,
    close: () => undefined,
  });

  const channel = (remote: Place): Channel => {
    const name = hostAndPort(remote);
    const known = channels.get(name);
    if (known !== undefined) return known;
    const made = create(`UDP:${place.port}:${name}`, { address: remote.address, port: remote.port });
    channels.set(name, made);
    // Nothing is lost with it: whoever holds it still sends by it.
    const [oldest] = channels.keys();
    if (channels.size > limits.datagramPeers && oldest !== undefined) channels.delete(oldest);
    return made;
  };

  socket.on('message', (bytes, remote) => {
    // A source port of 0 means that nobody expects an answer (RFC 768).
    if (remote.port === 0 || !intake.isWelcome(remote.address, 'UDP', bytes.length)) return;
    intake.whole(bytes, channel(remote));
  });
  await bound(socket, bind);
  socket.on('error', (error) => { onFault('a UDP socket failed', { place, error }); });
  const { address, port } = socket.address();
  const place: Place = { address, port };

  return {
    place, channel,
    suits: (remote) => {
      if (isIPv6(remote) !== isSix) return 'no';
      return isAny(address) || localPlaces({ address: isSix ? '::' : '0.0.0.0', port }, remote).address === address ? 'well' : 'maybe';
    },
    stop: () => new Promise((resolve) => {
      if (!isOpen) {
        resolve();
        return;
      }
      isOpen = false;
      channels.clear();
      socket.close(() => { resolve(); });
    }),
  };
}

function bound(socket: Socket, { address, port }: Place): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind({ address, port }, () => {
      socket.off('error', reject);
      resolve();
    });
  });
}

function sendBytes(socket: Socket, bytes: Uint8Array, { address, port }: Place, counters: TransportCounters): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send(bytes, port, address, (error) => {
      if (error === null) {
        counters.sent += 1;
        resolve();
      } else {
        counters.unsent += 1;
        reject(error);
      }
    });
  });
}

import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { canonicalAddress, isLocalAddress } from '../rtp/address.ts';

/** A key that rtpengine has seen going through a call. */
export interface LoggedKey {
  readonly call: string;
  /** The tag of the party that pressed it. */
  readonly from: string;
  readonly key: string;
}

export interface KeyLogOptions {
  /** Where rtpengine's setting `dtmf-log-dest` points to. */
  readonly address: string;
  readonly port: number;
  /** Whether a sender is believed. If nothing is said, those of the local networks are: whoever may send can press keys in any call. */
  readonly isTrusted?: (address: string) => boolean;
}

/** Listens to the keys that rtpengine tells of (`--dtmf-log-dest`): a datagram of JSON at the end of each. */
export interface KeyLog {
  readonly onKey: (listener: (key: LoggedKey) => void) => () => void;
  /** Resolves when it listens; rejects where it cannot. */
  readonly ready: Promise<{ readonly port: number }>;
  readonly close: () => void;
}

/** Of an entry with tags and labels; what is longer is none. */
const MOST_BYTES = 4_096;
/** RFC 4733 3.2: events 0 to 15 are the keys. */
const KEYS = '0123456789*#ABCD';

export function createKeyLog({ address, port, isTrusted = isLocalAddress }: KeyLogOptions): KeyLog {
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  const listeners = new Set<(key: LoggedKey) => void>();
  const ready = new Promise<{ readonly port: number }>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, address, () => {
      socket.off('error', reject);
      // What the network says later changes nothing for a socket that only listens.
      socket.on('error', () => undefined);
      resolve({ port: socket.address().port });
    });
  });
  let isClosed = false;
  socket.on('message', (datagram, sender) => {
    if (datagram.length > MOST_BYTES || !isTrusted(canonicalAddress(sender.address))) return;
    const key = readLoggedKey(datagram.toString('utf8'));
    if (key !== undefined) for (const listener of listeners) listener(key);
  });
  return {
    onKey: (listener) => {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
    ready,
    close: () => {
      if (isClosed) return;
      isClosed = true;
      listeners.clear();
      socket.close();
    },
  };
}

/** Undefined for whatever is no key. */
export function readLoggedKey(text: string): LoggedKey | undefined {
  let entry: unknown;
  try {
    entry = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { callid, source_tag: from, event, type } = entry as Readonly<Record<string, unknown>>;
  if (type !== 'DTMF' || typeof callid !== 'string' || typeof from !== 'string' || typeof event !== 'number') return undefined;
  const key = KEYS[event];
  return key === undefined ? undefined : { call: callid, from, key };
}

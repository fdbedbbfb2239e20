import type { SipMessage } from '../../message/message.ts';
import type { Channel, Place, TransportKind, Transports } from '../channel.ts';

/** A channel that keeps what is sent by it, without any network. */
export interface FakeChannel extends Channel {
  readonly sent: SipMessage[];
  /** From now on nothing can be sent, or again. */
  readonly breakDown: (isBroken: boolean) => void;
  /** How many wait for its end. */
  readonly listeners: () => number;
}

export interface FakeTransports extends Transports {
  readonly channel: (kind: TransportKind, onSend?: (message: SipMessage) => void) => FakeChannel;
  readonly receive: (message: SipMessage, channel: Channel) => void;
}

const LOCAL: Place = { address: '192.0.2.1', port: 5060 };
const REMOTE: Place = { address: '192.0.2.2', port: 5060 };

/** Transports of which a test is the other end. Whoever is to be reached is reached by a new channel, unless there is another. */
export function fakeTransports(reached?: () => Channel): FakeTransports {
  const listeners = new Set<(message: SipMessage, channel: Channel) => void>();
  let sequence = 0;

  const channel = (kind: TransportKind, onSend: (message: SipMessage) => void = () => undefined): FakeChannel => {
    const sent: SipMessage[] = [];
    const closing = new Set<() => void>();
    let isOpen = true;
    let isBroken = false;
    sequence += 1;
    return {
      kind, sent, id: `${kind}:${sequence}`, local: LOCAL, remote: REMOTE,
      isOpen: () => isOpen,
      listeners: () => closing.size,
      breakDown: (broken) => { isBroken = broken; },
      send: (message) => {
        if (isBroken || !isOpen) return Promise.reject(new Error('There is no way.'));
        sent.push(message);
        onSend(message);
        return Promise.resolve();
      },
      onClose: (listener) => {
        if (!isOpen) {
          listener();
          return () => undefined;
        }
        const own = (): void => { listener(); };
        closing.add(own);
        return () => { closing.delete(own); };
      },
      close: () => {
        // Datagrams have no end.
        if (!isOpen || kind === 'UDP') return;
        isOpen = false;
        for (const listener of closing) listener();
        closing.clear();
      },
    };
  };

  return {
    channel,
    receive: (message, from) => { for (const listener of listeners) listener(message, from); },
    subscribe: (listener) => {
      const own = (message: SipMessage, from: Channel): void => { listener(message, from); };
      listeners.add(own);
      return () => { listeners.delete(own); };
    },
    reach: ({ kind }) => Promise.resolve(reached?.() ?? channel(kind)),
    listening: [],
    stop: () => Promise.resolve(),
  };
}

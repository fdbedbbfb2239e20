import type { Timers } from '../../../timers.ts';
import type { SipMessage } from '../../message/message.ts';
import type { Channel, Transports } from '../channel.ts';

export interface LossyOptions {
  readonly timers: Timers;
  readonly seed: number;
  /** Shares of the datagrams, from 0 to 1. */
  readonly lost?: number;
  readonly doubled?: number;
  /** Those that come later than others that were sent after them. */
  readonly late?: number;
  /** By so much at most. */
  readonly lateBy?: number;
}

const LATE_BY_MS = 20;

/** The same numbers for the same seed (Mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Makes a bad network of a good one, both ways, as far as it is one of datagrams. */
export function lossy<Given extends Transports>(
  given: Given, { timers, seed, lost = 0, doubled = 0, late = 0, lateBy = LATE_BY_MS }: LossyOptions,
): Given {
  const random = seeded(seed);
  const wrapped = new WeakMap<Channel, Channel>();

  const pass = (work: () => void): void => {
    if (random() < lost) return;
    const times = random() < doubled ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      if (random() < late) timers.after(random() * lateBy, work);
      else work();
    }
  };

  const wrap = (channel: Channel): Channel => {
    if (channel.kind !== 'UDP') return channel;
    const known = wrapped.get(channel);
    if (known !== undefined) return known;
    const send = (message: SipMessage): Promise<void> => {
      // What is lost, and what fails later, is not known to the sender.
      pass(() => { channel.send(message).catch(() => undefined); });
      return Promise.resolve();
    };
    const made: Channel = { ...channel, send };
    wrapped.set(channel, made);
    return made;
  };

  return {
    ...given,
    subscribe: (listener) => given.subscribe((message, channel) => {
      if (channel.kind === 'UDP') pass(() => { listener(message, wrap(channel)); });
      else listener(message, channel);
    }),
    reach: async (target) => wrap(await given.reach(target)),
  };
}

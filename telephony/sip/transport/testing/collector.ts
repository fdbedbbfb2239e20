import type { SipMessage } from '../../message/message.ts';
import type { Channel, Transports } from '../channel.ts';

export interface Received {
  readonly message: SipMessage;
  readonly channel: Channel;
}

/** What has come, in order, for who waits for it. */
export interface Collector {
  readonly received: readonly Received[];
  /** The next one that was not asked for yet. */
  readonly next: () => Promise<Received>;
}

const DEADLINE_MS = 20_000;

export function collect({ subscribe }: Pick<Transports, 'subscribe'>): Collector {
  const received: Received[] = [];
  const waiting: ((one: Received) => void)[] = [];
  let taken = 0;
  subscribe((message, channel) => {
    const one = { message, channel };
    received.push(one);
    const first = waiting.shift();
    if (first === undefined) return;
    taken += 1;
    first(one);
  });
  return {
    received,
    next: () => {
      const one = received[taken];
      if (one !== undefined && waiting.length === 0) {
        taken += 1;
        return Promise.resolve(one);
      }
      return new Promise((resolve, reject) => {
        const deadline = setTimeout(() => { reject(new Error('Nothing came.')); }, DEADLINE_MS);
        waiting.push((come) => {
          clearTimeout(deadline);
          resolve(come);
        });
      });
    },
  };
}

/** Waits for what comes true by itself. */
export async function until(isTrue: () => boolean, what: string): Promise<void> {
  const end = performance.now() + DEADLINE_MS;
  while (!isTrue()) {
    if (performance.now() > end) throw new Error(`It did not come true that ${what}.`);
    await new Promise((resolve) => { setTimeout(resolve, 1); });
  }
}

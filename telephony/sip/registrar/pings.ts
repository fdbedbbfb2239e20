import { untilStep, type Timers } from '../../timers.ts';
import type { OutsideRequest, Sent } from '../call/outside.ts';
import { writeHost } from '../message/host.ts';
import type { TransportKind } from '../transport/channel.ts';
import type { Binding } from './binding.ts';
import type { StandingBinding } from './bindings.ts';

export interface PingLimits {
  /** Short enough for routers to keep the way open: most forget a datagram's after 30 s at the earliest (RFC 4787 4.3). 0 for never. */
  readonly everyMs: number;
  /** So many in a row without an answer, and nobody is there any more. */
  readonly misses: number;
  /** Browsers are asked by their WebSockets already. */
  readonly kinds: readonly TransportKind[];
}

export const PING_LIMITS: PingLimits = { everyMs: 28_000, misses: 3, kinds: ['UDP', 'TCP', 'TLS'] };

/** A few at a time: hundreds of phones would wake a Parley that has nothing else to do each by itself. */
const STEP_MS = 250;

/** The user agent's: sends a request outside of calls. */
export type SendRequest = (request: OutsideRequest) => Promise<Sent>;

export interface PingsDependencies {
  readonly timers: Timers;
  readonly send: SendRequest;
  readonly random: () => number;
  readonly limits: PingLimits;
  readonly drop: (binding: Binding) => void;
}

/** Asks what is registered whether it is there (RFC 3261 11), each at times of its own; answers what ends that. */
export function createPings({ timers, send, random, limits, drop }: PingsDependencies): (standing: StandingBinding) => () => void {
  return (standing) => {
    let isOver = limits.everyMs <= 0;
    let misses = 0;
    let seen = standing.current().refreshedAt;
    let stopWaiting = (): void => {};

    const wait = (share: number): void => {
      if (!isOver) stopWaiting = timers.after(untilStep(timers.now(), limits.everyMs * share, STEP_MS), () => { void ask(); });
    };
    // Spread, or phones that came together after an outage would be asked together for ever.
    const next = (): void => { wait(0.8 + 0.4 * random()); };

    const miss = (): void => {
      const binding = standing.current();
      // It has registered anew in the meantime, so somebody is there.
      misses = binding.refreshedAt > seen ? 1 : misses + 1;
      seen = binding.refreshedAt;
      if (misses < limits.misses) next();
      else drop(binding);
    };

    const isThere = async ({ uri, path, channel }: Binding): Promise<boolean> => {
      try {
        const from = `sip:${writeHost(channel.local.address)}`;
        const { ok } = await send({ method: 'OPTIONS', uri, from, channel, headers: { Route: path, Accept: 'application/sdp' } });
        // Whatever it says, it says something.
        return ok;
      } catch {
        return false;
      }
    };

    const ask = async (): Promise<void> => {
      const binding = standing.current();
      const isAsked = limits.kinds.includes(binding.channel.kind);
      const isAnswered = !isAsked || await isThere(binding);
      if (isOver) return;
      if (!isAnswered) miss();
      else {
        if (isAsked) misses = 0;
        next();
      }
    };

    wait(random());
    return () => {
      isOver = true;
      stopWaiting();
    };
  };
}

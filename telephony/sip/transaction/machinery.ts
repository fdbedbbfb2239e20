import { untilStep, type Timers } from '../../timers.ts';
import type { Channel, TransportKind } from '../transport/channel.ts';
import type { SipMessage } from '../message/message.ts';
import { PATIENCE, type TransactionTiming } from './timing.ts';

/** What a transaction stands on, whichever of the four machines it is. */
export interface Machinery {
  readonly timers: Timers;
  readonly timing: TransactionTiming;
  /** Runs what somebody else has written: a fault of theirs is reported and goes no further. */
  readonly tell: (work: () => void) => boolean;
}

/** What runs on behalf of a transaction and is called off at its end. */
export interface Clockwork {
  /** Timers A, E and G. */
  resend?: (() => void) | undefined;
  /** All others. */
  deadline?: (() => void) | undefined;
  unhook?: (() => void) | undefined;
}

export function isReliable(kind: TransportKind): boolean {
  return kind !== 'UDP';
}

export function patience({ timing }: Machinery): number {
  return timing.t1 * PATIENCE;
}

/** Sends again and again, each wait twice the one before, up to the longest (17.1.1.2, 17.1.2.2, 17.2.1). */
export function repeat({ timers }: Machinery, clockwork: Clockwork, first: number, longest: number, send: () => void): void {
  clockwork.resend?.();
  let wait = first;
  const again = (): void => {
    wait = Math.min(wait * 2, longest);
    clockwork.resend = timers.after(wait, again);
    send();
  };
  clockwork.resend = timers.after(first, again);
}

export function stopRepeating(clockwork: Clockwork): void {
  clockwork.resend?.();
  clockwork.resend = undefined;
}

/** Does something at a deadline, instead of what was to happen at the one before. */
export function expire({ timers }: Machinery, clockwork: Clockwork, ms: number, work: () => void): void {
  clockwork.deadline?.();
  clockwork.deadline = timers.after(ms, work);
}

/** The same for what only keeps what comes again from the others (timers D, I, J, K, L and M): a little longer does no harm. */
export function linger(machinery: Machinery, clockwork: Clockwork, ms: number, work: () => void): void {
  expire(machinery, clockwork, untilStep(machinery.timers.now(), ms, machinery.timing.step), work);
}

export function rest(clockwork: Clockwork): void {
  stopRepeating(clockwork);
  clockwork.deadline?.();
  clockwork.unhook?.();
  clockwork.deadline = undefined;
  clockwork.unhook = undefined;
}

/** Sends, and does something when that fails. */
export async function deliver(channel: Channel, message: SipMessage, failed: () => void): Promise<void> {
  try {
    await channel.send(message);
  } catch {
    // Whatever it was, 17.1.4 and 17.2.4 know one failure of the transport only.
    failed();
  }
}

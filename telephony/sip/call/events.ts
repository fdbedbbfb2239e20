import type { CallEvent } from './call.ts';

/** What was told to nobody yet waits for a listener, but not more than this: whoever never listens is sent INFOs for nothing. */
const MOST_WAITING = 100;

export interface Events {
  readonly tell: (event: CallEvent) => void;
  readonly listen: (listener: (event: CallEvent) => void) => void;
}

/** Tells one listener in order, and never while whoever caused it is still at work. */
export function createEvents(): Events {
  const waiting: CallEvent[] = [];
  let listener: ((event: CallEvent) => void) | undefined;
  let isDue = false;

  const deliver = (): void => {
    isDue = false;
    const event = listener === undefined ? undefined : waiting.shift();
    if (event === undefined) return;
    const told = listener;
    // Nothing comes behind it, and a call may stand longer than whoever had it.
    if (event.kind === 'ended') listener = undefined;
    // The next one comes even if the listener fails over this one.
    schedule();
    told?.(event);
  };
  const schedule = (): void => {
    if (isDue || listener === undefined || waiting.length === 0) return;
    isDue = true;
    queueMicrotask(deliver);
  };

  return {
    tell: (event) => {
      if (waiting.length >= MOST_WAITING && event.kind !== 'ended') {
        // Nobody would ever decide on it.
        if (event.kind === 'offered' || event.kind === 'referred') event.refuse(480);
        return;
      }
      waiting.push(event);
      schedule();
    },
    listen: (next) => {
      listener = next;
      schedule();
    },
  };
}

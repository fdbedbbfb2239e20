import { useSyncExternalStore } from 'react';
import { clockText } from '../text/format.ts';

const SECOND_MS = 1000;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** One timer for all clocks of the page, and none where there is no clock. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const told of listeners) told();
  }, SECOND_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time by the clock on the wall, second by second. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);

export interface TickingProps {
  /** Since when; or until when, of a countdown. */
  readonly since: number;
  readonly isCountdown?: boolean;
}

/** A clock that runs: how long something has been so. */
export function Ticking({ since, isCountdown = false }: TickingProps) {
  const at = Math.max(useNow(), since > now && !isCountdown ? since : 0);
  return <span style={{ fontVariantNumeric: 'tabular-nums' }}>{clockText(isCountdown ? since - at : at - since)}</span>;
}

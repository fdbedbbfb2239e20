import { useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { clockText } from '../text/format.ts';

const SECOND_MS = 1000;
/** Less than this is the way that an answer takes. */
const TOLERATED_MS = 2000;
let aheadMs = 0;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** The clock of a computer may be wrong; times that clocks run from are the server's. */
export function setWallClock(serverNow: number): void {
  const ahead = serverNow - Date.now();
  aheadMs = Math.abs(ahead) < TOLERATED_MS ? 0 : ahead;
}

const wallClock = (): number => Date.now() + aheadMs;

/** One timer for all clocks of the page, and none where there is no clock. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    now = wallClock();
    timer = setInterval(() => {
      now = wallClock();
      for (const told of listeners) told();
    }, SECOND_MS);
  }
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
  /** After how many milliseconds it becomes worse, and worse again: `data-level` counts them, for styles to show. */
  readonly levels?: readonly number[];
  readonly className?: string;
}

/**
 * A clock that runs: how long something has been so. It writes its text itself: a page may have hundreds of them, and to draw all of them
 * anew each second would cost more than everything else on it.
 */
export function Ticking({ since, isCountdown = false, levels, className }: TickingProps) {
  const element = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const write = (): void => {
      const { current } = element;
      if (current === null) return;
      const ms = isCountdown ? since - wallClock() : wallClock() - since;
      const text = clockText(ms);
      if (current.textContent !== text) current.textContent = text;
      const level = String(levels?.filter((one) => ms >= one).length ?? 0);
      if (levels !== undefined && current.dataset['level'] !== level) current.dataset['level'] = level;
    };
    write();
    return subscribe(write);
  }, [since, isCountdown, levels]);
  return <span ref={element} className={className} style={{ fontVariantNumeric: 'tabular-nums' }} />;
}

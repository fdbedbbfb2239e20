import { FRAME_MS } from '../audio/frame.ts';

/** Behind by more than this, a thread leaves ticks out: what is so late is of no use any more. */
const MAX_LATE_MS = 200;

/** Calls `tick` every 20 ms as long as there is something to do; a late one is made up for by the next coming sooner. */
export function createTicker(tick: () => void, isBusy: () => boolean, now: () => number): { readonly wake: () => void; readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let next = 0;
  const run = (): void => {
    timer = undefined;
    const at = now();
    if (at - next > MAX_LATE_MS) next = at;
    for (; next <= at; next += FRAME_MS) tick();
    if (isBusy()) timer = setTimeout(run, Math.max(0, next - now()));
  };
  return {
    wake: () => {
      if (timer !== undefined || !isBusy()) return;
      next = now() + FRAME_MS;
      timer = setTimeout(run, FRAME_MS);
    },
    stop: () => { clearTimeout(timer); },
  };
}

import { setTimeout as delay } from 'node:timers/promises';

/** True as soon as the condition holds, false when the deadline passed first. */
export async function holdsWithin(
  deadline: number,
  condition: () => boolean | Promise<boolean>,
  every = 20,
): Promise<boolean> {
  const end = performance.now() + deadline;
  for (;;) {
    if (await condition()) {
      return true;
    }
    if (performance.now() >= end) {
      return false;
    }
    await delay(every);
  }
}

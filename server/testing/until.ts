import { setTimeout as pause } from 'node:timers/promises';

const DEADLINE_MS = 20_000;
const PAUSE_MS = 10;

/** Waits until a condition holds; fails by name when it does not in time. */
export async function until(condition: () => boolean | Promise<boolean>, name: string, deadlineMs = DEADLINE_MS, pauseMs = PAUSE_MS): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`in ${deadlineMs} ms it did not come to pass that ${name}`);
    await pause(pauseMs);
  }
}

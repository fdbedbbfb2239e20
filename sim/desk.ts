import type { Schedule } from './schedule.ts';

/** What an agent is told, as far as a program needs it. */
export type DeskNews = 'offered' | 'connected' | 'released';

/** What an agent sees and does, whatever the desk is made of: the agent gateway, or the engine itself. */
export interface Desk {
  readonly signIn: () => Promise<void>;
  /** Waits for what happens next; nothing when the desk has been closed. */
  readonly next: () => Promise<DeskNews | undefined>;
  /** Takes the call that is offered. */
  readonly answer: () => Promise<void>;
  /** Is free again after a call. */
  readonly finish: () => Promise<void>;
}

export interface Worked {
  readonly offered: number;
  readonly connected: number;
  readonly released: number;
}

export interface WorkOptions {
  readonly schedule: Schedule;
  /** How long the agent takes to answer; one whose desk answers by itself needs none. */
  readonly answerMs?: number;
  /** How long the agent works on after a call. */
  readonly wrapUpMs: number;
}

/** An agent's day: signs in, takes the calls as they come, wraps up, until the desk is closed. */
export async function workAt(desk: Desk, { schedule, answerMs, wrapUpMs }: WorkOptions): Promise<Worked> {
  const worked = { offered: 0, connected: 0, released: 0 };
  const pause = (ms: number): Promise<void> => new Promise((resolve) => { schedule.after(ms, resolve); });
  await desk.signIn();
  for (let news = await desk.next(); news !== undefined; news = await desk.next()) {
    worked[news] += 1;
    if (news === 'offered' && answerMs !== undefined) {
      await pause(answerMs);
      await desk.answer();
    }
    if (news === 'released') {
      await pause(wrapUpMs);
      await desk.finish();
    }
  }
  return worked;
}

import { setTimeout as pause } from 'node:timers/promises';
import { startChild } from './child.ts';
import { cpuSeconds } from './cpu.ts';
import type { LoadOpened, LoadQuestion, LoadRan } from './rtp-load.ts';

/** What the load is sent through. */
export interface RelaySubject {
  readonly pid: number;
  /** Where each stream is to be sent to. */
  readonly targets: readonly number[];
  readonly end: () => Promise<void>;
}

/** Brings a subject up for streams that come from these ports, and hear there what is for them. */
export type StartSubject = (ports: readonly number[]) => Promise<RelaySubject>;

export interface Measured extends LoadRan {
  /** CPU of the subject's process in one second. */
  readonly cpuMs: number;
}

/** The code is compiled, addresses are learnt, and pages are touched in this time. */
const WARM_MS = 3_000;

/** A program of this folder as a subject. */
export const inChild = (script: string, ...args: readonly string[]): StartSubject => async (ports) => {
  const child = startChild(script, args);
  const { targets } = await child.ask<{ readonly targets: readonly number[] }>({ ports });
  return { pid: child.pid, targets, end: child.end };
};

/** Sends so many streams of G.711 through a subject for a while; load and subject have processes of their own. */
export async function measure(start: StartSubject, streams: number, ms: number): Promise<Measured> {
  const load = startChild('rtp-load.ts');
  try {
    const { ports } = await load.ask<LoadOpened>({ kind: 'open', streams } satisfies LoadQuestion);
    const subject = await start(ports);
    try {
      const running = load.ask<LoadRan>({ kind: 'run', targets: subject.targets, warmMs: WARM_MS, ms } satisfies LoadQuestion);
      await pause(WARM_MS);
      const [before, from] = [cpuSeconds(subject.pid), performance.now()];
      await pause(ms);
      const cpuMs = ((cpuSeconds(subject.pid) - before) * 1_000_000) / (performance.now() - from);
      return { ...await running, cpuMs };
    } finally {
      await subject.end();
    }
  } finally {
    await load.end();
  }
}

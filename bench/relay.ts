import { startChild } from './child.ts';
import { cpuSeconds } from './cpu.ts';
import type { LoadOpened, LoadQuestion, LoadRan } from './rtp-load.ts';
import { isRtpengineInstalled, startRtpengine } from './rtpengine-subject.ts';
import { median } from './subject.ts';

/**
 * Two-way calls of G.711: the built-in media engine against a bare relay, with and without recording, and rtpengine where it is
 * installed, in turns. Usage: `relay.ts [seconds] [rounds] [calls ...]`.
 */
export interface RelaySubject {
  readonly pid: number;
  /** Where each stream is to be sent to. */
  readonly targets: readonly number[];
  readonly end: () => Promise<void>;
}

type Start = (ports: readonly number[]) => Promise<RelaySubject>;

interface Measured extends LoadRan {
  /** CPU of the relaying process, for one second of one call. */
  readonly cpuMs: number;
}

const [seconds = 8, rounds = 3, ...sizes] = process.argv.slice(2).map(Number);
const WARM_MS = 3_000;

const inChild = (script: string, ...args: readonly string[]): Start => async (ports) => {
  const child = startChild(script, args);
  const { targets } = await child.ask<{ readonly targets: readonly number[] }>({ ports });
  return { pid: child.pid, targets, end: child.end };
};

const SUBJECTS: Readonly<Record<string, Start>> = {
  bare: inChild('bare-relay.ts'),
  'built-in': inChild('media-subject.ts', '2'),
  'built-in, recorded': inChild('media-subject.ts', '2', 'recorded'),
  ...(isRtpengineInstalled() ? { rtpengine: startRtpengine } : {}),
  // Nobody between them: what is late is the load itself.
  'load by itself': (ports) => Promise.resolve({ pid: process.pid, targets: ports.map((_, index) => ports[index ^ 1] ?? 0), end: () => Promise.resolve() }),
};

async function measure(start: Start, calls: number): Promise<Measured> {
  const load = startChild('rtp-load.ts');
  try {
    const { ports } = await load.ask<LoadOpened>({ kind: 'open', streams: calls * 2 } satisfies LoadQuestion);
    const subject = await start(ports);
    try {
      const running = load.ask<LoadRan>({ kind: 'run', targets: subject.targets, warmMs: WARM_MS, ms: seconds * 1000 } satisfies LoadQuestion);
      await new Promise((resolve) => { setTimeout(resolve, WARM_MS); });
      const [before, from] = [cpuSeconds(subject.pid), performance.now()];
      await new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });
      const cpuMs = ((cpuSeconds(subject.pid) - before) * 1000) / ((performance.now() - from) / 1000) / calls;
      return { ...await running, cpuMs };
    } finally {
      await subject.end();
    }
  } finally {
    await load.end();
  }
}

for (const calls of sizes.length === 0 ? [100, 300] : sizes) {
  const figures = new Map<string, Measured[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, start] of Object.entries(SUBJECTS)) figures.set(name, [...figures.get(name) ?? [], await measure(start, calls)]);
  }
  const bare = figures.get('bare') ?? [];
  console.log(`${calls} calls, ${rounds} rounds of ${seconds} s in turns, each relay with one thread for sound`);
  for (const [name, runs] of figures) {
    const of = (read: (run: Measured) => number): number => median(runs.map(read));
    const lost = runs.reduce((sum, { sent, received }) => sum + sent - received, 0) / runs.reduce((sum, { sent }) => sum + sent, 0);
    const ratios = runs.map(({ cpuMs }, round) => (bare[round]?.cpuMs ?? Number.NaN) / cpuMs).toSorted((one, other) => one - other);
    const cost = name === 'load by itself' ? '' : [
      ` ${of(({ cpuMs }) => cpuMs).toFixed(2)} ms of CPU a call and second, ${Math.round(1000 / of(({ cpuMs }) => cpuMs))} calls a core,`,
      ` ratio ${median(ratios).toFixed(2)} (${ratios.at(0)?.toFixed(2) ?? ''} to ${ratios.at(-1)?.toFixed(2) ?? ''}),`,
    ].join('');
    console.log(`  ${name}:${cost} lost ${(lost * 100).toFixed(3)} %, delay p50 ${of(({ p50Ms }) => p50Ms).toFixed(2)} ms, p99 ${of(({ p99Ms }) => p99Ms).toFixed(2)} ms`);
  }
}

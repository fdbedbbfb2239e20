import { inChild, measure, type Measured, type StartSubject } from './relay-run.ts';
import { isRtpengineInstalled, startRtpengine } from './rtpengine-subject.ts';
import { median } from './subject.ts';

/**
 * Two-way calls of G.711: the built-in media engine against a bare relay, with and without recording, and rtpengine where it is
 * installed, in turns. Usage: `relay.ts [seconds] [rounds] [calls ...]`.
 */
const [seconds = 8, rounds = 3, ...sizes] = process.argv.slice(2).map(Number);

const SUBJECTS: Readonly<Record<string, StartSubject>> = {
  bare: inChild('bare-relay.ts'),
  'built-in': inChild('media-subject.ts', '2'),
  'built-in, recorded': inChild('media-subject.ts', '2', 'recorded'),
  ...(isRtpengineInstalled() ? { rtpengine: startRtpengine } : {}),
  // Nobody between them: what is late is the load itself.
  'load by itself': (ports) => Promise.resolve({ pid: process.pid, targets: ports.map((_, index) => ports[index ^ 1] ?? 0), end: () => Promise.resolve() }),
};

// Whoever breaks it off leaves no daemon behind.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { process.exit(1); });

const share = (runs: readonly Measured[], calls: number, bare: readonly Measured[]): string => {
  const cost = median(runs.map(({ cpuMs }) => cpuMs)) / calls;
  const ratios = runs.map(({ cpuMs }, round) => (bare[round]?.cpuMs ?? Number.NaN) / cpuMs).toSorted((one, other) => one - other);
  const [least = 0, most = 0] = [ratios.at(0), ratios.at(-1)];
  return ` ${cost.toFixed(2)} ms of CPU a call and second, ${Math.round(1000 / cost)} calls a core, ratio ${median(ratios).toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)}),`;
};

for (const calls of sizes.length === 0 ? [100, 300] : sizes) {
  const figures = new Map<string, Measured[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, start] of Object.entries(SUBJECTS)) figures.set(name, [...figures.get(name) ?? [], await measure(start, calls * 2, seconds * 1000)]);
  }
  console.log(`${calls} calls, ${rounds} rounds of ${seconds} s in turns, each relay with one thread for sound`);
  for (const [name, runs] of figures) {
    const lost = runs.reduce((sum, { sent, received }) => sum + sent - received, 0) / runs.reduce((sum, { sent }) => sum + sent, 0);
    const of = (read: (run: Measured) => number): string => median(runs.map(read)).toFixed(2);
    const cost = name === 'load by itself' ? '' : share(runs, calls, figures.get('bare') ?? []);
    console.log(`  ${name}:${cost} lost ${(lost * 100).toFixed(3)} %, delay p50 ${of(({ p50Ms }) => p50Ms)} ms, p99 ${of(({ p99Ms }) => p99Ms)} ms`);
  }
}

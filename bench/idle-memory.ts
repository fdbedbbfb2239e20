import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { descendantsOf } from './processes.ts';
import type { Subject } from './subject.ts';

const IDLE_MS = 20_000;

/** Proportional set size: what a process has for itself, and its share of what it shares. */
const proportional = (pid: number): number => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024;

/** Memory of Parley and of its database together, after a while without a request. */
export async function benchIdleMemory({ pid }: Subject): Promise<string[]> {
  await pause(IDLE_MS);
  const family = descendantsOf(pid);
  const parley = proportional(pid);
  const database = family.reduce((sum, member) => sum + proportional(member), 0);
  return [
    `workload: none for ${IDLE_MS / 1000} s after the start, demo tenant made; proportional set size (PSS)`,
    `Parley ${parley.toFixed(0)} MB + database ${database.toFixed(0)} MB (${family.length} processes) = ${(parley + database).toFixed(0)} MB`,
  ];
}

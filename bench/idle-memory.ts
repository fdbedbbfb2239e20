import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Subject } from './subject.ts';

const IDLE_MS = 20_000;

interface Process {
  readonly pid: number;
  readonly parent: number;
}

const processes = (): Process[] => readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
  try {
    const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
    const [, parent = '0'] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return [{ pid: Number(name), parent: Number(parent) }];
  } catch {
    // It ended while we looked.
    return [];
  }
});

/** Proportional set size: what a process has for itself, and its share of what it shares. */
const proportional = (pid: number): number => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024;

/** Memory of Parley and of its database together, after a while without a request. */
export async function benchIdleMemory({ pid }: Subject): Promise<string[]> {
  await pause(IDLE_MS);
  const all = processes();
  const family = new Set([pid]);
  for (let grown = true; grown;) {
    const born = all.filter((process) => family.has(process.parent) && !family.has(process.pid));
    for (const child of born) family.add(child.pid);
    grown = born.length > 0;
  }
  const parley = proportional(pid);
  const database = [...family].filter((member) => member !== pid).reduce((sum, member) => sum + proportional(member), 0);
  return [
    `workload: none for ${IDLE_MS / 1000} s after the start, demo tenant made; proportional set size (PSS)`,
    `Parley ${parley.toFixed(0)} MB + database ${database.toFixed(0)} MB (${family.size - 1} processes) = ${(parley + database).toFixed(0)} MB`,
  ];
}

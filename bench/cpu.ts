import { readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

function fieldsOf(pid: number): readonly number[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number);
}

/** CPU time of a process with all its threads, by the kernel's account. */
export function cpuSeconds(pid: number): number {
  const { 11: user = 0, 12: system = 0 } = fieldsOf(pid);
  return (user + system) / TICKS_PER_SECOND;
}

/** The same with that of its children that have ended. */
export function cpuSecondsWithEnded(pid: number): number {
  const { 13: user = 0, 14: system = 0 } = fieldsOf(pid);
  return cpuSeconds(pid) + (user + system) / TICKS_PER_SECOND;
}

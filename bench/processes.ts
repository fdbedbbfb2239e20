import { readdirSync, readFileSync } from 'node:fs';

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

/** The processes that one has started, and those that they have: of Parley its database. */
export function descendantsOf(pid: number): readonly number[] {
  const all = processes();
  const family = new Set([pid]);
  for (let grown = true; grown;) {
    const born = all.filter((process) => family.has(process.parent) && !family.has(process.pid));
    for (const child of born) family.add(child.pid);
    grown = born.length > 0;
  }
  family.delete(pid);
  return [...family];
}

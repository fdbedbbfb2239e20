import type { Operation } from './operation.ts';

export interface Chapter {
  /** Number in the API reference; empty for what is Parley's own. */
  readonly number: string;
  readonly title: string;
}

const titles: Readonly<Record<string, string>> = {
  4: 'Access',
  5: 'Configuration',
  6: 'Agents and calls',
  7: 'Outbound campaigns',
  8: 'Surveys',
  9: 'Knowledge base',
  10: 'Chatbot',
  11: 'Web chat',
  12: 'Inspection, quality and monitoring',
  13: 'Voice, recordings and call records',
  14: 'Voice notifications',
  15: 'Customer data',
  16: 'Call results',
  17: 'Portal and integration',
};

/** The chapter of the API reference to which an operation belongs, or the family where it is Parley's own. */
export function chapterOf(op: Pick<Operation, 'section' | 'family'>): Chapter {
  const [number] = op.section?.split('.') ?? [];
  if (number === undefined) return { number: '', title: op.family.title };
  return { number, title: titles[number] ?? `Chapter ${number}` };
}

/** Orders sections as the reference does: 5.2 before 5.10, and what has none last. */
export function compareSections(one: string | undefined, other: string | undefined): number {
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
  const [left, right] = [one.split('.').map(Number), other.split('.').map(Number)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? -1) - (right[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

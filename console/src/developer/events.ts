import type { AgentEventSeen } from '../desk/keeper.ts';

/** What came after the event that was the last one when the log was cleared. */
export function since(events: readonly AgentEventSeen[], last: AgentEventSeen | undefined): readonly AgentEventSeen[] {
  return last === undefined ? events : events.slice(events.indexOf(last) + 1);
}

/** Those whose type or content has the words, whatever their letter case. */
export function matching(events: readonly AgentEventSeen[], words: string): readonly AgentEventSeen[] {
  const wanted = words.trim().toLowerCase();
  return wanted === '' ? events : events.filter(({ eventType, content }) => `${eventType} ${JSON.stringify(content)}`.toLowerCase().includes(wanted));
}

/** One line of JSON an event, as tools read it. */
export const linesOf = (events: readonly AgentEventSeen[]): string =>
  events.map(({ at, eventType, content }) => JSON.stringify({ at: new Date(at).toISOString(), eventType, content })).join('\n');

/** Events have no id of their own; each gets a number when it is first seen. */
export function createNumbering(): (event: AgentEventSeen) => number {
  const numbers = new WeakMap<AgentEventSeen, number>();
  let last = 0;
  return (event) => {
    const known = numbers.get(event) ?? (last += 1);
    numbers.set(event, known);
    return known;
  };
}

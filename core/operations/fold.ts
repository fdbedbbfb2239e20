import type { Event } from '../centre/event.ts';
import type { Books, CallFacts, Entry } from './books.ts';
import { CALL_FOLDS } from './calls.ts';
import type { Operation } from './operation.ts';
import { STATE_FOLDS } from './states.ts';
import { TRANSFER_FOLDS } from './transfers.ts';

/** What each kind of event does to the books. */
export type Folds<Of extends { readonly type: string }> = {
  readonly [Type in Of['type']]?: (entry: Entry, event: Extract<Of, { type: Type }>) => void;
};

const FOLDS = { ...STATE_FOLDS, ...CALL_FOLDS, ...TRANSFER_FOLDS };

export type FoldedType = keyof typeof FOLDS;
export type FoldedEvent = Extract<Event, { type: FoldedType }>;
export const FOLDED = Object.keys(FOLDS) as readonly FoldedType[];

export interface Journaled {
  readonly seq: number;
  readonly at: number;
  readonly event: FoldedEvent;
}

/** Enters an event in the books, in place, and tells the operations that ended with it, in their order (Table 12-702). */
export function foldOperations(books: Books, { seq, at, event }: Journaled): readonly Operation[] {
  const entry: Entry = { books, at, seq, rows: [] };
  (FOLDS[event.type] as (entry: Entry, event: FoldedEvent) => void)(entry, event);
  return entry.rows;
}

/** The calls whose facts an event may need. */
export const callsIn = (event: FoldedEvent): readonly string[] => ('call' in event && event.call !== undefined ? [event.call] : []);

/** The agents whose desks an event may need: those that it names, and those who have something under way in its call. */
export function agentsIn(event: FoldedEvent, facts: CallFacts | undefined): readonly number[] {
  const agents: (number | undefined)[] = [
    'agent' in event ? event.agent : undefined, 'by' in event && typeof event.by === 'number' ? event.by : undefined,
    event.type === 'AgentPended' && event.pending?.kind === 'busy' ? event.pending.by : undefined,
    facts?.third?.by, facts?.passing?.agent, facts?.suspended, facts?.three,
  ];
  return agents.filter((agent) => agent !== undefined);
}

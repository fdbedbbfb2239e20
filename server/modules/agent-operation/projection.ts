import type { AgentEvent } from '@parley/core/centre/event.ts';
import { emptyBooks, type Books } from '@parley/core/operations/books.ts';
import { agentsIn, callsIn, FOLDED, foldOperations, type FoldedEvent } from '@parley/core/operations/fold.ts';
import { directionOf, OPERATION, type Operation } from '@parley/core/operations/operation.ts';
import type { Database } from '../../database/connect.ts';
import { createProjector, type Projected, type Projector, type ProjectorDependencies } from '../../engine/projector.ts';
import { blankCalls, endSessions, insertOperations, insertSessions, keepBooks, loadCalls, loadDesks, type NewOperation, type NewSession, type SessionEnd } from './store.ts';

const TYPES = [...FOLDED, 'Erased'] as const;
/** Short enough for whoever looks at once what an agent did, long enough for many operations to share a commit. */
const GATHER_MS = 300;
/** Operations that end with one event: fewer by far, as a conversation of a week is not cut into more. */
const IDS_AN_EVENT = 10_000;

/** Told in the transaction of the rows, to whoever makes more of them. */
export type OnDone = (tx: Database, vdnId: number, rows: readonly NewOperation[]) => Promise<void>;

export interface OperationsOptions extends ProjectorDependencies {
  readonly onDone?: OnDone;
}

function rowOf(vdnId: number, id: number, { agent, type, object, cause, from, to, own, phone, manual, agentType, logonSn }: Operation): NewOperation {
  return {
    vdn_id: vdnId, id, agent, type, object: object ?? null, cause: cause ?? null, from_at: from, to_at: to,
    call: own?.call ?? null, queue: own?.queue ?? null, service: own?.service ?? null, media: own?.media ?? null, feature: own?.feature ?? null, direction: directionOf(own?.feature) ?? null,
    phone, manual: manual ?? null, agent_type: agentType, logon_sn: logonSn, skill_info_sn: null,
  };
}

function sessionOf(vdnId: number, seq: number, at: number, { agent, profile: { phone, ip, type } }: Extract<AgentEvent, { type: 'AgentSignedIn' }>): NewSession {
  return { vdn_id: vdnId, logon_sn: seq, agent, signed_in_at: at, phone, ip, agent_type: type };
}

interface Touched {
  readonly books: Books;
  readonly calls: readonly string[];
  readonly agents: readonly number[];
}

/** What was under way where these events happened. */
async function openBooks(tx: Database, vdnId: number, events: readonly FoldedEvent[]): Promise<Touched> {
  const books = emptyBooks();
  const calls = [...new Set(events.flatMap(callsIn))];
  for (const [call, facts] of await loadCalls(tx, vdnId, calls)) books.calls.set(call, facts);
  const agents = [...new Set(events.flatMap((event) => {
    const [call] = callsIn(event);
    return agentsIn(event, call === undefined ? undefined : books.calls.get(call));
  }))];
  for (const [agent, desk] of await loadDesks(tx, vdnId, agents)) books.desks.set(agent, desk);
  return { books, calls, agents };
}

/** Rows of what agents did, as the engine's journal tells; what goes on stands in tables of its own, so that nobody who restarts loses it. */
export function createOperations({ onDone, ...deps }: OperationsOptions): Projector {
  const applyAll = async (tx: Database, vdnId: number, page: readonly Projected<(typeof TYPES)[number]>[]): Promise<void> => {
    const folded = page.flatMap(({ seq, at, event }) => (event.type === 'Erased' ? [] : [{ seq, at, event }]));
    const { books, calls, agents } = await openBooks(tx, vdnId, folded.map(({ event }) => event));
    const rows: NewOperation[] = [];
    const began: NewSession[] = [];
    const ended: SessionEnd[] = [];
    for (const journaled of folded) {
      const { seq, at, event } = journaled;
      const operations = foldOperations(books, journaled);
      rows.push(...operations.map((operation, index) => rowOf(vdnId, seq * IDS_AN_EVENT + index, operation)));
      if (event.type === 'AgentSignedIn') began.push(sessionOf(vdnId, seq, at, event));
      const signOut = operations.find(({ type }) => type === OPERATION.signOut);
      if (event.type === 'AgentSignedOut' && signOut !== undefined) ended.push({ logonSn: signOut.logonSn, at, cause: event.cause, by: event.by });
    }
    await insertSessions(tx, began);
    await endSessions(tx, vdnId, ended);
    await insertOperations(tx, rows);
    await keepBooks(tx, vdnId, books, calls, agents);
    await blankCalls(tx, vdnId, page.flatMap(({ event }) => (event.type === 'Erased' ? [event.call] : [])));
    if (rows.length > 0) await onDone?.(tx, vdnId, rows);
  };
  return createProjector(deps, { name: 'agent-operations', types: TYPES, applyAll, gatherMs: GATHER_MS });
}

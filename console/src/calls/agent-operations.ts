import type { listAgentOperations } from '@parley/contract/admin/agent-operation.ts';
import type { Result } from '@parley/contract/operation.ts';
import type { Segment, Span } from './timeline.ts';

/* What the agents of a call did while it went on. The records of a call know no hold: this tells of it. */

type Told = Result<typeof listAgentOperations>['operations'][number];
export interface AgentOperation extends Told {
  readonly workNo: number;
}

/** Of Table 12-702. */
const HOLD = 38;
const TALK = 60;
const MOST_AGENTS = 8;

export const agentsOf = (segments: readonly Segment[]): readonly number[] => [...new Set(segments.filter(({ device }) => device === 'agent').map(({ no }) => Number(no)))].slice(0, MOST_AGENTS);

/** What is about the call itself, or about none, oldest first. A talk is what the timeline shows already. */
export const aboutCall = (operations: readonly AgentOperation[], callId: string): readonly AgentOperation[] =>
  operations.filter((one) => one.type !== TALK && (one.callId === callId || one.callId === null)).toSorted((one, other) => one.from - other.from);

/** When each agent held the call, by work number. */
export const holdsOf = (operations: readonly AgentOperation[], callId: string): ReadonlyMap<string, readonly Span[]> =>
  Map.groupBy(operations.filter((one) => one.type === HOLD && one.callId === callId), ({ workNo }) => String(workNo));

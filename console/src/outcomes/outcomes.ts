import type { listCalls, showCall } from '@parley/contract/admin/call.ts';
import type { listOutcomes } from '@parley/contract/admin/outcome.ts';
import type { Result } from '@parley/contract/operation.ts';

export type Outcome = Result<typeof listOutcomes>['outcomes'][number];
export type NotedOutcome = Result<typeof listCalls>['calls'][number]['outcomes'][number];

/** For so long after a call the server takes a note of it. */
const AFTERWARDS_MS = 24 * 3_600_000;

/** What an agent can choose: what is switched on, and what is chosen already. */
export const choicesOf = (outcomes: readonly Outcome[], chosen: string | undefined): readonly Outcome[] => outcomes.filter(({ code, enabled }) => enabled || code === chosen);

/** Whether an agent may note what came of the call, or change it, as 24 hours have not passed since. */
export function mayNote({ call: { endedAt }, segments }: Pick<Result<typeof showCall>, 'call' | 'segments'>, workNo: number | null, now: number): boolean {
  const hasTalked = segments.some(({ device, no, talkedAt }) => device === 'agent' && no === String(workNo) && talkedAt !== null);
  return hasTalked && (endedAt === null || now - endedAt < AFTERWARDS_MS);
}

/** Each agent has noted one outcome of a call; the latest stands last. */
export const withNote = (outcomes: readonly NotedOutcome[], noted: NotedOutcome): NotedOutcome[] => [...outcomes.filter(({ workNo }) => workNo !== noted.workNo), noted];

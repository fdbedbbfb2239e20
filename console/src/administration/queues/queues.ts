import { querySkills } from '@parley/contract/configuration/queue.ts';
import type { Result } from '@parley/contract/operation.ts';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { keyOf, readAll, type AskOptions } from '../../session/asking.ts';
import { api } from '../../session/client.ts';

export type Queues = Result<typeof querySkills>;
export type Queue = Queues['data'][number];
type Treatment = Queue['skillParam']['busy'];

/** As many as one page of 5.2.4 has. */
const MOST = 100;

async function readQueues(): Promise<Queues> {
  const data = await readAll<Queue>(async (offset) => {
    const { data: rows, total } = await api.ask(querySkills, { limit: MOST, offset });
    return { rows, total };
  });
  return { data: [...data], total: data.length };
}

/** All queues of the tenant. */
export const useQueues = ({ enabled = true }: Pick<AskOptions, 'enabled'> = {}): UseQueryResult<Queues> =>
  useQuery({ queryKey: keyOf(querySkills, {}), enabled, queryFn: readQueues });

export const MEDIA = [5, 53, 19, 2, 18] as const;
export type Medium = (typeof MEDIA)[number];
/** Those whose callers wait with music or a flow (5.2.1). */
export const hasVoice = (medium: number): boolean => medium === 5 || medium === 19;

/** What becomes of a call that the queue does not keep, as the form has it. */
export type Diversion = 'release' | `queue:${number}` | `flow:${number}`;

export function diversionOf({ transferType, deviceType, value }: Treatment): Diversion {
  if (transferType === 'Release' || value === undefined) return 'release';
  return deviceType === '3' ? `flow:${value}` : `queue:${value}`;
}

export function treatmentOf(diversion: Diversion): Treatment {
  const [kind, id] = diversion.split(':');
  return kind === 'release' ? { transferType: 'Release' } : { transferType: 'Transfer', deviceType: kind === 'flow' ? '3' : '1', value: Number(id) };
}

export interface QueueDraft {
  readonly name: string;
  readonly description: string;
  readonly medium: string;
  readonly maxWaitTime: number;
  readonly maxWaitNum: number;
  readonly maxAgentWrapupTime: number;
  readonly noAgents: Diversion;
  readonly busy: Diversion;
  readonly timeOut: Diversion;
  /** Id of the flow that runs while one waits; empty for music. */
  readonly waitFlow: string;
  readonly announcesAgent: boolean;
}

export const NEW_QUEUE: QueueDraft = {
  name: '', description: '', medium: '5', maxWaitTime: 120, maxWaitNum: 100, maxAgentWrapupTime: 10, noAgents: 'release', busy: 'release', timeOut: 'release', waitFlow: '', announcesAgent: false,
};

export function draftOf({ name, description, mediaTypeId, maxWaitTime, maxWaitNum, maxAgentWrapupTime, skillParam }: Queue): QueueDraft {
  const { noAgents, busy, timeOut, waitVoice, answerFunction } = skillParam;
  return {
    name, description, medium: String(mediaTypeId), maxWaitTime, maxWaitNum, maxAgentWrapupTime, noAgents: diversionOf(noAgents), busy: diversionOf(busy), timeOut: diversionOf(timeOut),
    waitFlow: waitVoice?.parameterType === 'IVR' ? waitVoice.id ?? '' : '', announcesAgent: answerFunction === '0',
  };
}

/** The setting of 5.2.1: media 5 and 19 need all five parts of it, the others take three. */
export function skillParamOf({ medium, noAgents, busy, timeOut, waitFlow, announcesAgent }: QueueDraft): Queue['skillParam'] {
  const treatment = { noAgents: treatmentOf(noAgents), busy: treatmentOf(busy), timeOut: treatmentOf(timeOut) };
  if (!hasVoice(Number(medium))) return treatment;
  return {
    ...treatment, answerFunction: announcesAgent ? '0' : '2',
    waitVoice: waitFlow === '' ? { parameterType: 'Voice' } : { parameterType: 'IVR', id: waitFlow },
  };
}

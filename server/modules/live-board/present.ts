import type { liveAgent, liveQueue } from '@parley/contract/admin/live.ts';
import type { AgentOnBoard, QueueOnBoard } from '@parley/core/live/board.ts';
import type { Static } from 'typebox';

/** What came of the calls of a queue today. */
export interface Level {
  readonly calls: number;
  readonly answered: number;
  readonly inTime: number;
}

export const presentQueue = ({ id: queueId, ...queue }: QueueOnBoard, today: Level | undefined): Static<typeof liveQueue> =>
  ({ queueId, ...queue, longestSince: queue.longestSince ?? null, today: today ?? null });

/** Help and quality checks are among agents. */
export const DIRECTIONS = { inbound: 'in', outbound: 'out', internal: 'internal', other: 'internal' } as const;

export function presentAgent({ id: workNo, call, until, next, queues, ...agent }: AgentOnBoard, name: string): Static<typeof liveAgent> {
  return {
    workNo, name, ...agent, until: until ?? null, next: next ?? null, queues: [...queues],
    call: call === undefined ? null : { callId: call.id, direction: DIRECTIONS[call.kind], queueId: call.queue ?? null, since: call.since },
  };
}

/** Who is not signed in any more. */
export const presentGone = (workNo: number, name: string, since: number): Static<typeof liveAgent> => ({
  workNo, name, state: 'signedOut', since, reason: 0, until: null, next: null, takesCalls: false, queues: [], call: null, held: 0, chats: 0,
});

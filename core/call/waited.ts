import type { Call, Visit } from './call.ts';

/** How long a caller has waited in queues; waiting in several at once counts once. */
export function waitedMs(call: Call, at: number): number {
  let waited = 0;
  let counted = 0;
  for (const { device, waitFrom, until = at } of call.visits) {
    if (device !== 'queue' && device !== 'agentQueue') continue;
    const from = Math.max(waitFrom, counted);
    if (until <= from) continue;
    waited += until - from;
    counted = until;
  }
  return waited;
}

/** When a call was with an agent, the latest time. */
export const visitOf = (call: Call, agent: number): Visit | undefined =>
  call.visits.findLast(({ device, no }) => device === 'agent' && no === String(agent));

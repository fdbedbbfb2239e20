import type { showDeskNow } from '@parley/contract/admin/desk.ts';
import type { Result } from '@parley/contract/operation.ts';
import type { CallOnDesk, DeskNow } from '@parley/core/live/desk.ts';
import { DIRECTIONS, presentAgent } from '../live-board/index.ts';

type ShownDesk = Result<typeof showDeskNow>;

/** Names of agents by work number. */
type Names = ReadonlyMap<number, string>;

function presentCall({ id: callId, kind, about, consultation, unverified, talkedAt, queue, parties, ...call }: CallOnDesk, names: Names): ShownDesk['calls'][number] {
  return {
    callId, direction: DIRECTIONS[kind], about: about ?? null, consultation: consultation ?? null, callerVerified: !unverified, talkedAt: talkedAt ?? null, queueId: queue ?? null,
    parties: parties.map((party) => ({ ...party, name: party.kind === 'agent' ? names.get(Number(party.no)) ?? '' : '' })), ...call,
  };
}

export const presentNow = ({ agent, autoAnswer, autoIdle, calls, last, inspects, queues }: DeskNow, at: number, names: Names): ShownDesk => ({
  at, agent: presentAgent(agent, names.get(agent.id) ?? ''), autoAnswer, autoIdle, calls: calls.map((call) => presentCall(call, names)),
  lastCall: last === undefined ? null : { callId: last.id, number: last.number },
  inspects: inspects === undefined ? null : { workNo: inspects.agent, how: inspects.how },
  queues: queues.map(({ id: queueId, name, waiting, longestSince }) => ({ queueId, name, waiting, longestSince: longestSince ?? null })),
});

import { agentEventErrors, agentEventPoll } from '@parley/contract/gateway/agent-event.ts';
import { asSerialised, handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';
import type { Notice } from './notice.ts';
import type { Outbox } from './outbox.ts';

/** Byte for byte what clients of the field compare an empty poll with. */
const NOTHING_NEW = asSerialised('{"message":"","retcode":"0"}');

const wireOf = ({ agent, eventType, content }: Notice) => ({ eventType, workNo: String(agent), content });

export interface PollDependencies {
  readonly outbox: Outbox;
  /** How long an empty poll waits: clients give up after 10 to 11 s. */
  readonly pollWaitMs: number;
  /** Headers with a new GUID, where one is due. */
  readonly renewGuid: (vdnId: number, agent: number, now: number) => Promise<Readonly<Record<string, string>>>;
  readonly clock: () => number;
}

export function pollHandlers({ outbox, pollWaitMs, renewGuid, clock }: PollDependencies): readonly Handler[] {
  return [
    handle(agentEventPoll, async ({ agentid }, { vdnId, now, header, gone, onSent }) => {
      if (outbox.modeOf(vdnId, agentid) === 'push') return refuse(agentEventErrors.eventsArePushed, { agent: agentid });
      outbox.seen(vdnId, agentid, now);
      const next = await outbox.take(vdnId, agentid, pollWaitMs, gone);
      outbox.seen(vdnId, agentid, clock());
      for (const [name, value] of Object.entries(await renewGuid(vdnId, agentid, clock()))) header(name, value);
      if (next === undefined) return NOTHING_NEW;
      // A client that left while it was being answered fetches the event with its next poll.
      onSent((isSent) => { if (!isSent) outbox.putBack(vdnId, next); });
      return { event: wireOf(next) };
    }),
  ];
}

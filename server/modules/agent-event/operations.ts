import { setImmediate as nextTurn } from 'node:timers/promises';
import { agentEventErrors, agentEventPoll } from '@parley/contract/gateway/agent-event.ts';
import { sessionErrors } from '@parley/contract/gateway/errors.ts';
import { asSerialised, handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';
import { wireOf } from './notice.ts';
import type { Outbox } from './outbox.ts';

/** Byte for byte what clients of the field compare an empty poll with. */
const NOTHING_NEW = asSerialised('{"message":"","retcode":"0"}');

export interface PollDependencies {
  readonly outbox: Pick<Outbox, 'modeOf' | 'seen' | 'take'>;
  /** How long an empty poll waits: clients give up after 10 to 11 s. */
  readonly pollWaitMs: number;
  /** The GUID of the session; undefined when it has ended. */
  readonly guidOf: (vdnId: number, agent: number, session: string) => Promise<string | undefined>;
  readonly clock: () => number;
}

/** 4 % either way: polls that began together must not all fall due together. Of 9.4 s it makes 9.02 to 9.78 s (6.1.4.1). */
const SPREAD = 0.04;
const spread = (ms: number): number => ms * (1 + SPREAD * (2 * Math.random() - 1));

export function pollHandlers({ outbox, pollWaitMs, guidOf, clock }: PollDependencies): readonly Handler[] {
  return [
    handle(agentEventPoll, async ({ agentid }, { vdnId, caller, now, requestHeader, header, gone, onSent }) => {
      if (outbox.modeOf(vdnId, agentid) === 'push') return refuse(agentEventErrors.eventsArePushed, { agent: agentid });
      const { session = '' } = caller;
      outbox.seen(vdnId, agentid, now);
      const handed = await outbox.take(vdnId, agentid, session, spread(pollWaitMs), gone);
      // What the network has already told of the client is heard now: the event is not for one who has just left.
      if (handed !== undefined) await nextTurn();
      let guid: string | undefined;
      try {
        guid = await guidOf(vdnId, agentid, session);
      } catch (error) {
        handed?.settle(false);
        throw error;
      }
      if (handed !== undefined) onSent(handed.settle);
      // The session ended while the poll waited, and nothing is left of it.
      else if (guid === undefined) return refuse(sessionErrors.notSignedIn, { agent: agentid });
      if (guid !== undefined) outbox.seen(vdnId, agentid, clock());
      if (guid !== undefined && guid !== requestHeader('guid')?.trim()) {
        header('Guid', guid);
        header('Set-GUID', `JSESSIONID=${guid}`);
      }
      return handed === undefined ? NOTHING_NEW : { event: wireOf(handed.notice) };
    }),
  ];
}

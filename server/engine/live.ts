import { ctiStateOf } from '@parley/core/agent/projection.ts';
import { SIGN_OUT } from '@parley/core/agent/session.ts';
import type { Engine } from './engine.ts';

/**
 * What configuration must ask of, and tell to, the live side: agents at work, calls in queues, phones at the registrar.
 */
export interface Live {
  /** Signs the agent out in whatever state and drops the legs (5.1.2). */
  readonly endAgent: (vdnId: number, workNo: number) => Promise<void>;
  /** Whoever has registered as that phone must do so anew, by what is the password now, if it is a phone still (5.1.2, 5.1.8). */
  readonly endRegistrations: (vdnId: number, sipNumber: string) => Promise<void>;
  /** Those of the queues in which calls wait or are being served (5.2.2). */
  readonly queuesHoldingCalls: (vdnId: number, queueIds: readonly number[]) => Promise<readonly number[]>;
  /** State of an agent (5.1.12) by the numbers of Table 6-453, where 0 is who is not signed in. */
  readonly agentStatus: (vdnId: number, workNo: number) => Promise<number>;
}

/** Phones that have registered, by their numbers. */
export interface RegisteredPhones {
  /** Ends all registrations of the number. */
  readonly dropAll: (sipNumber: string) => void;
  readonly isRegistered: (sipNumber: string) => boolean;
}

/** Nobody is brought into memory to be asked where nothing goes on. */
export function liveOf(engine: Pick<Engine, 'glance' | 'send'>, phones?: Pick<RegisteredPhones, 'dropAll'>): Live {
  return {
    endAgent: async (vdnId, workNo) => {
      if (!(await engine.glance(vdnId, ({ agents }) => agents.has(workNo)))) return;
      // Refused where the agent has left in the meantime, which is as well.
      await engine.send(vdnId, { kind: 'signOut', agent: workNo, force: true, cause: SIGN_OUT.removed });
    },
    endRegistrations: (_vdnId, sipNumber) => {
      phones?.dropAll(sipNumber);
      return Promise.resolve();
    },
    queuesHoldingCalls: (vdnId, queueIds) => engine.glance(vdnId, ({ calls }) => {
      const holding = new Set<number>();
      for (const { waitingIn, queue, offer, parts } of calls.values()) {
        for (const id of waitingIn) holding.add(id);
        const isServed = offer !== undefined || parts.some(({ kind }) => kind === 'agent');
        if (queue !== undefined && isServed) holding.add(queue);
      }
      return queueIds.filter((id) => holding.has(id));
    }),
    agentStatus: (vdnId, workNo) => engine.glance(vdnId, (centre) => ctiStateOf(centre, centre.agents.get(workNo))),
  };
}

import type { AgentState } from '@parley/core/agent/agent.ts';
import type { Engine } from '../../engine/engine.ts';
import type { OnFault } from '../../engine/fault.ts';

/** How somebody has left who is signed out. */
export interface Departure {
  readonly at: number;
  /** 12.3.8.12. */
  readonly cause: number;
  /** The state that the agent was in before, where that is known. */
  readonly state: AgentState | undefined;
}

export interface Departures {
  /** To be awaited before looking: who had left before this process began is read then. */
  readonly ready: (vdnId: number, agents: Iterable<number>) => Promise<void>;
  readonly of: (vdnId: number, agent: number) => Departure | undefined;
}

export interface DeparturesDependencies {
  readonly engine: Pick<Engine, 'project'>;
  /** Of those of the agents whose last session is over, how it ended. */
  readonly lastDepartures: (vdnId: number, agents: readonly number[]) => Promise<readonly (Pick<Departure, 'at' | 'cause'> & { readonly agent: number })[]>;
  readonly onFault: OnFault;
}

/** What is last known of an agent: the state, or how the agent has left. */
type Known = AgentState | Departure;

/** Remembers when agents signed out and in which state, which nothing that is alive does. */
export function createDepartures({ engine, lastDepartures, onFault }: DeparturesDependencies): Departures {
  const tenants = new Map<number, Map<number, Known>>();
  const reading = new Map<number, Promise<void>>();
  const ofTenant = (vdnId: number): Map<number, Known> => {
    let known = tenants.get(vdnId);
    if (known === undefined) tenants.set(vdnId, known = new Map());
    return known;
  };
  engine.project<never>({
    read: (event, { vdnId }, at) => {
      if (event.type === 'AgentMoved') ofTenant(vdnId).set(event.agent, event.to);
      else if (event.type === 'AgentSignedOut') {
        const before = ofTenant(vdnId).get(event.agent);
        ofTenant(vdnId).set(event.agent, { at, cause: event.cause, state: typeof before === 'string' ? before : undefined });
      }
      return [];
    },
    deliver: () => undefined,
  });

  const readAll = async (vdnId: number, agents: readonly number[]): Promise<void> => {
    try {
      const known = ofTenant(vdnId);
      for (const { agent, at, cause } of await lastDepartures(vdnId, agents)) if (!known.has(agent)) known.set(agent, { at, cause, state: undefined });
    } catch (error) {
      // What is alive is told all the same; whoever looks next has it read again.
      reading.delete(vdnId);
      onFault('it could not be read when agents signed out', { vdnId, error });
    }
  };

  return {
    ready: async (vdnId, agents) => {
      let read = reading.get(vdnId);
      if (read === undefined) reading.set(vdnId, read = readAll(vdnId, [...agents]));
      await read;
    },
    of: (vdnId, agent) => {
      const known = tenants.get(vdnId)?.get(agent);
      return typeof known === 'object' ? known : undefined;
    },
  };
}

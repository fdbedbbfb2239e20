import type { AgentState } from '@parley/core/agent/agent.ts';
import type { Engine } from '../../engine/engine.ts';

/** How somebody has left who is signed out. */
export interface Departure {
  readonly at: number;
  /** 12.3.8.12. */
  readonly cause: number;
  /** The state that the agent was in before. */
  readonly state: AgentState | undefined;
}

export interface Departures {
  /** Undefined of those who were away already when this process began. */
  readonly of: (vdnId: number, agent: number) => Departure | undefined;
}

/** Remembers when agents signed out and in which state, which nothing that is alive does. */
export function createDepartures(engine: Pick<Engine, 'project'>): Departures {
  const states = new Map<number, Map<number, AgentState | Departure>>();
  const put = (vdnId: number, agent: number, what: AgentState | Departure): void => {
    const ofTenant = states.get(vdnId) ?? new Map<number, AgentState | Departure>();
    states.set(vdnId, ofTenant.set(agent, what));
  };
  const stateOf = (vdnId: number, agent: number): AgentState | undefined => {
    const known = states.get(vdnId)?.get(agent);
    return typeof known === 'string' ? known : undefined;
  };
  engine.project<never>({
    read: (event, { vdnId }, at) => {
      if (event.type === 'AgentMoved') put(vdnId, event.agent, event.to);
      else if (event.type === 'AgentSignedOut') put(vdnId, event.agent, { at, cause: event.cause, state: stateOf(vdnId, event.agent) });
      return [];
    },
    deliver: () => undefined,
  });
  return {
    of: (vdnId, agent) => {
      const known = states.get(vdnId)?.get(agent);
      return typeof known === 'object' ? known : undefined;
    },
  };
}

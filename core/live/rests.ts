import type { Agent } from '../agent/agent.ts';
import type { Centre } from '../centre/state.ts';

/** Somebody who rests, or is to rest as soon as the call is over (6.1.1.12). */
export interface Rest {
  readonly agent: number;
  readonly isOn: boolean;
  /** When it began, or was asked for. */
  readonly since: number;
  /** How long it is to last; undefined where that was not said. */
  readonly ms: number | undefined;
}

export function restOf({ id, state, since, until, preRest, restAskedAt }: Agent): Rest | undefined {
  if (state === 'rest') return { agent: id, isOn: true, since, ms: until === undefined ? undefined : until - since };
  return preRest === undefined ? undefined : { agent: id, isOn: false, since: restAskedAt ?? since, ms: preRest.ms };
}

/** The rests of these agents, in their order. */
export const restsOf = ({ agents }: Centre, ids: readonly number[]): readonly Rest[] => ids.flatMap((id) => {
  const agent = agents.get(id);
  return agent === undefined ? [] : restOf(agent) ?? [];
});

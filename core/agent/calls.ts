import type { Centre } from '../centre/state.ts';
import type { Agent } from './agent.ts';

/** All calls of an agent, the current one first: then the held ones, then sessions of text. */
export const callsOf = (agent: Agent): readonly string[] =>
  [...new Set([...(agent.call === undefined ? [] : [agent.call]), ...agent.held, ...agent.chats, ...agent.chatOffers])];

/** The call that an agent is asked about when none is named: the current one, else the one that was held last. */
export const foremostCall = (agent: Agent): string | undefined => agent.call ?? agent.held.at(-1);

/** The call that something is done to when none is named. Of several held ones none is meant more than another. */
export const onlyCall = ({ call, held }: Agent): string | undefined => call ?? (held.length === 1 ? held[0] : undefined);

/** 6.3.8: to listen to other agents, and to watch them. */
const MAY_LISTEN = 13;
const MAY_WATCH = 17;

/** Whether an agent is one who inspects others. */
export function isInspector({ config }: Centre, agent: number): boolean {
  const configured = config.agents.get(agent);
  const bits = configured === undefined ? undefined : config.roles.get(configured.roleId);
  return bits?.has(MAY_LISTEN) === true || bits?.has(MAY_WATCH) === true;
}

/** 6.1.3.7 and 6.1.3.12: about oneself everybody may ask, about others inspectors. */
export const mayAskAbout = (centre: Centre, asker: number, other: number): boolean => asker === other || isInspector(centre, asker);

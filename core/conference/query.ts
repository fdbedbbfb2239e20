import type { Agent } from '../agent/agent.ts';
import { refused, type Refused } from '../centre/refused.ts';
import type { Centre } from '../centre/state.ts';
import { INSPECTOR_ROLE } from '../inspection/rights.ts';
import { CODE, isJoined, participantOf, type Conference } from './conference.ts';

/** 6.1.6.18. */
const MAX_ASKED = 20;

const isInspector = ({ config }: Centre, agent: Agent): boolean => config.agents.get(agent.id)?.roleId === INSPECTOR_ROLE;
const goesOn = ({ state }: Conference): boolean => state === 'on';

/** 6.1.6.18: an inspector sees all, others the one that they are in; what there is not, or may not be seen, is left out. */
export function conferencesSeen(centre: Centre, agent: Agent, ids: readonly number[]): readonly Conference[] | Refused {
  if (ids.length > MAX_ASKED) return refused('conference', String(MAX_ASKED), CODE.asksTooMany);
  const seesAll = isInspector(centre, agent);
  return [...new Set(ids)].flatMap((id) => {
    const conference = centre.conferences.get(id);
    if (conference === undefined || !goesOn(conference)) return [];
    const own = participantOf(conference, agent.id);
    return seesAll || (own !== undefined && isJoined(own)) ? [conference] : [];
  });
}

/** 6.1.6.19: for inspectors. */
export function conferencesOn(centre: Centre, agent: Agent): readonly number[] | Refused {
  if (!isInspector(centre, agent)) return refused('notInspector', String(agent.id));
  return [...centre.conferences.values()].filter(goesOn).map(({ id }) => id);
}

import { isInspector } from '../agent/calls.ts';
import { refused, type Refused } from '../centre/refused.ts';
import type { Centre } from '../centre/state.ts';
import { mayInspect, RIGHT } from '../inspection/rights.ts';
import { MAY_PLAY } from '../playback/play.ts';

/** 6.3.8: whether an agent may play and download recordings at all (104-002). */
export const mayHear = ({ config }: Centre, agent: number): boolean => config.roles.get(config.agents.get(agent)?.roleId ?? 0)?.has(MAY_PLAY) ?? false;

/**
 * 13.1.2.2: whose recordings of a call an agent gets. An inspector says whose; it is for inspectors to hear others, as far as
 * they may inspect them (12.1). The agent who is meant need not be signed in.
 */
export function whoseRecording(centre: Centre, asker: number, named: number | undefined): number | Refused {
  if (!mayHear(centre, asker)) return refused('noPermission', 'the role has no right to recordings');
  if (named === undefined) return isInspector(centre, asker) ? refused('nothing', 'workNo') : asker;
  if (named === asker) return asker;
  return mayInspect({ centre }, { id: asker }, named, RIGHT.listen) ?? named;
}

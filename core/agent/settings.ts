import { CHAT_MEDIA, MAX_SESSIONS, MEDIA_TYPES } from '../chat/capacity.ts';
import { refused, type Refused } from '../centre/refused.ts';
import type { Step } from '../centre/step.ts';
import { assignTo } from '../queue/routing.ts';
import { NO_CUSTOM_STATE, type Agent, type Profile } from './agent.ts';

/** What an agent sets for the rest of the session (6.1.1.7, 6.1.1.17), or what a new password does away with (6.1.1.16). */
export type Adjustment = Partial<Pick<Profile, 'autoAnswer' | 'autoEnterIdle' | 'phoneLinkage' | 'phoneLinked' | 'mustChangePassword'>>;

export function adjust(step: Step, agent: Agent, change: Adjustment): undefined {
  const names = Object.keys(change) as (keyof Adjustment)[];
  if (names.some((name) => change[name] !== agent.profile[name])) step.emit({ type: 'AgentAdjusted', agent: agent.id, change });
}

/** 6.1.1.8: all queues that are configured, or those of the list that are; none of an empty list. What waits there may be given at once. */
export function chooseQueues(step: Step, agent: Agent, queues: readonly number[] | undefined, by?: number): undefined {
  step.emit({
    type: 'AgentSkillsChosen', agent: agent.id, queues: queues === undefined ? undefined : [...new Set(queues)], ...(by === undefined ? {} : { by }),
  });
  assignTo(step, agent);
}

/** 6.1.1.22: whether the agent takes inbound calls, which are those of queues (6.5.4): colleagues may still call. */
export function setTalkRight(step: Step, agent: Agent, on: boolean): undefined {
  if (agent.takesCalls === on) return;
  step.emit({ type: 'TalkRightSet', agent: agent.id, on });
  assignTo(step, agent);
}

/** 6.1.1.27. */
export function setCustomState(step: Step, agent: Agent, state: number): Refused | undefined {
  if (!Number.isInteger(state) || state < 0 || state >= NO_CUSTOM_STATE) return refused('limit', String(state));
  step.emit({ type: 'CustomStateSet', agent: agent.id, state });
  return undefined;
}

/** 6.1.1.29. */
export function cancelCustomState(step: Step, agent: Agent): Refused | undefined {
  if (agent.customState === NO_CUSTOM_STATE) return refused('wrongState', 'no state of the business\'s own is set');
  step.emit({ type: 'CustomStateSet', agent: agent.id, state: NO_CUSTOM_STATE });
  return undefined;
}

/** 6.1.5.2: counts from the next session on; those that run go on. */
export function setCapacity(step: Step, agent: Agent, media: number, sessions: number): Refused | undefined {
  if (!MEDIA_TYPES.some((type) => type === media)) return refused('badMode', String(media));
  if (!Number.isInteger(sessions) || sessions < 1 || sessions > MAX_SESSIONS) return refused('limit', String(sessions));
  step.emit({ type: 'CapacitySet', agent: agent.id, media, sessions });
  if (CHAT_MEDIA.has(media)) assignTo(step, agent);
  return undefined;
}

import type { Agent } from '../agent/agent.ts';
import { refused, type Refused } from '../centre/refused.ts';
import type { Centre } from '../centre/state.ts';
import { talksOf } from '../recording/recording.ts';
import { canonicalCallId } from './call-id.ts';

/** 6.1.5.4: the room into which an agent's phone was put for that call, which may be held; it stands there still, whoever is at the other end. */
export function roomToReturnTo(centre: Centre, agent: Agent, callId: string): string | Refused {
  const id = canonicalCallId(callId);
  const talk = talksOf(centre, agent).find(({ call, room }) => call === id || room === id);
  if (talk === undefined) return refused('noCall', callId);
  const phone = agent.leg === undefined ? undefined : centre.legs.get(agent.leg);
  return phone?.state === 'up' ? talk.room : refused('phoneUnavailable', phone?.state ?? 'on hook');
}

import type { Agent } from '../agent/agent.ts';
import { refused, type Refused } from '../centre/refused.ts';
import type { Step } from '../centre/step.ts';
import { takeOut } from '../queue/routing.ts';
import { offer } from './offer.ts';

export interface CallRequested {
  readonly call: string;
  readonly queue: number;
}

/** States out of which an agent may ask for a call: an idle one would be given the first that waits anyhow. */
const FROM: ReadonlySet<string> = new Set(['idle', 'busy', 'wrapUp']);

/** 6.1.2.20: a certain call out of a queue of the agent's skills, whoever waits before it. Not beside a held call. */
export function requestCall(step: Step, agent: Agent, { call: callId, queue }: CallRequested): Refused | undefined {
  if (!FROM.has(agent.state) || agent.held.length > 0 || agent.call !== undefined) return refused('wrongState', agent.state);
  if (agent.profile.phone === '') return refused('phoneUnavailable');
  if (!agent.skills.some(({ queueId }) => queueId === queue)) return refused('unknownQueue', String(queue));
  const call = step.centre.calls.get(callId);
  if (call?.medium !== 'voice' || !call.waitingIn.includes(queue)) return refused('unknownCall', callId);
  takeOut(step, call, queue);
  offer(step, call, agent, { how: 'requested', queue });
  return undefined;
}

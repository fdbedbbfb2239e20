import type { Agent } from '../agent/agent.ts';
import { isRefused, refused, type Refused } from '../centre/refused.ts';
import { callOf, type Step } from '../centre/step.ts';
import { partOf, type AgentPart, type Call } from './call.ts';

interface Current {
  readonly call: Call;
  readonly part: AgentPart;
}

/** The call that the agent talks in. */
export function currentOf(step: Step, agent: Agent): Current | Refused {
  if (agent.call === undefined) return refused('noCall');
  const call = callOf(step, agent.call);
  const part = partOf(call, agent.id);
  if (part === undefined || agent.state !== 'talking') return refused('wrongState', agent.state);
  return { call, part };
}

/** 6.1.2.8: the others hear music until the agent comes back. */
export function hold(step: Step, agent: Agent): Refused | undefined {
  const current = currentOf(step, agent);
  if (isRefused(current)) return current;
  step.emit({ type: 'CallHeld', call: current.call.id, agent: agent.id });
  return undefined;
}

/** 6.1.2.10: with several held calls the client must say which. */
export function retrieve(step: Step, agent: Agent, callId: string | undefined): Refused | undefined {
  const [first, ...others] = agent.held;
  if (first === undefined) return refused('noCall');
  if (agent.call !== undefined) return refused('wrongState', 'a call goes on');
  if (callId === undefined && others.length > 0) return refused('wrongState', 'several calls are held: callid says which');
  const id = callId ?? first;
  if (!agent.held.includes(id)) return refused('noCall', id);
  step.emit({ type: 'CallRetrieved', call: id, agent: agent.id });
  return undefined;
}

/** 6.1.2.6 and 6.1.2.7: the agent is not heard, or again. */
export function mute(step: Step, agent: Agent, on: boolean): Refused | undefined {
  const current = currentOf(step, agent);
  if (isRefused(current)) return current;
  if (current.part.muted === on) return refused('wrongState', on ? 'muted already' : 'not muted');
  step.emit({ type: 'CallMuted', call: current.call.id, agent: agent.id, on });
  return undefined;
}

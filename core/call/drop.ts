import type { Agent } from '../agent/agent.ts';
import { refused, type Refused } from '../centre/refused.ts';
import { callOf, type Step } from '../centre/step.ts';
import { CAUSE, customersOf, partOf } from './call.ts';
import { dropsConsultation } from './consult.ts';
import { endOffer } from './offer.ts';
import { agentLeaves, customerLeaves, endIfLonely, releaseBy } from './release.ts';

/** 6.1.2.16: the current call; held ones stay. */
export function release(step: Step, agent: Agent): Refused | undefined {
  const call = agent.call === undefined ? undefined : callOf(step, agent.call);
  const part = call === undefined ? undefined : partOf(call, agent.id);
  if (call === undefined || part === undefined) return refused('noCall');
  releaseBy(step, call, part);
  return undefined;
}

/** 6.1.2.15: any of the agent's calls, a held one too. Who drops a consultation is back with the customer. */
export function dropCall(step: Step, agent: Agent, callId: string): Refused | undefined {
  const call = step.centre.calls.get(callId);
  const part = call === undefined ? undefined : partOf(call, agent.id);
  if (call === undefined || part === undefined) return refused('noCall', callId);
  if (!dropsConsultation(step, call, part)) releaseBy(step, call, part);
  return undefined;
}

/**
 * 6.1.2.17: one party of the call that was made last, be it held; a call before it is out of reach, so that who asks for help
 * does not release the customer who waits. An agent who was called in releases nobody else.
 */
export function disconnect(step: Step, agent: Agent, number: string): Refused | undefined {
  const last = agent.call ?? agent.held.at(-1);
  const call = last === undefined ? undefined : callOf(step, last);
  const own = call === undefined ? undefined : partOf(call, agent.id);
  if (call === undefined || own === undefined) return refused('noCall');
  if (number === agent.profile.phone || number === String(agent.id)) {
    releaseBy(step, call, own);
    return undefined;
  }
  if (own.role === 'assistant') return refused('nothing', number);
  const colleague = partOf(call, Number(number));
  const customer = customersOf(call).find((part) => part.number === number);
  if (colleague !== undefined) agentLeaves(step, call, colleague, 'dropped');
  else if (customer !== undefined) customerLeaves(step, call, customer, 'agent', CAUSE.released);
  else if (call.offer?.agent === Number(number)) endOffer(step, call, 'withdrawn');
  else return refused('nothing', number);
  endIfLonely(step, call, CAUSE.released);
  return undefined;
}

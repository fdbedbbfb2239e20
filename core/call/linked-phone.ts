import type { Agent } from '../agent/agent.ts';
import { refused, type Refused } from '../centre/refused.ts';
import type { Step } from '../centre/step.ts';
import type { Call, Leg } from './call.ts';
import { answer } from './offer.ts';
import { reject } from './reject.ts';
import { release } from './drop.ts';

const notLinked = (): Refused => refused('phoneUnavailable', 'the agent has signed in without phone linkage');
const notRinging = (): Refused => refused('wrongState', 'the phone does not ring');

/** What a linked phone is about: the leg to it, and the call that is offered to the agent. */
function aboutPhone({ centre }: Step, agent: Agent): { readonly leg: Leg | undefined; readonly offered: Call | undefined } {
  const call = agent.call === undefined ? undefined : centre.calls.get(agent.call);
  return { leg: agent.leg === undefined ? undefined : centre.legs.get(agent.leg), offered: call?.offer?.agent === agent.id ? call : undefined };
}

/**
 * 6.1.2.23: the phone that rings is told to answer, whatever it rings for, and a call that is offered is answered with it. Where
 * the phone is off the hook and a call rings in the software, that is answered.
 */
export function pickUpPhone(step: Step, agent: Agent): Refused | undefined {
  if (!agent.profile.phoneLinkage) return notLinked();
  const { leg, offered } = aboutPhone(step, agent);
  if (leg?.state === 'up' && offered !== undefined) return answer(step, agent, offered.id);
  if (leg?.state !== 'ringing') return notRinging();
  step.emit({ type: 'PickUpAsked', leg: leg.id, agent: agent.id, ...(offered === undefined ? {} : { call: offered.id }) });
  return undefined;
}

/** 6.1.2.24: as when the agent does it by hand: a call that is offered goes on elsewhere and the agent is busy, and one that the agent makes is over. */
export function hangUpPhone(step: Step, agent: Agent): Refused | undefined {
  if (!agent.profile.phoneLinkage) return notLinked();
  const { leg, offered } = aboutPhone(step, agent);
  if (offered !== undefined) return reject(step, agent, { mode: 1, call: offered.id });
  return agent.state === 'dialling' && leg?.state !== 'up' ? release(step, agent) : notRinging();
}

import type { Agent } from '../agent/agent.ts';
import { isFree } from '../agent/readiness.ts';
import { refused, type Refused } from '../centre/refused.ts';
import { callOf, type Step } from '../centre/step.ts';
import { MEDIA } from '../queue/treatment.ts';
import { REASON, type Offer } from './call.ts';
import { MAY, permitted } from './dial.ts';
import { endOffer, offer } from './offer.ts';

/** Calls that an agent makes to another one are meant for that one. */
const INTERNAL: ReadonlySet<Offer['how']> = new Set(['internal', 'consult', 'threeParty']);

/** Agents whom nobody has put into a group are one: else picking up would need groups first. */
const groupOf = (step: Step, agent: Agent): number => step.centre.config.agents.get(agent.id)?.group ?? 0;

/** 6.1.2.21: the call that rings at a colleague of the group rings here instead. */
export function snatchPickup(step: Step, agent: Agent, target: number): Refused | undefined {
  if (!isFree(agent, MEDIA.voice)) return refused('wrongState', agent.state);
  if (!permitted(step, agent, MAY.pickUp)) return refused('noPermission', 'picking up calls');
  if (target === agent.id) return refused('self', String(target));
  const colleague = step.centre.agents.get(target);
  if (colleague === undefined) return refused('offline', String(target));
  if (groupOf(step, colleague) !== groupOf(step, agent)) return refused('foreignGroup', String(target));
  const call = colleague.call === undefined ? undefined : callOf(step, colleague.call);
  const rings = call?.offer;
  if (call === undefined || rings?.agent !== target) return refused('nothing', `no call rings at ${target}`);
  if (INTERNAL.has(rings.how) || call.third !== undefined) return refused('wrongState', 'a call between agents');
  endOffer(step, call, 'pickedUp');
  offer(step, call, agent, { how: 'pickUp', enter: REASON.pickedUp, ...(rings.queue === undefined ? {} : { queue: rings.queue }) });
  return undefined;
}

import type { Agent } from '../agent/agent.ts';
import { customersOf, type Leg } from '../call/call.ts';
import { canonicalCallId } from '../call/call-id.ts';
import { currentOf } from '../call/hold.ts';
import { isAside } from '../call/third.ts';
import { isRefused, refused, type Refused } from '../centre/refused.ts';
import type { Centre } from '../centre/state.ts';
import type { Step } from '../centre/step.ts';
import type { VoiceLeg } from '../voice/order.ts';
import type { ImageOutcome } from './event.ts';
import { nameImage, nextImage } from './image.ts';

/** The legs of the customers with whom an agent talks in this call: neither held, nor put aside for somebody else, nor lent to a flow. */
function customersWith(step: Step, agent: Agent, callId: string): readonly VoiceLeg[] | Refused {
  const current = currentOf(step, agent);
  if (isRefused(current)) return current;
  const { call } = current;
  if (call.id !== canonicalCallId(callId)) return refused('noCall', callId);
  return customersOf(call).flatMap((part) => {
    const isThere = part.leg !== undefined && step.centre.legs.get(part.leg)?.state === 'up' && call.flow?.leg !== part.leg && !isAside(call, part);
    return isThere && part.leg !== undefined ? [part.leg] : [];
  });
}

/** 6.1.5.5: asks the page at the other end of that leg, which shows a customer of the agent's, for a picture. What comes of it is told as an event. */
export function captureImage(step: Step, agent: Agent, callId: string, leg: VoiceLeg): Refused | undefined {
  const customers = customersWith(step, agent, callId);
  if (isRefused(customers)) return customers;
  if (!customers.includes(leg)) return refused('badMode', 'no customer with whom the agent talks has called from a web page');
  const { centre, at, emit } = step;
  if (centre.legs.get(leg)?.awaited !== undefined) return refused('wrongState', 'the customer is being asked');
  emit({ type: 'ImageAsked', image: nextImage(centre), call: canonicalCallId(callId), agent: agent.id, leg, path: nameImage(centre, agent.id, at) });
  return undefined;
}

function end({ centre, emit }: Step, leg: Leg, outcome: ImageOutcome): void {
  const { id, number, awaited } = leg;
  if (awaited === undefined) return;
  const call = centre.calls.get(awaited.call);
  emit({
    type: 'ImageCaptured', ...awaited, leg: id, outcome, ...(centre.toErase.has(awaited.call) ? { erase: true } : {}),
    ...(outcome === 'taken' ? { personal: { caller: call?.caller ?? number, called: call?.called ?? '' } } : {}),
  });
}

/** What came of a picture that is awaited. Of one that is not any more, nobody wants to know. */
export function imageAnswered(step: Step, id: VoiceLeg, image: string, outcome: ImageOutcome): Refused | undefined {
  const leg = step.centre.legs.get(id);
  if (leg?.awaited?.image !== image) return refused('nothing', 'the picture is not awaited');
  end(step, leg, outcome);
  return undefined;
}

/** The customer has gone, or said nothing. */
export const noImage = (step: Step, leg: Leg): void => { end(step, leg, 'failed'); };

export function imageTimeout(step: Step, id: VoiceLeg): void {
  const leg = step.centre.legs.get(id);
  if (leg !== undefined) noImage(step, leg);
}

/** Whether a picture is awaited, and what it is to be called. */
export const awaitedPath = ({ legs }: Centre, leg: VoiceLeg, image: string): string | undefined => {
  const awaited = legs.get(leg)?.awaited;
  return awaited?.image === image ? awaited.path : undefined;
};

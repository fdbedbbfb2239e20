import { isFree } from '../agent/readiness.ts';
import type { Agent } from '../agent/agent.ts';
import type { Step } from '../centre/step.ts';
import { MEDIA } from '../queue/treatment.ts';
import type { VoiceLeg } from '../voice/order.ts';
import { CAUSE, customersOf, partOf, REASON, type Call, type CustomerPart, type DeviceKind } from './call.ts';
import { endOffer } from './offer.ts';
import { agentLeaves, customerLeaves, dissolve, leaveQueues } from './release.ts';

/** What for: help (6.1.2.5) by the two agents alone or among three, or a transfer that its agent watches over (6.1.2.11). */
export type Purpose = 'consult' | 'help' | 'afterSuccess' | 'talk' | 'threeParty';

/** Somebody whom an agent in the call has sent for. The call goes on if nobody comes: that is what this is for. */
export interface Third {
  readonly by: number;
  readonly purpose: Purpose;
  /** Where they are sought; of a number outside, `no` is empty. */
  readonly to: { readonly device: DeviceKind; readonly no: string };
  /** Whether the customer hears music until they have come. */
  readonly hold: boolean;
  /** Of a number outside. */
  readonly leg: VoiceLeg | undefined;
  came: boolean;
  /** The call's queue before: that of the third counts only for a call which is really theirs. */
  readonly queueBefore: number | undefined;
}

/**
 * How it ended: the third has taken over or joined, did not come, was taken back by the agent. `left`: the agent left before
 * anybody came, and the customer waits for the third alone. `over`: one of the three has gone, the two others go on.
 */
export type ThirdEnd = 'done' | 'failed' | 'cancelled' | 'left' | 'over';

/** Whether an agent is still to come into the call, from a queue or at the phone. */
const isAwaited = (call: Call): boolean => call.offer !== undefined || call.awaits !== undefined || call.waitingIn.length > 0;

/** Nothing is going on but the talk itself. */
export const isQuiet = (call: Call): boolean => call.third === undefined && call.flow === undefined && !isAwaited(call);

/** The third, where it is a number outside and has not gone. */
export const thirdOutside = (call: Call): CustomerPart | undefined =>
  (call.third?.leg === undefined ? undefined : customersOf(call).find(({ leg }) => leg === call.third?.leg));

/** Whether somebody outside hears music while the agent's own business goes on in the same call. */
export function isAside({ third }: Call, { leg }: CustomerPart): boolean {
  if (third === undefined || (leg !== undefined && leg === third.leg)) return false;
  return third.came ? third.purpose === 'talk' : third.hold;
}

/** Why this agent cannot be had now, as a cause of 12.3.8.10. */
export function whyNot(agent: Agent | undefined): number | undefined {
  if (agent === undefined) return CAUSE.noAgent;
  return isFree(agent, MEDIA.voice) ? undefined : CAUSE.busy;
}

function end(step: Step, call: Call, third: Third, outcome: ThirdEnd, cause: number): void {
  step.emit({ type: 'ThirdEnded', call: call.id, agent: third.by, purpose: third.purpose, outcome, cause });
}

/** The third has come: a helper or a number joins in, a transfer is through. */
export function thirdComes(step: Step, call: Call): void {
  const { third } = call;
  if (third === undefined || third.came) return;
  if (third.purpose === 'talk' || third.purpose === 'threeParty') step.emit({ type: 'ThirdCame', call: call.id, agent: third.by });
  else end(step, call, third, 'done', CAUSE.released);
  if (third.purpose === 'help' || third.purpose === 'threeParty') step.emit({ type: 'ThreePartyBegan', call: call.id, agent: third.by });
  const source = third.purpose === 'afterSuccess' ? partOf(call, third.by) : undefined;
  if (source !== undefined) agentLeaves(step, call, source, 'transferred', REASON.transferred);
}

/** Nobody comes, or nobody shall any more. Answers whether anybody was sought, so that the call goes on as it was. */
export function thirdFails(step: Step, call: Call, cause: number, outcome: 'failed' | 'cancelled' = 'failed'): boolean {
  const { third } = call;
  if (third === undefined || third.came) return false;
  if (third.purpose === 'consult') {
    dissolve(step, call, cause, { leave: REASON.helperReleased });
    return true;
  }
  const part = thirdOutside(call);
  // First of all: an agent who becomes free below must not be given this call.
  leaveQueues(step, call, REASON.cancelled);
  end(step, call, third, outcome, cause);
  if (call.offer !== undefined) endOffer(step, call, 'withdrawn');
  if (part !== undefined) customerLeaves(step, call, part, 'failed', cause);
  return true;
}

/** Only the agents themselves end anything with this cause. */
const failure = (cause: number): 'failed' | 'cancelled' => (cause === CAUSE.released ? 'cancelled' : 'failed');

/** Somebody has left the call: what the sending for a third comes to. A consultation is over with the call of its own. */
export function settleThird(step: Step, call: Call, cause: number): void {
  const { third } = call;
  if (third === undefined || third.purpose === 'consult') return;
  const there = thirdOutside(call);
  const isSought = third.leg === undefined ? isAwaited(call) : there !== undefined;
  if (!isSought) end(step, call, third, third.came ? 'over' : failure(cause), cause);
  else if (customersOf(call).every((part) => part === there)) {
    if (third.came) end(step, call, third, 'over', cause);
    else thirdFails(step, call, cause);
  } else if (partOf(call, third.by) === undefined) passesOn(step, call, third.by, 'released');
}

/** The call is over, and with it what was under way in it. */
export function dropThird(step: Step, call: Call, cause: number, by: number | undefined): void {
  const { third } = call;
  if (third !== undefined) end(step, call, third, third.came ? 'over' : third.by === by ? 'cancelled' : failure(cause), cause);
}

/** The ways of leaving by which an agent means to be out of the call. */
const LETS_GO: ReadonlySet<string> = new Set(['released', 'dropped', 'signedOut', 'transferred']);

/**
 * An agent is about to leave. Who has a transfer under way passes the call on by that, be the third there already or not;
 * help that was asked for is asked for no more. Answers whether the call is passed on.
 */
export function passesOn(step: Step, call: Call, agent: number, why: string): boolean {
  const { third } = call;
  if (third === undefined || third.by !== agent || third.purpose === 'consult') return false;
  if (third.purpose === 'help' || !LETS_GO.has(why)) {
    if (!thirdFails(step, call, CAUSE.released, 'cancelled')) end(step, call, third, 'over', CAUSE.released);
    return false;
  }
  end(step, call, third, third.came ? 'done' : 'left', CAUSE.released);
  return true;
}

import { afterCall } from '../agent/after-call.ts';
import type { Step } from '../centre/step.ts';
import { agentsOf, CAUSE, customersOf, FEATURE, REASON, type AgentPart, type Call, type CustomerPart } from './call.ts';
import { afterConsultation, handsOver, joinHelper } from './consult.ts';
import type { CallEvent } from './event.ts';
import { endOffer } from './offer.ts';
import { dropThird, passesOn, settleThird } from './third.ts';
import { passCall } from './three-party.ts';

type LeftWhy = Extract<CallEvent, { type: 'AgentLeft' }>['why'];

/** Takes an agent out of a call, whose hands are free afterwards. */
export function agentLeaves(step: Step, call: Call, part: AgentPart, why: LeftWhy, leave: number = REASON.agentReleased): void {
  const isTransfer = passesOn(step, call, part.agent, why);
  step.emit({
    type: 'AgentLeft', call: call.id, agent: part.agent, why: isTransfer && why === 'released' ? 'transferred' : why, leave: isTransfer ? REASON.transferred : leave,
  });
  const agent = step.centre.agents.get(part.agent);
  if (agent === undefined || why === 'merged') return;
  afterCall(step, agent);
  afterConsultation(step, call, agent);
}

/** Takes somebody outside out of a call, and hangs the leg up where it still stands. */
export function customerLeaves(step: Step, call: Call, part: CustomerPart, by: 'agent' | 'failed', cause: number): void {
  step.emit({ type: 'CustomerLeft', call: call.id, leg: part.leg, by, cause, personal: { number: part.number } });
  hangUp(step, part.leg, cause);
}

export function hangUp(step: Step, legId: string | undefined, cause: number): void {
  const leg = legId === undefined ? undefined : step.centre.legs.get(legId);
  if (leg !== undefined && leg.state !== 'dropping') step.emit({ type: 'LegDropped', leg: leg.id, cause });
}

interface Dissolution {
  /** Why the agents and queues are left. */
  readonly leave?: number;
  /** The agent who has released the call. */
  readonly by?: number;
}

/** Whether two are in the call: an agent who calls somebody is alone until that one answers. */
const isAnswered = ({ parts }: Call): boolean => parts.filter((part) => part.kind === 'agent' || part.connected).length > 1;

/** Ends a call whatever its state: it waits nowhere any more, offers are withdrawn, everybody leaves, every leg of somebody outside is hung up. */
export function dissolve(step: Step, call: Call, cause: number, { leave = call.about === undefined ? REASON.customerReleased : REASON.helperReleased, by }: Dissolution = {}): void {
  if (!step.centre.calls.has(call.id)) return;
  const isGivenUp = by !== undefined && !isAnswered(call);
  dropThird(step, call, cause, by);
  // First of all: an agent who becomes free below must not be given this call.
  leaveQueues(step, call, leave);
  if (call.flow !== undefined) step.emit({ type: 'FlowLeft', call: call.id, leave });
  if (call.offer !== undefined) endOffer(step, call, 'withdrawn');
  for (const part of customersOf(call)) customerLeaves(step, call, part, 'agent', cause);
  for (const part of agentsOf(call)) agentLeaves(step, call, part, part.agent === by ? 'released' : 'ended', leave);
  step.emit({ type: 'CallEnded', call: call.id, cause: isGivenUp ? CAUSE.gaveUp : cause });
}

/** The call waits for nobody any more, neither in skill queues nor for one agent. */
export function leaveQueues(step: Step, call: Call, leave: number): void {
  for (const queue of call.waitingIn.slice()) step.emit({ type: 'CallDequeued', call: call.id, queue, leave });
  if (call.awaits !== undefined) step.emit({ type: 'CallAwaited', call: call.id, agent: call.awaits.agent, leave });
}

/** Whether somebody is still to come into the call: from a queue, a flow or an agent's phone. */
const isWaiting = (call: Call): boolean =>
  call.waitingIn.length > 0 || call.awaits !== undefined || call.flow !== undefined || call.offer !== undefined;

/**
 * A call lives as long as two parties are in it, or one waits for somebody: somebody outside to be served, or in a call
 * between agents the one who makes it. `less` tells how many parties to leave out of account.
 */
function isLonely(call: Call, less = 0): boolean {
  const people = call.parts.length - less;
  const isBetweenAgents = call.feature === FEATURE.internal || call.about !== undefined;
  return people < 2 && !(isWaiting(call) && (isBetweenAgents ? people > 0 : customersOf(call).length > 0));
}

export function endIfLonely(step: Step, call: Call, cause: number, dissolution: Dissolution = {}): void {
  if (!step.centre.calls.has(call.id)) return;
  settleThird(step, call, cause);
  if (!isLonely(call)) passCall(step, call);
  else if (!joinHelper(step, call)) dissolve(step, call, cause, dissolution);
}

/** 6.1.2.16: the agent hangs up on the call. Whoever would be left alone is let go first, so that the agent is told of both. */
export function releaseBy(step: Step, call: Call, part: AgentPart): void {
  if (handsOver(step, call, part.agent)) return;
  if (isLonely(call, 1)) {
    dissolve(step, call, CAUSE.released, { leave: call.about === undefined ? REASON.agentReleased : REASON.helperReleased, by: part.agent });
    return;
  }
  agentLeaves(step, call, part, 'released');
  endIfLonely(step, call, CAUSE.released, { leave: REASON.agentReleased });
}

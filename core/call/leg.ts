import { afterCall, settle } from '../agent/after-call.ts';
import type { Agent } from '../agent/agent.ts';
import type { Step } from '../centre/step.ts';
import type { VoiceLeg } from '../voice/order.ts';
import { agentsOf, CAUSE, customersOf, type Call, type Leg } from './call.ts';
import { endOffer, reroute, ring } from './offer.ts';
import { agentLeaves, endIfLonely, hangUp } from './release.ts';
import { customerAnswered, phoneUp } from './dial.ts';

/** What the voice port tells of a leg. Reports about legs that are gone are late, and mean nothing any more. */
export type LegReport =
  | { readonly kind: 'rang'; readonly leg: VoiceLeg }
  | { readonly kind: 'answered'; readonly leg: VoiceLeg }
  | { readonly kind: 'ended'; readonly leg: VoiceLeg; readonly cause: number };

export function legReported(step: Step, report: LegReport): void {
  const leg = step.centre.legs.get(report.leg);
  if (leg === undefined) return;
  if (report.kind === 'rang' && leg.state === 'dialling') step.emit({ type: 'LegRang', leg: leg.id });
  else if (report.kind === 'answered' && (leg.state === 'dialling' || leg.state === 'ringing')) answered(step, leg);
  else if (report.kind === 'ended') ended(step, leg, report.cause);
}

function answered(step: Step, leg: Leg): void {
  step.emit({ type: 'LegAnswered', leg: leg.id });
  if (leg.agent !== undefined) {
    const agent = step.centre.agents.get(leg.agent);
    if (agent !== undefined) phoneAnswered(step, agent);
    return;
  }
  const call = leg.call === undefined ? undefined : step.centre.calls.get(leg.call);
  if (call === undefined) hangUp(step, leg.id, CAUSE.normal);
  else {
    step.emit({ type: 'CustomerConnected', call: call.id, leg: leg.id });
    customerAnswered(step, call);
  }
}

/** The agent took the phone off the hook, for whatever it was rung for. */
function phoneAnswered(step: Step, agent: Agent): void {
  const call = agent.call === undefined ? undefined : step.centre.calls.get(agent.call);
  if (call === undefined) return;
  if (call.offer?.agent === agent.id) ring(step, call, agent);
  else phoneUp(step, call, agent);
}

function ended(step: Step, leg: Leg, cause: number): void {
  step.emit({ type: 'LegEnded', leg: leg.id, by: leg.state === 'dropping' ? 'platform' : 'far', cause, ...(leg.agent === undefined ? {} : { agent: leg.agent }) });
  if (leg.agent !== undefined) {
    const agent = step.centre.agents.get(leg.agent);
    if (agent !== undefined) phoneEnded(step, agent);
    return;
  }
  const call = leg.call === undefined ? undefined : step.centre.calls.get(leg.call);
  if (call !== undefined) customerEnded(step, call, leg, cause);
}

/** The phone is on hook: who was offered a call does not get it, who talked has released, who waited for it goes on. */
function phoneEnded(step: Step, agent: Agent): void {
  const { centre } = step;
  for (const id of [...agent.held, ...(agent.call === undefined ? [] : [agent.call])]) {
    const call = centre.calls.get(id);
    if (call === undefined) continue;
    if (call.offer?.agent === agent.id) {
      const { queue } = call.offer;
      endOffer(step, call, 'phone');
      reroute(step, call, queue, 'phone');
      continue;
    }
    const part = agentsOf(call).find((one) => one.agent === agent.id);
    if (part !== undefined) agentLeaves(step, call, part, 'released');
    endIfLonely(step, call, CAUSE.normal);
  }
  if (agent.call === undefined && agent.held.length === 0 && (agent.state === 'wrapUp' || agent.state === 'dialling')) settle(step, agent);
}

function customerEnded(step: Step, call: Call, leg: Leg, cause: number): void {
  const part = customersOf(call).find((one) => one.leg === leg.id);
  if (part === undefined) return;
  step.emit({ type: 'CustomerLeft', call: call.id, leg: leg.id, by: part.connected ? 'customer' : 'failed', cause, personal: { number: part.number } });
  endIfLonely(step, call, cause);
}

/** No report came of a leg that was told to end: it is given up, as no agent may wait for ever. */
export function dropTimeout(step: Step, id: VoiceLeg): void {
  const leg = step.centre.legs.get(id);
  if (leg?.state === 'dropping') ended(step, leg, CAUSE.internalError);
}

/** Nobody answered in time. */
export function ringTimeout(step: Step, id: VoiceLeg): void {
  const leg = step.centre.legs.get(id);
  if (leg === undefined || leg.state === 'up' || leg.state === 'dropping') return;
  step.emit({ type: 'LegDropped', leg: id, cause: CAUSE.unanswered });
  const agent = leg.agent === undefined ? undefined : step.centre.agents.get(leg.agent);
  if (agent === undefined) {
    const call = leg.call === undefined ? undefined : step.centre.calls.get(leg.call);
    if (call !== undefined) customerEnded(step, call, leg, CAUSE.unanswered);
    return;
  }
  const call = agent.call === undefined ? undefined : step.centre.calls.get(agent.call);
  if (call?.offer?.agent === agent.id) {
    const { queue } = call.offer;
    endOffer(step, call, 'phone');
    reroute(step, call, queue, 'phone');
  } else if (call !== undefined) {
    const part = agentsOf(call).find((one) => one.agent === agent.id);
    if (part !== undefined) agentLeaves(step, call, part, 'released');
    endIfLonely(step, call, CAUSE.unanswered);
  } else afterCall(step, agent);
}

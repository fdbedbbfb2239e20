import { settle } from '../agent/after-call.ts';
import type { Agent } from '../agent/agent.ts';
import { freeOfPhone, isLeavingPhone } from '../agent/own-phone.ts';
import type { Step } from '../centre/step.ts';
import { agentGoes, agentPhoneUp, numberAnswered, numberEnded } from '../conference/phone.ts';
import { noImage } from '../image/capture.ts';
import { endInspection } from '../inspection/end.ts';
import { beginInspection } from '../inspection/inspect.ts';
import { endPlayback } from '../playback/end.ts';
import { beginPlayback } from '../playback/play.ts';
import type { VoiceLeg } from '../voice/order.ts';
import { CAUSE, customersOf, partOf, REASON, type Call, type Leg } from './call.ts';
import { farAnswered, ownPhoneFails, phoneUp } from './dial.ts';
import { failOffer, ring, withPhone, type OfferEnd } from './offer.ts';
import { endIfLonely, hangUp, releaseBy } from './release.ts';
import { thirdComes } from './third.ts';

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
    if (agent?.leg === leg.id) phoneAnswered(step, agent);
    return;
  }
  if (leg.conference !== undefined) {
    numberAnswered(step, leg, leg.conference);
    return;
  }
  const call = leg.call === undefined ? undefined : step.centre.calls.get(leg.call);
  if (call === undefined) hangUp(step, leg.id, CAUSE.released);
  else {
    step.emit({ type: 'CustomerConnected', call: call.id, leg: leg.id });
    farAnswered(step, call);
    if (call.third?.leg === leg.id) thirdComes(step, call);
  }
}

/** The agent took the phone off the hook, for whatever it was rung for. For nothing at all it stays up, as a phone that is always off the hook does. */
function phoneAnswered(step: Step, agent: Agent): void {
  const call = agent.call === undefined ? undefined : step.centre.calls.get(agent.call);
  if (agent.inspecting !== undefined) beginInspection(step, agent);
  else if (agent.playback !== undefined) beginPlayback(step, agent);
  else if (call === undefined) agentPhoneUp(step, agent);
  else if (call.offer?.agent === agent.id) ring(step, call, agent);
  else phoneUp(step, call, agent);
}

function ended(step: Step, leg: Leg, cause: number): void {
  const { state } = leg;
  const agent = leg.agent === undefined ? undefined : step.centre.agents.get(leg.agent);
  // A phone of an earlier session of the agent, who has another one now, is none of this one's business.
  const isOwn = agent?.leg === leg.id;
  noImage(step, leg);
  step.emit({ type: 'LegEnded', leg: leg.id, by: state === 'dropping' ? 'platform' : 'far', cause, ...(leg.agent === undefined ? {} : { agent: leg.agent }) });
  if (agent !== undefined && isOwn) {
    if (state === 'dropping') phoneDown(step, agent);
    else phoneLost(step, agent, state === 'up' ? undefined : cause);
  }
  if (leg.conference !== undefined) numberEnded(step, leg, leg.conference, cause);
  const call = leg.call === undefined ? undefined : step.centre.calls.get(leg.call);
  if (call !== undefined) customerEnded(step, call, leg, cause);
}

/** The phone is on hook as it was told to: a call that has come meanwhile rings it again, a wrap-up that waited for it goes on (6.1.1.17). */
function phoneDown(step: Step, agent: Agent): void {
  const isNeeded = agent.call !== undefined || agent.conference !== undefined || agent.inspecting !== undefined || agent.playback !== undefined;
  if (isNeeded) withPhone(step, agent, () => { phoneAnswered(step, agent); });
  else if (agent.held.length === 0 && agent.state === 'wrapUp') settle(step, agent);
  else if (isLeavingPhone(agent)) freeOfPhone(step, agent);
}

/** What it means for an offer that a phone which rang is on hook again. */
const PHONE_ENDS: Readonly<Record<number, OfferEnd>> = { [CAUSE.unanswered]: 'unanswered', [CAUSE.rejected]: 'rejected' };

/**
 * The agent hung up, or the phone was never reached, with the `cause` then. Who was offered a call does not get it, who
 * dialled has nothing to dial with, who talked has released, held calls too.
 */
function phoneLost(step: Step, agent: Agent, cause: number | undefined): void {
  // The current one first: who consults a colleague passes on the held call by hanging up.
  for (const id of [...(agent.call === undefined ? [] : [agent.call]), ...agent.held]) {
    const call = step.centre.calls.get(id);
    if (call === undefined) continue;
    const part = partOf(call, agent.id);
    if (call.offer?.agent === agent.id) failOffer(step, call, cause === undefined ? 'rejected' : PHONE_ENDS[cause] ?? 'phone');
    else if (part !== undefined && cause !== undefined) ownPhoneFails(step, call, part, cause);
    else if (part !== undefined) releaseBy(step, call, part);
  }
  endInspection(step, agent, 'phone');
  endPlayback(step, agent, 'phone');
  agentGoes(step, agent.conference, agent.id, cause === CAUSE.unanswered ? 'unanswered' : 'unreachable');
}

/** Why a number outside was not reached, as the visit of the agent who dialled it tells (12.3.8.9). */
const LEAVES: Readonly<Record<number, number>> = {
  [CAUSE.busy]: REASON.busy, [CAUSE.unknownNumber]: REASON.noSuchNumber, [CAUSE.unanswered]: REASON.unanswered, [CAUSE.rejected]: REASON.rejected,
  [CAUSE.noResource]: REASON.noResource, [CAUSE.tooManyCalls]: REASON.noResource, [CAUSE.callsUsedUp]: REASON.noResource, [CAUSE.numberBarred]: REASON.numberBarred,
};

/** Hung up before anybody answered, or after (12.3.8.10). */
const isServed = ({ waitingIn, awaits, offer }: Call): boolean => waitingIn.length === 0 && awaits === undefined && offer === undefined;

function customerEnded(step: Step, call: Call, leg: Leg, cause: number): void {
  const part = customersOf(call).find((one) => one.leg === leg.id);
  if (part === undefined) return;
  step.emit({
    type: 'CustomerLeft', call: call.id, leg: leg.id, by: part.connected ? 'customer' : 'failed', cause, personal: { number: part.number },
  });
  if (!part.connected) endIfLonely(step, call, cause, { leave: LEAVES[cause] ?? REASON.unanswered });
  // Nobody has hung up whose call was cut off by its tenant's limits.
  else if (cause === CAUSE.callsUsedUp) endIfLonely(step, call, cause);
  else endIfLonely(step, call, isServed(call) ? CAUSE.normal : CAUSE.gaveUp);
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
  if (agent?.leg === id) phoneLost(step, agent, CAUSE.unanswered);
  if (leg.conference !== undefined) numberEnded(step, leg, leg.conference, CAUSE.unanswered);
  const call = leg.call === undefined ? undefined : step.centre.calls.get(leg.call);
  if (call !== undefined) customerEnded(step, call, leg, CAUSE.unanswered);
}

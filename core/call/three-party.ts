import type { Agent } from '../agent/agent.ts';
import { isRefused, refused, type Refused } from '../centre/refused.ts';
import { callOf, type Step } from '../centre/step.ts';
import type { VoiceLeg } from '../voice/order.ts';
import { agentsOf, bytesOf, CAUSE, customersOf, FEATURE, MAX_DATA_BYTES, partOf, REASON, type AgentPart, type Call } from './call.ts';
import { permitted } from './dial.ts';
import { currentOf } from './hold.ts';
import { isQuiet } from './third.ts';

/** 6.3.8: bit 9 allows three-party calls. */
export const MAY_BE_THREE = 9;
/** 6.1.2.14: as many as its name says. */
const PARTIES = 3;

/** 6.5.4 as an agent is told it: the feature belongs to the call and stays through transfers (6.5.1.2.11), but who was called in takes part in a three-party help. */
export function featureFor(call: Call, agent: number): number {
  const role = partOf(call, agent)?.role ?? (call.offer?.agent === agent && call.third?.purpose === 'help' ? 'assistant' : 'main');
  return role === 'assistant' && call.about === undefined ? FEATURE.threeParty : call.feature;
}

/** 6.5.1.2.4: the other parties of an agent, by number or work number. */
export const partnersOf = (call: Call, agent: number): readonly string[] => [
  ...agentsOf(call).filter((part) => part.agent !== agent).map((part) => String(part.agent)), ...customersOf(call).map(({ number }) => number),
];

interface Joining {
  readonly into: Call;
  readonly from: Call;
}

/**
 * A held call and the one that the same agent talks in, with nothing going on in either. The held one goes on, as it is the
 * customer's, unless it is the consultation about the other.
 */
export function heldAndCurrent(step: Step, agent: Agent, heldId: string): Joining | Refused {
  const found = currentOf(step, agent);
  if (isRefused(found)) return found;
  if (!agent.held.includes(heldId)) return refused('unknownCall', `${heldId} is not held`);
  const held = callOf(step, heldId);
  const current = found.call;
  if (!isQuiet(held) || !isQuiet(current)) return refused('wrongState', 'somebody is still being called');
  if (agentsOf(current).some((part) => part.agent !== agent.id && partOf(held, part.agent) !== undefined)) return refused('wrongState', 'the same agent is in both');
  return held.about === current.id ? { into: current, from: held } : { into: held, from: current };
}

interface Moving {
  readonly reason: number;
  /** What the agents are there; else what they were. */
  readonly role?: AgentPart['role'];
}

/** Everybody who is in a call goes over to another one, and the call is no more. */
export function moveAll(step: Step, from: Call, into: Call, { reason, role }: Moving): void {
  for (const part of from.parts.slice()) {
    if (part.kind === 'agent') {
      step.emit({ type: 'AgentLeft', call: from.id, agent: part.agent, why: 'merged', leave: reason });
      step.emit({
        type: 'AgentJoined', call: into.id, agent: part.agent, role: role ?? part.role, how: 'merged', enter: reason,
        ...(part.held ? { held: true } : {}),
      });
      if (part.muted) step.emit({ type: 'CallMuted', call: into.id, agent: part.agent, on: true });
    } else {
      const personal = { number: part.number };
      step.emit({ type: 'CustomerLeft', call: from.id, leg: part.leg, by: 'merged', cause: CAUSE.normal, personal });
      step.emit({ type: 'CustomerJoined', call: into.id, leg: part.leg, connected: part.connected, personal });
    }
  }
  step.emit({ type: 'CallEnded', call: from.id, cause: CAUSE.normal });
}

/** 6.1.2.14: the agent's two calls become one, the customer's, whose id and data go on. */
export function confJoin(step: Step, agent: Agent, heldId: string, data = ''): Refused | undefined {
  if (bytesOf(data) > MAX_DATA_BYTES) return refused('tooLarge', 'callappdata');
  const calls = heldAndCurrent(step, agent, heldId);
  if (isRefused(calls)) return calls;
  if (!permitted(step, agent, MAY_BE_THREE)) return refused('noPermission', 'three-party calls');
  const { into, from } = calls;
  // The agent is in both.
  if (into.parts.length + from.parts.length - 1 > PARTIES) return refused('limit', `${PARTIES} parties at most`);
  if (data !== '') step.emit({ type: 'CallDataSet', call: into.id, personal: { data } });
  step.emit({ type: 'AgentLeft', call: from.id, agent: agent.id, why: 'merged', leave: REASON.threePartyTalk });
  if (agent.call !== into.id) step.emit({ type: 'CallRetrieved', call: into.id, agent: agent.id });
  moveAll(step, from, into, { reason: REASON.threePartyTalk });
  step.emit({ type: 'ThreePartyBegan', call: into.id, agent: agent.id });
  return undefined;
}

/** When the agent whose call it was has gone, it is the call of who is left (6.1.2.17). */
export function passCall(step: Step, call: Call): void {
  const [first, ...others] = agentsOf(call);
  if (first === undefined || [first, ...others].some(({ role }) => role === 'main')) return;
  step.emit({ type: 'AgentPromoted', call: call.id, agent: first.agent });
}

/**
 * 6.1.2.25: from now on what the customer presses goes to the third party's IVR as well, which is the number that came into
 * the call last.
 */
export function passKeys(step: Step, agent: Agent): Refused | undefined {
  const current = currentOf(step, agent);
  if (isRefused(current)) return current;
  const { call } = current;
  const [customer, ivr] = customersOf(call).filter(({ connected }) => connected);
  if (customer === undefined || ivr?.leg === undefined) return refused('wrongState', 'the agent, a customer and a number outside must be in the call');
  if (call.keysTo !== ivr.leg) step.emit({ type: 'KeysPassedOn', call: call.id, agent: agent.id, leg: ivr.leg });
  return undefined;
}

/** Somebody outside presses keys. They are shown to the voice port and kept nowhere, as codes and card numbers are among them. */
export function keysPressed(step: Step, from: VoiceLeg, digits: string): void {
  const id = step.centre.legs.get(from)?.call;
  const call = id === undefined ? undefined : step.centre.calls.get(id);
  if (call?.keysTo === undefined || call.keysTo === from) return;
  if (step.centre.legs.get(call.keysTo)?.state === 'up') step.show({ type: 'KeysForwarded', call: call.id, leg: call.keysTo, digits });
}

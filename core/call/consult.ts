import { afterCall } from '../agent/after-call.ts';
import type { Agent } from '../agent/agent.ts';
import { isRefused, refused, type Refused } from '../centre/refused.ts';
import { callOf, nextCallId, type Step } from '../centre/step.ts';
import { enqueue } from '../queue/routing.ts';
import { agentsOf, bytesOf, CAUSE, customersOf, FEATURE, MAX_DATA_BYTES, partOf, REASON, type AgentPart, type Call } from './call.ts';
import { permitted } from './dial.ts';
import type { CallEvent } from './event.ts';
import { currentOf } from './hold.ts';
import { offer } from './offer.ts';
import { dissolve } from './release.ts';
import { isQuiet, thirdFails, whyNot } from './third.ts';
import { MAY_BE_THREE, moveAll } from './three-party.ts';
import { isVoiceQueue } from './transfer.ts';

export interface Helping {
  readonly to: { readonly device: 'agent'; readonly agent: number } | { readonly device: 'queue'; readonly queue: number };
  /** 1 and 2 of 6.1.2.5: the two agents alone, or all three together. */
  readonly mode: 'twoParty' | 'threeParty';
  readonly data?: string;
  /** Whether the customer hears music until the helper has joined; of mode 2, as in mode 1 there is no question. */
  readonly hold?: boolean;
}

type Seek = Omit<Extract<CallEvent, { type: 'ThirdSought' }>, 'type' | 'call' | 'agent'>;

/** Answers the id of the consultation or, among three, of the customer's own call. Who is away or busy is told of by an event (6.5.1.2.14). */
export function innerHelp(step: Step, agent: Agent, { to, mode, data = '', hold = true }: Helping): string | Refused {
  if (bytesOf(data) > MAX_DATA_BYTES) return refused('tooLarge', 'callappdata');
  const current = currentOf(step, agent);
  if (isRefused(current)) return current;
  const { call } = current;
  if (agent.profile.mustChangePassword) return refused('mustChangePassword', 'the password must be changed first');
  if (customersOf(call).length === 0) return refused('noCall', 'nobody outside is in the call');
  if (!isQuiet(call) || call.parts.length > 2) return refused('wrongState', 'somebody else is in the call already, or is being called');
  if (mode === 'threeParty' && !permitted(step, agent, MAY_BE_THREE)) return refused('noPermission', 'three-party calls');
  if (to.device === 'queue' && !isVoiceQueue(step, to.queue)) return refused('unknownQueue', String(to.queue));
  if (to.device === 'agent' && to.agent === agent.id) return refused('self', String(to.agent));
  if (to.device === 'agent' && !step.centre.config.agents.has(to.agent)) return refused('unknownAgent', String(to.agent));
  const seek: Seek = {
    purpose: mode === 'twoParty' ? 'consult' : 'help', to: { device: to.device, no: String(to.device === 'agent' ? to.agent : to.queue) },
    hold: mode === 'threeParty' && hold,
  };
  if (mode === 'twoParty') return consult(step, agent, call, to, seek, data);
  if (data !== '') step.emit({ type: 'CallDataSet', call: call.id, personal: { data } });
  step.emit({ type: 'ThirdSought', call: call.id, agent: agent.id, ...seek });
  send(step, call, to);
  return call.id;
}

/** 6.1.2.5, mode 1: a call of its own about the customer's, who hears music meanwhile. */
function consult(step: Step, agent: Agent, about: Call, to: Helping['to'], seek: Seek, data: string): string {
  const id = nextCallId(step);
  const helper = to.device === 'agent' ? step.centre.agents.get(to.agent) : undefined;
  // The customer is not left waiting for somebody of whom it is known that they cannot come.
  const isInVain = to.device === 'agent' && whyNot(helper) !== undefined;
  if (!isInVain) {
    step.emit({ type: 'CallHeld', call: about.id, agent: agent.id });
    step.emit({ type: 'AgentMoved', agent: agent.id, to: 'dialling', cause: 'dial' });
  }
  const personal = { caller: String(agent.id), called: seek.to.no, data: data === '' ? about.data : data };
  step.emit({ type: 'CallBegan', call: id, medium: 'voice', feature: FEATURE.consult, about: about.id, personal });
  if (!isInVain) step.emit({ type: 'AgentJoined', call: id, agent: agent.id, role: 'main', how: 'dialled' });
  step.emit({ type: 'ThirdSought', call: id, agent: agent.id, ...seek });
  send(step, callOf(step, id), to);
  return id;
}

function send(step: Step, call: Call, to: Helping['to']): void {
  const enter = call.about === undefined ? REASON.threeParty : REASON.normal;
  if (to.device === 'queue') {
    enqueue(step, call, to.queue, { enter });
    return;
  }
  const helper = step.centre.agents.get(to.agent);
  const cause = whyNot(helper);
  if (helper === undefined || cause !== undefined) thirdFails(step, call, cause ?? CAUSE.noAgent);
  else offer(step, call, helper, { how: call.about === undefined ? 'threeParty' : 'consult', enter });
}

/**
 * Who asked for help hangs up on the helper: the customer is the helper's now. To come back to the customer instead, the
 * consultation is dropped by its id (6.1.2.15) or the helper is disconnected (6.1.2.17). Answers whether it was so.
 */
export function handsOver(step: Step, consultation: Call, asker: number): boolean {
  const call = consultation.about === undefined ? undefined : step.centre.calls.get(consultation.about);
  if (call === undefined || partOf(consultation, asker)?.role !== 'main' || partOf(call, asker)?.held !== true) return false;
  if (agentsOf(consultation).length < 2 || !isQuiet(consultation) || !isQuiet(call) || customersOf(call).length === 0) return false;
  const { data } = consultation;
  if (data !== '' && data !== call.data) step.emit({ type: 'CallDataSet', call: call.id, personal: { data } });
  step.emit({ type: 'AgentLeft', call: consultation.id, agent: asker, why: 'released', leave: REASON.helperReleased });
  moveAll(step, consultation, call, { reason: REASON.helperReleased, role: 'main' });
  step.emit({ type: 'AgentLeft', call: call.id, agent: asker, why: 'transferred', leave: REASON.helperReleased });
  const agent = step.centre.agents.get(asker);
  if (agent !== undefined) afterCall(step, agent);
  return true;
}

/**
 * The asker has gone from both calls, by signing out: customer and helper, who are left alone in one each, have each other.
 * Answers whether it was so.
 */
export function joinHelper(step: Step, lonely: Call): boolean {
  const { calls } = step.centre;
  const consultation = lonely.about === undefined ? calls.get(lonely.consultation ?? '') : lonely;
  const call = calls.get(consultation?.about ?? '');
  if (consultation === undefined || call === undefined || !isQuiet(consultation) || !isQuiet(call)) return false;
  const helpers = agentsOf(consultation);
  if (helpers.length === 0 || helpers.some(({ role }) => role === 'main') || agentsOf(call).length > 0 || customersOf(call).length === 0) return false;
  moveAll(step, consultation, call, { reason: REASON.helperReleased, role: 'main' });
  return true;
}

/** 6.1.2.15: who asked for help drops the consultation and goes back to the customer. Answers whether it was one. */
export function dropsConsultation(step: Step, call: Call, part: AgentPart): boolean {
  if (call.about === undefined || part.role !== 'main') return false;
  dissolve(step, call, CAUSE.released, { leave: REASON.helperReleased, by: part.agent });
  return true;
}

/**
 * An agent is out of a call. After a consultation the customer is taken back, as when nobody came. And where the customer is
 * gone before a helper was found, nobody need come any more.
 */
export function afterConsultation(step: Step, call: Call, agent: Agent): void {
  const isUp = agent.leg !== undefined && step.centre.legs.get(agent.leg)?.state === 'up';
  if (call.about !== undefined && agent.call === undefined && agent.held.includes(call.about) && isUp) {
    step.emit({ type: 'CallRetrieved', call: call.about, agent: agent.id });
  }
  const other = agent.call === undefined ? undefined : step.centre.calls.get(agent.call);
  if (other?.about === call.id && other.third !== undefined) dissolve(step, other, CAUSE.normal, { leave: REASON.customerReleased });
}

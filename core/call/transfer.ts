import { afterCall } from '../agent/after-call.ts';
import type { Agent } from '../agent/agent.ts';
import { isRefused, refused, type Refused } from '../centre/refused.ts';
import { nextLegId, type Step } from '../centre/step.ts';
import { mayBeAwaited, sendToAgent } from '../queue/own.ts';
import { enqueue } from '../queue/routing.ts';
import { MEDIA } from '../queue/treatment.ts';
import type { Destination } from './arrive.ts';
import { bytesOf, CAUSE, customersOf, MAX_DATA_BYTES, REASON, type Call } from './call.ts';
import { CALLED, CALLER, permitted } from './dial.ts';
import { currentOf } from './hold.ts';
import { enterFlow } from './ivr.ts';
import { offer } from './offer.ts';
import { customerLeaves } from './release.ts';
import { isQuiet, thirdComes, thirdFails, thirdOutside, whyNot, type Third } from './third.ts';
import { MAY_BE_THREE } from './three-party.ts';
import { RING_MS } from './timers.ts';

/** Table 6-459: the agent leaves at once, once the target has answered, never (the flow gives the call back), or when it likes. */
export type TransferMode = 'blind' | 'afterSuccess' | 'suspend' | 'talk' | 'threeParty';

export type TransferTo =
  | { readonly device: 'queue'; readonly queue: number }
  /** `queue`: the one that the call counts for at the agent. */
  | { readonly device: 'agent'; readonly agent: number; readonly queue?: number }
  | { readonly device: 'flow'; readonly flow: string }
  /** Where the access code leads (5.3.2). */
  | { readonly device: 'accessCode'; readonly to: Destination }
  | { readonly device: 'number'; readonly number: string; readonly caller?: string };

export interface Transferring {
  readonly to: TransferTo;
  readonly mode: TransferMode;
  readonly data?: string;
  /** Whether the customer hears music until the number has answered; among three, as the other modes leave no question. */
  readonly hold?: boolean;
}

/** Table 6-143: the modes of each kind of target, by their numbers there. */
export const MODES: Readonly<Record<TransferTo['device'], Readonly<Partial<Record<number, TransferMode>>>>> = {
  queue: { 0: 'blind', 2: 'afterSuccess' },
  agent: { 0: 'blind', 2: 'afterSuccess' },
  flow: { 0: 'blind', 1: 'suspend' },
  accessCode: { 0: 'blind', 2: 'afterSuccess' },
  number: { 1: 'blind', 2: 'afterSuccess', 3: 'talk', 4: 'threeParty' },
};

/** Permission bits of 6.3.8. */
const MAY = { transfer: 7, beTransferredTo: 8, transferOut: 10 } as const;

/** 6.5.4: calls that we made. */
const OUTBOUND: ReadonlySet<number> = new Set([7, 40, 41, 43, 44, 45]);
const VIDEO: ReadonlySet<number> = new Set([MEDIA.video, MEDIA.videoClickToDial]);

const isVideo = (step: Step, { queue, picture }: Call): boolean => picture !== undefined || queue !== undefined && VIDEO.has(step.centre.config.queues.get(queue)?.media ?? MEDIA.voice);

/** A queue whose agents take calls: sessions have queues of their own (5.2.1). */
export function isVoiceQueue(step: Step, queue: number): boolean {
  const config = step.centre.config.queues.get(queue);
  return config !== undefined && config.media !== MEDIA.multimedia;
}

/** 6.1.2.11, for every kind of target and mode. The call keeps its id and its data. */
export function transfer(step: Step, agent: Agent, { to, mode, data = '', hold = true }: Transferring): Refused | undefined {
  if (!Object.values(MODES[to.device]).includes(mode)) return refused('badMode', `${mode} to ${to.device}`);
  if (bytesOf(data) > MAX_DATA_BYTES) return refused('tooLarge', 'callappdata');
  const current = currentOf(step, agent);
  if (isRefused(current)) return current;
  const { call } = current;
  if (customersOf(call).length === 0) return refused('noCall', 'nobody outside is in the call');
  if (!isQuiet(call) || call.parts.length > 2) return refused('wrongState', 'somebody else is in the call already, or is being called');
  const target = to.device === 'accessCode' ? resolved(to.to) : to;
  const obstacle = target === undefined ? refused('badNumber', 'the access code leads nowhere') : checkTarget(step, agent, call, target, mode);
  if (target === undefined || obstacle !== undefined) return obstacle;
  if (data !== '') step.emit({ type: 'CallDataSet', call: call.id, personal: { data } });
  if (mode === 'blind') blind(step, agent, call, target);
  else if (mode === 'suspend') send(step, call, target, { agent: agent.id, returnTo: agent.id });
  else watchOver(step, agent, call, target, mode, hold);
  return undefined;
}

type Target = Exclude<TransferTo, { device: 'accessCode' }>;

function resolved(to: Destination): Target | undefined {
  if (to.kind === 'queue') return { device: 'queue', queue: to.queue };
  return to.kind === 'flow' ? { device: 'flow', flow: to.flow } : undefined;
}

function checkTarget(step: Step, agent: Agent, call: Call, to: Target, mode: TransferMode): Refused | undefined {
  if (!permitted(step, agent, to.device === 'number' ? MAY.transferOut : MAY.transfer)) return refused('noPermission', `transfers to ${to.device}`);
  if (mode === 'threeParty' && !permitted(step, agent, MAY_BE_THREE)) return refused('noPermission', 'three-party calls');
  switch (to.device) {
    case 'queue':
      return isVoiceQueue(step, to.queue) ? undefined : refused('unknownQueue', String(to.queue));
    case 'agent':
      return checkColleague(step, agent, to, mode);
    case 'flow':
      return undefined;
    case 'number':
      if (!CALLED.test(to.number)) return refused('badNumber', `${to.number} cannot be dialled`);
      if (mode !== 'blind') return CALLER.test(to.caller ?? '') ? undefined : refused('badNumber', 'caller');
      if (OUTBOUND.has(call.feature)) return refused('badMode', 'an outbound call is not transferred to a number blindly');
      return isVideo(step, call) ? refused('badMode', 'a video call is not transferred to a number blindly') : undefined;
    default:
      return to satisfies never;
  }
}

function checkColleague(step: Step, agent: Agent, to: Extract<Target, { device: 'agent' }>, mode: TransferMode): Refused | undefined {
  if (to.agent === agent.id) return refused('self', String(to.agent));
  if (!step.centre.config.agents.has(to.agent)) return refused('unknownAgent', String(to.agent));
  if (to.queue !== undefined && !isVoiceQueue(step, to.queue)) return refused('unknownQueue', String(to.queue));
  const colleague = step.centre.agents.get(to.agent);
  if (colleague === undefined) return refused('offline', String(to.agent));
  if (!permitted(step, colleague, MAY.beTransferredTo)) return refused('noPermission', `transfers to ${to.agent}`);
  // The customer would be lost: blindly means that nobody takes the call back. For who talks or wraps up the call waits (12.3.1.3.5).
  return mode === 'blind' && whyNot(colleague) !== undefined && !mayBeAwaited(colleague) ? refused('busy', String(to.agent)) : undefined;
}

/** The agent is out whatever comes of it. Others are given the call before the agent is free and may get the next one. */
function blind(step: Step, agent: Agent, call: Call, to: Target): void {
  step.emit({ type: 'AgentLeft', call: call.id, agent: agent.id, why: 'transferred', leave: REASON.transferred });
  send(step, call, to, { agent: agent.id });
  afterCall(step, agent);
}

function deviceOf(to: Target): Third['to'] {
  switch (to.device) {
    case 'queue':
      return { device: 'queue', no: String(to.queue) };
    case 'agent':
      return { device: 'agent', no: String(to.agent) };
    case 'flow':
      return { device: 'flow', no: to.flow };
    case 'number':
      return { device: 'number', no: '' };
    default:
      return to satisfies never;
  }
}

/** The agent keeps the customer until the target has answered, and what comes of it is told (6.5.1.2.15). */
function watchOver(step: Step, agent: Agent, call: Call, to: Target, mode: Exclude<TransferMode, 'blind' | 'suspend'>, hold: boolean): void {
  const leg = to.device === 'number' ? nextLegId(step) : undefined;
  step.emit({
    type: 'ThirdSought', call: call.id, agent: agent.id, purpose: mode, to: deviceOf(to),
    hold: mode === 'talk' || (mode === 'threeParty' && hold), ...(leg === undefined ? {} : { leg }),
  });
  if (to.device === 'flow') {
    // A flow answers at once.
    thirdComes(step, call);
    send(step, call, to, { agent: agent.id });
  } else if (to.device === 'agent' && whyNot(step.centre.agents.get(to.agent)) !== undefined) thirdFails(step, call, CAUSE.busy);
  else send(step, call, to, { agent: agent.id });
}

interface Sender {
  readonly agent: number;
  /** Who gets the call back from a flow. */
  readonly returnTo?: number;
}

/** Brings the call to its target. */
function send(step: Step, call: Call, to: Target, sender: Sender): void {
  const enter = REASON.transferred;
  switch (to.device) {
    case 'queue':
      enqueue(step, call, to.queue, { enter });
      return;
    case 'agent': {
      // Where the agent does not answer a call that nobody watches over, it goes back to a queue rather than be lost.
      const queue = to.queue ?? call.queue;
      const colleague = step.centre.agents.get(to.agent);
      const offering = { how: 'transfer', enter } as const;
      if (call.third === undefined) sendToAgent(step, call, to.agent, { ...offering, ...(queue === undefined ? {} : { overflow: queue }) });
      else if (colleague !== undefined) offer(step, call, colleague, { ...offering, ...(queue === undefined ? {} : { queue }) });
      return;
    }
    case 'flow':
      enterFlow(step, call, to.flow, { enter, ...sender });
      return;
    case 'number': {
      const leg = call.third?.leg ?? nextLegId(step);
      // 6.1.2.11: a blind transfer shows the platform's own number.
      const caller = call.third === undefined ? '' : to.caller ?? '';
      step.emit({ type: 'LegBegan', leg, call: call.id, direction: 'out', ringMs: RING_MS, personal: { number: to.number, caller } });
      step.emit({ type: 'CustomerJoined', call: call.id, leg, personal: { number: to.number } });
      return;
    }
    default:
      to satisfies never;
  }
}

/** 6.1.2.12: the number is released, and the agent talks with the customer again. */
export function cancelTransfer(step: Step, agent: Agent): Refused | undefined {
  const current = currentOf(step, agent);
  if (isRefused(current)) return current;
  const { call } = current;
  const { third } = call;
  if (third?.by !== agent.id || (third.purpose !== 'talk' && third.purpose !== 'threeParty')) return refused('nothing', 'no transfer can be taken back');
  const part = thirdOutside(call);
  step.emit({ type: 'ThirdEnded', call: call.id, agent: agent.id, purpose: third.purpose, outcome: 'cancelled', cause: CAUSE.released });
  if (part !== undefined) customerLeaves(step, call, part, 'agent', CAUSE.released);
  return undefined;
}

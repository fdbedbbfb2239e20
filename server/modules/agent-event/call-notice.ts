import { agentsOf, customersOf, partOf, type AgentPart, type Call } from '@parley/core/call/call.ts';
import type { Purpose } from '@parley/core/call/third.ts';
import { featureFor, partnersOf } from '@parley/core/call/three-party.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import { notice, type Notice } from './notice.ts';

/** Where a web page has given the caller's number, whoever is shown it is told so; of other calls nothing is said. */
export const verifiedOf = ({ unverified }: Call): { readonly callerVerified?: false } => (unverified ? { callerVerified: false } : {});

export const NOTHING: readonly Notice[] = [];

/** 6.5.1 mediaAbility: 1 voice, 3 voice and video, 5 text. */
export const abilityOf = ({ medium, picture }: Call): '1' | '3' | '5' => (medium === 'chat' ? '5' : picture?.on === true ? '3' : '1');

/** 6.5.1 type, also of an agent at whom the call rings yet. */
export function roleIn(call: Call, agent: number): AgentPart['role'] {
  const purpose = call.offer?.agent === agent ? call.third?.purpose : undefined;
  return partOf(call, agent)?.role ?? (purpose === 'consult' || purpose === 'help' ? 'assistant' : 'main');
}

/** Whether it is this call that the agent talks in, or makes: not one that is held. */
export const isIn = (centre: Centre, call: Call, agent: number): boolean => call.medium === 'chat' || centre.agents.get(agent)?.call === call.id;

/** Whether the agent makes this call, and nobody has answered yet. */
function dials(centre: Centre, call: Call, id: number): boolean {
  const agent = centre.agents.get(id);
  return agent?.state === 'dialling' && agent.call === call.id;
}

export const diallersIn = (centre: Centre, call: Call): readonly AgentPart[] => agentsOf(call).filter(({ agent }) => dials(centre, call, agent));

/** 6.5.1.2.1. */
export function talking(call: Call, agent: number): Notice {
  return notice(agent, 'AgentEvent_Talking', {
    caller: call.caller, callid: call.id, called: call.called, feature: String(featureFor(call, agent)), type: roleIn(call, agent),
    mediaAbility: abilityOf(call), ...verifiedOf(call),
  });
}

/** 6.5.1.2.4. */
export const conference = (call: Call, agent: number): Notice =>
  notice(agent, 'AgentEvent_Conference', { callid: call.id, partner: partnersOf(call, agent).join(',') });

/** Whether three hear one another: nobody is still being called, or talked to aside. */
export const isThreeParty = ({ parts, third }: Call): boolean =>
  parts.length > 2 && parts.every((part) => part.kind === 'agent' || part.connected) && (third === undefined || (third.came && third.purpose === 'threeParty'));

/** An agent talks, with one other or with two. */
export const inTalk = (call: Call, agent: number): readonly Notice[] =>
  (isThreeParty(call) ? [talking(call, agent), conference(call, agent)] : [talking(call, agent)]);

/** 6.5.1.2.10: another party of the agent's call is out of it. */
export const otherGone = (agent: number, callid: string, number: string): Notice => notice(agent, 'AgentEvent_Customer_Release', { callid, number });

/** What the agents of a call are told who talk, each with the others. Who was called in is told when the call has become its own (AgentPromoted). */
export function talkersOf(centre: Centre, call: Call): readonly Notice[] {
  const agents = agentsOf(call);
  if (!agents.some(({ role }) => role === 'main')) return NOTHING;
  return agents.filter(({ agent }) => isIn(centre, call, agent)).flatMap(({ agent }) => inTalk(call, agent));
}

/** Somebody has gone, and the others talk on. */
export function talkOn(centre: Centre, call: Call): readonly Notice[] {
  const isTalk = call.medium === 'voice' && call.parts.length > 1 && customersOf(call).every(({ connected }) => connected);
  return isTalk ? talkersOf(centre, call) : NOTHING;
}

/** What an agent waits for with the customer put aside, or with the customer; of a transfer that lets go by itself only the end is told. */
const WAITS: ReadonlySet<Purpose> = new Set(['help', 'talk', 'threeParty']);

/** 6.5.1.2.2: it rings at the other end, for those in the call who wait for it. */
export function alerting(centre: Centre, call: Call, other: { readonly workNo: string; readonly phone: string }): readonly Notice[] {
  const { third } = call;
  const waits = ({ agent }: AgentPart): boolean =>
    dials(centre, call, agent) || (third?.by === agent && WAITS.has(third.purpose) && isIn(centre, call, agent));
  return agentsOf(call).filter(waits).map(({ agent, role }) => notice(agent, 'AgentEvent_Customer_Alerting', {
    callid: call.id, otherPhoneWorkno: other.workNo, otherPhone: other.phone, type: role,
  }));
}

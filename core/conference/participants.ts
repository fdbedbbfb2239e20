import { afterCall } from '../agent/after-call.ts';
import type { Agent } from '../agent/agent.ts';
import { CAUSE } from '../call/call.ts';
import { CALLED, MAY, permitted } from '../call/dial.ts';
import { withPhone } from '../call/offer.ts';
import { hangUp } from '../call/release.ts';
import { RING_MS } from '../call/timers.ts';
import { refused, type Refused } from '../centre/refused.ts';
import { nextLegId, type Step } from '../centre/step.ts';
import type { VoiceLeg } from '../voice/order.ts';
import { play, stopPlays } from './announcements.ts';
import { CODE, find, freeChannels, isJoined, of, type Address, type Conference, type Mode, type Participant } from './conference.ts';
import type { InviteEnd, Leaving, Who } from './event.ts';

/** One that decisions know to exist. */
export function known({ centre }: Step, id: number): Conference {
  const conference = centre.conferences.get(id);
  if (conference === undefined) throw new Error(`there is no conference ${id}`);
  return conference;
}

/** What events tell of a participant. */
export const whoIs = ({ agent, number, deviceCallType, deviceType }: Participant): Who => ({
  ...(agent === undefined ? { personal: { number } } : { agent }), deviceCallType, deviceType,
});

export interface Invited {
  readonly address: Address;
  readonly deviceCallType: number;
  readonly deviceType: number;
}

export interface Invitation {
  readonly invited: readonly Invited[];
  /** What phones see; else what the application named. */
  readonly caller?: string;
  readonly welcome?: string;
}

const keyOf = (address: Address): string => (address.kind === 'agent' ? `agent ${address.agent}` : `phone ${address.number}`);

/** 6.1.6.10: what the chair may not ask for. Whoever is listed twice is invited once. */
function obstacleTo(step: Step, conference: Conference, chair: Agent, invited: readonly Invited[]): Refused | undefined {
  if (invited.length === 0) return refused('conference', '', CODE.nobodyInvited);
  for (const { address } of invited) {
    if (address.kind === 'agent' && address.agent === chair.id) return refused('conference', String(chair.id), CODE.chairInvited);
  }
  for (const { address } of invited) {
    if (address.kind === 'phone' && !CALLED.test(address.number)) return refused('badNumber', `${address.number} cannot be dialled`);
    const isElsewhere = address.kind === 'agent' && step.centre.agents.get(address.agent)?.conference !== undefined;
    if (isElsewhere || find(conference, address) !== undefined) return refused('conference', address.kind === 'agent' ? String(address.agent) : address.number, CODE.elsewhere);
  }
  const free = conference.seats - conference.participants.size;
  if (invited.length > free) return refused('conference', String(free), CODE.full);
  const isCallOut = invited.some(({ address }) => address.kind === 'phone');
  if (isCallOut && !permitted(step, chair, MAY.callOut)) return refused('noPermission', 'calls to the outside');
  return undefined;
}

/** 6.1.6.10: agents are rung, phones are dialled; how each of them ends is told by events. */
export function invite(step: Step, conference: Conference, chair: Agent, { invited, caller = '', welcome }: Invitation): Refused | undefined {
  const each = [...new Map(invited.map((one) => [keyOf(one.address), one])).values()];
  const obstacle = obstacleTo(step, conference, chair, each);
  if (obstacle !== undefined) return obstacle;
  for (const { address, ...device } of each) {
    const more = welcome === undefined ? device : { ...device, welcome };
    if (address.kind === 'agent') inviteAgent(step, conference, address.agent, more);
    else invitePhone(step, conference, address.number, caller === '' ? conference.caller : caller, more);
  }
  return undefined;
}

type Device = Pick<Who, 'deviceCallType' | 'deviceType'> & { readonly welcome?: string };

/** It comes to nothing at once. */
function cannotInvite(step: Step, conference: Conference, who: Pick<Who, 'agent' | 'personal'>, { deviceCallType, deviceType }: Device, result: number): void {
  step.emit({ type: 'ConferenceInviteEnded', ...of(conference), ...who, deviceCallType, deviceType, why: 'unreachable', result });
}

function inviteAgent(step: Step, conference: Conference, id: number, device: Device): void {
  const agent = step.centre.agents.get(id);
  if (agent?.state !== 'idle' || agent.chats.length > 0 || agent.profile.phone === '') cannotInvite(step, conference, { agent: id }, device, CODE.notSeized);
  else if (agent.leg === undefined && freeChannels(step.centre) === 0) cannotInvite(step, conference, { agent: id }, device, CODE.noChannelLeft);
  else {
    const participant = conference.given.participant + 1;
    step.emit({ type: 'ConferenceInvited', ...of(conference), participant, agent: id, ...device });
    step.emit({ type: 'AgentMoved', agent: id, to: 'occupied', cause: 'conference' });
    withPhone(step, agent, () => { ring(step, conference, participant, agent); });
  }
}

function invitePhone(step: Step, conference: Conference, number: string, caller: string, device: Device): void {
  if (freeChannels(step.centre) === 0) {
    cannotInvite(step, conference, { personal: { number } }, device, CODE.noChannelLeft);
    return;
  }
  const leg = nextLegId(step);
  step.emit({ type: 'LegBegan', leg, ...of(conference), direction: 'out', ringMs: RING_MS, personal: { number, caller } });
  step.emit({ type: 'ConferenceInvited', ...of(conference), participant: conference.given.participant + 1, leg, personal: { number }, ...device });
}

/**
 * The invited agent's phone is up: now the software asks (AgentConf_Ringing). Joining is the agent's own act, also where
 * calls are answered by themselves; but whoever is mobile has no software to say so with, and has said so by the phone
 * (6.1.2.26).
 */
export function ring(step: Step, conference: Conference, participant: number, { id: agent, profile }: Agent): void {
  step.emit({ type: 'ConferenceRang', ...of(conference), participant, agent });
  const own = conference.participants.get(participant);
  if (profile.mobile && own !== undefined) answer(step, conference, own);
  else step.emit({ type: 'AgentMoved', agent, to: 'ringing', cause: 'conference' });
}

/** 6.1.6.2. */
export function answer(step: Step, conference: Conference, own: Participant): Refused | undefined {
  if (own.state !== 'ringing' || own.agent === undefined) return refused('wrongState', own.state);
  step.emit({ type: 'AgentMoved', agent: own.agent, to: 'talking', cause: 'conference' });
  arrives(step, conference, { ...whoIs(own), participant: own.id, mode: own.mode });
  return undefined;
}

/** 6.1.6.3: while the phone rings as well as when the software asks. */
export function reject(step: Step, conference: Conference, own: Participant): Refused | undefined {
  if (isJoined(own)) return refused('wrongState', own.state);
  inviteEnds(step, conference, own, 'rejected', CODE.notSeized);
  return undefined;
}

type Arriving = Who & { readonly participant: number; readonly leg?: VoiceLeg; readonly mode: Mode };

/** Somebody is in; the others hear the tone, and the newcomer the welcome, where these were asked for. */
export function arrives(step: Step, conference: Conference, who: Arriving): void {
  step.emit({ type: 'ConferenceJoined', ...of(conference), ...who });
  const welcome = conference.participants.get(who.participant)?.welcome;
  if (welcome !== undefined) play(step, conference, { what: 'welcome', file: welcome, participant: who.participant });
  beep(step, conference);
}

/** One tone at a time: those who come together are heard once. */
function beep(step: Step, conference: Conference): void {
  const isSounding = [...conference.plays.values()].some(({ what }) => what === 'tone');
  if (conference.tone !== undefined && conference.state === 'on' && !isSounding) play(step, conference, { what: 'tone', file: conference.tone });
}

/** An invitation comes to nothing: what rings stops, and the agent is free again but for one who is about to be signed out. */
export function inviteEnds(step: Step, conference: Conference, own: Participant, why: InviteEnd, result: number): void {
  step.emit({ type: 'ConferenceInviteEnded', ...of(conference), participant: own.id, ...whoIs(own), why, result });
  if (why === 'signedOut') return;
  if (own.agent !== undefined) nothingToWrapUp(step, own.agent);
  frees(step, own);
}

/** Whoever was taken from idle for a conference that came to nothing is idle again (6.1.6.3), unless the agent has asked for something else. */
export function nothingToWrapUp(step: Step, agentId: number): void {
  const agent = step.centre.agents.get(agentId);
  if (agent !== undefined && agent.pending === undefined) step.emit({ type: 'AgentPended', agent: agentId, pending: { kind: 'idle' } });
}

/** Somebody is out of the conference who was in it; who is about to be signed out does nothing afterwards. */
export function leaves(step: Step, conference: Conference, own: Participant, why: Leaving): void {
  stopPlays(step, conference, own.id);
  step.emit({ type: 'ConferenceLeft', ...of(conference), participant: own.id, ...whoIs(own), why });
  if (why !== 'signedOut') frees(step, own);
  if (why !== 'ended') beep(step, conference);
}

/** Whoever is no participant any more: a phone is hung up, an agent goes on to whatever comes after a call. */
function frees(step: Step, { agent: id, leg }: Participant): void {
  const agent = id === undefined ? undefined : step.centre.agents.get(id);
  if (agent !== undefined) afterCall(step, agent);
  else hangUp(step, leg, CAUSE.released);
}

/** 6.1.6.4. */
export function leave(step: Step, conference: Conference, own: Participant): Refused | undefined {
  if (conference.chair === own.agent) return refused('chairLeaves', String(own.agent));
  leaves(step, conference, own, 'left');
  return undefined;
}

/** 6.1.6.11: answers the places in the list of those who are not there; they hinder nobody else's removal. */
export function remove(step: Step, conference: Conference, addresses: readonly Address[]): string | Refused {
  if (addresses.length === 0) return refused('conference', '', CODE.nobodyRemoved);
  if (addresses.some((address) => address.kind === 'agent' && address.agent === conference.chair)) return refused('chairRemoved', String(conference.chair));
  const missing: number[] = [];
  const found = new Set<Participant>();
  for (const [place, address] of addresses.entries()) {
    const participant = find(conference, address);
    if (participant === undefined) missing.push(place);
    else found.add(participant);
  }
  for (const participant of found) {
    if (isJoined(participant)) leaves(step, conference, participant, 'removed');
    else inviteEnds(step, conference, participant, 'removed', CODE.leftBefore);
  }
  return missing.join(',');
}

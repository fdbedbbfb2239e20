import type { Agent, Inspecting } from '../agent/agent.ts';
import { callsOf } from '../agent/calls.ts';
import { INSPECTING } from '../agent/projection.ts';
import { agentsOf, customersOf, hasTalkedIn, partOf, type AgentPart, type Call } from '../call/call.ts';
import type { CallKind } from '../call/kind.ts';
import { isAside } from '../call/third.ts';
import type { Centre } from '../centre/state.ts';
import { participantOf, roomOf, type Conference, type Participant } from '../conference/conference.ts';
import { recordingIn } from '../recording/recording.ts';
import { isInbound } from '../records/call-type.ts';
import { membersOf } from '../voice/arrange.ts';
import { agentOnBoard, callOnBoard, queueOnBoard, type AgentOnBoard, type QueueOnBoard } from './board.ts';

/* How things stand at one agent's desk: the agent, the calls, whoever waits. */

export interface PartyOnDesk {
  readonly kind: 'customer' | 'agent' | 'number' | 'flow';
  readonly no: string;
  /** On hold, or the one who holds. */
  readonly isHeld: boolean;
  /** Sent for, and not there yet. */
  readonly isRung: boolean;
}

export interface CallOnDesk {
  readonly id: string;
  readonly stage: 'ringing' | 'dialling' | 'talking' | 'held' | 'conference' | 'listening';
  /** Of a talk, since when the agent has been in it. */
  readonly since: number;
  readonly beganAt: number;
  readonly talkedAt: number | undefined;
  readonly kind: CallKind;
  readonly about: string | undefined;
  readonly consultation: string | undefined;
  readonly caller: string;
  readonly unverified: boolean;
  readonly called: string;
  readonly media: 'voice' | 'video' | 'text';
  readonly queue: number | undefined;
  readonly queueName: string;
  readonly data: string;
  readonly isMuted: boolean;
  readonly isRecorded: boolean;
  readonly parties: readonly PartyOnDesk[];
}

export interface DeskNow {
  readonly agent: AgentOnBoard;
  readonly autoAnswer: boolean;
  readonly autoIdle: boolean;
  /** The one in hand first, held ones last. */
  readonly calls: readonly CallOnDesk[];
  /** The call that the agent talked in and left last; of a consultation that the agent asked for, the one that it was about. */
  readonly last: { readonly id: string; readonly number: string } | undefined;
  readonly inspects: { readonly agent: number; readonly how: (typeof INSPECTING)[Inspecting['how']] } | undefined;
  readonly queues: readonly QueueOnBoard[];
}

/** Undefined of somebody who is not signed in. */
export function deskNow(centre: Centre, id: number): DeskNow | undefined {
  const agent = centre.agents.get(id);
  const onBoard = agentOnBoard(centre, id);
  if (agent === undefined || onBoard === undefined) return undefined;
  const { profile: { autoAnswer, autoEnterIdle }, inspecting } = agent;
  return {
    agent: onBoard, autoAnswer, autoIdle: autoEnterIdle, calls: callsOnDesk(centre, agent), last: lastOf(agent),
    inspects: inspecting && { agent: inspecting.agent, how: INSPECTING[inspecting.how] },
    queues: onBoard.queues.toSorted((one, other) => one - other).flatMap((queue) => queueOnBoard(centre, queue) ?? []),
  };
}

function lastOf({ id: agent, lastCall }: Agent): DeskNow['last'] {
  if (lastCall === undefined || !hasTalkedIn(lastCall, agent)) return undefined;
  const { id, about, feature, caller, called } = lastCall;
  // Whoever has asked a colleague has worked for the customer, who may be gone by now.
  if (about !== undefined && caller === String(agent)) return { id: about, number: '' };
  return { id, number: isInbound(feature) || called === String(agent) ? caller : called };
}

function callsOnDesk(centre: Centre, agent: Agent): readonly CallOnDesk[] {
  const calls = callsOf(agent).flatMap((id) => callOnDesk(centre, agent, centre.calls.get(id)) ?? []);
  const all = [...calls, ...conferencesOnDesk(centre, agent), ...heardOnDesk(centre, agent)];
  return all.toSorted((one, other) => Number(one.stage === 'held') - Number(other.stage === 'held'));
}

type Seat = Pick<CallOnDesk, 'stage' | 'since' | 'talkedAt' | 'isMuted'>;

/** Where an agent is in a call of which the agent is a part, or that is offered; undefined in any other. */
function seatIn(call: Call, agent: Agent): Seat | undefined {
  const { offer } = call;
  if (offer?.agent === agent.id) return { stage: 'ringing', since: offer.since, talkedAt: undefined, isMuted: false };
  const part = partOf(call, agent.id);
  if (part === undefined) return undefined;
  const { since, held, heldSince, muted: isMuted } = part;
  const talkedAt = talksSince(call, part);
  if (held) return { stage: 'held', since: heldSince ?? since, talkedAt, isMuted };
  if (agent.call === call.id && agent.state === 'dialling') return { stage: 'dialling', since, talkedAt, isMuted };
  return { stage: talkersIn(call) > 2 ? 'conference' : 'talking', since: talkedAt ?? since, talkedAt, isMuted };
}

/** Whoever lends the call to a flow leaves it for a while (6.1.2.11), so the first talk since the agent came is the one. */
const talksSince = ({ visits }: Call, { agent, since }: AgentPart): number | undefined =>
  visits.find(({ device, no, talkFrom }) => device === 'agent' && no === String(agent) && talkFrom !== undefined && talkFrom >= since)?.talkFrom;

/** How many hear one another: not those who hold, are put aside or still being rung. */
const talkersIn = (call: Call): number =>
  agentsOf(call).filter(({ held }) => !held).length + customersOf(call).filter((part) => part.connected && !isAside(call, part)).length;

function callOnDesk(centre: Centre, agent: Agent, call: Call | undefined): CallOnDesk | undefined {
  const seat = call && seatIn(call, agent);
  if (call === undefined || seat === undefined) return undefined;
  const { id, beganAt, about, consultation, caller, unverified, called, medium, picture, data } = call;
  const { kind, queue } = callOnBoard(call, agent);
  return {
    ...seat, id, beganAt, kind, about, consultation, caller, unverified, called, media: medium === 'chat' ? 'text' : picture?.on === true ? 'video' : 'voice',
    queue, queueName: centre.config.queues.get(queue ?? 0)?.name ?? '', data, isRecorded: isRecorded(centre, agent, id), parties: partiesOf(centre, call, agent.id),
  };
}

const isRecorded = (centre: Centre, agent: Agent, room: string): boolean => recordingIn(centre, agent, room)?.isPaused === false;

/** Everybody but one agent: who is in the call, who is being rung for it, and the flow that has the caller. */
function partiesOf(centre: Centre, call: Call, except: number): readonly PartyOnDesk[] {
  const { offer, flow } = call;
  const agents = agentsOf(call);
  // A caller whom nobody has answered yet hears music too, and is not on hold.
  const holds = agents.some(({ held }) => held);
  const hearsMusic = new Set(membersOf(centre, call).filter(({ music }) => music).map(({ leg }) => leg));
  return [
    ...customersOf(call).map((part, index): PartyOnDesk => ({
      kind: index === 0 ? 'customer' : 'number', no: part.number, isHeld: isAside(call, part) || (holds && hearsMusic.has(part.leg ?? '')), isRung: !part.connected,
    })),
    ...agents.filter(({ agent }) => agent !== except).map(({ agent, held }): PartyOnDesk => ({
      kind: 'agent', no: String(agent), isHeld: held || hearsMusic.has(centre.agents.get(agent)?.leg ?? ''), isRung: false,
    })),
    ...(offer === undefined || offer.agent === except ? [] : [{ kind: 'agent', no: String(offer.agent), isHeld: false, isRung: true } as const]),
    ...(flow === undefined ? [] : [{ kind: 'flow', no: flow.code, isHeld: false, isRung: false } as const]),
  ];
}

/** The conference that the agent is in, or is rung for (6.1.6). */
function conferencesOnDesk(centre: Centre, agent: Agent): readonly CallOnDesk[] {
  const conference = centre.conferences.get(agent.conference ?? 0);
  const own = conference && participantOf(conference, agent.id);
  if (conference === undefined || own === undefined) return [];
  const { call: id, startedAt: beganAt, caller, participants } = conference;
  return [{
    id, ...seatAt(conference, own), beganAt, kind: 'internal', about: undefined, consultation: undefined, caller, unverified: false, called: '', media: 'voice',
    queue: undefined, queueName: '', data: '', isRecorded: isRecorded(centre, agent, roomOf(centre.vdnId, conference.id)),
    parties: [...participants.values()].filter((participant) => participant !== own).map(partyOf),
  }];
}

function seatAt({ chair }: Conference, { agent, state, held, mode, since }: Participant): Seat {
  const isMuted = mode === 'listens' || mode === 'neither';
  // Before there is a conference, the phone of whoever wants one is rung.
  if (state !== 'joined') return { stage: agent === chair ? 'dialling' : 'ringing', since, talkedAt: undefined, isMuted };
  return { stage: held ? 'held' : 'conference', since, talkedAt: since, isMuted };
}

const partyOf = ({ agent, number, held: isHeld, state }: Participant): PartyOnDesk =>
  ({ ...(agent === undefined ? { kind: 'number', no: number } : { kind: 'agent', no: String(agent) }), isHeld, isRung: state !== 'joined' });

/** What an inspector hears (12.1): the talk of the moment of whoever is inspected, who is one of its parties. */
function heardOnDesk(centre: Centre, { inspecting, since }: Agent): readonly CallOnDesk[] {
  const target = inspecting?.on === true ? centre.agents.get(inspecting.agent) : undefined;
  if (target === undefined) return [];
  const talks = callsOnDesk(centre, target).filter(({ stage, media }) => media !== 'text' && (stage === 'talking' || stage === 'conference'));
  return talks.map((talk) => ({
    ...talk, stage: 'listening', since: Math.max(since, talk.since), talkedAt: undefined, isMuted: false, isRecorded: false,
    parties: [...talk.parties, { kind: 'agent', no: String(target.id), isHeld: false, isRung: false }],
  }));
}

import type { Agent } from '../agent/agent.ts';
import { refused, type Refused } from '../centre/refused.ts';
import type { Step } from '../centre/step.ts';
import { announce, announceTo, stopAnnouncing, stopAnnouncingTo } from './announcements.ts';
import { request, type Application } from './apply.ts';
import { end, hold, prolong, resize, setMode, shift, unhold } from './chair.ts';
import { CODE, find, isJoined, participantOf, type Address, type Conference, type Mode } from './conference.ts';
import { answer, invite, leave, reject, remove, type Invitation } from './participants.ts';

type Asks<What extends string, Fields = unknown> = { readonly what: What } & Fields;
type About<What extends string, Fields = unknown> = Asks<What, { readonly participant: Address } & Fields>;

/** What any agent may ask about a conference. */
type ByMember = Asks<'request', Application> | Asks<'answer'> | Asks<'reject'> | Asks<'leave'>;

/** What is for the chair. */
type ByChair =
  | Asks<'release'>
  | Asks<'invite', Invitation>
  | Asks<'remove', { readonly participants: readonly Address[] }>
  | Asks<'shift', { readonly to: number }>
  | Asks<'prolong', { readonly minutes: number }>
  /** By how many seats it becomes larger, or below zero smaller. */
  | Asks<'resize', { readonly by: number }>
  | Asks<'play', { readonly file: string; readonly background: boolean }>
  | Asks<'stopPlay'>;

/** What is for the chair, and about one who has joined. */
type OnParticipant = About<'hold', { readonly file: string }> | About<'unhold'> | About<'setMode', { readonly mode: Mode }> | About<'playTo', { readonly file: string }> | About<'stopPlayTo'>;

export type ConferenceAsked = ByMember | ByChair | OnParticipant;

/**
 * 6.1.6. Refusals in this order: no conference (101-001), not the chair (101-002), not begun yet (21225), then what is the
 * matter with the wish itself. Whoever is only invited is in no conference but to answer or reject.
 */
export function confer(step: Step, agent: Agent, asked: ConferenceAsked): string | Refused | undefined {
  if (asked.what === 'request') return request(step, agent, asked);
  const conference = agent.conference === undefined ? undefined : step.centre.conferences.get(agent.conference);
  const own = conference === undefined ? undefined : participantOf(conference, agent.id);
  if (conference === undefined || own === undefined) return refused('noConference', String(agent.id));
  const isAnswer = asked.what === 'answer' || asked.what === 'reject';
  if (conference.state === 'on' && !isAnswer && !isJoined(own)) return refused('noConference', String(agent.id));
  const isOfMember = isAnswer || asked.what === 'leave';
  if (!isOfMember && conference.chair !== agent.id) return refused('notChair', String(agent.id));
  if (conference.state === 'requesting') return refused('conference', '', CODE.unsettled);
  if (asked.what === 'answer') return answer(step, conference, own);
  if (asked.what === 'reject') return reject(step, conference, own);
  if (asked.what === 'leave') return leave(step, conference, own);
  return 'participant' in asked ? about(step, conference, asked) : preside(step, conference, agent, asked);
}

function preside(step: Step, conference: Conference, chair: Agent, asked: ByChair): string | Refused | undefined {
  switch (asked.what) {
    case 'release':
      end(step, conference, 'released');
      return undefined;
    case 'invite':
      return invite(step, conference, chair, asked);
    case 'remove':
      return remove(step, conference, asked.participants);
    case 'shift':
      return shift(step, conference, chair, asked.to);
    case 'prolong':
      return prolong(step, conference, asked.minutes);
    case 'resize':
      return resize(step, conference, asked.by);
    case 'play':
      return announce(step, conference, asked.file, asked.background);
    case 'stopPlay':
      return stopAnnouncing(step, conference);
    default:
      return asked satisfies never;
  }
}

function about(step: Step, conference: Conference, asked: OnParticipant): Refused | undefined {
  const participant = find(conference, asked.participant);
  const named = asked.participant.kind === 'agent' ? String(asked.participant.agent) : asked.participant.number;
  if (participant === undefined || !isJoined(participant)) return refused('conference', named, CODE.notIn);
  switch (asked.what) {
    case 'hold':
      return hold(step, conference, participant, named, asked.file);
    case 'unhold':
      return unhold(step, conference, participant, named);
    case 'setMode':
      return setMode(step, conference, participant, named, asked.mode);
    case 'playTo':
      return announceTo(step, conference, participant, named, asked.file);
    case 'stopPlayTo':
      return stopAnnouncingTo(step, conference, participant, named);
    default:
      return asked satisfies never;
  }
}

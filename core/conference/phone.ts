import type { Agent } from '../agent/agent.ts';
import { CAUSE, type Leg } from '../call/call.ts';
import { hangUp } from '../call/release.ts';
import type { Step } from '../centre/step.ts';
import { begin, fail } from './apply.ts';
import { end } from './chair.ts';
import { CODE, isJoined, participantOf, participantOfLeg, type Conference, type Participant } from './conference.ts';
import type { Leaving } from './event.ts';
import { arrives, inviteEnds, leaves, ring, whoIs } from './participants.ts';

interface Seat {
  readonly conference: Conference;
  readonly own: Participant;
}

function seatOf({ centre }: Step, conferenceId: number | undefined, agent: number): Seat | undefined {
  const conference = conferenceId === undefined ? undefined : centre.conferences.get(conferenceId);
  const own = conference === undefined ? undefined : participantOf(conference, agent);
  return conference === undefined || own === undefined ? undefined : { conference, own };
}

/** The agent took the phone off the hook, having been rung for a conference. */
export function agentPhoneUp(step: Step, agent: Agent): void {
  const seat = seatOf(step, agent.conference, agent.id);
  if (seat === undefined || seat.own.state !== 'invited') return;
  if (seat.conference.state === 'requesting') begin(step, seat.conference, agent);
  else ring(step, seat.conference, seat.own.id, agent);
}

type Going = 'unanswered' | 'unreachable' | 'signedOut';

/** Why an agent's application came to nothing. */
const FAILS: Readonly<Record<Going, number>> = { unanswered: CODE.seizureTimedOut, unreachable: CODE.notSeized, signedOut: CODE.signedOut };
/** Why an agent's invitation came to nothing. */
const RESULT: Readonly<Record<Going, number>> = { ...FAILS, signedOut: CODE.notSeized };

/** The agent goes, or cannot be reached: with the chair the conference ends, whoever was invited does not come. */
export function agentGoes(step: Step, conferenceId: number | undefined, agentId: number, how: Going): void {
  const seat = seatOf(step, conferenceId, agentId);
  if (seat === undefined) return;
  const { conference, own } = seat;
  const why: Leaving = how === 'signedOut' ? 'signedOut' : 'hungUp';
  if (conference.state === 'requesting') fail(step, conference, FAILS[how]);
  else if (conference.chair === agentId) end(step, conference, 'chairLeft', why);
  else if (isJoined(own)) leaves(step, conference, own, why);
  else inviteEnds(step, conference, own, how, RESULT[how]);
}

/** An invited phone was answered. */
export function numberAnswered(step: Step, leg: Leg, conferenceId: number): void {
  const conference = step.centre.conferences.get(conferenceId);
  const own = conference === undefined ? undefined : participantOfLeg(conference, leg.id);
  if (conference === undefined || own === undefined) hangUp(step, leg.id, CAUSE.released);
  else arrives(step, conference, { ...whoIs(own), participant: own.id, mode: own.mode });
}

/** A phone is on hook, or could not be reached for this cause. */
export function numberEnded(step: Step, leg: Leg, conferenceId: number, cause: number): void {
  const conference = step.centre.conferences.get(conferenceId);
  const own = conference === undefined ? undefined : participantOfLeg(conference, leg.id);
  if (conference === undefined || own === undefined) return;
  if (isJoined(own)) leaves(step, conference, own, 'hungUp');
  else inviteEnds(step, conference, own, cause === CAUSE.unanswered ? 'unanswered' : 'unreachable', cause);
}

import { afterCall } from '../agent/after-call.ts';
import type { Agent } from '../agent/agent.ts';
import { refused, type Refused } from '../centre/refused.ts';
import type { Step } from '../centre/step.ts';
import { play, stopPlays } from './announcements.ts';
import { CODE, isJoined, MAX_MINUTES, MAX_SEATS, of, participantOf, type Conference, type Mode, type Participant } from './conference.ts';
import type { ConferenceEvent, Leaving } from './event.ts';
import { inviteEnds, leaves, whoIs } from './participants.ts';

type EndedWhy = Extract<ConferenceEvent, { type: 'ConferenceEnded' }>['why'];

/**
 * Ends a conference whatever goes on in it: sound, invitations, participants, and the chair last. `chairWhy` is why the
 * chair is out of it.
 */
export function end(step: Step, conference: Conference, why: EndedWhy, chairWhy: Leaving = 'ended'): void {
  stopPlays(step, conference);
  const chair = participantOf(conference, conference.chair);
  for (const participant of conference.participants.values()) {
    if (participant === chair) continue;
    if (isJoined(participant)) leaves(step, conference, participant, 'ended');
    else inviteEnds(step, conference, participant, 'ended', CODE.leftBefore);
  }
  if (chair !== undefined) step.emit({ type: 'ConferenceLeft', ...of(conference), participant: chair.id, ...whoIs(chair), why: chairWhy });
  step.emit({ type: 'ConferenceEnded', ...of(conference), why });
  const agent = step.centre.agents.get(conference.chair);
  if (agent !== undefined && chairWhy !== 'signedOut') afterCall(step, agent);
}

/** 6.1.6.9. */
export function shift(step: Step, conference: Conference, chair: Agent, to: number): Refused | undefined {
  if (to === chair.id) return refused('chairAlready', String(to));
  const participant = participantOf(conference, to);
  if (participant === undefined || !isJoined(participant)) return refused('conference', String(to), CODE.notIn);
  step.emit({ type: 'ConferenceChairShifted', ...of(conference), from: chair.id, to });
  return undefined;
}

/** 6.1.6.8: the minutes of a whole day at most, with those that were granted before. Answers how many were granted. */
export function prolong(step: Step, conference: Conference, asked: number): string | Refused {
  const granted = Math.min(asked, MAX_MINUTES - conference.minutes);
  if (granted <= 0) return refused('conference', String(MAX_MINUTES), CODE.noTimeLeft);
  step.emit({ type: 'ConferenceProlonged', ...of(conference), minutes: granted });
  return String(granted);
}

/** 6.1.6.17: invitations under way take seats as well. */
export function resize(step: Step, conference: Conference, by: number): Refused | undefined {
  const seats = conference.seats + by;
  const limit = step.centre.config.limits.voiceChannels ?? Infinity;
  if (seats > MAX_SEATS) return refused('conference', String(MAX_SEATS), CODE.tooLarge);
  if (by > 0 && seats > limit) return refused('conference', String(limit), CODE.voiceLimit);
  if (seats < conference.participants.size) return refused('conference', String(conference.participants.size), CODE.seatsTaken);
  step.emit({ type: 'ConferenceResized', ...of(conference), seats });
  return undefined;
}

/** 6.1.6.12. */
export function setMode(step: Step, conference: Conference, participant: Participant, named: string, mode: Mode): Refused | undefined {
  if (participant.mode === mode) return refused('conference', named, CODE.modeUnchanged);
  step.emit({ type: 'ConferenceModeSet', ...of(conference), participant: participant.id, mode });
  return undefined;
}

/** 6.1.6.6: the participant hears the file, then music. */
export function hold(step: Step, conference: Conference, participant: Participant, named: string, file: string): Refused | undefined {
  if (participant.held) return refused('conference', named, CODE.held);
  step.emit({ type: 'ConferenceHeld', ...of(conference), participant: participant.id });
  play(step, conference, { what: 'hold', file, participant: participant.id });
  return undefined;
}

/** 6.1.6.7. */
export function unhold(step: Step, conference: Conference, participant: Participant, named: string): Refused | undefined {
  if (!participant.held) return refused('conference', named, CODE.notHeld);
  stopPlays(step, conference, participant.id, 'hold');
  step.emit({ type: 'ConferenceUnheld', ...of(conference), participant: participant.id });
  return undefined;
}

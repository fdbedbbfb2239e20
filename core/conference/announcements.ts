import { refused, type Refused } from '../centre/refused.ts';
import type { Centre } from '../centre/state.ts';
import type { Step } from '../centre/step.ts';
import { announcementIn, CODE, conferenceIn, nextPlay, of, type Conference, type Participant, type Play } from './conference.ts';

interface Playing {
  readonly what: Play['what'];
  readonly file: string;
  readonly participant?: number;
}

export function play(step: Step, conference: Conference, playing: Playing): void {
  step.emit({ type: 'ConferencePlayBegan', ...of(conference), play: nextPlay(step.centre, conference), ...playing });
}

function ends(step: Step, conference: Conference, { name, what, participant }: Play, why: 'end' | 'stopped' | 'failed'): void {
  step.emit({ type: 'ConferencePlayEnded', ...of(conference), play: name, what, ...(participant === undefined ? {} : { participant }), why });
}

/** Silences what is played to a participant, or everything; `only` one kind of it. */
export function stopPlays(step: Step, conference: Conference, participant?: number, only?: Play['what']): void {
  for (const one of conference.plays.values()) {
    if ((participant === undefined || one.participant === participant) && (only === undefined || one.what === only)) ends(step, conference, one, 'stopped');
  }
}

/** 6.1.6.13: in the foreground it is all that is heard, in the background the talk goes on. */
export function announce(step: Step, conference: Conference, file: string, isBackground: boolean): Refused | undefined {
  if (announcementIn(conference) !== undefined) return refused('conference', '', CODE.playing);
  play(step, conference, { what: isBackground ? 'background' : 'foreground', file });
  return undefined;
}

/** 6.1.6.14. */
export function stopAnnouncing(step: Step, conference: Conference): Refused | undefined {
  const playing = announcementIn(conference);
  if (playing === undefined) return refused('conference', '', CODE.notPlaying);
  ends(step, conference, playing, 'stopped');
  return undefined;
}

/** 6.1.6.15: for whoever is held too. */
export function announceTo(step: Step, conference: Conference, participant: Participant, named: string, file: string): Refused | undefined {
  if (announcementIn(conference, participant.id) !== undefined) return refused('conference', named, CODE.playingTo);
  play(step, conference, { what: 'channel', file, participant: participant.id });
  return undefined;
}

/** 6.1.6.16. */
export function stopAnnouncingTo(step: Step, conference: Conference, participant: Participant, named: string): Refused | undefined {
  const playing = announcementIn(conference, participant.id);
  if (playing === undefined) return refused('conference', named, CODE.notPlayingTo);
  ends(step, conference, playing, 'stopped');
  return undefined;
}

/** What sounds in all conferences, or did when we last knew: after a restart nobody can say, so it is stopped. */
export const playsIn = ({ conferences }: Centre): readonly string[] => [...conferences.values()].flatMap(({ plays }) => [...plays.keys()]);

/** The voice port tells that a file is at its end, or could not be played. What was stopped is known already. */
export function playEnded(step: Step, name: string, why: 'end' | 'stopped' | 'failed'): void {
  const conference = conferenceIn(step.centre, name);
  const playing = conference?.plays.get(name);
  if (conference !== undefined && playing !== undefined) ends(step, conference, playing, why);
}

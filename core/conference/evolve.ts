import type { Centre } from '../centre/state.ts';
import { cancelTimer, setTimer } from '../centre/timers.ts';
import type { Conference, Participant } from './conference.ts';
import type { ConferenceEvent, Who } from './event.ts';
import { endTimer, MINUTE_MS, promptTimer, SEAT_MS, seatTimer } from './timers.ts';

function named(centre: Centre, id: number): Conference {
  const conference = centre.conferences.get(id);
  if (conference === undefined) throw new Error(`there is no conference ${id}`);
  return conference;
}

function seated({ id, participants }: Conference, participant: number): Participant {
  const found = participants.get(participant);
  if (found === undefined) throw new Error(`${participant} is not in the conference ${id}`);
  return found;
}

type Seat = Who & Pick<Participant, 'id' | 'state' | 'mode' | 'since'> & { readonly leg?: string; readonly welcome?: string };

function takeSeat(centre: Centre, conference: Conference, { id, agent, personal, deviceCallType, deviceType, leg, welcome, state, mode, since }: Seat): void {
  conference.given.participant = Math.max(conference.given.participant, id);
  conference.participants.set(id, {
    id, agent, number: personal?.number ?? '', leg, deviceCallType, deviceType, welcome, state, mode, held: false, since, offRecord: undefined,
  });
  const owner = agent === undefined ? undefined : centre.agents.get(agent);
  if (owner !== undefined) owner.conference = conference.id;
  const standing = leg === undefined ? undefined : centre.legs.get(leg);
  if (standing !== undefined) {
    standing.call = undefined;
    standing.conference = conference.id;
  }
}

function leaveSeat(centre: Centre, conference: Conference, { id, agent }: Participant): void {
  conference.participants.delete(id);
  cancelTimer(centre.timers, seatTimer(conference.id, id));
  const owner = agent === undefined ? undefined : centre.agents.get(agent);
  if (owner?.conference === conference.id) owner.conference = undefined;
}

/** The end, and the time to tell of it; what is past is not told again. */
function setEnd({ timers }: Centre, { id, startedAt, minutes, promptMinutes }: Conference, at: number): void {
  const end = startedAt + minutes * MINUTE_MS;
  const prompt = end - promptMinutes * MINUTE_MS;
  setTimer(timers, endTimer(id), end);
  if (prompt > at) setTimer(timers, promptTimer(id), prompt);
}

function remove(centre: Centre, conference: Conference): void {
  for (const participant of conference.participants.values()) leaveSeat(centre, conference, participant);
  cancelTimer(centre.timers, endTimer(conference.id));
  cancelTimer(centre.timers, promptTimer(conference.id));
  centre.conferences.delete(conference.id);
}

/* One case an event: a table to be read from above. */
export function evolveConference(centre: Centre, event: ConferenceEvent, at: number): void {
  switch (event.type) {
    case 'ConferenceRequested': {
      const { conference: id, call, agent, seats, minutes, promptMinutes, tone, personal } = event;
      centre.given.conference += 1;
      centre.given.call += 1;
      const conference: Conference = {
        id, call, state: 'requesting', chair: agent, seats, minutes, promptMinutes, caller: personal?.caller ?? '', tone, startedAt: at,
        participants: new Map(), plays: new Map(), given: { participant: 0, play: 0 },
      };
      centre.conferences.set(id, conference);
      takeSeat(centre, conference, { id: 1, agent, deviceCallType: 0, deviceType: 0, state: 'invited', mode: 'both', since: at });
      setTimer(centre.timers, seatTimer(id, 1), at + SEAT_MS);
      return;
    }
    case 'ConferenceFailed': {
      const conference = event.conference === undefined ? undefined : centre.conferences.get(event.conference);
      if (conference !== undefined) remove(centre, conference);
      return;
    }
    case 'ConferenceInvited': {
      takeSeat(centre, named(centre, event.conference), { ...event, id: event.participant, state: 'invited', mode: 'both', since: at });
      if (event.agent !== undefined) setTimer(centre.timers, seatTimer(event.conference, event.participant), at + SEAT_MS);
      return;
    }
    case 'ConferenceRang': {
      seated(named(centre, event.conference), event.participant).state = 'ringing';
      return;
    }
    case 'ConferenceInviteEnded': {
      const conference = named(centre, event.conference);
      if (event.participant !== undefined) leaveSeat(centre, conference, seated(conference, event.participant));
      return;
    }
    case 'ConferenceJoined': {
      const conference = named(centre, event.conference);
      const known = conference.participants.get(event.participant);
      cancelTimer(centre.timers, seatTimer(event.conference, event.participant));
      if (known === undefined) takeSeat(centre, conference, { ...event, id: event.participant, state: 'joined', since: at });
      else {
        known.state = 'joined';
        known.mode = event.mode;
        known.since = at;
      }
      return;
    }
    case 'ConferenceStarted': {
      const conference = named(centre, event.conference);
      conference.state = 'on';
      conference.startedAt = at;
      setEnd(centre, conference, at);
      return;
    }
    case 'ConferenceLeft': {
      const conference = named(centre, event.conference);
      leaveSeat(centre, conference, seated(conference, event.participant));
      return;
    }
    case 'ConferenceChairShifted': {
      named(centre, event.conference).chair = event.to;
      return;
    }
    case 'ConferenceModeSet': {
      seated(named(centre, event.conference), event.participant).mode = event.mode;
      return;
    }
    case 'ConferenceHeld':
    case 'ConferenceUnheld': {
      const own = seated(named(centre, event.conference), event.participant);
      own.held = event.type === 'ConferenceHeld';
      if (own.offRecord === 'end') own.offRecord = undefined;
      return;
    }
    case 'ConferencePlayBegan': {
      const { plays, given } = named(centre, event.conference);
      given.play += 1;
      plays.set(event.play, { name: event.play, participant: event.participant, what: event.what });
      return;
    }
    case 'ConferencePlayEnded': {
      named(centre, event.conference).plays.delete(event.play);
      return;
    }
    case 'ConferenceProlonged': {
      const conference = named(centre, event.conference);
      conference.minutes += event.minutes;
      setEnd(centre, conference, at);
      return;
    }
    case 'ConferenceResized': {
      named(centre, event.conference).seats = event.seats;
      return;
    }
    case 'ConferenceNearEnd': {
      cancelTimer(centre.timers, promptTimer(event.conference));
      return;
    }
    case 'ConferenceEnded': {
      remove(centre, named(centre, event.conference));
      return;
    }
    default:
      event satisfies never;
  }
}


import { MODES, type Conference, type Participant } from '@parley/core/conference/conference.ts';

const ATTRIBUTES = [1, 2, 3, 4] as const;
const MINUTE_MS = 60_000;

/** 6.1.6.12 numbers the modes in the order of the core's list. */
export const modeOf = (attribute: 1 | 2 | 3 | 4) => MODES[attribute - 1] ?? 'both';

function channelState(participant: Participant, conference: Conference): 0 | 1 | 2 {
  if (participant.held) return 1;
  return [...conference.plays.values()].some((play) => play.participant === participant.id) ? 2 : 0;
}

function presentParticipant(participant: Participant, conference: Conference) {
  const { agent, number, deviceCallType, deviceType, mode, since } = participant;
  return {
    addressType: agent === undefined ? '6' as const : '9' as const, address: agent === undefined ? number : String(agent), deviceCallType, deviceType,
    channelAttrib: ATTRIBUTES[MODES.indexOf(mode)] ?? 3, channelState: channelState(participant, conference),
    role: agent === conference.chair ? 1 as const : 0 as const, enterTime: since,
  };
}

/** 6.1.6.18. */
export function presentConference(conference: Conference, now: number) {
  const isPlaying = [...conference.plays.values()].some((play) => play.participant === undefined);
  return {
    confId: conference.id, confState: isPlaying ? 1 as const : 0 as const, startTime: conference.startedAt, applyConfTime: conference.minutes,
    confHaveBeenTime: Math.floor((now - conference.startedAt) / MINUTE_MS),
    addresses: [...conference.participants.values()].filter(({ state }) => state === 'joined').map((one) => presentParticipant(one, conference)),
  };
}

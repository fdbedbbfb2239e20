import type { AgentEvents } from '@parley/contract/gateway/events.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import type { Leaving, Who } from '@parley/core/conference/event.ts';
import { notice, type Notice } from './notice.ts';
import type { NoticesOf } from './project.ts';

type Changed = AgentEvents['AgentConf_ParticipantChanged'];

const NOTHING: readonly Notice[] = [];
/** 6.5.1.10.6. */
const CHANGE = { joined: 0, left: 1, chair: 2, muted: 3, unmuted: 4, held: 5, unheld: 6 } as const;
const REASON: Readonly<Record<Leaving, Changed['changeReason']>> = { left: 0, removed: 1, hungUp: 2, ended: 3, signedOut: 4 };
const NO_REASON = 255;

/** The agents who are in a conference, but for one. */
function othersIn(centre: Centre, conference: number, except?: number): readonly number[] {
  const participants = centre.conferences.get(conference)?.participants.values() ?? [];
  return [...participants].flatMap(({ agent, state }) => (agent !== undefined && agent !== except && state === 'joined' ? [agent] : []));
}

function changed(confId: number, who: Who, changeType: Changed['changeType'], changeReason: Changed['changeReason'] = NO_REASON, result = 0): Changed {
  return {
    result, changeReason, changeType, confId, participant: who.agent === undefined ? who.personal?.number ?? '' : String(who.agent),
    participantType: who.agent === undefined ? 6 : 9, deviceCallType: who.deviceCallType, deviceType: who.deviceType,
  };
}

const toAll = (centre: Centre, conference: number, except: number | undefined, content: Changed): readonly Notice[] =>
  othersIn(centre, conference, except).map((agent) => notice(agent, 'AgentConf_ParticipantChanged', content));

/** A participant who is in the conference, as the events about one name it. */
function whoIs(centre: Centre, conference: number, participant: number): Who | undefined {
  const found = centre.conferences.get(conference)?.participants.get(participant);
  if (found === undefined) return undefined;
  const { agent, number, deviceCallType, deviceType } = found;
  return { deviceCallType, deviceType, personal: { number }, ...(agent === undefined ? {} : { agent }) };
}

function about(centre: Centre, conference: number, participant: number, changeType: Changed['changeType']): readonly Notice[] {
  const who = whoIs(centre, conference, participant);
  return who === undefined ? NOTHING : toAll(centre, conference, undefined, changed(conference, who, changeType));
}

/** What the agents of a conference are told (6.5.1.10). */
export const CONFERENCE_NOTICES: NoticesOf = {
  ConferenceFailed: ({ agent, cause }) => [notice(agent, 'AgentConf_RequestFailed', { cause })],
  ConferenceRang: ({ agent, conference: confId }) => [notice(agent, 'AgentConf_Ringing', { confId })],
  ConferenceJoined: ({ conference: confId, ...who }, centre) => [
    ...(who.agent === undefined ? NOTHING : [notice(who.agent, 'AgentConf_SelfJoinResult', { confId })]),
    ...toAll(centre, confId, who.agent, changed(confId, who, CHANGE.joined)),
  ],
  ConferenceStarted: ({ agent, conference: confId }) => [notice(agent, 'AgentConf_RequestSuccess', { confId })],
  ConferenceInviteEnded: ({ conference: confId, result, ...who }, centre) => toAll(centre, confId, who.agent, changed(confId, who, CHANGE.joined, NO_REASON, result)),
  ConferenceLeft: ({ conference: confId, why, ...who }, centre) => [
    ...(who.agent === undefined ? NOTHING : [notice(who.agent, 'AgentConf_SelfLeaveResult', { confId })]),
    ...toAll(centre, confId, who.agent, changed(confId, who, CHANGE.left, REASON[why])),
  ],
  ConferenceChairShifted: ({ conference: confId, to }, centre) => {
    const participant = [...centre.conferences.get(confId)?.participants.values() ?? []].find(({ agent }) => agent === to);
    const who = participant === undefined ? undefined : whoIs(centre, confId, participant.id);
    return [
      notice(to, 'AgentConf_PresidentChanged', { confId }),
      ...(who === undefined ? NOTHING : toAll(centre, confId, to, changed(confId, who, CHANGE.chair))),
    ];
  },
  // 6.1.6.12: listening only is told as muted, both as unmuted, the other two are not told.
  ConferenceModeSet: ({ conference, participant, mode }, centre) => {
    if (mode === 'listens') return about(centre, conference, participant, CHANGE.muted);
    return mode === 'both' ? about(centre, conference, participant, CHANGE.unmuted) : NOTHING;
  },
  ConferenceHeld: ({ conference, participant }, centre) => about(centre, conference, participant, CHANGE.held),
  ConferenceUnheld: ({ conference, participant }, centre) => about(centre, conference, participant, CHANGE.unheld),
  ConferencePlayEnded: ({ conference, what, why }, centre) => {
    const chair = centre.conferences.get(conference)?.chair;
    if (chair === undefined) return NOTHING;
    const content = { result: why === 'failed' ? 1 as const : 0 as const };
    if (what === 'foreground' || what === 'background') return [notice(chair, 'AgentConf_StopVoice', content)];
    return what === 'channel' ? [notice(chair, 'AgentConf_StopParticipantVoice', content)] : NOTHING;
  },
  ConferenceNearEnd: ({ agent, conference: confId }) => [notice(agent, 'AgentConf_Timeout', { confId })],
};

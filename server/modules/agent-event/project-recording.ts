import type { AgentEvents } from '@parley/contract/gateway/events.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import type { PlaybackEnd } from '@parley/core/playback/event.ts';
import { taskOf, type RecordedMedia } from '@parley/core/recording/recording.ts';
import { NOTHING } from './call-notice.ts';
import { notice } from './notice.ts';
import type { NoticesOf } from './project.ts';

/** 6.5.1.4.1: all recordings are in one place, of which none is the id. */
const NOWHERE = '65535';

/** 6.5.1.4.1. */
const MEDIA_TYPE: Readonly<Record<RecordedMedia, '1' | '2'>> = { voice: '1', video: '2' };

interface Of {
  readonly recording: string;
  readonly call: string;
  readonly path: string;
  readonly id: string;
  readonly media?: RecordedMedia;
}

/** 6.5.1.4.1 and 6.5.1.4.2; the numbers are those of the call, as long as there is one. */
function about({ calls, conferences }: Centre, { recording, call: callId, path: fileName, id: recordID, media = 'voice' }: Of): AgentEvents['AgentMediaEvent_Record'] {
  const call = calls.get(callId) ?? [...conferences.values()].find((conference) => conference.call === callId);
  return {
    taskId: taskOf(recording), caller: call?.caller ?? '', recordID, called: call !== undefined && 'called' in call ? call.called : '', locationId: NOWHERE, fileName,
    fileMediaType: MEDIA_TYPE[media], callId, callid: callId,
  };
}

/** 6.5.1.5.4: to put the phone down stops it too. */
const CAUSES: Readonly<Record<PlaybackEnd, 0 | 1 | 2>> = { end: 0, stopped: 1, phone: 1, signedOut: 1, failed: 2 };

const isUp = (centre: Centre, leg: string | undefined): boolean => leg !== undefined && centre.legs.get(leg)?.state === 'up';

/** What agents are told of what is recorded of them (6.5.1.4) and played to them (6.5.1.5). */
export const RECORDING_NOTICES: NoticesOf = {
  RecordingConfirmed: ({ recording: name, agent }, centre) => {
    const recording = centre.recordings.get(name);
    if (recording === undefined || centre.agents.get(agent)?.recordings.includes(name) !== true) return NOTHING;
    return [notice(agent, 'AgentMediaEvent_Record', about(centre, { ...recording, recording: name }))];
  },
  RecordingEnded: ({ agent, why, isTold, isHere, from, to, ...ended }, centre) => {
    if (!isHere) return NOTHING;
    if (why === 'failed') return [notice(agent, 'AgentMediaEvent_Record_Fail', about(centre, ended))];
    if (!isTold) return NOTHING;
    return [notice(agent, 'AgentMediaEvent_StopRecordDone', { beginTime: String(from), endTime: String(to), fileMediaType: MEDIA_TYPE[ended.media ?? 'voice'], taskId: taskOf(ended.recording) })];
  },
  // Where the phone is off the hook already, that it is picked up does not tell.
  PlaybackAsked: ({ agent }, centre) => (isUp(centre, centre.agents.get(agent)?.leg) ? [notice(agent, 'AgentState_Busy', null)] : NOTHING),
  PlaybackBegan: ({ agent }) => [notice(agent, 'AgentMediaEvent_Play', null)],
  PlaybackHeard: ({ agent }) => [notice(agent, 'AgentMediaEvent_Play_Succ', null)],
  PlaybackPaused: ({ agent }) => [notice(agent, 'AgentMediaEvent_PausePlayDone', null)],
  PlaybackResumed: ({ agent }) => [notice(agent, 'AgentMediaEvent_ResumePlayDone', null)],
  PlaybackJumped: ({ agent }) => [notice(agent, 'AgentMediaEvent_JumpPlayDone', null)],
  PlaybackEnded: ({ agent, why, wasHeard }) => {
    if (!wasHeard && why !== 'stopped') return [notice(agent, 'AgentMediaEvent_Play_Fail', null)];
    return [notice(agent, 'AgentMediaEvent_StopPlayDone', { cause: CAUSES[why] })];
  },
  ScreenNotRecorded: ({ agent, asked }) => [notice(agent, asked === 'start' ? 'AgentMediaEvent_StartRecordScreen_Fail' : 'AgentMediaEvent_StopRecordScreen_Fail', null)],
};

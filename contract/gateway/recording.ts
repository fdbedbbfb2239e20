import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { integer, integerOf, nothing, object, optional, text, word } from '../schema.ts';
import { sessionErrors } from './errors.ts';
import { gateway } from './family.ts';
import { agentId, agentPath } from './path.ts';

export const recordingErrors = catalogue({
  playForeign: { status: 200, code: '100-018', text: '{path} belongs to another VDN.' },
  rewindState: { status: 200, code: '500-001', text: 'Nothing is played that could go back ({state}).' },
  forwardState: { status: 200, code: '500-002', text: 'Nothing is played that could go forward ({state}).' },
  pauseState: { status: 200, code: '500-003', text: 'Nothing is played that could pause ({state}).' },
  resumeState: { status: 200, code: '500-005', text: 'No recording pauses ({state}).' },
  playState: { status: 200, code: '500-007', text: 'No recording can be played in the agent\'s state ({state}).' },
  recordState: { status: 200, code: '500-008', text: 'No recording can begin: {message}.' },
  stopPlayState: { status: 200, code: '500-009', text: 'Nothing is played that could be stopped ({state}).' },
  stopRecordState: { status: 200, code: '500-010', text: 'Nothing is recorded that could be stopped.' },
  recordFileChosen: { status: 200, code: '500-011', text: 'Agents of this tenant do not choose the files of recordings: leave fileName out.' },
  downloadOff: { status: 200, code: '104-001', text: 'Recordings cannot be downloaded from this installation.' },
  mayNotHear: { status: 200, code: '104-002', text: 'No right to recordings.' },
  downloadBadName: { status: 200, code: '104-003', text: '{path} is no path of a recording.' },
  downloadMissing: { status: 200, code: '104-005', text: 'There is no recording {path}.' },
  videoOff: { status: 200, code: '108-001', text: 'Recordings of video cannot be downloaded from this installation.' },
  videoForeign: { status: 200, code: '108-002', text: '{recording} belongs to another VDN.' },
  videoUnknown: { status: 200, code: '108-003', text: 'There is no recording {recording} of video in the call {call}.' },
  videoLate: { status: 200, code: '108-004', text: 'What was recorded is not known yet: try again.' },
  videoNone: { status: 200, code: '108-006', text: 'No video was recorded of the call {call}.' },
  videoMissing: { status: 200, code: '108-007', text: 'The file of {recording} is gone.' },
  videoNoType: { status: 200, code: '108-009', text: 'There is no video of that kind: {why}.' },
  videoFileMissing: { status: 200, code: '108-012', text: 'There is no recording {path} of video.' },
  downloadExOff: { status: 200, code: '108-014', text: 'Recordings cannot be downloaded from this installation.' },
  downloadExMissing: { status: 200, code: '108-015', text: 'There is no recording of agent {agent} in the call {call}.' },
  downloadExUnclear: { status: 200, code: '108-016', text: 'An inspector must say whose recording it is: workNo.' },
});

const PLAY = '/agentgateway/resource/recordplay/{agentid}';
const FILE = '/agentgateway/resource/recordfile/{agentid}';

const ok = { message: 'success', retcode: '0', result: {} };
const errors = [sessionErrors.notSignedIn, sessionErrors.failed] as const;
const playErrors = [...errors, recordingErrors.mayNotHear, recordingErrors.playForeign, recordingErrors.playState] as const;

const location = integer('Node of a distributed call centre, as AgentMediaEvent_Record told it. There is one node, so it is not looked at.', { min: -1, max: 65_535 });
const filePath = (description: string) => word(`${description} At most 100 characters, such as \`Y:/1/0/20180621/105/1406470.V3\`.`, { max: 100 });
const startAt = integer('How many seconds into the file to begin; behind its end there is nothing to hear.', { min: 0 });

export const recordPlayStart = operation({
  id: 'recordPlayStart', family: gateway, section: '13.1.1.1', tag: 'Recordings',
  method: 'PUT', path: `${PLAY}/play`, auth: 'C4',
  summary: 'Play a recording to the agent\'s phone',
  description: 'For an agent who is idle, busy or in wrap-up: the phone is rung, and what the agent did before goes on afterwards. Needs the permission bit 16 of 6.3.8. '
    + 'Events: AgentOther_PhoneAlerting, AgentOther_PhoneOffhook, AgentState_Busy, AgentMediaEvent_Play, then AgentMediaEvent_Play_Succ or AgentMediaEvent_Play_Fail, '
    + 'and AgentMediaEvent_StopPlayDone at the end.',
  request: {
    path: agentPath,
    body: object({
      voicepath: filePath('The recording: `fileName` of AgentMediaEvent_Record.'),
      startpostion: optional(startAt),
      volumechange: optional(text('How loud: 50 (unless told) is as it was recorded, 25 half as loud, 100 and more twice.', { max: 5, pattern: '^\\d*$' })),
      speedchange: optional(text('Taken for the sake of clients that send it: a recording is played as fast as it was made.', { max: 5, pattern: '^\\d*$' })),
      times: optional(integer('How often: once, whatever stands here.')),
      codeformat: optional(integerOf([0], 'Coding of the file: what it is in.')),
      locationId: optional(location),
    }),
  },
  result: nothing,
  errors: playErrors,
  examples: [{
    request: { agentid: 105, voicepath: 'Y:/1/0/20180621/105/1406470.V3', startpostion: 0, volumechange: 20, speedchange: 20, times: 1, codeformat: 0, locationId: -1 }, response: ok,
  }],
});

export const recordPlayPause = operation({
  id: 'recordPlayPause', family: gateway, section: '13.1.1.2', tag: 'Recordings',
  method: 'POST', path: `${PLAY}/pauseplay`, auth: 'C4',
  summary: 'Pause the recording that is played',
  description: 'AgentMediaEvent_PausePlayDone follows.',
  request: { path: agentPath },
  result: nothing,
  errors: [...errors, recordingErrors.pauseState],
  examples: [{ request: { agentid: 101 }, response: ok }],
});

export const recordPlayResume = operation({
  id: 'recordPlayResume', family: gateway, section: '13.1.1.3', tag: 'Recordings',
  method: 'POST', path: `${PLAY}/resumeplay`, auth: 'C4',
  summary: 'Go on with the recording that pauses',
  description: 'AgentMediaEvent_ResumePlayDone follows.',
  request: { path: agentPath },
  result: nothing,
  errors: [...errors, recordingErrors.resumeState],
  examples: [{ request: { agentid: 101 }, response: ok }],
});

const jump = object({ agentid: agentId, time: integer('By how many seconds; not beyond the file.', { min: 0 }) });

export const recordPlayForward = operation({
  id: 'recordPlayForward', family: gateway, section: '13.1.1.4', tag: 'Recordings',
  method: 'POST', path: `${PLAY}/forefast/{time}`, auth: 'C4',
  summary: 'Go forward in the recording that is played',
  description: 'AgentMediaEvent_JumpPlayDone follows. Behind the end of the file is its end.',
  request: { path: jump },
  result: nothing,
  errors: [...errors, recordingErrors.forwardState],
  examples: [{ request: { agentid: 101, time: 10 }, response: ok }],
});

export const recordPlayRewind = operation({
  id: 'recordPlayRewind', family: gateway, section: '13.1.1.5', tag: 'Recordings',
  method: 'POST', path: `${PLAY}/backfast/{time}`, auth: 'C4',
  summary: 'Go back in the recording that is played',
  description: 'AgentMediaEvent_JumpPlayDone follows. Before the start of the file is its start.',
  request: { path: jump },
  result: nothing,
  errors: [...errors, recordingErrors.rewindState],
  examples: [{ request: { agentid: 101, time: 10 }, response: ok }],
});

export const recordPlayStop = operation({
  id: 'recordPlayStop', family: gateway, section: '13.1.1.6', tag: 'Recordings',
  method: 'DELETE', path: `${PLAY}/stopplay`, auth: 'C4',
  summary: 'Stop the recording that is played',
  description: 'Also while the phone still rings for it. AgentMediaEvent_StopPlayDone with cause 1 follows.',
  request: { path: agentPath },
  result: nothing,
  errors: [...errors, recordingErrors.stopPlayState],
  examples: [{ request: { agentid: 101 }, response: ok }],
});

export const recordNetPlay = operation({
  id: 'recordNetPlay', family: gateway, section: '13.1.1.11', tag: 'Recordings',
  method: 'POST', path: `${PLAY}/netplay`, auth: 'C4',
  summary: 'Play a recording of the network to the agent\'s phone',
  description: 'As `play` does; the recording may go on for ever. The call centres of a network that can be played from are one: this one. Needs the permission bit 16 of 6.3.8.',
  request: {
    path: agentPath,
    body: object({
      fileName: filePath('The recording.'),
      position: optional(startAt),
      playTime: optional(integer('0 plays it until it is stopped, anything else once.')),
      fileFormat: optional(integerOf([0, 1, 2], 'Coding of the file: what it is in.')),
      ccId: integer('Call centre in which the recording is: that of the agent.', { min: 0, also: ['cclid'] }),
      locationId: optional(location),
    }),
  },
  result: nothing,
  errors: playErrors,
  examples: [{
    request: { agentid: 155, fileName: 'Y:/12/0/20211019/155/1406470.V3', position: '0', playTime: '1', fileFormat: '0', ccId: '1', locationId: '-1' }, response: ok,
  }],
});

const screen = 'Nothing at the agent\'s desk records screens, as the reference\'s client component would, so it is the event that tells';

export const screenRecordStart = operation({
  id: 'screenRecordStart', family: gateway, section: '13.1.1.7', tag: 'Recordings',
  method: 'PUT', path: `${PLAY}/startrecordscreen`, auth: 'C4',
  summary: 'Record the agent\'s screen',
  description: `${screen} how it ended: AgentMediaEvent_StartRecordScreen_Fail.`,
  request: { path: agentPath },
  result: nothing,
  errors,
  examples: [{ request: { agentid: 101 }, response: ok }],
});

export const screenRecordStop = operation({
  id: 'screenRecordStop', family: gateway, section: '13.1.1.8', tag: 'Recordings',
  method: 'DELETE', path: `${PLAY}/stoprecordscreen`, auth: 'C4',
  summary: 'Stop recording the agent\'s screen',
  description: `${screen} that nothing was: AgentMediaEvent_StopRecordScreen_Fail.`,
  request: { path: agentPath },
  result: nothing,
  errors,
  examples: [{ request: { agentid: 101 }, response: ok }],
});

export const voiceRecordStart = operation({
  id: 'voiceRecordStart', family: gateway, section: '13.1.1.9', tag: 'Recordings',
  method: 'PUT', path: `${PLAY}/record`, auth: 'C4',
  summary: 'Record the talk',
  description: 'The agent\'s talk of the moment, in a call or a conference, from now on: the agent on one channel, everybody else on the other. It pauses while the call '
    + 'is held, and ends with the agent\'s part in it. While two see each other (6.1.2.18) that is recorded in a file of its own, of which a second event tells. Not while it is recorded already, nor for an inspector who inspects. '
    + 'Events: AgentMediaEvent_Record, or AgentMediaEvent_Record_Fail.',
  request: {
    path: agentPath,
    body: object({
      fileName: optional(text(
        'File to record into, one of the agent\'s own: `<drive>:/<VDN>/<digit>/<yyyyMMdd>/<work number>/<name>.V3`, at most 100 characters. Empty or left out, one is named '
        + 'by the time in the VDN\'s zone.', { max: 100 })),
      mediaType: integerOf([5], 'What is recorded: 5, voice.'),
      recordMode: optional(integer('1 goes on with the file where it is there already; anything else overwrites it.')),
      recordFormat: optional(integerOf([0, 3], 'Coding of the file: 0 that of the installation, which is 3, A-law.')),
    }),
  },
  result: object({ taskId: text('Id of the recording, by which its events name it.') }),
  errors: [...errors, recordingErrors.recordState, recordingErrors.recordFileChosen],
  examples: [{
    request: { agentid: 186, fileName: 'Y:/15/0/20201119/186/142702.V3', mediaType: 5, recordMode: 0, recordFormat: 0 },
    response: { message: 'success', retcode: '0', result: { taskId: '5086' } },
  }],
});

export const voiceRecordStop = operation({
  id: 'voiceRecordStop', family: gateway, section: '13.1.1.10', tag: 'Recordings',
  method: 'DELETE', path: `${PLAY}/stoprecord`, auth: 'C4',
  summary: 'Stop recording the talk',
  description: 'Also where the tenant has it recorded; in this call it does not begin again by itself. AgentMediaEvent_StopRecordDone follows when the file is written.',
  request: { path: agentPath },
  result: nothing,
  errors: [...errors, recordingErrors.stopRecordState],
  examples: [{ request: { agentid: 101 }, response: ok }],
});

/** A range of it may be asked for: HTTP 206, or 416 where there is nothing of it. */
const replyMedia = 'application/octet-stream';
const replyHeaders = { 'Content-Range': 'Which part it is, where a part was asked for by `Range`.' };
const requestHeaders = { Range: 'One range of bytes, to be sent alone (RFC 9110, 14).' };

export const recordFileDownload = operation({
  id: 'recordFileDownload', family: gateway, section: '13.1.2.1', tag: 'Recordings',
  method: 'GET', path: FILE, auth: 'C4',
  summary: 'Download a recording',
  description: 'A WAV file (A-law, 8 kHz) with both sides on one channel; or the picture of a customer, a JPEG. Needs the permission bit 16 of 6.3.8.',
  request: {
    path: agentPath,
    query: object({
      recordId: word('The recording: `fileName` or `recordID` of AgentMediaEvent_Record; or the picture: `filename` of AgentEvent_ImageCapture. Slashes may be of either kind.', { max: 100 }),
      filetype: optional(integerOf([1, 2], '1 (unless told) an agent\'s talk, 2 what a caller said to an IVR flow, or the voice message of another program.')),
      locationId: optional(location),
    }),
  },
  result: nothing, replyMedia, replyHeaders, requestHeaders,
  errors: [
    ...errors, recordingErrors.downloadOff, recordingErrors.mayNotHear, recordingErrors.playForeign, recordingErrors.downloadBadName, recordingErrors.downloadMissing,
  ],
  examples: [{ request: { agentid: 102, recordId: 'y:\\1\\0\\20181217\\120\\1524488.V3', filetype: 1 } }],
});

export const recordFileDownloadEx = operation({
  id: 'recordFileDownloadEx', family: gateway, section: '13.1.2.2', tag: 'Recordings',
  method: 'GET', path: `${FILE}/recordfiledownloadEx`, auth: 'C4',
  summary: 'Download what was recorded of a call, each side by itself',
  description: 'A WAV file (A-law, 8 kHz) with the agent on the left channel and everybody else on the right. What was recorded in several pieces comes as one. '
    + 'Needs the permission bit 16 of 6.3.8; of other agents, it is for inspectors, as far as they may inspect them (12.1).',
  request: {
    path: agentPath,
    query: object({
      callId: word('Id of the call.', { max: 25 }),
      hwFileName: optional(text('Path of a video recording of the call, `fileName` of AgentMediaEvent_Record: that is sent in place of its sound, as it is.', { max: 100 })),
      workNo: optional(text('Whose recording: needed of an inspector, who else downloads the own.', { max: 5, pattern: '^\\d*$' })),
    }),
  },
  result: nothing, replyMedia, replyHeaders, requestHeaders,
  errors: [
    ...errors, recordingErrors.mayNotHear, recordingErrors.videoOff, recordingErrors.downloadExOff, recordingErrors.downloadExMissing, recordingErrors.downloadExUnclear,
  ],
  examples: [{ request: { agentid: 4977, callId: '1621413752-2011' } }],
});

export const videoFileDownload = operation({
  id: 'videoFileDownload', family: gateway, section: '13.1.3.1', tag: 'Recordings',
  method: 'GET', path: `${FILE}/videofiledownload`, auth: 'C4',
  summary: 'Download the video recording of a call, by its id',
  description: 'What two saw of each other (6.1.2.18) while their talk was recorded: WebM (VP8) or MP4 (H.264) with one track of pictures for each who was seen, the customer '
    + 'first, and one of sound (Opus). Where what there was to be seen changed in between there are several. Needs the permission bit 16 of 6.3.8.',
  request: {
    path: agentPath,
    query: object({
      conferenceId: word('Id of the call: what two see of each other is no conference apart from it.', { max: 64, also: ['confereceId', 'confereceld'] }),
      recordId: optional(text('The recording: `recordID` of AgentMediaEvent_Record. The first one of the call unless told.', { max: 64 })),
      fileType: integerOf([0, 1, 2], '0 and 1 (high and standard definition) the file as it was recorded, of which there is one; 2 what was shared beside the cameras, of which there is nothing.'),
    }),
  },
  result: nothing, replyMedia, replyHeaders, requestHeaders,
  errors: [
    ...errors, recordingErrors.videoOff, recordingErrors.mayNotHear, recordingErrors.videoForeign, recordingErrors.videoNoType, recordingErrors.videoLate,
    recordingErrors.videoNone, recordingErrors.videoUnknown, recordingErrors.videoMissing,
  ],
  examples: [{ request: { agentid: 101, conferenceId: '7a008307-34ad-435b-bccd-222be5ac5385', recordId: '0a08082d-df1e-4c06-9a97-c7c6f7a4724e', fileType: 0 } }],
});

export const videoFileDownloadEx = operation({
  id: 'videoFileDownloadEx', family: gateway, section: '13.1.3.2', tag: 'Recordings',
  method: 'GET', path: `${FILE}/videofiledownloadEx`, auth: 'C4',
  summary: 'Download a video recording, by its path',
  description: 'As `videofiledownload` does. Needs the permission bit 16 of 6.3.8.',
  request: {
    path: agentPath,
    query: object({
      recordId: word('The recording: `fileName` of AgentMediaEvent_Record. Slashes may be of either kind.', { max: 100 }),
      locationId: optional(location),
    }),
  },
  result: nothing, replyMedia, replyHeaders, requestHeaders,
  errors: [
    ...errors, recordingErrors.videoOff, recordingErrors.mayNotHear, recordingErrors.downloadBadName, recordingErrors.videoForeign, recordingErrors.videoNoType,
    recordingErrors.videoLate, recordingErrors.videoFileMissing,
  ],
  examples: [{ request: { agentid: 101, recordId: 'Y:/1/0/20201202/503/1714442.mp4', locationId: 0 } }],
});

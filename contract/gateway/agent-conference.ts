import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { flag, integer, integerOf, list, nothing, object, oneOf, optional, text, timestamp, word } from '../schema.ts';
import { sessionErrors } from './errors.ts';
import { gateway } from './family.ts';
import { agentId, agentPath } from './path.ts';

/** What the conference bridge refuses: 6.1.6 carries its code of Table 6-450 beneath 100-007. */
const bridge = (reason: number, told: string) => ({ status: 200, code: '100-007', reason, text: told });

export const conferenceErrors = catalogue({
  conferenceNone: { status: 200, code: '101-001', text: 'Agent {agent} is in no conference.' },
  conferenceNotChair: { status: 200, code: '101-002', text: 'Agent {agent} is not the chair of the conference.' },
  conferenceNotInspector: { status: 200, code: '101-004', text: 'Only an inspector may see all conferences.' },
  conferenceChairAlready: { status: 200, code: '101-005', text: 'Agent {agent} is the chair already.' },
  conferenceChairRemoved: { status: 200, code: '101-006', text: 'The chair cannot be removed: hand the chair over, or release the conference.' },
  conferenceChairLeaves: { status: 200, code: '101-007', text: 'The chair cannot leave: hand the chair over, or release the conference.' },
  conferenceElsewhere: bridge(21204, '{participant} is in another conference.'),
  conferenceModeUnchanged: bridge(21216, '{participant} hears and speaks like that already.'),
  conferenceChairInvited: bridge(21221, 'The chair is in the conference and cannot be invited.'),
  conferenceNoTimeLeft: bridge(21223, 'The conference has all of its {limit} minutes already.'),
  conferenceFull: bridge(21224, 'The conference has room for {free} more.'),
  conferenceUnsettled: bridge(21225, 'The conference is being set up or released; nothing else can be done with it now.'),
  conferenceNobodyInvited: bridge(21228, 'There is nobody to invite.'),
  conferenceNobodyRemoved: bridge(21229, 'There is nobody to remove.'),
  conferenceVoiceLimit: bridge(21235, 'The tenant has {limit} voice channels.'),
  conferenceNotIn: bridge(21237, '{participant} is not in the conference.'),
  conferenceTooLarge: bridge(21238, 'A conference has room for {limit} at most.'),
  conferenceSeatsTaken: bridge(21239, '{taken} are in the conference; it cannot have fewer seats.'),
  conferenceAsksTooMany: bridge(21244, 'Ask for {limit} conferences at most.'),
  conferencePlaying: bridge(21247, 'An announcement is played to the conference already.'),
  conferenceNotPlaying: bridge(21248, 'No announcement is played to the conference.'),
  conferencePlayingTo: bridge(21249, 'An announcement is played to {participant} already.'),
  conferenceNotPlayingTo: bridge(21250, 'No announcement is played to {participant}.'),
  conferenceHeld: bridge(21251, '{participant} is held already.'),
  conferenceNotHeld: bridge(21252, '{participant} is not held.'),
});

/**
 * Codes of Table 6-450 that only events tell, as things go wrong after the reply: `cause` of AgentConf_RequestFailed, and
 * `result` of AgentConf_ParticipantChanged.
 */
export const conferenceCauses = {
  tooManyConferences: 21_202,
  tooFewChannels: 21_203,
  elsewhere: 21_204,
  /** The agent is neither idle nor in a call that simply talks. */
  wrongState: 21_205,
  notSeized: 21_212,
  seizureTimedOut: 21_213,
  noChannelLeft: 21_219,
  signedOut: 21_220,
  noAnswer: 21_231,
  lostInSwitchover: 21_232,
  brokenOff: 21_233,
  leftBefore: 21_234,
  voiceLimit: 21_235,
} as const;

export const CONFERENCE = '/agentgateway/resource/agentconf/{agentid}';

/** What any operation on a conference may refuse with; those of the chair add the second. */
export const ofMember = [sessionErrors.notSignedIn, sessionErrors.failed, conferenceErrors.conferenceNone, conferenceErrors.conferenceUnsettled] as const;
export const ofChair = [...ofMember, conferenceErrors.conferenceNotChair] as const;

export const accepted = { message: 'success', retcode: '0', result: {} };

const FILE = 'drive, `conf`, VDN id and file name, such as `y:/conf/120/1136287.V3`.';
export const playMode = optional(integerOf([2], 'How an announcement is played: 2 (unless told) from a file.'));
export const voicePath = word(`The file to play: ${FILE}`, { max: 127 });
export const voicePathOfTone = optional(text(`The file to play, needed with \`beepTone\`: ${FILE}`, { max: 127 }));

export const addressType = oneOf(['6', '9'], 'What the address is: 6 a phone number, 9 a work number.');
export const address = word('The phone number or the work number.', { max: 24 });

export const confRequest = operation({
  id: 'confRequest', family: gateway, section: '6.1.6.1', tag: 'Agent conferences',
  method: 'POST', path: `${CONFERENCE}/requestagentconf`, auth: 'C4',
  summary: 'Ask for a conference, as its chair',
  description: 'For an agent who is idle, or in a call that simply talks: nothing played, nobody muted or held. The reply says only that the wish was taken. '
    + 'AgentConf_SelfJoinResult follows, then AgentConf_RequestSuccess with the id, from which on the conference obeys; or AgentConf_RequestFailed with the '
    + 'cause: 21202 too many conferences, 21203 fewer than three voice channels free, 21204 in a conference already, 21205 not idle and not talking, 21212 or '
    + '21213 the agent was not reached, 21220 signed out meanwhile, 21233 or 21234 it broke off, 21235 more participants than the tenant has voice channels. '
    + 'AgentConf_Timeout tells that the end is near.',
  request: {
    path: agentPath,
    body: object({
      memberNum: integer('How many may take part.', { min: 1, max: 120 }),
      confCallerNo: optional(text('Number that phones see; the tenant\'s own unless told. It must be one that the tenant may show.', { max: 24 })),
      time: optional(integer('For how many minutes; 60 unless told.', { min: 4, max: 1440 })),
      promptTime: optional(integer('How many minutes before the end the chair is told; 3 unless told, and always less than `time`.', { min: 3, max: 1440 })),
      beepTone: optional(flag('Whether an announcement is played when somebody comes or goes; false unless told.')),
      playMode,
      voicePath: voicePathOfTone,
    }),
  },
  result: nothing,
  errors: [sessionErrors.notSignedIn, sessionErrors.failed],
  examples: [{
    request: { agentid: '153', memberNum: 4, confCallerNo: '10000', time: 50, promptTime: 5, beepTone: true, playMode: 2, voicePath: 'y:/conf/120/1136287.V3' },
    response: accepted,
  }],
});

export const confAnswer = operation({
  id: 'confAnswer', family: gateway, section: '6.1.6.2', tag: 'Agent conferences',
  method: 'POST', path: `${CONFERENCE}/answeragentconf`, auth: 'C4',
  summary: 'Accept an invitation to a conference',
  description: 'After AgentConf_Ringing. AgentConf_SelfJoinResult and AgentMediaEvent_Record follow; the others get AgentConf_ParticipantChanged.',
  request: { path: agentPath },
  result: nothing,
  errors: ofMember,
  examples: [{ request: { agentid: '154' }, response: accepted }],
});

export const confReject = operation({
  id: 'confReject', family: gateway, section: '6.1.6.3', tag: 'Agent conferences',
  method: 'POST', path: `${CONFERENCE}/rejectagentconf`, auth: 'C4',
  summary: 'Decline an invitation to a conference',
  description: 'After AgentConf_Ringing. AgentOther_PhoneRelease and AgentState_Ready follow; the others get AgentConf_ParticipantChanged.',
  request: { path: agentPath },
  result: nothing,
  errors: ofMember,
  examples: [{ request: { agentid: '154' }, response: accepted }],
});

export const confLeave = operation({
  id: 'confLeave', family: gateway, section: '6.1.6.4', tag: 'Agent conferences',
  method: 'POST', path: `${CONFERENCE}/requestleaveagentconf`, auth: 'C4',
  summary: 'Leave a conference',
  description: 'Not for the chair. AgentMediaEvent_StopRecordDone, AgentOther_PhoneRelease and AgentConf_SelfLeaveResult follow.',
  request: { path: agentPath },
  result: nothing,
  errors: [...ofMember, conferenceErrors.conferenceChairLeaves],
  examples: [{ request: { agentid: '154' }, response: accepted }],
});

export const confRelease = operation({
  id: 'confRelease', family: gateway, section: '6.1.6.5', tag: 'Agent conferences',
  method: 'POST', path: `${CONFERENCE}/releaseagentconf`, auth: 'C4',
  summary: 'Release a conference',
  description: 'For the chair: everybody is released. AgentMediaEvent_StopRecordDone, AgentOther_PhoneRelease, AgentConf_SelfLeaveResult and '
    + 'AgentState_Ready follow.',
  request: { path: agentPath },
  result: nothing,
  errors: ofChair,
  examples: [{ request: { agentid: '153' }, response: accepted }],
});

export const confProlongTime = operation({
  id: 'confProlongTime', family: gateway, section: '6.1.6.8', tag: 'Agent conferences',
  method: 'POST', path: `${CONFERENCE}/prolongtime`, auth: 'C4',
  summary: 'Prolong a conference',
  description: 'For the chair. Together with what was granted before, a conference has 1440 minutes; where more is asked for, what is left of them is granted.',
  request: {
    path: agentPath,
    body: object({ prolongTime: integer('By how many minutes.', { min: 1, max: 1440 }) }),
  },
  result: object({ appliedTime: integer('How many minutes were granted.') }),
  errors: [...ofChair, conferenceErrors.conferenceNoTimeLeft],
  examples: [{ request: { agentid: '153', prolongTime: 100 }, response: { message: 'success', retcode: '0', result: { appliedTime: 50 } } }],
});

export const confShiftPresident = operation({
  id: 'confShiftPresident', family: gateway, section: '6.1.6.9', tag: 'Agent conferences',
  method: 'POST', path: `${CONFERENCE}/applytoshiftpresident`, auth: 'C4',
  summary: 'Hand the chair of a conference over',
  description: 'To an agent who is in it. That one gets AgentConf_PresidentChanged, the others AgentConf_ParticipantChanged.',
  request: {
    path: agentPath,
    body: object({ destAgentNo: agentId }),
  },
  result: nothing,
  errors: [...ofChair, conferenceErrors.conferenceChairAlready, conferenceErrors.conferenceNotIn],
  examples: [{ request: { agentid: '153', destAgentNo: 2001 }, response: accepted }],
});

export const confModifyResource = operation({
  id: 'confModifyResource', family: gateway, section: '6.1.6.17', tag: 'Agent conferences',
  method: 'POST', path: `${CONFERENCE}/modifyconfresource`, auth: 'C4',
  summary: 'Change how many may take part in a conference',
  description: 'For the chair.',
  request: {
    path: agentPath,
    body: object({
      modifyType: integerOf([0, 1], '0 more, 1 fewer.'),
      modifyNum: integer('By how many.', { min: 2, max: 118 }),
    }),
  },
  result: nothing,
  errors: [...ofChair, conferenceErrors.conferenceTooLarge, conferenceErrors.conferenceSeatsTaken, conferenceErrors.conferenceVoiceLimit],
  examples: [{ request: { agentid: '153', modifyType: 0, modifyNum: 3 }, response: accepted }],
});

const participant = object({
  addressType,
  address: text('The phone number or the work number.'),
  deviceCallType: integer('Kind of call, as the invitation named it.'),
  deviceType: integer('Kind of device, as the invitation named it.'),
  channelAttrib: integerOf([1, 2, 3, 4], '1 listens only, 2 speaks only, 3 both, 4 neither.'),
  channelState: integerOf([0, 1, 2], '0 talks, 1 is held, 2 hears an announcement.'),
  role: integerOf([0, 1], '0 participant, 1 chair.'),
  enterTime: timestamp('When the participant came in.'),
});

export const confQueryInfos = operation({
  id: 'confQueryInfos', family: gateway, section: '6.1.6.18', tag: 'Agent conferences',
  method: 'POST', path: `${CONFERENCE}/queryconfinfos`, auth: 'C4',
  summary: 'Look at conferences',
  description: 'An inspector sees all conferences of the VDN, other agents only the one they are in. What there is not, or may not be seen, is left out.',
  done: '',
  request: {
    path: agentPath,
    body: object({
      confIds: list(integer('Id of a conference.'), 'Which ones: up to twenty; more answer 100-007 with the reason 21244.', { also: ['conflds'] }),
    }),
  },
  result: object({
    confs: list(object({
      confId: integer('Id of the conference.'),
      confState: integerOf([0, 1], '0 talking, 1 an announcement is played.'),
      startTime: timestamp('When it began.'),
      applyConfTime: integer('For how many minutes it was granted.'),
      confHaveBeenTime: integer('For how many minutes it has been going on.'),
      addresses: list(participant, 'Who is in it.'),
    }), 'The conferences.'),
  }),
  errors: [sessionErrors.notSignedIn, sessionErrors.failed, conferenceErrors.conferenceAsksTooMany],
  examples: [{
    request: { agentid: '153', confIds: [1_029_888, 1_029_889] },
    response: {
      message: '', retcode: '0',
      result: {
        confs: [{
          confId: 1_029_888, confState: 0, startTime: 1_475_745_454_000, applyConfTime: 60, confHaveBeenTime: 29,
          addresses: [
            { addressType: '6', address: '70005', deviceCallType: 0, deviceType: 0, channelAttrib: 3, channelState: 0, role: 0, enterTime: 1_475_745_464_000 },
            { addressType: '9', address: '153', deviceCallType: 0, deviceType: 6, channelAttrib: 3, channelState: 0, role: 1, enterTime: 1_475_745_454_000 },
          ],
        }],
      },
    },
  }],
});

export const confQueryVdnConfIds = operation({
  id: 'confQueryVdnConfIds', family: gateway, section: '6.1.6.19', tag: 'Agent conferences',
  method: 'GET', path: `${CONFERENCE}/queryvdnconfid`, auth: 'C4',
  summary: 'List the conferences that go on in the VDN',
  description: 'For inspectors.',
  request: { path: agentPath },
  result: object({ confIds: list(integer('Id of a conference.'), 'The conferences.') }),
  errors: [sessionErrors.notSignedIn, sessionErrors.failed, conferenceErrors.conferenceNotInspector],
  examples: [{ request: { agentid: '153' }, response: { message: 'success', retcode: '0', result: { confIds: [355_840] } } }],
});

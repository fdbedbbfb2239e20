import { operation } from '../operation.ts';
import { flag, integer, integerOf, list, nothing, object, optional, text } from '../schema.ts';
import { CONFERENCE, accepted, address, addressType, conferenceErrors as errors, ofChair, playMode, voicePath, voicePathOfTone } from './agent-conference.ts';
import { gateway } from './family.ts';
import { agentPath } from './path.ts';

/** All of these are for the chair; they concern participants, or what participants hear. */
const ofParticipant = [...ofChair, errors.conferenceNotIn] as const;

export const confHoldParticipant = operation({
  id: 'confHoldParticipant', family: gateway, section: '6.1.6.6', tag: 'Agent conferences',
  method: 'POST', path: `${CONFERENCE}/holdparticipant`, auth: 'C4',
  summary: 'Hold a participant of a conference',
  description: 'The participant hears the announcement instead of the conference. AgentConf_ParticipantChanged follows.',
  request: {
    path: agentPath,
    body: object({ addressType, address, playMode, voicePath }),
  },
  result: nothing,
  errors: [...ofParticipant, errors.conferenceHeld],
  examples: [{
    request: { agentid: '153', address: '88887946', addressType: '6', playMode: 2, voicePath: 'y:/conf/120/1136287.V3' },
    response: accepted,
  }],
});

export const confUnholdParticipant = operation({
  id: 'confUnholdParticipant', family: gateway, section: '6.1.6.7', tag: 'Agent conferences',
  method: 'POST', path: `${CONFERENCE}/unholdparticipant`, auth: 'C4',
  summary: 'Take a held participant back into a conference',
  description: 'AgentConf_ParticipantChanged follows.',
  request: {
    path: agentPath,
    body: object({ addressType, address }),
  },
  result: nothing,
  errors: [...ofParticipant, errors.conferenceNotHeld],
  examples: [{ request: { agentid: '153', address: '2002', addressType: '9' }, response: accepted }],
});

export const confBatchAdd = operation({
  id: 'confBatchAdd', family: gateway, section: '6.1.6.10', tag: 'Agent conferences',
  method: 'POST', path: `${CONFERENCE}/batchaddparticipant`, auth: 'C4',
  summary: 'Invite participants to a conference',
  description: 'Agents get AgentConf_Ringing, phones are dialled. How each of them ends is told by AgentConf_ParticipantChanged.',
  request: {
    path: agentPath,
    body: object({
      addresses: list(object({
        addressType,
        address,
        deviceCallType: optional(integer('Kind of call, of one\'s own choice; 0 unless told.', { min: 0, max: 255 })),
        deviceType: optional(integer('Kind of device, of one\'s own choice; 0 unless told.', { min: 0, max: 255 })),
      }), 'Whom to invite.', { max: 120 }),
      beepTone: optional(flag('Whether those who come hear a welcome; false unless told.')),
      playMode,
      voicePath: voicePathOfTone,
      caller: optional(text('Number that phones see. It must be one that the tenant may show.', { max: 24 })),
    }),
  },
  result: nothing,
  errors: [...ofChair, errors.conferenceNobodyInvited, errors.conferenceChairInvited, errors.conferenceElsewhere, errors.conferenceFull],
  examples: [{
    request: {
      agentid: '153', addresses: [{ address: '2002', addressType: '9', deviceCallType: 1, deviceType: 66 }],
      beepTone: false, playMode: 2, voicePath: 'y:/conf/120/1136287.V3', caller: '1111',
    },
    response: accepted,
  }],
});

export const confBatchRemove = operation({
  id: 'confBatchRemove', family: gateway, section: '6.1.6.11', tag: 'Agent conferences',
  method: 'POST', path: `${CONFERENCE}/batchremoveparticipant`, auth: 'C4',
  summary: 'Remove participants from a conference',
  description: 'Those who are not in it are named in the reply and hinder nobody else\'s removal. AgentConf_SelfLeaveResult goes to those removed, '
    + 'AgentConf_ParticipantChanged to the others.',
  done: '',
  request: {
    path: agentPath,
    body: object({ addresses: list(object({ addressType, address }), 'Whom to remove.', { max: 30 }) }),
  },
  result: object({ noExistParticipants: list(object({ addressType, address }), 'Those who are not in the conference.') }),
  errors: [...ofChair, errors.conferenceNobodyRemoved, errors.conferenceChairRemoved],
  examples: [{
    request: { agentid: '153', addresses: [{ address: '2002', addressType: '9' }, { address: '2001', addressType: '9' }] },
    response: { message: '', retcode: '0', result: { noExistParticipants: [] } },
  }],
});

export const confChangeParticipantMode = operation({
  id: 'confChangeParticipantMode', family: gateway, section: '6.1.6.12', tag: 'Agent conferences',
  method: 'POST', path: `${CONFERENCE}/changeparticipantmode`, auth: 'C4',
  summary: 'Change whether a participant hears and speaks',
  description: 'AgentConf_ParticipantChanged follows for 1 and 3, nothing for 2 and 4.',
  request: {
    path: agentPath,
    body: object({ attribute: integerOf([1, 2, 3, 4], '1 listens only, 2 speaks only, 3 both, 4 neither.'), addressType, address }),
  },
  result: nothing,
  errors: [...ofParticipant, errors.conferenceModeUnchanged],
  examples: [{ request: { agentid: '153', attribute: 3, address: '88887744', addressType: '6' }, response: accepted }],
});

export const confPlayVoice = operation({
  id: 'confPlayVoice', family: gateway, section: '6.1.6.13', tag: 'Agent conferences',
  method: 'POST', path: `${CONFERENCE}/playvoicetoconf`, auth: 'C4',
  summary: 'Play an announcement to a conference',
  description: 'One at a time. AgentConf_StopVoice tells that it is over.',
  request: {
    path: agentPath,
    body: object({ playType: optional(integerOf([0, 1], '0 (unless told) in the foreground, 1 in the background.')), playMode, voicePath }),
  },
  result: nothing,
  errors: [...ofChair, errors.conferencePlaying],
  examples: [{ request: { agentid: '153', playType: 0, playMode: 2, voicePath: 'y:/conf/120/1136287.V3' }, response: accepted }],
});

export const confStopVoice = operation({
  id: 'confStopVoice', family: gateway, section: '6.1.6.14', tag: 'Agent conferences',
  method: 'POST', path: `${CONFERENCE}/stopvoicetoconf`, auth: 'C4',
  summary: 'Stop the announcement to a conference',
  request: { path: agentPath },
  result: nothing,
  errors: [...ofChair, errors.conferenceNotPlaying],
  examples: [{ request: { agentid: '153' }, response: accepted }],
});

export const confPlayVoiceToParticipant = operation({
  id: 'confPlayVoiceToParticipant', family: gateway, section: '6.1.6.15', tag: 'Agent conferences',
  method: 'POST', path: `${CONFERENCE}/playvoicetoparticipant`, auth: 'C4',
  summary: 'Play an announcement to one participant of a conference',
  description: 'One at a time for each. AgentConf_StopParticipantVoice tells that it is over.',
  request: {
    path: agentPath,
    body: object({ addressType, address, playMode, voicePath }),
  },
  result: nothing,
  errors: [...ofParticipant, errors.conferencePlayingTo],
  examples: [{
    request: { agentid: '153', address: '2002', addressType: '9', playMode: 2, voicePath: 'y:/conf/120/1136287.V3' },
    response: accepted,
  }],
});

export const confStopVoiceToParticipant = operation({
  id: 'confStopVoiceToParticipant', family: gateway, section: '6.1.6.16', tag: 'Agent conferences',
  method: 'POST', path: `${CONFERENCE}/stopvoicetoparticipant`, auth: 'C4',
  summary: 'Stop the announcement to one participant of a conference',
  request: {
    path: agentPath,
    body: object({ addressType, address }),
  },
  result: nothing,
  errors: [...ofParticipant, errors.conferenceNotPlayingTo],
  examples: [{ request: { agentid: '153', addressType: '9', address: '2002' }, response: accepted }],
});

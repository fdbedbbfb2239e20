import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { flag, integer, integerOf, longId, object, optional, text, word } from '../schema.ts';
import { callAppData, callerNumber, callErrors, callSkill, KEYS, mediaWanted, newCallId, VOICE_CALL } from './call.ts';
import { gateway } from './family.ts';
import { agentPath } from './path.ts';

export const dialErrors = catalogue({
  numberNotDialable: { status: 200, code: '200-001', text: 'The number {number} cannot be dialled.' },
  previewMismatch: { status: 200, code: '200-036', text: 'No preview of the agent allows this call: {message}.' },
  helpNoCall: { status: 200, code: '200-018', text: 'The agent has no call for which to ask for help.' },
});

export const callOut = operation({
  id: 'callOut', family: gateway, section: '6.1.2.1', tag: 'Voice calls',
  method: 'PUT', path: `${VOICE_CALL}/callout`, auth: 'C4',
  summary: 'Call a number outside',
  description: 'The agent may hold calls, but not talk. The agent\'s phone is rung first, then the number. How it goes on is told by events: '
    + 'AgentOther_PhoneAlerting, AgentOther_PhoneOffhook, AgentState_Busy, AgentEvent_Customer_Alerting, AgentEvent_Talking, or AgentEvent_Call_Out_Fail '
    + 'with the cause in OUTBOUND_DETECT_EVENT.',
  done: '',
  request: {
    path: agentPath,
    body: object({
      caller: optional(callerNumber),
      // Longer and stranger texts pass, as 200-001 is the code for them.
      called: text('Number to call: 1 to 24 digits, `*` and `#`.'),
      skillid: optional(callSkill),
      callappdata: optional(callAppData),
      mediaability: optional(mediaWanted),
    }),
  },
  result: newCallId,
  errors: [...callErrors, dialErrors.numberNotDialable],
  examples: [{
    request: { agentid: 101, caller: '40038', called: '40040', skillid: 25, callappdata: '', mediaability: 1 },
    response: { message: '', retcode: '0', result: '1455885056-1095' },
  }],
});

export const previewCallOut = operation({
  id: 'previewCallOut', family: gateway, section: '6.1.2.2', tag: 'Voice calls',
  method: 'PUT', path: `${VOICE_CALL}/previewCallout`, auth: 'C4',
  aliases: ['/agentgateway/resource/voicercall/{agentid}/previewCallout'],
  summary: 'Call the customer of a preview',
  description: 'Answers a preview event of an outbound campaign: the number is one of its `dialeddigits`, the control id its `controlid`. '
    + 'The agent may hold calls, but not talk.',
  done: '',
  request: {
    path: agentPath,
    body: object({
      called: text('Number to call, one of those in the event\'s dialeddigits.'),
      callcontrolid: longId('The event\'s controlid.'),
    }),
  },
  result: newCallId,
  errors: [...callErrors, dialErrors.numberNotDialable, dialErrors.previewMismatch],
  examples: [{
    request: { agentid: 101, called: '88889039', callcontrolid: '11776' },
    response: { message: '', retcode: '0', result: '1455885056-1095' },
  }],
});

export const callInner = operation({
  id: 'callInner', family: gateway, section: '6.1.2.4', tag: 'Voice calls',
  method: 'PUT', path: `${VOICE_CALL}/callinner`, auth: 'C4',
  summary: 'Call another agent',
  description: 'The agent may hold calls, but not talk. It is a video call where the agent has signed in for video and the default skill queue is one for '
    + 'video, else a voice call. Where it fails, AgentEvent_Inside_Call_Fail says so.',
  request: {
    path: agentPath,
    body: object({
      called: text('Work number of the agent to call: 1 to 24 digits, `*` and `#`.', { pattern: KEYS }),
      caller: optional(callerNumber),
      skillid: optional(callSkill),
      callappdata: optional(callAppData),
      mediaability: optional(integer('Disregarded in calls between agents.')),
    }),
  },
  result: newCallId,
  errors: callErrors,
  examples: [{
    request: { agentid: 101, called: '40040' },
    response: { message: 'success', retcode: '0', result: '1455885056-1096' },
  }],
});

export const innerHelp = operation({
  id: 'innerHelp', family: gateway, section: '6.1.2.5', tag: 'Voice calls',
  method: 'POST', path: `${VOICE_CALL}/innerhelp`, auth: 'C4',
  aliases: ['/agentgateway/resource/voicerecall/{agentid}/innerhelp'],
  summary: 'Ask a colleague for help during a call',
  description: 'Mode 1 holds the customer while the two agents talk (AgentEvent_Hold, AgentEvent_Customer_Alerting, AgentEvent_Talking); mode 2 brings the '
    + 'colleague into the talk with the customer (AgentEvent_Conference). AgentEvent_Consult_Fail says that nobody came.',
  done: '',
  request: {
    path: agentPath,
    body: object({
      dstaddress: word('Whom to ask: a work number, or the id of a skill queue.', { max: 24 }),
      devicetype: optional(integerOf([1, 2], 'What dstaddress is: 1 a skill queue, 2 an agent (unless told).')),
      mode: optional(integerOf([1, 2], '1 the two agents alone (unless told), 2 all three together.')),
      callappdata: optional(callAppData),
      holdflag: optional(flag('Whether the customer is held until the colleague has joined; true unless told. For mode 2.')),
    }),
  },
  result: newCallId,
  errors: [...callErrors, dialErrors.helpNoCall],
  examples: [{
    request: { agentid: 101, dstaddress: 49997, devicetype: 2, mode: 1, callappdata: '', holdflag: 'true' },
    response: { message: '', retcode: '0', result: '1455885056-1095' },
  }],
});

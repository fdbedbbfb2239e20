import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { integer, integerOf, nothing, object, optional } from '../schema.ts';
import { callErrors, callId, someCallId, VOICE_CALL } from './call.ts';
import { gateway } from './family.ts';
import { agentId, agentPath } from './path.ts';

/** 6.5.2 tells the four apart by their causes only: no call at all, none that rings, another one, no phone. */
export const answerErrors = catalogue({
  answerNoCall: { status: 200, code: '200-002', text: 'There is no call to answer or to reject.' },
  rejectNotRinging: { status: 200, code: '200-037', text: 'The agent has a call, but none that rings.' },
  rejectOtherCall: { status: 200, code: '200-038', text: 'Call {call} does not ring at this agent.' },
  rejectNoPhone: { status: 200, code: '200-039', text: 'The agent has no phone that could ring.' },
});

export const answerCall = operation({
  id: 'answerCall', family: gateway, section: '6.1.2.3', tag: 'Voice calls',
  method: 'PUT', path: `${VOICE_CALL}/answer`, auth: 'C4',
  summary: 'Answer a ringing call',
  description: 'After AgentEvent_Ringing; AgentEvent_Talking follows.',
  request: {
    path: agentPath,
    query: object({ callid: optional(someCallId('Which call; needed only where several ring, as chats may.')) }),
  },
  result: nothing,
  errors: [...callErrors, answerErrors.answerNoCall],
  examples: [{ request: { agentid: 101 }, response: { message: 'success', retcode: '0', result: {} } }],
});

export const requestAppointedCall = operation({
  id: 'requestAppointedCall', family: gateway, section: '6.1.2.20', tag: 'Voice calls',
  method: 'POST', path: `${VOICE_CALL}/requestcall/{callid}/{skilltype}`, auth: 'C4',
  summary: 'Take a certain call out of a queue',
  description: 'Not while the agent holds a call, nor while the agent records without one. '
    + 'Events: AgentOther_PhoneAlerting, AgentOther_PhoneOffhook, AgentEvent_Talking.',
  request: {
    path: object({ agentid: agentId, callid: callId, skilltype: integerOf([0], 'Kind of queue: 0, a public one.') }),
    query: object({ skillid: integer('Id of the skill queue in which the call waits.', { min: 1 }) }),
  },
  result: nothing,
  errors: callErrors,
  examples: [{
    request: { agentid: 101, callid: '1455885056-1095', skilltype: 0, skillid: 3 },
    response: { message: 'success', retcode: '0', result: {} },
  }],
});

export const snatchPickup = operation({
  id: 'snatchPickup', family: gateway, section: '6.1.2.21', tag: 'Voice calls',
  method: 'PUT', path: `${VOICE_CALL}/snatchpickup`, auth: 'C4',
  aliases: ['/agentgateway/resource/voicercall/{agentid}/snatchpickup'],
  summary: 'Pick up a call that rings at a colleague',
  description: 'The colleague is of the same group and the call is not one between agents; the agent is idle and has the right to pick up (6.3.8, bit 30). '
    + 'AgentOther_PhoneAlerting follows, and after the answer AgentOther_PhoneOffhook, AgentEvent_Talking, AgentEvent_Incoming_CallInfo and AgentMediaEvent_Record.',
  request: {
    path: agentPath,
    query: object({ destWorkNo: integer('Work number of the agent at whom it rings.', { min: 101, max: 59_999 }) }),
  },
  result: nothing,
  errors: callErrors,
  examples: [{ request: { agentid: 101, destWorkNo: 102 }, response: { message: 'success', retcode: '0', result: {} } }],
});

export const rejectCall = operation({
  id: 'rejectCall', family: gateway, section: '6.1.2.22', tag: 'Voice calls',
  method: 'POST', path: `${VOICE_CALL}/reject`, auth: 'C4',
  aliases: ['/agentgateway/resource/voicercall/{agentid}/reject'],
  summary: 'Reject a ringing call',
  description: 'Mode 1 puts the caller back into the queue and makes the agent busy (AgentState_SetNotReady_Success); mode 2 releases the call and makes '
    + 'the agent idle (AgentState_Ready). AgentEvent_No_Answer and AgentOther_PhoneRelease come with both.',
  request: {
    path: agentPath,
    body: object({
      callid: optional(someCallId('Which call; the one that rings, unless told.')),
      mode: integerOf([1, 2], '1 back to the queue, 2 release.'),
    }),
  },
  result: nothing,
  errors: [...callErrors, answerErrors.answerNoCall, answerErrors.rejectNotRinging, answerErrors.rejectOtherCall, answerErrors.rejectNoPhone],
  examples: [{
    request: { agentid: 101, callid: '1455885056-1095', mode: '1' },
    response: { message: 'success', retcode: '0', result: {} },
  }],
});

const LINKED = 'For agents who signed in with phone linkage, after AgentOther_PhoneAlerting.';

export const phonePickup = operation({
  id: 'phonePickup', family: gateway, section: '6.1.2.23', tag: 'Voice calls',
  method: 'POST', path: `${VOICE_CALL}/phonepickup`, auth: 'C4',
  aliases: ['/agentgateway/resource/voicell/{agentid}/phonepickup', `PUT ${VOICE_CALL}/phonepickup`],
  summary: 'Take the linked phone off the hook',
  description: `${LINKED} Events: AgentOther_PhoneOffhook, AgentEvent_Talking. The call that rings there is answered with it. It works with SIP phones `
    + 'that answer when they are told to (NOTIFY with the event `talk`) and say so in an Allow-Events header when they register or while they ring; at others it fails '
    + 'with 100-007. Where the phone is off the hook and the call rings in the software, that is answered, whatever the phone.',
  request: { path: agentPath },
  result: nothing,
  errors: callErrors,
  examples: [{ request: { agentid: 101 }, response: { message: 'success', retcode: '0', result: {} } }],
});

export const phoneHangup = operation({
  id: 'phoneHangup', family: gateway, section: '6.1.2.24', tag: 'Voice calls',
  method: 'POST', path: `${VOICE_CALL}/phonehangup`, auth: 'C4',
  aliases: [`PUT ${VOICE_CALL}/phonehangup`],
  summary: 'Reject a call at the linked phone',
  description: `${LINKED} The caller goes back into the queue and the agent is busy, as when the agent hangs the phone up while it rings. `
    + 'Events: AgentOther_PhoneRelease, AgentEvent_No_Answer.',
  request: { path: agentPath },
  result: nothing,
  errors: callErrors,
  examples: [{ request: { agentid: 101 }, response: { message: 'success', retcode: '0', result: {} } }],
});

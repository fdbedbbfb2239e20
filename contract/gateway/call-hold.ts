import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { nothing, object, optional } from '../schema.ts';
import { callAppData, callErrors, callId, someCallId, VOICE_CALL } from './call.ts';
import { gateway } from './family.ts';
import { agentId, agentPath } from './path.ts';

export const holdErrors = catalogue({
  muteNoCall: { status: 200, code: '200-003', text: 'There is no call to mute.' },
  muteWrongState: { status: 200, code: '200-004', text: 'The call cannot be muted now ({state}).' },
  unmuteNoCall: { status: 200, code: '200-007', text: 'There is no call to unmute.' },
  unmuteWrongState: { status: 200, code: '200-008', text: 'The call cannot be unmuted now ({state}).' },
  holdNoCall: { status: 200, code: '200-013', text: 'There is no call to hold.' },
  holdWrongState: { status: 200, code: '200-014', text: 'The call cannot be held now ({state}).' },
  connectNoCall: { status: 200, code: '200-013', text: 'There is no call with which to connect call {call}.' },
  connectNotHeld: { status: 200, code: '200-014', text: 'Call {call} cannot be connected: {message}.' },
  unholdNoCall: { status: 200, code: '200-015', text: 'There is no held call to take back.' },
  unholdWrongState: { status: 200, code: '200-016', text: 'The held call cannot be taken back: {message}.' },
  joinNoCall: { status: 200, code: '200-010', text: 'There is no call that a held one could join.' },
  joinNotHeld: { status: 200, code: '200-011', text: 'Call {call} cannot join: {message}.' },
});

export const beginMute = operation({
  id: 'beginMute', family: gateway, section: '6.1.2.6', tag: 'Voice calls',
  method: 'POST', path: `${VOICE_CALL}/beginmute`, auth: 'C4',
  summary: 'Mute the agent in the current call',
  description: 'The agent still hears the others. No event follows.',
  request: { path: agentPath },
  result: nothing,
  errors: [...callErrors, holdErrors.muteNoCall, holdErrors.muteWrongState],
  examples: [{ request: { agentid: 101 }, response: { message: 'success', retcode: '0', result: {} } }],
});

export const endMute = operation({
  id: 'endMute', family: gateway, section: '6.1.2.7', tag: 'Voice calls',
  method: 'POST', path: `${VOICE_CALL}/endmute`, auth: 'C4',
  summary: 'Unmute the agent in the current call',
  description: 'No event follows.',
  request: { path: agentPath },
  result: nothing,
  errors: [...callErrors, holdErrors.unmuteNoCall, holdErrors.unmuteWrongState],
  examples: [{ request: { agentid: 101 }, response: { message: 'success', retcode: '0', result: {} } }],
});

export const holdCall = operation({
  id: 'holdCall', family: gateway, section: '6.1.2.8', tag: 'Voice calls',
  method: 'POST', path: `${VOICE_CALL}/hold`, auth: 'C4',
  summary: 'Hold the current call',
  description: 'The other side hears music; AgentEvent_Hold follows.',
  request: { path: agentPath },
  result: nothing,
  errors: [...callErrors, holdErrors.holdNoCall, holdErrors.holdWrongState],
  examples: [{ request: { agentid: 101 }, response: { message: 'success', retcode: '0', result: {} } }],
});

export const connectHold = operation({
  id: 'connectHold', family: gateway, section: '6.1.2.9', tag: 'Voice calls',
  method: 'POST', path: `${VOICE_CALL}/connecthold/{callid}`, auth: 'C4',
  summary: 'Connect the current party with the held one and leave',
  description: 'Events: AgentEvent_Call_Release, AgentEvent_Customer_Release, AgentOther_PhoneRelease, AgentMediaEvent_StopRecordDone.',
  request: { path: object({ agentid: agentId, callid: callId }) },
  result: nothing,
  errors: [...callErrors, holdErrors.connectNoCall, holdErrors.connectNotHeld],
  examples: [{ request: { agentid: 101, callid: '1455885056-1095' }, response: { message: 'success', retcode: '0', result: {} } }],
});

export const getHold = operation({
  id: 'getHold', family: gateway, section: '6.1.2.10', tag: 'Voice calls',
  method: 'POST', path: `${VOICE_CALL}/gethold`, auth: 'C4',
  summary: 'Take a held call back',
  description: 'AgentEvent_Talking follows.',
  request: {
    path: agentPath,
    query: object({ callid: optional(someCallId('Which call; needed where several are held.')) }),
  },
  result: nothing,
  errors: [...callErrors, holdErrors.unholdNoCall, holdErrors.unholdWrongState],
  examples: [{ request: { agentid: 101, callid: '1455885056-1095' }, response: { message: 'success', retcode: '0', result: {} } }],
});

export const confJoin = operation({
  id: 'confJoin', family: gateway, section: '6.1.2.14', tag: 'Voice calls',
  method: 'POST', path: `${VOICE_CALL}/confjoin`, auth: 'C4',
  summary: 'Make a three-party call of the current call and a held one',
  description: 'AgentEvent_Conference follows.',
  request: {
    path: agentPath,
    body: object({ callid: callId, callappdata: optional(callAppData) }),
  },
  result: nothing,
  errors: [...callErrors, holdErrors.joinNoCall, holdErrors.joinNotHeld],
  examples: [{
    request: { agentid: 101, callid: '1455885056-1095', callappdata: '' },
    response: { message: 'success', retcode: '0', result: {} },
  }],
});

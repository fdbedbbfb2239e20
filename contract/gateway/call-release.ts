import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { nothing, object, text } from '../schema.ts';
import { callErrors, callId, VOICE_CALL } from './call.ts';
import { gateway } from './family.ts';
import { agentId, agentPath } from './path.ts';

/** 6.5.2 gives 200-023 and 200-024 the same words. */
export const releaseErrors = catalogue({
  releaseNoCall: { status: 200, code: '200-017', text: 'There is no call to release.' },
  dropNoCall: { status: 200, code: '200-025', text: 'The agent has no call {call}.' },
  disconnectNoCall: { status: 200, code: '200-023', text: 'There is no call of which to release a party.' },
  disconnectNoParty: { status: 200, code: '200-024', text: 'The agent\'s last call has no party {number} that the agent may release.' },
});

export const dropCall = operation({
  id: 'dropCall', family: gateway, section: '6.1.2.15', tag: 'Voice calls',
  method: 'POST', path: `${VOICE_CALL}/dropcall/{callid}`, auth: 'C4',
  aliases: ['/agentgateway/resource/voicerecall/{agentid}/dropcall/{callid}'],
  summary: 'Release one of the agent\'s calls',
  description: 'The current one or a held one. Events: AgentEvent_Call_Release, AgentEvent_Customer_Release, AgentOther_PhoneRelease.',
  request: { path: object({ agentid: agentId, callid: callId }) },
  result: nothing,
  errors: [...callErrors, releaseErrors.dropNoCall],
  examples: [{ request: { agentid: 101, callid: '1455885056-1095' }, response: { message: 'success', retcode: '0', result: {} } }],
});

export const releaseCall = operation({
  id: 'releaseCall', family: gateway, section: '6.1.2.16', tag: 'Voice calls',
  method: 'DELETE', path: `${VOICE_CALL}/release`, auth: 'C4',
  summary: 'Hang up',
  description: 'Releases the current call; held ones stay. Events: AgentEvent_Call_Release, AgentEvent_Customer_Release.',
  request: { path: agentPath },
  result: nothing,
  errors: [...callErrors, releaseErrors.releaseNoCall],
  examples: [{ request: { agentid: 101 }, response: { message: 'success', retcode: '0', result: {} } }],
});

export const releaseCallEx = operation({
  id: 'releaseCallEx', family: gateway, section: '6.1.2.16', tag: 'Voice calls',
  method: 'DELETE', path: VOICE_CALL, auth: 'C4',
  summary: 'Hang up, as older desktops ask',
  description: 'The same as `release`.',
  request: { path: agentPath },
  result: nothing,
  errors: [...callErrors, releaseErrors.releaseNoCall],
  examples: [{ request: { agentid: 101 }, response: { message: 'success', retcode: '0', result: {} } }],
});

export const disconnectNumber = operation({
  id: 'disconnectNumber', family: gateway, section: '6.1.2.17', tag: 'Voice calls',
  method: 'POST', path: `${VOICE_CALL}/disconnect/{number}`, auth: 'C4',
  aliases: ['/agentgateway/resource/voicerecall/{agentid}/disconnect/{number}'],
  summary: 'Release one party of the agent\'s last call',
  description: 'Meant for help and three-party calls. Only parties of the call that was made last: not the customer who waits while the agent asks for help. '
    + 'The helped agent names the helper by work number, or the own phone; the helper may leave, but release nobody else. '
    + 'Events: AgentEvent_Call_Release, AgentEvent_Customer_Release.',
  request: {
    path: object({
      agentid: agentId,
      number: text('Number of the party, 1 to 24 digits; the work number of an agent who helps.', { pattern: '^\\d{1,24}$' }),
    }),
  },
  result: nothing,
  errors: [...callErrors, releaseErrors.disconnectNoCall, releaseErrors.disconnectNoParty],
  examples: [{ request: { agentid: 101, number: '49997' }, response: { message: 'success', retcode: '0', result: {} } }],
});

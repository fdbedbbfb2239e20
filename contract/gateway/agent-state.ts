import { operation } from '../operation.ts';
import { flag, integer, integerOf, nothing, object, optional, text } from '../schema.ts';
import { sessionErrors } from './errors.ts';
import { gateway } from './family.ts';
import { agentId, agentPath } from './path.ts';

const BASE = '/agentgateway/resource/onlineagent/{agentid}';

/** 6.5.3 numbers the states of an agent in three ways; this is the gateway's own, the next one the CTI platform's. */
export const GATEWAY_STATES = '0 unknown, 2 signed out, 3 busy, 4 idle, 5 wrap-up, 7 on a call, 8 rest, 9 on a call with a rest to follow';
export const CTI_STATES = '0 not signed in, 1 idle, 2 preoccupied, 3 occupied, 4 answering, 5 talking, 6 wrap-up, 7 busy, 8 rest, 9 study';

const { notSignedIn, failed, wrongState } = sessionErrors;
const errors = [notSignedIn, failed, wrongState];

const done = { result: {}, message: 'success', retcode: '0' };
const examples = [{ request: { agentid: 291 }, response: done }];

const BUSY_REASONS = [0, ...Array.from({ length: 51 }, (_, index) => 200 + index)];

export const sayFree = operation({
  id: 'sayFree', family: gateway, section: '6.1.1.9', tag: 'Agent state',
  method: 'POST', path: `${BASE}/sayfree`, auth: 'C4',
  summary: 'Become idle',
  description: 'From busy or wrap-up; an idle agent stays as it is. Event: AgentState_CancelNotReady_Success or AgentState_CancelWork_Success.',
  request: { path: agentPath },
  result: nothing,
  errors, examples,
});

export const sayBusy = operation({
  id: 'sayBusy', family: gateway, section: '6.1.1.10', tag: 'Agent state',
  method: 'POST', path: `${BASE}/saybusy`, auth: 'C4',
  summary: 'Become busy',
  description: 'From idle or wrap-up; during a call it is noted, and happens when the call has ended. Event: AgentState_SetNotReady_Success, once it has happened.',
  request: {
    path: agentPath,
    query: object({
      reason: optional(integerOf(BUSY_REASONS, 'Why: 200 to 250, or 0 for no reason, which it is unless told.')),
      prolong: optional(flag('Whether an agent who is busy already changes the reason; false unless told, and then that is refused.')),
    }),
  },
  result: nothing,
  errors,
  examples: [{ request: { agentid: 291, reason: 201, prolong: false }, response: done }],
});

export const cancelBusy = operation({
  id: 'cancelBusy', family: gateway, section: '6.1.1.11', tag: 'Agent state',
  method: 'POST', path: `${BASE}/cancelbusy`, auth: 'C4',
  summary: 'Be busy no longer',
  description: 'The agent becomes idle; during a call, the wish to be busy afterwards is taken back. Event: AgentState_CancelNotReady_Success.',
  request: { path: agentPath },
  result: nothing,
  errors, examples,
});

export const agentRest = operation({
  id: 'agentRest', family: gateway, section: '6.1.1.12', tag: 'Agent state',
  method: 'POST', path: `${BASE}/rest/{time}/{restcause}`, auth: 'C4',
  summary: 'Take a rest',
  description: 'From idle, busy or wrap-up; during a call it is noted, and happens when the call has ended. Events: AgentState_SetRest_Success, and '
    + 'AgentState_Rest_Timeout when the time is over: the agent rests on until it ends the rest itself.',
  request: {
    path: object({
      agentid: agentId,
      time: integer('How long, in seconds.', { min: 1, max: 86_399 }),
      restcause: integer('Why; 0 for no reason.', { min: 0, max: 255 }),
    }),
    query: object({
      prolong: optional(flag('Whether an agent who rests already begins anew; false unless told, and then that is refused.')),
    }),
  },
  result: nothing,
  errors,
  examples: [{ request: { agentid: 291, time: 600, restcause: 0, prolong: false }, response: done }],
});

export const cancelRest = operation({
  id: 'cancelRest', family: gateway, section: '6.1.1.13', tag: 'Agent state',
  method: 'POST', path: `${BASE}/cancelrest`, auth: 'C4',
  summary: 'End the rest',
  description: 'The agent becomes idle; during a call, the wish to rest afterwards is taken back. Event: AgentState_CancelRest_Success.',
  request: { path: agentPath },
  result: nothing,
  errors, examples,
});

export const sayWork = operation({
  id: 'sayWork', family: gateway, section: '6.1.1.14', tag: 'Agent state',
  method: 'POST', path: `${BASE}/work`, auth: 'C4',
  summary: 'Go into wrap-up',
  description: 'From idle or busy. Event: AgentState_SetWork_Success.',
  request: { path: agentPath },
  result: nothing,
  errors, examples,
});

export const cancelWork = operation({
  id: 'cancelWork', family: gateway, section: '6.1.1.15', tag: 'Agent state',
  method: 'POST', path: `${BASE}/cancelwork`, auth: 'C4',
  summary: 'End the wrap-up',
  description: 'The agent becomes idle. Event: AgentState_CancelWork_Success.',
  request: { path: agentPath },
  result: nothing,
  errors, examples,
});

export const getAgentStatus = operation({
  id: 'getAgentStatus', family: gateway, section: '6.1.1.21', tag: 'Agent state',
  method: 'GET', path: `${BASE}/agentstatus`, auth: 'C4',
  summary: 'Get the state of the agent',
  done: '',
  request: { path: agentPath },
  result: object({
    agentState: integer(`State: ${GATEWAY_STATES}.`),
    isWorking: flag('Whether the agent talks.'),
  }),
  errors: [notSignedIn],
  examples: [{ request: { agentid: 291 }, response: { message: '', retcode: '0', result: { agentState: 4, isWorking: false } } }],
});

export const setCustomState = operation({
  id: 'setCustomState', family: gateway, section: '6.1.1.27', tag: 'Agent state',
  method: 'POST', path: `${BASE}/setcustomstate`, auth: 'C4',
  summary: 'Set a state of the business\'s own',
  description: 'A number beside the agent\'s state, which it neither changes nor depends on. It lasts until it is set anew or cancelled, or the agent signs out.',
  request: {
    path: agentPath,
    query: object({ customstate: integer('The state; what it means is the business\'s affair.', { min: 0, max: 65_534 }) }),
  },
  result: nothing,
  errors: [notSignedIn],
  examples: [{ request: { agentid: 291, customstate: 12 }, response: { message: 'success', retcode: '0', result: {} } }],
});

export const queryCustomState = operation({
  id: 'queryCustomState', family: gateway, section: '6.1.1.28', tag: 'Agent state',
  method: 'GET', path: `${BASE}/querycustomstate`, auth: 'C4',
  summary: 'Get the state of the business\'s own',
  request: { path: agentPath },
  result: object({ agentcustomstate: text('The state that 6.1.1.27 has set; 65535 when none is.') }),
  errors: [notSignedIn, failed],
  examples: [{ request: { agentid: 291 }, response: { result: { agentcustomstate: '65535' }, message: 'success', retcode: '0' } }],
});

export const cancelSetCustomState = operation({
  id: 'cancelSetCustomState', family: gateway, section: '6.1.1.29', tag: 'Agent state',
  method: 'POST', path: `${BASE}/cancelsetcustomstate`, auth: 'C4',
  summary: 'Cancel the state of the business\'s own',
  description: 'Refused when none is set.',
  request: { path: agentPath },
  result: nothing,
  errors: [notSignedIn, wrongState],
  examples: [{ request: { agentid: 291 }, response: { message: 'success', retcode: '0', result: {} } }],
});

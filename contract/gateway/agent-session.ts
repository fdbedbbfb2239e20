import { gatewayFlat } from '../envelope.ts';
import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { flag, integer, nothing, object, oneOf, optional, text } from '../schema.ts';
import { eventPush } from './agent-event.ts';
import { sessionErrors } from './errors.ts';
import { gateway, gatewayErrors } from './family.ts';
import { agentId, agentPath } from './path.ts';

export const signInErrors = catalogue({
  signedInAlready: { status: 200, code: '100-002', text: 'Agent {agent} is signed in already; a forced sign-in would end that session.' },
  signInUnavailable: { status: 200, code: '100-003', text: 'Signing in is not possible at the moment: {message}.' },
  signInWrong: { status: 200, code: '100-004', text: 'The work number or its password is wrong.' },
  signInType: { status: 200, code: '100-012', text: 'agenttype must be 4 or 11 and suit the agent: {message}.' },
  signInPhone: { status: 200, code: '100-013', text: 'phonenum {phone} cannot be an agent\'s phone: {message}.' },
  signInPhoneForeign: { status: 200, code: '100-014', text: 'Phone {phone} is none that an agent of this tenant may use.' },
  signInNotForced: { status: 200, code: '100-015', text: 'Agent {agent} is signed in and may not be forced out: {message}.' },
  signInAddress: { status: 200, code: '100-016', text: 'ip must be an IPv4 address.' },
  signInLimit: { status: 200, code: '999-003', text: 'No more agents can be signed in: the limit of {limit} is reached.' },
});

export const signOutErrors = catalogue({
  signOutReason: { status: 200, code: '100-005', text: 'The reason of a sign-out is a number from 1 to 255.' },
  signedOutAlready: { status: 200, code: '100-008', text: 'Agent {agent} has just been signed out.' },
  signOutOnCall: { status: 200, code: '100-010', text: 'Agent {agent} cannot sign out in the state {state}; only a forced sign-out ends a call.' },
});

const BASE = '/agentgateway/resource/onlineagent/{agentid}';

/** Limits of the body stand in words only: what breaks one is answered with 100-001, 100-012 or 100-016, not with the family's 000-002. */
const answering = {
  autoanswer: optional(flag('Whether calls are answered without the agent\'s doing; true unless told.')),
  autoenteridle: optional(flag('Whether the agent is idle again as soon as a call ends, or in wrap-up; true unless told.')),
};

const signingIn = {
  agenttype: optional(integer('4 PC and phone, 11 PC and video phone; 4 unless told.')),
  status: optional(integer('State to begin in: 3 busy, 4 idle, 5 wrap-up; 4 unless told.')),
  ip: optional(text('IPv4 address of the agent, 127.0.0.1 unless told.')),
  entryip: optional(text('Address of the gateway that the agent\'s program reaches.', { also: ['entrylp'] })),
  phonelinkage: optional(flag('Whether the desk phone is controlled along with the call; false unless told. '
    + 'AgentEvent_linkageCapability says whether it can be (6.1.2.23).')),
  checkInWebm: optional(flag('Whether to sign in for text chats too; true unless told.')),
  checkInMailm: optional(flag('Whether to sign in for mail too, which does not succeed; false unless told.')),
  vcPhoneNumber: optional(text('Video conference number, up to 24 characters.')),
  listenStatus: optional(flag('Whether the agent, who must be an inspector, is told of other agents\' signing in and out; false unless told.')),
};

const pushing = {
  callbackUri: optional(text('Where events are pushed to, up to 200 characters; only together with `serviceToken`, else events are polled.')),
  serviceToken: optional(text('Goes with pushed events in the header `service_token`: up to 50 letters, digits, `-`, `_` and `.`.')),
  pushUrl: optional(text('What older clients send in place of `callbackUri` and `serviceToken`.')),
};

const password = optional(text('CTI password of the work number, up to 32 characters. Needed.'));
const phonenum = 'Number of the phone at which the agent takes calls, up to 24 characters.';

const session = object({
  vdnid: integer('VDN of the agent.'),
  workno: text('Work number of the agent.', { max: 5 }),
  mediatype: text('Where signing in succeeded, T or F each: CTI, text chat, mail (always F).', { pattern: '^[TF]{3}$' }),
  loginTime: text('When the session began, in milliseconds since 1970.'),
  isForceChange: oneOf(['true', 'false'], 'Whether the password has to be changed (6.1.1.16) before the agent can call anyone.'),
  serverName: text('Node that the session belongs to.'),
  timeRemaining: text('For how many days the password is still valid, 0 to 180; empty when it never expires.'),
});

const requestHeaders = { Guid: 'What an earlier session has left behind may come along; nothing depends on it.' };

const replyHeaders = {
  Guid: 'The GUID of the session, which later requests send in the header `Guid`. Where GUIDs rotate, the reply of an event poll brings a new one.',
  'Set-GUID': 'The same as `JSESSIONID=` and the GUID.',
};

const { parameterRefused, notSignedIn, failed } = sessionErrors;
const { signedInAlready, signInNotForced, signInLimit } = signInErrors;
const { signInUnavailable, signInWrong, signInType, signInPhone, signInPhoneForeign, signInAddress } = signInErrors;
const anySignIn = [
  parameterRefused, signInUnavailable, signInWrong, failed, signInType, signInPhone, signInPhoneForeign, signInAddress, gatewayErrors.locked,
];

const signedIn = { vdnid: 1, workno: '291', mediatype: 'TTF', loginTime: '1471585949806', isForceChange: 'false', serverName: 'AgentGateway', timeRemaining: '9' };
const signInRequest = { agentid: 291, password: 'f3Gh5kxL', phonenum: '40038', status: '4', releasephone: 'false', agenttype: '4' };

export const agentLogin = operation({
  id: 'agentLogin', family: gateway, section: '6.1.1.1', tag: 'Agent session',
  bodyRefusal: sessionErrors.parameterRefused,
  method: 'PUT', path: BASE, auth: 'none',
  summary: 'Sign an agent in',
  description: 'The work number and its CTI password tell which tenant it is. What follows asks for the GUID of the reply headers. A session in which nobody '
    + 'polls for events for two minutes (6.1.4.1), or where they are pushed sends a heartbeat (6.1.1.3), is ended. A sign-in and a sign-out of the '
    + 'same agent wait for each other. Events: AgentOther_InService, AgentState_Ready, then AgentState_SetNotReady_Success for state 3 and '
    + 'AgentState_Work for state 5.',
  done: '',
  request: {
    path: agentPath,
    body: object({
      password,
      phonenum: optional(text(`${phonenum} Needed.`)),
      ...answering,
      releasephone: optional(flag('Whether the phone is hung up when a call ends, in place of staying off the hook; true unless told.')),
      ...signingIn, ...pushing,
      serviceworkid: optional(text('Number of the employee in the business, up to 30 characters.')),
    }),
  },
  result: session,
  requestHeaders, replyHeaders,
  callbacks: { eventPush },
  errors: [...anySignIn, signedInAlready, signInLimit],
  examples: [{ request: signInRequest, response: { message: '', retcode: '0', result: signedIn } }],
});

export const agentForceLogin = operation({
  id: 'agentForceLogin', family: gateway, section: '6.1.1.2', tag: 'Agent session',
  bodyRefusal: sessionErrors.parameterRefused,
  method: 'PUT', path: `${BASE}/forcelogin`, auth: 'none',
  summary: 'Sign an agent in and end its present session',
  description: 'As 6.1.1.1, but a session that the agent has elsewhere is ended first: its GUID is refused from then on. Without such a session it is '
    + 'a plain sign-in.',
  request: {
    path: agentPath,
    body: object({
      password,
      phonenum: optional(text(`${phonenum} Needed.`)),
      ...answering,
      releasephone: optional(flag('Whether the phone is hung up when a call ends; false unless told, unlike 6.1.1.1.')),
      ...signingIn, ...pushing,
    }),
  },
  result: session,
  requestHeaders, replyHeaders,
  callbacks: { eventPush },
  errors: [...anySignIn, signInNotForced, signInLimit],
  examples: [{
    request: { ...signInRequest, agentid: 49_191 },
    response: {
      result: { workno: '49191', loginTime: '1639623440728', vdnid: 41, serverName: 'AgentGateway1', timeRemaining: '89', isForceChange: 'false', mediatype: 'TTF' },
      message: 'success', retcode: '0',
    },
  }],
});

export const agentLoginEx = operation({
  id: 'agentLoginEx', family: gateway, section: '6.1.1.23', tag: 'Agent session',
  bodyRefusal: sessionErrors.parameterRefused,
  method: 'PUT', path: `${BASE}/loginex`, auth: 'none',
  summary: 'Sign an agent in for calls alone',
  description: 'As 6.1.1.1, but without text chat, so `mediatype` is TFF, and the agent does not count against the limit of signed-in agents. Events '
    + 'can only be polled.',
  done: '',
  request: {
    path: agentPath,
    body: object({
      password,
      phonenum: optional(text(`${phonenum} Without one the agent can neither call nor be called.`)),
      ...answering,
      releasephone: optional(flag('Whether the phone is hung up when a call ends, in place of staying off the hook; true unless told.')),
      ...signingIn,
    }),
  },
  result: session,
  requestHeaders, replyHeaders,
  errors: [...anySignIn, signedInAlready],
  examples: [{ request: signInRequest, response: { message: '', retcode: '0', result: { ...signedIn, mediatype: 'TFF' } } }],
});

const ENDS = 'Event: AgentOther_ShutdownService, which need not arrive.';

export const agentLogout = operation({
  id: 'agentLogout', family: gateway, section: '6.1.1.18', tag: 'Agent session',
  method: 'DELETE', path: `${BASE}/logout`, auth: 'C4',
  summary: 'Sign the agent out',
  description: `Refused while the agent is being called or talks. ${ENDS}`,
  request: { path: agentPath },
  result: nothing,
  errors: [notSignedIn, failed, signOutErrors.signedOutAlready, signOutErrors.signOutOnCall],
  examples: [{ request: { agentid: 291 }, response: { result: {}, message: 'success', retcode: '0' } }],
});

export const agentForceLogout = operation({
  id: 'agentForceLogout', family: gateway, section: '6.1.1.19', tag: 'Agent session',
  method: 'DELETE', path: `${BASE}/forcelogout`, auth: 'C4', envelope: gatewayFlat,
  summary: 'Sign the agent out whatever it does',
  description: `Its calls end. It is the agent of the path that is signed out, by its own GUID; an inspector forces others out by 12.1. ${ENDS}`,
  request: { path: agentPath },
  result: nothing,
  errors: [notSignedIn],
  examples: [{ request: { agentid: 291 }, response: { message: 'success', retcode: '0' } }],
});

export const agentForceLogoutWithReason = operation({
  id: 'agentForceLogoutWithReason', family: gateway, section: '6.1.1.20', tag: 'Agent session',
  method: 'DELETE', path: `${BASE}/forcelogoutwithreason/{reason}`, auth: 'C4', envelope: gatewayFlat,
  summary: 'Sign the agent out whatever it does, and say why',
  description: `As 6.1.1.19; reports tell the reason. ${ENDS}`,
  request: { path: object({ agentid: agentId, reason: text('Why: a number from 1 to 255.') }) },
  result: nothing,
  errors: [notSignedIn, signOutErrors.signOutReason],
  examples: [{ request: { agentid: 291, reason: 1 }, response: { message: 'success', retcode: '0' } }],
});

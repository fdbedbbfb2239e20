import { operation } from '../operation.ts';
import { flag, integer, nullable, object, text } from '../schema.ts';
import { sessionErrors } from './errors.ts';
import { gateway } from './family.ts';
import { agentPath } from './path.ts';

const BASE = '/agentgateway/resource/onlineagent/{agentid}';

const { notSignedIn, failed, parameterRefused } = sessionErrors;

export const agentHandshake = operation({
  id: 'agentHandshake', family: gateway, section: '6.1.1.3', tag: 'Agent session',
  method: 'POST', path: `${BASE}/handshake`, aliases: [`PUT ${BASE}/heartbeat`], auth: 'C4',
  summary: 'Say that the agent\'s program is still there',
  description: 'For agents whose events are pushed: every 30 seconds is advised, and after two minutes without one the agent is signed out. '
    + 'Older clients send it as `heartbeat` and read `result.loginTime`, which 6.1.1.3 does not name.',
  request: { path: agentPath },
  result: object({ loginTime: text('When the session began, in milliseconds since 1970.') }),
  requestHeaders: { service_token: 'Goes with the events pushed from now on: up to 50 letters, digits, `-`, `_` and `.`; any other is refused with 100-001.' },
  errors: [notSignedIn, parameterRefused],
  examples: [{ request: { agentid: 291 }, response: { message: 'success', retcode: '0', result: { loginTime: '1471585949806' } } }],
});

export const updateGuid = operation({
  id: 'updateGuid', family: gateway, section: '6.1.1.24', tag: 'Agent session',
  method: 'PUT', path: `${BASE}/updateGuid`, auth: 'C4',
  summary: 'Get a new GUID',
  description: 'For a page that is loaded again. The former GUID is taken for a short while yet, as requests may be on their way.',
  request: { path: agentPath },
  result: object({ guid: text('The new GUID.') }),
  requestHeaders: { Guid: 'The GUID so far.' },
  replyHeaders: { Guid: 'The new GUID again.', 'Set-GUID': 'The same as `JSESSIONID=` and the GUID.' },
  errors: [notSignedIn],
  examples: [{
    request: { agentid: 291 },
    response: { result: { guid: '6f1c2c0e-3b1a-4f55-9a5d-0c5a6e1f7b21.AgentGateway1' }, message: 'success', retcode: '0' },
  }],
});

const feature = (description: string) =>
  integer(`${description}: 0 inbound, 6 internal, 7 outbound, 41 preempted, 44 predicted, 45 reserved callback, 51 two-party and 52 three-party `
    + 'consultation, 53 several parties, -1 none of these.');

const moment = (description: string) => text(`${description}, in milliseconds since 1970.`);

const COMMANDS = '0 none, 1 hooks on, 2 is disconnected, 3 the other side hung up, 4 first outbound call, 5 outbound call, 6 hold, 7 end of hold, '
  + '8 mute, 9 end of mute, 10 blind transfer, 11 release after transfer, 12 talk forwarding, 13 release after three-way forwarding, '
  + '14 hang-up transfer, 15 special transfer, 16 two-party help, 17 three-party help, 18 three-party call, 19 playback, 20 insertion, 21 listening, '
  + '22 switch, 23 interception, 24 whispering, 30 busy, 31 rest';

const STATES = '1 idle, 2 wrap-up, 3 rest, 4 busy, 5 playback, 6 calling out, 7 occupied, 8 asked to answer, 9 talking, 10 three-party call, '
  + '11 holding, 12 muted, 13 asking for help, 14 transferring, 15 inserting, 16 listening, 17 whispering, 255 none of these (6.5.3)';

export const syncAgentInfo = operation({
  id: 'syncAgentInfo', family: gateway, section: '6.1.1.25', tag: 'Agent session',
  method: 'POST', path: `${BASE}/syncagentinfo`, auth: 'C4',
  summary: 'Find out where the agent stands, and drop the events that wait',
  description: 'For a page that is loaded again: events that have not been fetched are gone, so the next poll brings none from before.',
  request: { path: agentPath },
  result: object({
    callinfo: nullable(text('The present call as 6.1.3 shows it, as JSON text; null without a call.', { max: 100_000 })),
    agentStateInfo: object({
      callFeature: feature('Kind of the call as it began'),
      callData: text('Data of the call; empty when there is none.', { max: 30_000 }),
      lastState: integer(`State before this one: ${STATES}.`),
      preBusy: flag('Whether the agent will be busy once the call has ended.'),
      firsttalkingFlag: flag('Whether it is the first call that the agent talks in.'),
      workNo: text('Work number of the agent.', { max: 5 }),
      qcWorkNo: text('Work number of the inspector at work on the agent; empty when there is none.'),
      callerNo: text('Calling number; empty without a call.'),
      beginHoldTime: nullable(moment('When the hold began')),
      state: integer(`State of the agent: ${STATES}.`),
      talkingCallfeature: feature('Kind of the call that the agent talks in'),
      releaseFlag: integer('Not used: 0.'),
      calledNo: text('Called number; empty without a call.'),
      mainCallId: text('Id of the first call; empty without one.'),
      secondTalkingTime: nullable(moment('When the talk with the second party began')),
      preRest: flag('Whether the agent will rest once the call has ended.'),
      recordID: text('Id of the recording; empty when nothing is recorded.'),
      currentTime: moment('The time now'),
      beginTalkingTime: nullable(moment('When the talk began')),
      partner: text('The other parties; empty when there are none.'),
      holdCallId: text('Id of the call on hold; empty without one.'),
      agentStateBeginTime: integer('When the state began, in milliseconds since 1970.', { min: 0, max: 8.64e15 }),
      curCommand: integer(`What the agent does: ${COMMANDS}.`),
      curCallId: text('Id of the present call; empty without one.'),
      cmdBeginTime: moment('When the command began; empty when there is none'),
    }, 'State of the agent.'),
  }),
  errors: [notSignedIn, failed],
  examples: [{
    request: { agentid: 41_001 },
    response: {
      result: {
        callinfo: null,
        agentStateInfo: {
          callFeature: 0, callData: '', lastState: 255, preBusy: false, firsttalkingFlag: false, workNo: '41001', qcWorkNo: '', callerNo: '', beginHoldTime: null,
          state: 1, talkingCallfeature: 0, releaseFlag: 0, calledNo: '', mainCallId: '', secondTalkingTime: null, preRest: false, recordID: '',
          currentTime: '1566636307992', beginTalkingTime: null, partner: '', holdCallId: '', agentStateBeginTime: 1_566_636_286_408, curCommand: 0, curCallId: '',
          cmdBeginTime: '',
        },
      },
      message: 'success', retcode: '0',
    },
  }],
});

export const agentLoginInfo = operation({
  id: 'agentLoginInfo', family: gateway, section: '6.1.1.26', tag: 'Agent session',
  method: 'POST', path: `${BASE}/logininfo`, auth: 'C4',
  summary: 'Get a temporary password for the agent\'s phone',
  description: 'The phone registers with it in place of its own password, which goes on being good as well. It ends with the agent\'s session, with a change of the '
    + 'phone\'s password, and after 12 to 24 hours; asking again gives the one that lasts the longest. Only the agent\'s own phone (`sipAccount` of 5.1.4) has one: '
    + 'who has signed in with another number is refused with 100-007.',
  request: { path: agentPath },
  result: object({
    phonetoken: text('The temporary password, 24 characters.', { max: 64 }),
    phonenum: text('Number of the phone with which the agent has signed in.', { max: 24 }),
  }),
  errors: [notSignedIn],
  examples: [{
    request: { agentid: 291 },
    response: { result: { phonenum: '88880001', phonetoken: '1zYx4wVu6tSr8qxL-bD5nHk_' }, message: 'success', retcode: '0' },
  }],
});

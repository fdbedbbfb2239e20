import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { flag, integer, integerOf, list, nullable, object, oneOf, optional, text, timestamp } from '../schema.ts';
import { CALL_DATA, callErrors, callId } from './call.ts';
import { sessionErrors } from './errors.ts';
import { gateway } from './family.ts';
import { agentId, agentPath } from './path.ts';

export const callInfoErrors = catalogue({
  mayNotQuery: { status: 200, code: '300-001', text: 'No right to ask about agent {agent}.' },
  nothingHeld: { status: 200, code: '400-003', text: 'Agent {agent} holds no call.' },
});

const heldCall = {
  callfeature: integer('Kind of call (6.5.4), such as 0 inbound, 6 between agents, 7 outbound.'),
  callid: text('Id of the call.'),
  caller: text('Number that calls.'),
  called: text('Number that is called.'),
  callskill: text('Name of its skill queue; empty for none.'),
  callerVerified: optional(flag('Only of a call from a web page, and false: the page has given the caller\'s number, and nobody has verified it.')),
};

/** The tables say orgicallednum, most examples orgcallednum; desktops read the former. */
const originalCalled = {
  orgcallednum: text('Number that the caller dialled.'),
  orgicallednum: text('The same.'),
};

const basicInfo = {
  ...heldCall,
  callskillid: integer('Id of its skill queue; 0 for none.'),
  ...originalCalled,
  calldata: text('Data that go with the call.', { max: 16_384 }),
  begintime: nullable(timestamp('When it came to the agent, or where it waits, to the queue.')),
  endtime: nullable(timestamp('When it ended; null while it lasts.')),
  userPriority: integer('Level of the customer.'),
  trunkNo: integer('Number of the trunk; 65535 for none.'),
  logontimes: integer('How long the agent has been signed in, in seconds.'),
  mediaType: integer('1 text chat, 2 click-to-dial, 4 callback request, 5 voice or video, 15 predictive and 16 preview outbound call, '
    + '17 message, 19 video, 51 web chat, 53 social chat.'),
  mediaAbility: integerOf([1, 2, 3], '1 voice, 2 video, 3 both.'),
  waitTime: integer('How long it waited, in seconds.'),
};

const ofCall = (what: string) => `${what} Not told of a call that has ended.`;
const reason = (of: string) => `Why the call ${of} it, a code of Table 6-204, such as 0 normal, 2 after a time-out, 18 held.`;

const trace = object({
  waitBeginTime: nullable(timestamp('When it began to wait.')),
  waitEndTime: nullable(timestamp(ofCall('When its waiting ended.'))),
  answerBeginTime: nullable(timestamp('When it began to ring.')),
  answerEndTime: nullable(timestamp(ofCall('When its ringing ended.'))),
  talkBeginTime: nullable(timestamp('When the talk began.')),
  talkEndTime: nullable(timestamp(ofCall('When the talk ended.'))),
  deviceNo: integer('Number of the device.'),
  deviceType: integerOf([1, 2, 3, 4, 5, 6, 7], '1 call queue, 2 agent, 3 automatic flow, 4 conference, 5 paired call, 6 agent queue, 7 plain call.'),
  callDirectMode: oneOf(
    ['NORMAL_DIRECT', 'KEEP_DIRECT', 'WAIT_DIRECT', 'RELEASE_DIRECT'],
    'How it stands with the device: as usual, held, not yet answered, released.',
  ),
  enterReason: integer(reason('came to')),
  enterReasonDesc: text('The same in words.'),
  leaveReason: nullable(integer(ofCall(reason('left')))),
  leaveReasonDesc: nullable(text(ofCall('The same in words.'))),
  vdnId: integer('Id of the tenant\'s VDN.'),
}, 'The call\'s visit to the device where it is or was last.');

/** Reserved in every section but 6.1.3.1: null there. */
const callInfo = object({ ...basicInfo, trace: nullable(object({})) });

const printed = {
  callfeature: 0, callid: '1476070409-38', caller: '70001', called: '10086', callskill: 'voice_jst', callskillid: 3,
  orgcallednum: '12345678', orgicallednum: '12345678', calldata: '', begintime: 1_476_070_413_000, endtime: null,
  userPriority: 0, trunkNo: 65_535, logontimes: 0, mediaType: 5, mediaAbility: 1, waitTime: 0, trace: null,
};

export const queryCallInfo = operation({
  id: 'queryCallInfo', family: gateway, section: '6.1.3.1', tag: 'Call data',
  method: 'GET', path: `${CALL_DATA}/callinfo`, auth: 'C4',
  summary: 'Tell about the agent\'s current call',
  description: 'Where there is none, about the one that was held last. The result is null when there is none of these either.',
  done: '',
  request: {
    path: agentPath,
    query: object({
      isNoContainLastCall: optional(flag('Despite its name: whether to tell about the last call when there is no current one. False unless told.')),
    }),
  },
  result: nullable(object({ ...basicInfo, trace: nullable(trace) })),
  errors: [sessionErrors.notSignedIn],
  examples: [{
    request: { agentid: 101, isNoContainLastCall: true },
    response: {
      message: '', retcode: '0',
      result: {
        callfeature: 0, callid: '1476838963-224', caller: '70004', called: '60015', callskill: 'voice', callskillid: 20_011,
        orgcallednum: '', orgicallednum: '', calldata: '', begintime: 1_476_838_963_000, endtime: null,
        userPriority: 0, trunkNo: 65_535, logontimes: 0, mediaType: 5, mediaAbility: 1, waitTime: 0,
        trace: {
          waitBeginTime: 1_626_179_227_000, waitEndTime: 1_626_179_227_000, answerBeginTime: 1_626_179_227_000, answerEndTime: 1_626_179_227_000,
          talkBeginTime: 1_626_179_227_000, talkEndTime: 1_626_179_227_000, deviceNo: 2005, deviceType: 2, callDirectMode: 'NORMAL_DIRECT',
          enterReason: 0, enterReasonDesc: 'Normal reason', leaveReason: 0, leaveReasonDesc: 'Normal reason', vdnId: 214,
        },
      },
    },
  }],
});

export const queryCallInfoBeforeAnswer = operation({
  id: 'queryCallInfoBeforeAnswer', family: gateway, section: '6.1.3.5', tag: 'Call data',
  method: 'GET', path: `${CALL_DATA}/callinfobeforeanswer`, auth: 'C4',
  aliases: [`${CALL_DATA}/callinbeforeanswer`],
  summary: 'Tell about the call that rings at the agent',
  description: 'The result is null when none rings or goes on.',
  done: '',
  request: { path: agentPath },
  result: nullable(callInfo),
  errors: [sessionErrors.notSignedIn],
  examples: [{ request: { agentid: 101 }, response: { message: '', retcode: '0', result: printed } }],
});

export const queryCallInfoByCallId = operation({
  id: 'queryCallInfoByCallId', family: gateway, section: '6.1.3.6', tag: 'Call data',
  method: 'GET', path: `${CALL_DATA}/callinfobycallid/{callid}`, auth: 'C4',
  summary: 'Tell about one of the agent\'s calls',
  description: 'The current one or a held one.',
  done: '',
  request: { path: object({ agentid: agentId, callid: callId }) },
  result: callInfo,
  errors: callErrors,
  examples: [{ request: { agentid: 101, callid: '1476070409-38' }, response: { message: '', retcode: '0', result: printed } }],
});

export const queryWaitCallInfoBySkillId = operation({
  id: 'queryWaitCallInfoBySkillId', family: gateway, section: '6.1.3.11', tag: 'Call data',
  method: 'GET', path: `${CALL_DATA}/waitcallinfo/{skillid}`, auth: 'C4',
  summary: 'Tell about the calls that wait in a skill queue',
  done: '',
  request: { path: object({ agentid: agentId, skillid: integer('Id of the skill queue.', { min: 1 }) }) },
  result: list(callInfo, 'The calls, at most the first thousand, in the order in which they are given to agents.', { max: 1000 }),
  errors: callErrors,
  examples: [{
    request: { agentid: 101, skillid: 1 },
    response: {
      message: '', retcode: '0',
      result: [{
        callfeature: 0, callid: '1476707884-279', caller: '70004', called: '60015', callskill: 'voice', callskillid: 1,
        orgcallednum: '', orgicallednum: '', calldata: '', begintime: 1_476_707_884_000, endtime: null,
        userPriority: 0, trunkNo: 65_535, logontimes: 0, mediaType: 5, mediaAbility: 1, waitTime: 0, trace: null,
      }, {
        callfeature: 0, callid: '1476707885-280', caller: '70003', called: '60015', callskill: 'voice', callskillid: 1,
        orgcallednum: '', orgicallednum: '', calldata: '', begintime: 1_476_707_885_000, endtime: null,
        userPriority: 0, trunkNo: 65_535, logontimes: 0, mediaType: 5, mediaAbility: 1, waitTime: 0, trace: null,
      }],
    },
  }],
});

const unused = { callskillid: 0, orgcallednum: '', orgicallednum: '', calldata: null, begintime: null, endtime: null };

export const queryHoldListInfo = operation({
  id: 'queryHoldListInfo', family: gateway, section: '6.1.3.4', tag: 'Call data',
  method: 'GET', path: `${CALL_DATA}/holdlist`, auth: 'C4',
  summary: 'List the calls that the agent holds',
  done: '',
  request: { path: agentPath },
  result: list(object({
    ...heldCall,
    callskillid: integer('Not used: 0.'),
    orgcallednum: text('Not used: empty.'),
    orgicallednum: text('Not used: empty.'),
    calldata: nullable(text('Not used: null.')),
    begintime: nullable(timestamp('Not used: null.')),
    endtime: nullable(timestamp('Not used: null.')),
  }), 'The calls.'),
  errors: [sessionErrors.notSignedIn, callInfoErrors.nothingHeld],
  examples: [{
    request: { agentid: 101 },
    response: {
      message: '', retcode: '0',
      result: [
        { callfeature: 7, callid: '1501127996-2', caller: '10086', called: '70943', callskill: 'voice', ...unused },
        { callfeature: 7, callid: '1501127920-0', caller: '10086', called: '70941', callskill: '', ...unused },
      ],
    },
  }],
});

export const queryHoldListInfoEx = operation({
  id: 'queryHoldListInfoEx', family: gateway, section: '6.1.3.12', tag: 'Call data',
  method: 'GET', path: `${CALL_DATA}/holdlistex/{workno}`, auth: 'C4',
  summary: 'List the calls that another agent holds',
  description: 'For inspectors, about agents of the same tenant who have signed in.',
  done: '',
  request: { path: object({ agentid: agentId, workno: integer('Work number of the other agent.', { min: 101, max: 59_999 }) }) },
  result: list(object(heldCall), 'The calls.'),
  errors: [...callErrors, callInfoErrors.mayNotQuery, callInfoErrors.nothingHeld],
  examples: [{
    request: { agentid: 101, workno: 102 },
    response: {
      message: '', retcode: '0',
      result: [
        { callfeature: 7, callid: '1501127996-2', caller: '10086', called: '70943', callskill: 'voice' },
        { callfeature: 7, callid: '1501127920-0', caller: '10086', called: '70941', callskill: '' },
      ],
    },
  }],
});

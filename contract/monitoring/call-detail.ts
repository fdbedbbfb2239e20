import { operation } from '../operation.ts';
import { integer, object, oneOf, optional, text, timestamp, word } from '../schema.ts';
import { monitoring } from './family.ts';
import { ccId, dual, inVdn, OPENAPI, scopeErrors } from './parts.ts';

const callId = word('Id of the call; also with milliseconds in front.', { max: 25 });

/** What both views of a call that goes on tell. Ids of boards and task blocks there are none of here: 0. */
const ofCall = {
  dsn: integer('Task of the call; 0.'),
  handle: integer('How often its task block was used; 0.'),
  server: integer('Media server; 0.'),
  keyId: text('Id of the business; empty.'),
  callingNum: text('Calling number.'),
  calledNum: text('Called number.'),
  mid: integer('Module; 0.'),
  trunkNo: integer('Trunk; 65535, as trunks have no numbers here.'),
  priority: integer('Level of the customer; 0.'),
  deviceType: integer('Kind of the device that has it now (12.3.8.11).'),
  deviceNo: integer('Work number of the agent, or id of the queue or the flow.'),
  callSkill: text('Name of the skill queue; empty without one.'),
  partyNum: integer('How many devices it has passed.'),
  orgiCalledNum: text('The number that was dialled first.'),
  place: integer('Where it came in; 0.'),
  waitTime: integer('Seconds in queues so far.'),
  totalTalkingTimes: integer('Seconds of talk so far.'),
  logonTimes: integer('For how many seconds the agent who has it has been signed in; 0 without one.'),
} as const;

const values = {
  dsn: 0, handle: 0, server: 0, keyId: '', callingNum: '88881364', calledNum: '650550', mid: 0, trunkNo: 65535, priority: 0, deviceType: 2, deviceNo: 1177,
  callSkill: 'defaultAudioSkill', partyNum: 1, orgiCalledNum: '650550', place: 0, waitTime: 0, totalTalkingTimes: 275, logonTimes: 284,
} as const;

const basic = { time: 1606115215000, ...values, callFeature: 0, mediaType: 5, serviceType: 65535, callInCause: 65535, enterReason: 0, mediaBillType: '' };
const detail = { cb: 1, time: 1606120429, ...values, callData: '', callDataLen: 0, callFeature: '0', mediaType: 'MEDIA_TYPE_PHONE' };

export const cmsQueryBasicCallInfo = operation({
  id: 'cmsQueryBasicCallInfo', family: monitoring, section: '12.3.1.4.1', tag: 'Calls', envelope: dual,
  method: 'POST', path: `${OPENAPI}/calldata/querybasiccallinfo`, auth: 'C2',
  summary: 'See where a call is that goes on',
  description: 'A call that is over is told by 12.3.1.4.3.',
  request: { body: object({ ...inVdn, callId }) },
  result: object({
    time: timestamp('When it began.'),
    ...ofCall,
    callFeature: integer('What kind of call it is (12.3.8.8).'),
    mediaType: integer('Media type of Table 12-695.'),
    serviceType: integer('Kind of business; 65535, as there are none here.'),
    callInCause: integer('Why it came in; 65535.'),
    enterReason: integer('Why it came to the device that has it now (12.3.8.9).'),
    mediaBillType: text('Kind of its multimedia report; empty.'),
  }),
  errors: [scopeErrors.foreignVdn, scopeErrors.notFound],
  examples: [{ request: { cclId: 1, vdn: 1, callId: '1453723531-574' }, response: { result: '0', resultCode: '0100000', resultDatas: basic, resultDesc: basic } }],
});

export const cmsQueryDetailCallInfo = operation({
  id: 'cmsQueryDetailCallInfo', family: monitoring, section: '12.3.1.4.2', tag: 'Calls', envelope: dual,
  method: 'POST', path: `${OPENAPI}/calldata/querydetailcallinfo`, auth: 'C2',
  summary: 'See a call that waits for one agent',
  description: 'For the ids that 12.3.1.3.5 lists: calls in an agent\'s own queue.',
  request: { body: object({ ...inVdn, callId }) },
  result: object({
    cb: integer('Number of the call; the second half of its id.'),
    time: integer('When it began, in seconds since 1970.', { min: 0, max: 2 ** 40 }),
    ...ofCall,
    callData: text('Call data (6.1.3.3).', { max: 16_384 }),
    callDataLen: integer('How many bytes of it there are.'),
    callFeature: text('What kind of call it is (12.3.8.8).'),
    mediaType: text('Name of the media type (Table 12-695).'),
  }),
  errors: [scopeErrors.foreignVdn, scopeErrors.notFound],
  examples: [{ request: { cclId: 1, vdn: 1, callId: '1453723531-574' }, response: { result: '0', resultCode: '0100000', resultDatas: detail, resultDesc: detail } }],
});

const told = {
  vdn: 1, callId: '1000000000-1', callerNo: '10000', calleeNo: '10001', callType: 0, agentId: 100, skillId: 1, anonyCall: 0, queueWaitTime: 10, ivrCallTime: 0, ackTime: 5,
  callTime: 30, releaseCause: 531,
};

export const cmsQueryCallDetailById = operation({
  id: 'cmsQueryCallDetailById', family: monitoring, section: '12.3.1.4.3', tag: 'Calls', envelope: dual,
  method: 'POST', path: `${OPENAPI}/calldata/querycalldetailbyid`, auth: 'C2',
  summary: 'See what came of a call',
  description: 'All of its records in one: how long it waited, rang and was talked, with whom last, and why it ended. Results of campaigns stand there for their calls alone.',
  request: {
    body: object({ ccId, isCallin: oneOf(['true', 'false', 'TRUE', 'FALSE'], 'true: a call that came in; false: one that went out.'), callId }),
  },
  result: object({
    vdn: integer('The tenant.'),
    callId: text('Id of the call.'),
    callerNo: text('Calling number.'),
    calleeNo: text('Called number.'),
    callType: integer('Kind of the call (12.3.8.6).'),
    agentId: optional(integer('Work number of the last agent; absent where none was rung.')),
    skillId: optional(integer('Id of the first skill queue; absent without one.')),
    anonyCall: integer('1: the caller has shown no number; 0 else.'),
    queueWaitTime: integer('Seconds in queues.'),
    ivrCallTime: integer('Seconds in flows.'),
    ackTime: integer('Seconds of ringing at agents.'),
    callTime: integer('Seconds of talk with agents.'),
    releaseCause: integer('Why it ended (12.3.8.10); 0 while it goes on.'),
    beginTime: optional(text('When a call of a campaign began.')),
    endTime: optional(text('When it ended.')),
    result: optional(text('What came of it for the campaign.')),
    resultCode: optional(text('The same as a code.')),
    busiResult: optional(text('Result of the business, as the agent entered it.')),
    busiSubStatus: optional(text('The finer result.')),
  }),
  errors: [scopeErrors.foreignVdn, scopeErrors.notFound, scopeErrors.ambiguous],
  examples: [{ request: { ccId: 1, isCallin: 'true', callId: '1000000000-0001' }, response: { result: '0', resultCode: '0100000', resultDatas: told, resultDesc: told } }],
});

import { operation } from '../operation.ts';
import { integer, list, object, optional, text, timestamp, word } from '../schema.ts';
import { monitoring } from './family.ts';
import { inVdn, OPENAPI, scopeErrors, single } from './parts.ts';

/** One row of 13.2: a device that the call has left. */
export const segment = object({
  callId: text('Id of the call.'),
  mediaType: integer('Media type of Table 12-695: 5 voice.'),
  subMediaType: integer('Kind of the channel of a multimedia session; 0 without one.'),
  callIdNum: integer('Place of the row among those of the call, from 1; -1 is the last one.'),
  callerNo: text('Calling number.'),
  calleeNo: text('Called number.'),
  waitBegin: timestamp('When it began to wait.'),
  ackBegin: timestamp('When it began to ring.'),
  callBegin: timestamp('When the talk began.'),
  callEnd: timestamp('When the device was left.'),
  subCcNo: integer('Contact centre within a network of them; 0.'),
  deviceType: integer('What kind of device it was: 1 queue, 2 agent, 3 flow, 5 number outside, 15 conference.'),
  deviceNo: text('Work number of the agent, id of the queue, or id of the flow.'),
  deviceIn: text('The device in words; of a flow the access code that it had when the call entered it, of a number outside that number.'),
  callType: integer('Kind of the call (Table 12-697).'),
  releaseCause: integer('Why the call ended (12.3.8.10): of the last row alone; 0 on the others.'),
  EnterReason: integer('Why the device was entered (12.3.8.9).'),
  LeaveReason: integer('Why it was left (12.3.8.9).'),
  CurrentSkillID: text('Id of the skill queue on whose account it was there; empty without one.'),
});

export const cmsQueryCallTraceDetail = operation({
  id: 'cmsQueryCallTraceDetail', family: monitoring, section: '12.3.1.1.14', tag: 'Calls', envelope: single,
  method: 'POST', path: `${OPENAPI}/vdn/querycalltracedetail`, auth: 'C2',
  summary: 'Follow a call through its devices',
  description: 'A row for each queue, agent and flow that the call has left, in that order, with why it came and went. A call that goes on has no last row (-1) yet.',
  request: {
    body: object({
      ...inVdn,
      callId: word('Id of the call; also with milliseconds in front.', { max: 25 }),
      logDate: optional(timestamp('Day of the call. It is found without.')),
    }),
  },
  result: list(segment, 'The rows; none where there is no such call.'),
  errors: [scopeErrors.foreignVdn],
  examples: [{
    request: { ccId: 1, vdn: 170, callId: '1678978542-92', logDate: '1615717765000' },
    response: {
      resultCode: '0100000',
      resultDesc: [{
        callId: '1678978542-92', mediaType: 5, subMediaType: 0, callIdNum: -1, callerNo: '80000888', calleeNo: '624192',
        waitBegin: 1678978542000, ackBegin: 1678978542000, callBegin: 1678978545000, callEnd: 1678978605000, subCcNo: 0,
        deviceType: 2, deviceNo: '101', deviceIn: 'DEVICE_AGENT', callType: 0, releaseCause: 531, EnterReason: 0, LeaveReason: 15, CurrentSkillID: '12',
      }],
    },
  }],
});

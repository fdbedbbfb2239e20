import { operation } from '../operation.ts';
import { integer, list, object, oneOf, optional, text, timestamp } from '../schema.ts';
import { monitoring } from './family.ts';
import { MOST_DAYS } from './history-range.ts';
import { inVdn, OPENAPI, OPENAPI_V2, paged, returning, scopeErrors, single, vdn } from './parts.ts';

const MOST_CALLS = 100;
const MOST_MISSED = 5000;
const number = (which: string) => optional(text(`${which} number; any unless told.`, { max: 32 }));

const call = object({
  logDate: timestamp('When its last record was written.'),
  callerNo: text('Calling number.'),
  calleeNo: text('Called number.'),
  callId: text('Id of the call.'),
  callType: integer('Kind of the call (12.3.8.6).'),
  waitBegin: timestamp('When it began to wait for the device that had it last.'),
  ackBegin: timestamp('When that began to ring.'),
  callBegin: timestamp('When the talk there began.'),
  callEnd: timestamp('When the call ended.'),
  vdn: integer('The tenant.'),
  leaveReason: integer('Why it left that device (12.3.8.9).'),
  mediaType: integer('Media type of Table 12-695.'),
  subMediaType: integer('Kind of the channel of Table 12-696; 0 without one.'),
});

const page = object({ data: list(call, 'The calls, as they ended.'), count: integer('How many there are in all.') });

const window = {
  callerNo: number('Calling'), calleeNo: number('Called'),
  beginDate: timestamp('From when; no earlier than the beginning of yesterday in the zone of the tenant.'),
  endDate: timestamp('Until when; no later than the end of today.'),
} as const;

const request = { cclId: 1, vdn: 170, callerNo: '12345', calleeNo: '23131', beginDate: '1615680000000', endDate: '1615766399000', limit: 10, offset: 0 };
const response = {
  resultCode: '0100000',
  resultDesc: {
    data: [{
      logDate: 1615717799000, callerNo: '12345', calleeNo: '23131', callId: '1615717765-33', callType: 0, waitBegin: 1615717765000, ackBegin: 1615717771000,
      callBegin: 1615717774000, callEnd: 1615717799000, vdn: 170, leaveReason: 15, mediaType: 5, subMediaType: 0,
    }],
    count: 5,
  },
};

export const cmsQueryCallsV1 = operation({
  id: 'cmsQueryCallsV1', family: monitoring, section: '12.3.1.1.12', tag: 'Calls', envelope: single,
  method: 'POST', path: `${OPENAPI}/vdn/querycalls`, auth: 'C2',
  summary: 'List the calls that came in yesterday and today',
  description: 'Calls that are over, by the times and the leave reason of their last device.',
  request: { body: object({ ...inVdn, ...window, ...paged(MOST_CALLS) }) },
  result: page,
  errors: [scopeErrors.foreignVdn, scopeErrors.wrongParameter],
  examples: [{ request, response }],
});

export const cmsQueryCallsV2 = operation({
  id: 'cmsQueryCallsV2', family: monitoring, section: '12.3.1.1.13', tag: 'Calls', envelope: single,
  method: 'POST', path: `${OPENAPI_V2}/vdn/querycalls`, auth: 'C2',
  summary: 'List the calls of yesterday and today, those that came in or those that went out',
  description: 'As 12.3.1.1.12 does, in either direction.',
  request: { body: object({ ...inVdn, ...window, isCallIn: oneOf(['true', 'false', 'TRUE', 'FALSE'], 'true: calls that came in; false: that went out.'), ...paged(MOST_CALLS) }) },
  result: page,
  errors: [scopeErrors.foreignVdn, scopeErrors.wrongParameter],
  examples: [{ request: { ...request, isCallIn: 'true' }, response }],
});

export const cmsQueryMissedCalls = operation({
  id: 'cmsQueryMissedCalls', family: monitoring, section: '12.3.2.2', tag: 'Calls', envelope: returning,
  method: 'POST', path: '/rest/cmsapp/v1/callin/queryMissedCalls', auth: 'C2',
  summary: 'List the calls that no agent has answered',
  description: 'Calls that came in, waited in a queue or rang at an agent, and ended without a talk. Whoever hung up in a flow already has missed nobody. Times are in UTC.',
  request: {
    body: object({
      vdn, offset: integer('How many rows to pass over.', { min: 0 }), limit: integer('How many rows at most.', { min: 1, max: MOST_MISSED }),
      beginTime: optional(text(`From when: \`yyyy-MM-dd HH:mm:ss\` in UTC, not in the future and at most ${MOST_DAYS} days before the end; as many unless told.`, { max: 19 })),
      endTime: optional(text('Until when: `yyyy-MM-dd HH:mm:ss` in UTC; until now unless told.', { max: 19 })),
    }),
  },
  result: object({
    total: integer('How many there are in all.'),
    missedCalls: list(object({
      callId: text('Id of the call.'), callerNo: text('Calling number.'), calleeNo: text('Called number.'),
      waitBegin: text('When it began to wait.'), callEnd: text('When it ended.'),
      mediaType: integer('Media type of Table 12-695.'), subMediaType: integer('Kind of the channel of Table 12-696; 0 without one.'),
    }), 'The calls, as they ended.'),
  }),
  errors: [scopeErrors.foreignVdn, scopeErrors.wrongParameter],
  examples: [{
    request: { vdn: 159, offset: 0, limit: 3, beginTime: '2022-11-17 00:13:43', endTime: '2022-11-17 23:44:13' },
    response: {
      returnCode: '0', total: 1, returnDesc: 'success',
      missedCalls: [{
        callId: '1668048253-16797218', callerNo: '16599601398', calleeNo: '6300111010', waitBegin: '2022-11-17 23:44:13', callEnd: '2022-11-17 23:44:25', mediaType: 5, subMediaType: 0,
      }],
    },
  }],
});

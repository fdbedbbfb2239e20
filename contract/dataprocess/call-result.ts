import { operation } from '../operation.ts';
import { list, object, optional, text } from '../schema.ts';
import { dataProcess, dataProcessErrors as errors } from './family.ts';

/** The reference pages nothing; what it is said to search answers no more at once. */
export const MOST_RESULTS = 10_000;

const DIGITS = '^\\d{0,15}$';
const CALL_TYPES = '0 inbound, 1 outbound, 2 predictive, 3 preview, 4 preempted, 10 between two numbers, 11 consultation or help, 12 from a web page';
const MEDIA = '2 voice from a web page, 5 voice, 18 video from a web page, 19 video, 53 multimedia';
const moment = (which: string) => optional(text(`${which}, in milliseconds since 1970, by when the last device of the call was talked to; one of the two is needed without callId.`, { pattern: DIGITS }));

export const queryCallManualDetailInfo = operation({
  id: 'queryCallManualDetailInfo', family: dataProcess, section: '16.1', tag: 'Call results',
  method: 'POST', path: '/apiaccess/rest/dataprocess/v1/openapp/queryCallManualDetailInfo', auth: 'C1',
  summary: 'List calls that are over, with what customers thought of them',
  description: `The last record of each call, and the latest evaluation of the call (5.4.3) if there is one by now: one that comes in later is seen as soon as it is there. By when the talk began, no more than ${MOST_RESULTS} of them.`,
  request: {
    body: object({
      subCcNo: text('Id of the contact centre, which must be the tenant\'s.', { min: 1, max: 10 }),
      vdn: text('The tenant, which must be the one of the token.', { min: 1, max: 10 }),
      callId: optional(text('Id of the call; any unless told.', { max: 64 })),
      callerNo: optional(text('Calling number; any unless told.', { max: 64 })),
      calleeNo: optional(text('Called number; any unless told.', { max: 64 })),
      beginDate: moment('From when'),
      endDate: moment('Until when, included'),
      callType: optional(text(`Kind of call: ${CALL_TYPES}. Any unless told.`, { pattern: '^([0-4]|10|11|12)?$' })),
      mediaType: optional(text(`Medium: ${MEDIA}. Any unless told.`, { pattern: '^\\d{0,3}$' })),
      evaluationValue: optional(text('Value of the evaluation, 1 to 5, -1 or -2 (5.4.3); any, and none, unless told.', { max: 16 })),
    }),
  },
  result: object({
    total: text('How many are answered.'),
    results: list(object({
      logDate: text('When the record was written.'),
      callerNo: text('Calling number.'),
      calleeNo: text('Called number.'),
      callId: text('Id of the call.'),
      callType: text(`Kind of call: ${CALL_TYPES}.`),
      mediatype: text(`Medium: ${MEDIA}.`),
      waitBegin: text('When it began to wait for its last device.'),
      ackBegin: text('When that began to ring.'),
      callBegin: text('When the talk there began.'),
      callEnd: text('When the call ended.'),
      vdn: text('The tenant.'),
      leaveReason: text('Why the call left that device (12.3.8.9).'),
      evaluationValue: optional(text('What the customer thought of it; absent where there is no evaluation.')),
    }), 'The calls, by when the talk began. All times are milliseconds since 1970.', { max: MOST_RESULTS }),
  }),
  errors: [errors.foreignTenant, errors.tooWide],
  examples: [{
    request: {
      subCcNo: '1', vdn: '1', callId: '', callerNo: '0', calleeNo: '', beginDate: '1658102400000', endDate: '1658188800000', callType: '0', mediaType: '5',
      evaluationValue: '5',
    },
    response: {
      total: '1',
      results: [{
        logDate: '1658102460000', callerNo: '0', calleeNo: '4008000000', callId: '1669463446-17002406', callType: '0', mediatype: '5', waitBegin: '1658102410000',
        ackBegin: '1658102415000', callBegin: '1658102420000', callEnd: '1658102460000', vdn: '1', leaveReason: '15', evaluationValue: '5',
      }],
    },
  }],
});

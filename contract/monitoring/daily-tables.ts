import { Type, type TObject } from 'typebox';
import { operation } from '../operation.ts';
import { integer, list, object, optional, text } from '../schema.ts';
import { monitoring } from './family.ts';
import { ccId, MAX, resulting, scopeErrors, single, vdn } from './parts.ts';

/* 12.3.2.10 and 12.3.2.11: what calls came to by day, number, type, service and who had them last. */

const MOST = 1000;
/** No section says how far back; it is as much as a year. */
export const MOST_LOG_DAYS = 366;

const CMSAPP = '/rest/cmsapp/v1';

const numbers = (what: string) => list(text('A number, of digits alone.', { min: 1, max: 30, pattern: '^[0-9]+$' }), what, { min: 1, max: MOST });

const asked = {
  beginLogDay: text('The first day, in the zone of the tenant, such as `2020-01-01`.', { max: 10 }),
  endLogDay: text(`The last day, with which there are at most ${MOST_LOG_DAYS}.`, { max: 10 }),
  callTypes: list(integer('Call type of Table 12-697.', { min: 0, max: 65_535 }), 'The types of calls.', { min: 1, max: MOST }),
  skillIds: optional(list(integer('Id of a skill queue.', { min: -1, max: 65_535 }), 'The queues that had the call last; all unless told.', { max: MOST, also: ['skilllds'] })),
  subCcNo: optional(integer('Number of the subsystem, which is the contact centre\'s.', { min: 0, max: MAX.ccId })),
  vdn: optional(vdn),
  tenantId: optional(text('Id of the tenant, in place of `vdn`.', { max: 64 })),
  ccId: optional(ccId),
};

const count = (what: string) => integer(what, { min: 0 });
const fields = <const Names extends string>(what: Readonly<Record<Names, string>>): { readonly [Name in Names]: ReturnType<typeof count> } =>
  Object.fromEntries(Object.entries<string>(what).map(([name, words]) => [name, count(words)])) as never;

const SHORTER = [3, 5, 10, 30, 60] as const;
const LONGER = [10, 60] as const;
type Span = `Lt${(typeof SHORTER)[number]}` | `Gt${(typeof LONGER)[number]}`;
const spans = <const Name extends string>(name: Name, what: string) => fields(Object.fromEntries([
  ...SHORTER.map((seconds) => [`${name}Lt${seconds}`, `${what} in less than ${seconds} seconds.`]),
  ...LONGER.map((seconds) => [`${name}Gt${seconds}`, `${what} in more than ${seconds} seconds.`]),
]) as Readonly<Record<`${Name}${Span}`, string>>);

/** Table 12-569 and 12-573: columns to which an installation may give a meaning; the third has one. */
type Column = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16 | 17 | 18 | 19 | 20;
const columns = <const Prefix extends string>(prefix: Prefix, third: string) => fields(Object.fromEntries(
  Array.from({ length: 20 }, (_, index) => [`${prefix}${index + 1}`, index === 2 ? third : 'No meaning has been given to it, so it stands at 0.']),
) as Readonly<Record<`${Prefix}${Column}`, string>>);

const common = {
  beginLogDay: text('The first day, as it was asked for.'), endLogDay: text('The last day, as it was asked for.'),
  callType: integer('Call type of Table 12-697.'), vdn: integer('Id of the tenant.'), serviceNo: integer('Number of the service: id of the first flow that the call was in; 65535 for none.'),
  orgCcNo: integer('The contact centre.'), subCcNo: integer('The contact centre.'), serCcNo: integer('The contact centre.'),
  currentAgentId: integer('The agent of the last record of the call; -1 where it was not at an agent\'s.'),
  currentSkillId: integer('The queue of the last record of the call; -1 where there was none.'),
  ...fields({
    failQueueWaitNum: 'How often was waited in vain.', failQueueWaitTime: 'Seconds that were waited in vain.',
    succWaitAnsTime: 'Seconds of ringing that was answered.',
    maxWaitAnsTime: 'The longest ringing, in seconds.', minWaitAnsTime: 'The shortest ringing, in seconds.',
    maxCallTime: 'The longest talk, in seconds.', minCallTime: 'The shortest talk, in seconds.',
    hangUpNum: 'How often an agent sent the call to a flow.', hangUpTime: 'Seconds in the flows to which agents sent calls.',
    hangUpReleaseNum: 'How often it did not come back to an agent from there.',
    autoAnsTime: 'Seconds of ringing at flows, which answer at once.', autoCallNum: 'Calls that came to a flow.', autoCallSuccNum: 'Those that their first flow answered.',
    autoTransferNum: 'Those that went on from their first flow.',
    ivrOccupyNum: 'How often calls came to flows.', ivrCallSuccNum: 'How often flows answered.', ivrCallTime: 'Seconds in flows.',
    ivrOnlyNum: 'Calls that were in flows alone.', ivrOnlySuccNum: 'Those of them that lasted.', ivrOnlyTime: 'Seconds of those.',
  }),
  ...spans('succAckTime', 'Answers, rung'), ...spans('callTime', 'Talks, over'), ...spans('failTime', 'Those lost, waited'),
} as const;

const operationOf = { family: monitoring, tag: 'Figures', envelope: single, method: 'POST', auth: 'C2', errors: [scopeErrors.foreignVdn, scopeErrors.wrongParameter] } as const;
const COUNTING = 'A call counts, whole, in the day of the tenant\'s zone in which it was over: the days before as they were settled, today up to now. '
  + 'Spans of seconds are strictly shorter or longer. Minutes are begun ones of each call.';

const inboundRow = object({
  calleeNo: text('The number that was called.'), ...common,
  ...fields({
    waitAnsNum: 'How often agents were rung.', waitAnsTime: 'Seconds of ringing.', succWaitAnsNum: 'How often ringing was answered.', failWaitAnsTime: 'Seconds of ringing that was not answered.',
    noAckNum: 'How often an agent did not answer in time.', queueWaitTime: 'Seconds in queues.', succQueueWaitTime: 'Seconds in queues before answers.',
    succQueueWaitNum: 'Answers before which there was a wait.', maxQueueWaitTime: 'The longest wait in a queue, in seconds.', minQueueWaitTime: 'The shortest wait in a queue, in seconds.',
    queOverToIvrNum: 'How often a call went from a queue to a flow.', queOverToIvrTime: 'Seconds in queues before that.',
    inOccupyNum: 'How often agents were asked for.', inCallSuccNum: 'How often agents talked.', inCallTime: 'Seconds of talk with agents.',
    maxIvrCallTime: 'The longest stay in a flow, in seconds.', minIvrCallTime: 'The shortest stay in a flow, in seconds.',
    agentToQueueNum: 'How often an agent sent the call on to a queue.', agentToAgentNum: 'How often an agent sent the call on to another one.',
    inVdnTime: 'Seconds that calls lasted.', autoUserAbandonNum: 'Callers who hung up in a flow.',
    netCallNum: 'Calls through network devices, of which there are none here.', netCallSuccNum: 'Those of them that were answered.',
    inCallCostMinute: 'Begun minutes of talk with agents.', inCallAllCostMinute: 'Begun minutes of talk with agents and flows.',
  }),
  ...columns('reserved_col', 'Answers within 15 seconds of ringing.'),
});

const outboundRow = object({
  callerNo: text('The number that called.'), obsServiceNo: text('Id of the campaign; -1 for none.'), ...common,
  ...fields({
    outOccupyNum: 'How often agents were in calls.', outSuccWaitAnsNum: 'Those that were answered after ringing.', outCallSuccNum: 'How often agents talked.',
    outWaitAnsTime: 'Seconds of ringing.', outCallTime: 'Seconds of talk with agents.', agentHangUpLt3: 'How often agents hung up within 3 seconds.',
    agentTransferNum: 'How often agents passed a call on.', zeroNum: 'Calls in which nobody talked.', outVdnTime: 'Seconds that calls lasted.',
    preCallNum: 'Predicted calls.', preCallSuccNum: 'Those that customers answered.', preAgentNum: 'How often they came to agents.', preAgentSuccNum: 'How often agents took them.',
    preTransferNum: 'How often agents passed them on.', preTotalTime: 'Seconds that they lasted.', preQueueWaitNum: 'How often they waited in a queue.', preQueueWaitTime: 'Seconds that they waited.',
    preFailQueueWaitNum: 'How often they waited in vain.', preFailQueueWaitTime: 'Seconds that they waited in vain.', preAbortQueueWaitNum: 'Those that ended in a queue.',
    preNoAckNum: 'Those that no agent took.', preViewedCallNum: 'Previewed calls.', preViewedCallSuccNum: 'Those that were answered.',
    preViewedSuccAckTime: 'Seconds of ringing before that.', preViewedTransferNum: 'How often agents passed them on.', preOccupiedCallNum: 'Preempted calls.',
    preOccupiedSuccNum: 'Those that were answered.', preOccupiedSuccAckTime: 'Seconds of ringing before that.', preOccupiedAgentSuccNum: 'How often agents talked in them.',
    preOccupiedAgentSuccTime: 'Seconds of talk.', preOccupiedTransferNum: 'How often agents passed them on.',
    outCallCostMinute: 'Begun minutes of talk with agents.', outCallAllCostMinute: 'Begun minutes of talk with agents and flows.',
  }),
  ...columns('reserved_col', 'Talks of 15 seconds or more.'), ...columns('reservedCol', 'The same once more, by the name of the example.'),
});

/** An example of a row: what is not told in it is nothing. */
const zeros = (row: TObject): Record<string, number> =>
  Object.fromEntries(Object.entries(row.properties).flatMap(([name, field]) => (Type.IsInteger(field) ? [[name, 0]] : [])));

export const cmsCallInDayIndexes = operation({
  ...operationOf, id: 'cmsCallInDayIndexes', section: '12.3.2.10', path: `${CMSAPP}/callinday/querymanualindexesbycondition`,
  summary: 'See what calls to some numbers came to in some days',
  description: `Calls that came in, and those of agents among themselves. ${COUNTING}`,
  request: { body: object({ calleeNos: numbers('The numbers that were called.'), ...asked }) },
  result: list(inboundRow, 'Rows by number, type, service, and who had the calls last.', { max: 50_000 }),
  examples: [{
    request: { queryParam: { calleeNos: ['10000'], beginLogDay: '2020-01-01', endLogDay: '2020-01-01', callTypes: [0], skillIds: [1], subCcNo: 1, vdn: 3, cclid: 1 } },
    response: {
      resultCode: '0100000',
      resultDesc: [{
        ...zeros(inboundRow), calleeNo: '10000', beginLogDay: '2020-01-01', endLogDay: '2020-01-01', callType: 0, vdn: 3, serviceNo: 65_535, orgCcNo: 1, subCcNo: 1, serCcNo: 1,
        currentAgentId: 1133, currentSkillId: 1, inOccupyNum: 7, inCallSuccNum: 7, waitAnsNum: 7, waitAnsTime: 20, succWaitAnsTime: 20, maxWaitAnsTime: 3, minWaitAnsTime: 2,
        succAckTimeLt3: 1, succAckTimeLt5: 7, succAckTimeLt10: 7, succAckTimeLt30: 7, succAckTimeLt60: 7, inCallTime: 6584, maxCallTime: 5702, minCallTime: 5,
      }],
    },
  }],
});

export const cmsCallOutDayIndexes = operation({
  ...operationOf, id: 'cmsCallOutDayIndexes', section: '12.3.2.11', envelope: resulting, path: `${CMSAPP}/calloutday/querymanualindexesbycondition`,
  summary: 'See what calls from some numbers came to in some days',
  description: `Calls to the outside. ${COUNTING}`,
  request: { body: object({ callerNos: numbers('The numbers that called.'), ...asked }) },
  result: list(outboundRow, 'Rows by number, type, service, and who had the calls last.', { max: 50_000 }),
  examples: [{
    request: { queryParam: { callerNos: ['120002'], beginLogDay: '2021-10-26', endLogDay: '2021-10-26', callTypes: [7], skillIds: [1, 6], subCcNo: 1, vdn: 32 } },
    response: {
      result: '0', resultCode: '0100000',
      resultDesc: [{
        ...zeros(outboundRow), callerNo: '120002', beginLogDay: '2021-10-26', endLogDay: '2021-10-26', callType: 7, vdn: 32, serviceNo: 1, orgCcNo: 1, subCcNo: 1, serCcNo: 1,
        currentAgentId: 40_002, currentSkillId: 1, obsServiceNo: '-1', outOccupyNum: 2, outSuccWaitAnsNum: 2, outCallSuccNum: 2, outWaitAnsTime: 16, outCallTime: 64,
        maxCallTime: 38, minCallTime: 26, outCallCostMinute: 2, outCallAllCostMinute: 2, reserved_col3: 2, reservedCol3: 2,
      }],
    },
  }],
});

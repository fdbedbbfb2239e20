import {
  AGENT, BY_AGENT, BY_USER, CONNECTED, extreme, FLOW_ROW, LOST, OUTBOUND, QUEUE, REQUEST, sumOf, TALKED, times, TOO_LONG, UNANSWERED, WAITED, type MeasuresOf,
} from './figures.ts';

/**
 * The daily tables of 12.3.2.10 and 12.3.2.11. A call counts, with all of its rows (`s`), in the day in which it was over; `c` is what it
 * came to as a whole. Spans told as `Lt` and `Gt` are shorter and longer ones, as the examples show.
 */
export interface Daily {
  readonly table: 'inbound_day' | 'outbound_day';
  /** The calls of the table: those to the outside, and all others. */
  readonly where: string;
  /** By which of a call's numbers it is told. */
  readonly number: 'called' | 'caller';
  /** By the names of the table, with underscores. */
  readonly measures: MeasuresOf;
}

const SHORTER = [3, 5, 10, 30, 60] as const;
const LONGER = [10, 60] as const;

const spans = (name: string, expression: string, condition: string): MeasuresOf => ({
  ...Object.fromEntries(SHORTER.map((seconds) => [`${name}_lt${seconds}`, times(`${condition} and ${expression} < ${seconds}`)])),
  ...Object.fromEntries(LONGER.map((seconds) => [`${name}_gt${seconds}`, times(`${condition} and ${expression} > ${seconds}`)])),
});

const RANG = `${AGENT} and s.ack_s > 0`;
const STAYED = 's.talk_to / 1000 - s.whole_from / 1000';
const FLOW_ONLY = 's.is_last and s.whole_in_flow and not s.whole_sought';
const FROM_AGENT = `${FLOW_ROW} and s.pre_device = 'agent'`;
const FIRST_FLOW = `${FLOW_ROW} and s.is_first`;
const PASSED_ON = `${CONNECTED} and s.next_device is not null`;
const minutes = (seconds: string): string => `(${seconds} + 59) / 60`;

/** What both tables tell alike. */
const COMMON: MeasuresOf = {
  fail_queue_wait_num: times(`${LOST} and s.queued_s > 0`),
  fail_queue_wait_time: sumOf('s.queued_s', LOST),
  succ_wait_ans_time: sumOf('s.ack_s', CONNECTED),
  max_wait_ans_time: extreme('max', 's.ack_s', RANG),
  min_wait_ans_time: extreme('min', 's.ack_s', RANG),
  max_call_time: extreme('max', 's.talk_s', CONNECTED),
  min_call_time: extreme('min', 's.talk_s', CONNECTED),
  ...spans('succ_ack_time', 's.ack_s', CONNECTED),
  ...spans('call_time', 's.talk_s', CONNECTED),
  ...spans('fail_time', `(${WAITED})`, LOST),
  hang_up_num: times(FROM_AGENT),
  hang_up_time: sumOf('s.talk_s', FROM_AGENT),
  hang_up_release_num: times(`${FROM_AGENT} and s.next_device is distinct from 'agent'`),
  auto_ans_time: sumOf('s.ack_s', FLOW_ROW),
  auto_call_num: times(FIRST_FLOW),
  auto_call_succ_num: times(`${FIRST_FLOW} and ${TALKED}`),
  auto_transfer_num: times(`${FIRST_FLOW} and not s.is_last`),
  ivr_occupy_num: times(FLOW_ROW),
  ivr_call_succ_num: times(`${FLOW_ROW} and ${TALKED}`),
  ivr_call_time: sumOf('s.talk_s', FLOW_ROW),
  ivr_only_num: times(FLOW_ONLY),
  ivr_only_succ_num: times(`${FLOW_ONLY} and ${STAYED} > 0`),
  ivr_only_time: sumOf(STAYED, FLOW_ONLY),
};

export const INBOUND_DAY: Daily = {
  table: 'inbound_day',
  where: `not (${OUTBOUND.replace('s.feature', 'l.feature')})`,
  number: 'called',
  measures: {
    ...COMMON,
    wait_ans_num: times(RANG),
    wait_ans_time: sumOf('s.ack_s', AGENT),
    succ_wait_ans_num: times(`${CONNECTED} and s.ack_s > 0`),
    fail_wait_ans_time: sumOf('s.ack_s', UNANSWERED),
    no_ack_num: times(`${UNANSWERED} and ${TOO_LONG}`),
    queue_wait_time: sumOf('s.wait_s', QUEUE),
    succ_queue_wait_time: sumOf('s.queued_s', CONNECTED),
    succ_queue_wait_num: times(`${CONNECTED} and s.queued_s > 0`),
    max_queue_wait_time: extreme('max', 's.wait_s', QUEUE),
    min_queue_wait_time: extreme('min', 's.wait_s', QUEUE),
    que_over_to_ivr_num: times(`${QUEUE} and s.next_device = 'flow'`),
    que_over_to_ivr_time: sumOf('s.wait_s', `${QUEUE} and s.next_device = 'flow'`),
    in_occupy_num: times(REQUEST),
    in_call_succ_num: times(CONNECTED),
    in_call_time: sumOf('s.talk_s', AGENT),
    max_ivr_call_time: extreme('max', 's.talk_s', `${FLOW_ROW} and ${TALKED}`),
    min_ivr_call_time: extreme('min', 's.talk_s', `${FLOW_ROW} and ${TALKED}`),
    agent_to_queue_num: times(`${CONNECTED} and s.next_device in ('queue', 'agentQueue')`),
    agent_to_agent_num: times(`${CONNECTED} and s.next_device = 'agent'`),
    in_vdn_time: sumOf(STAYED, 's.is_last'),
    auto_user_abandon_num: times(`${FLOW_ROW} and s.is_last and ${BY_USER}`),
    in_call_cost_minute: sumOf(minutes('c.agent_s'), 's.is_last'),
    in_call_all_cost_minute: sumOf(minutes('c.agent_s + c.flow_s'), 's.is_last'),
    reserved_col3: times(`${CONNECTED} and s.ack_s <= 15`),
  },
};

const PREDICTED = 's.feature = 43';
const PREVIEWED = 's.feature = 44';
const PREEMPTED = 's.feature = 41';

export const OUTBOUND_DAY: Daily = {
  table: 'outbound_day',
  where: OUTBOUND.replace('s.feature', 'l.feature'),
  number: 'caller',
  measures: {
    ...COMMON,
    out_occupy_num: times(AGENT),
    out_succ_wait_ans_num: times(`${CONNECTED} and s.ack_s > 0`),
    out_call_succ_num: times(CONNECTED),
    out_wait_ans_time: sumOf('s.ack_s', AGENT),
    out_call_time: sumOf('s.talk_s', AGENT),
    agent_hang_up_lt3: times(`${AGENT} and ${BY_AGENT} and s.ack_s + s.talk_s < 3`),
    agent_transfer_num: times(PASSED_ON),
    zero_num: times('s.is_last and c.agent_s + c.flow_s = 0'),
    out_vdn_time: sumOf(STAYED, 's.is_last'),
    pre_call_num: times(`${PREDICTED} and s.is_last`),
    pre_call_succ_num: times(`${PREDICTED} and s.is_last and s.whole_sought`),
    pre_agent_num: times(`${PREDICTED} and ${AGENT}`),
    pre_agent_succ_num: times(`${PREDICTED} and ${CONNECTED}`),
    pre_transfer_num: times(`${PREDICTED} and ${PASSED_ON}`),
    pre_total_time: sumOf(STAYED, `${PREDICTED} and s.is_last`),
    pre_queue_wait_num: times(`${PREDICTED} and ${QUEUE} and s.wait_s > 0`),
    pre_queue_wait_time: sumOf('s.wait_s', `${PREDICTED} and ${QUEUE}`),
    pre_fail_queue_wait_num: times(`${PREDICTED} and ${LOST} and s.queued_s > 0`),
    pre_fail_queue_wait_time: sumOf('s.queued_s', `${PREDICTED} and ${LOST}`),
    pre_abort_queue_wait_num: times(`${PREDICTED} and ${QUEUE} and s.is_last`),
    pre_no_ack_num: times(`${PREDICTED} and s.is_last and s.whole_sought and not s.whole_answered`),
    pre_viewed_call_num: times(`${PREVIEWED} and s.is_last`),
    pre_viewed_call_succ_num: times(`${PREVIEWED} and s.is_last and s.whole_answered`),
    pre_viewed_succ_ack_time: sumOf('s.ack_s', `${PREVIEWED} and ${CONNECTED}`),
    pre_viewed_transfer_num: times(`${PREVIEWED} and ${PASSED_ON}`),
    pre_occupied_call_num: times(`${PREEMPTED} and s.is_last`),
    pre_occupied_succ_num: times(`${PREEMPTED} and s.is_last and s.whole_answered`),
    pre_occupied_succ_ack_time: sumOf('s.ack_s', `${PREEMPTED} and ${CONNECTED}`),
    pre_occupied_agent_succ_num: times(`${PREEMPTED} and ${CONNECTED}`),
    pre_occupied_agent_succ_time: sumOf('s.talk_s', `${PREEMPTED} and ${AGENT}`),
    pre_occupied_transfer_num: times(`${PREEMPTED} and ${PASSED_ON}`),
    out_call_cost_minute: sumOf(minutes('c.agent_s'), 's.is_last'),
    out_call_all_cost_minute: sumOf(minutes('c.agent_s + c.flow_s'), 's.is_last'),
    reserved_col3: times(`${CONNECTED} and s.talk_s >= 15`),
  },
};

export const DAILY: readonly Daily[] = [INBOUND_DAY, OUTBOUND_DAY];

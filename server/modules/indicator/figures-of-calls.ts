import { ABANDONED_WITHIN, ANSWERED_WITHIN } from '@parley/core/indicator/vdn.ts';
import {
  AGENT, BY_AGENT, BY_USER, CONNECTED, extreme, FLOW_ROW, INBOUND, LOST, OUTBOUND, QUEUE, REQUEST, sumOf, TALKED, times, TOO_LONG, UNANSWERED, WAITED, withinEach,
  type Figures, type MeasuresOf,
} from './figures.ts';

const TO = { queue: 's.next_device in (\'queue\', \'agentQueue\')', agent: 's.next_device = \'agent\'', flow: 's.next_device = \'flow\'' };
const goneTo = (name: string, reason: number): MeasuresOf =>
  Object.fromEntries(Object.entries(TO).map(([device, there]) => [`${name}_${device}`, times(`${QUEUE} and s.leave_reason = ${reason} and ${there}`)]));

/** A queue's are those of the calls that came to it first. */
export const SKILL: Figures = {
  table: 'skill_figure',
  object: 's.first_queue',
  where: `${INBOUND} and s.first_queue is not null`,
  measures: {
    requests: times(REQUEST),
    incoming: times('s.device = \'queue\' and s.is_first and s.media_type = 5'),
    connected: times(CONNECTED),
    lost: times(LOST),
    user_abandon_queue: times(`${QUEUE} and s.is_last and ${BY_USER}`),
    user_abandon_agent: times(`${UNANSWERED} and ${BY_USER}`),
    agent_abandon: times(`${UNANSWERED} and ${BY_AGENT}`),
    queue_disconnected: times(`${QUEUE} and s.is_last and not ${BY_USER}`),
    system_lost: times(`${UNANSWERED} and not ${BY_USER} and not ${BY_AGENT}`),
    rings: times(`${AGENT} and s.ack_s > 0`),
    answered_rings: times(`${CONNECTED} and s.ack_s > 0`),
    lost_rings: times(`${UNANSWERED} and s.ack_s > 0`),
    ...goneTo('time_out', 2),
    ...goneTo('overflow', 1),
    lost_waits: times(`${LOST} and s.queued_s > 0`),
    ...withinEach('connected_in', WAITED, CONNECTED),
    ...withinEach('lost_in', WAITED, LOST),
    talk_s: sumOf('s.talk_s', CONNECTED),
    wait_s: sumOf(WAITED, REQUEST),
    wait_max: extreme('max', WAITED, REQUEST),
    wait_min: extreme('min', WAITED, REQUEST),
    connected_ack_s: sumOf('s.ack_s', CONNECTED),
    lost_ack_s: sumOf('s.ack_s', UNANSWERED),
    connected_queue_s: sumOf('s.queued_s', CONNECTED),
    lost_queue_s: sumOf('s.queued_s', LOST),
    user_abandon_queue_s: sumOf('s.queued_s', `${QUEUE} and s.is_last and ${BY_USER}`),
    user_abandon_agent_s: sumOf(WAITED, `${UNANSWERED} and ${BY_USER}`),
    ack_s: sumOf('s.ack_s', AGENT),
    queue_s: sumOf('s.wait_s', QUEUE),
  },
};

/** What agents did with calls. */
export const AGENT_CALLS: Figures = {
  table: 'agent_figure',
  object: 's.agent',
  where: `${AGENT} and (${INBOUND} or ${OUTBOUND})`,
  measures: {
    requests: times(INBOUND),
    connected: times(`${INBOUND} and ${TALKED}`),
    rings: times(`${INBOUND} and s.ack_s > 0`),
    lost_rings: times(`${INBOUND} and ${UNANSWERED} and s.ack_s > 0`),
    no_answers: times(`${INBOUND} and ${UNANSWERED} and ${TOO_LONG}`),
    hang_ups: times(`${INBOUND} and ${UNANSWERED} and ${BY_AGENT}`),
    ...withinEach('connected_in', WAITED, `${INBOUND} and ${TALKED}`),
    ack_s: sumOf('s.ack_s', INBOUND),
    talk_s: sumOf('s.talk_s', INBOUND),
    talk_max: extreme('max', 's.talk_s', `${INBOUND} and ${TALKED}`),
    talk_min: extreme('min', 's.talk_s', `${INBOUND} and ${TALKED}`),
    out_calls: times(OUTBOUND),
    out_connected: times(`${OUTBOUND} and ${TALKED}`),
    out_talk_s: sumOf('s.talk_s', OUTBOUND),
  },
};

const ENDED_IN = `${INBOUND} and s.is_last`;
const ENDED_OUT = `${OUTBOUND} and s.is_last`;
/** Who wanted nobody but a flow got what they wanted. */
const SERVED = '(s.whole_answered or (s.whole_in_flow and not s.whole_sought))';
const FLOW_ONLY = 's.whole_in_flow and not s.whole_sought';
const STAYED = 's.talk_to / 1000 - s.whole_from / 1000';
const FLOW_IN = `${INBOUND} and ${FLOW_ROW}`;
const FLOW_OUT = `${OUTBOUND} and ${FLOW_ROW}`;

/** A tenant's; those of calls to the outside begin with `out_`. */
export const VDN: Figures = {
  table: 'vdn_figure',
  object: 's.vdn_id',
  where: `(${INBOUND} or ${OUTBOUND})`,
  measures: {
    calls: times(ENDED_IN),
    calls_served: times(`${ENDED_IN} and ${SERVED}`),
    calls_entered: times(`${ENDED_IN} and (s.whole_answered or s.whole_in_flow)`),
    calls_answered: times(`${ENDED_IN} and s.whole_answered`),
    stay_s: sumOf(STAYED, ENDED_IN),
    agent_calls: times(`${INBOUND} and ${AGENT}`),
    agent_connected: times(`${INBOUND} and ${CONNECTED}`),
    agent_talk_s: sumOf('s.talk_s', `${INBOUND} and ${AGENT}`),
    requests: times(`${INBOUND} and ${REQUEST}`),
    lost: times(`${INBOUND} and ${LOST}`),
    wait_s: sumOf(WAITED, `${INBOUND} and ${REQUEST}`),
    ...withinEach('connected_in', WAITED, `${INBOUND} and ${CONNECTED}`, ANSWERED_WITHIN),
    ...withinEach('lost_in', WAITED, `${INBOUND} and ${LOST}`, ABANDONED_WITHIN),
    served_talk_s: sumOf('s.whole_talk_s', `${ENDED_IN} and ${SERVED}`),
    flow_calls: times(FLOW_IN),
    flow_connected: times(`${FLOW_IN} and ${TALKED}`),
    flow_firsts: times(`${FLOW_IN} and s.is_first`),
    flow_firsts_connected: times(`${FLOW_IN} and s.is_first and ${TALKED}`),
    flow_only: times(`${ENDED_IN} and ${FLOW_ONLY}`),
    flow_only_connected: times(`${ENDED_IN} and ${FLOW_ONLY} and ${STAYED} > 0`),
    flow_only_s: sumOf(STAYED, `${ENDED_IN} and ${FLOW_ONLY}`),
    out_calls: times(ENDED_OUT),
    out_calls_served: times(`${ENDED_OUT} and ${SERVED}`),
    out_stay_s: sumOf(STAYED, ENDED_OUT),
    out_agent_connected: times(`${OUTBOUND} and ${CONNECTED}`),
    out_agent_talk_s: sumOf('s.talk_s', `${OUTBOUND} and ${AGENT}`),
    out_flow_connected: times(`${FLOW_OUT} and ${TALKED}`),
    out_flow_firsts: times(`${FLOW_OUT} and s.is_first`),
    out_flow_firsts_connected: times(`${FLOW_OUT} and s.is_first and ${TALKED}`),
  },
};

/** Measures that a filter by what callers dialled, or hid, leaves alone (12.3.2.1). */
export const isOfCallsOut = (name: string): boolean => name.startsWith('out_');

/** A flow's: its number is that of the service (5.2.10). */
export const FLOW: Figures = {
  table: 'flow_figure',
  object: 'case when s.device_no ~ \'^[0-9]{1,9}$\' then s.device_no::integer else 0 end',
  where: FLOW_IN,
  measures: {
    requests: times('true'),
    connected: times(TALKED),
    talk_s: sumOf('s.talk_s', 'true'),
    passed_on: times('not s.is_last'),
    user_aborts: times(`s.is_last and ${BY_USER}`),
    to_agents: times('s.next_device in (\'queue\', \'agentQueue\', \'agent\')'),
  },
};

/** All that is made of the rows of calls. */
export const OF_CALLS: readonly Figures[] = [SKILL, AGENT_CALLS, VDN, FLOW];

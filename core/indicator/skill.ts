import { catalogueOf } from './catalogue.ts';
import { average, count, rate, WITHIN, type Indicator } from './measure.ts';

const within = (kind: 'CONNECTED' | 'ABANDON', total: string, measure: string): readonly Indicator[] => WITHIN.flatMap((seconds) => [
  count(`IDX_COUNT_SKILL_${kind}_IN_${seconds}`, [`${measure}_${seconds}`], kind === 'ABANDON' ? { grain: 'whole' } : {}),
  count(`IDX_COUNT_SKILL_${kind}_AFTER_${seconds}`, [total], { minus: [`${measure}_${seconds}`], grain: 'whole' }),
]);

/** Table 12-686: skill queues, by the first queue of each call. */
export const SKILL_INDICATORS = catalogueOf([
  count('IDX_COUNT_SKILL_REQUEST', ['requests']),
  count('IDX_COUNT_SKILL_INCOMING_CALL', ['incoming']),
  count('IDX_COUNT_SKILL_CONNECTED', ['connected']),
  count('IDX_COUNT_SKILL_ABANDON', ['requests'], { minus: ['connected'] }),
  count('IDX_COUNT_SKILL_USER_ABANDON', ['user_abandon_queue', 'user_abandon_agent']),
  count('IDX_COUNT_SKILL_USER_ABANDON_QUEUE', ['user_abandon_queue']),
  count('IDX_COUNT_SKILL_USER_ABANDON_AGENT', ['user_abandon_agent']),
  count('IDX_COUNT_SKILL_AGENT_ABANDON', ['agent_abandon']),
  count('IDX_COUNT_SKILL_QUEUE_DISCONNECTED', ['queue_disconnected']),
  count('IDX_COUNT_SKILL_SYSTEM_LOST', ['system_lost']),
  count('IDX_COUNT_SKILL_LOST_RING', ['lost_rings']),
  count('IDX_COUNT_SKILL_TIME_OUT_QUEUE', ['time_out_queue']),
  count('IDX_COUNT_SKILL_TIME_OUT_AGENT', ['time_out_agent']),
  count('IDX_COUNT_SKILL_TIMEOUT_IVR', ['time_out_flow']),
  count('IDX_COUNT_SKILL_OVERFLOW_QUEUE', ['overflow_queue']),
  count('IDX_COUNT_SKILL_OVER_AGENT', ['overflow_agent']),
  count('IDX_COUNT_SKILL_OVERFLOW_IVR', ['overflow_flow']),
  count('IDX_COUNT_SKILL_WAIT_FAIL_CONNECTED_QUEUE', ['lost_waits']),
  ...within('CONNECTED', 'connected', 'connected_in'),
  ...within('ABANDON', 'lost', 'lost_in'),
  rate('IDX_RATE_SKILL_CONNECTED', 'connected', 'requests'),
  rate('IDX_RATE_SKILL_ABANDON', 'connected', 'requests', { inverse: true }),
  rate('IDX_RATE_SKILL_RING_CONNECT', 'answered_rings', 'rings'),
  count('IDX_DURATION_SKILL_CONNECTED', ['talk_s']),
  average('IDX_DURATION_SKILL_AVG_CONNECTED', 'talk_s', 'connected'),
  average('IDX_DURATION_SKILL_AVG_QUEUE_ACK', 'wait_s', 'requests'),
  count('IDX_DURATION_SKILL_MAX_QUEUE_ACK', ['wait_max']),
  count('IDX_DURATION_SKILL_MIN_QUEUE_ACK', ['wait_min']),
  average('IDX_DURATION_SKILL_AVG_CONNECTED_ACK', 'connected_ack_s', 'connected'),
  // Of calls that rang and were not answered: who was lost in a queue had no ring that could be short or long.
  average('IDX_DURATION_SKILL_AVG_ABANDON_ACK', 'lost_ack_s', 'lost_rings'),
  average('IDX_DURATION_SKILL_AVG_CONNECTED_QUEUE', 'connected_queue_s', 'connected'),
  average('IDX_DURATION_SKILL_AVG_ABANDON_QUEUE', 'lost_queue_s', 'lost'),
  count('IDX_DURATION_SKILL_USER_ABANDON_QUEUE', ['user_abandon_queue_s']),
  count('IDX_DURATION_SKILL_USER_ABANDON_AGENT', ['user_abandon_agent_s']),
  // The table's names of these two stand the other way round; what it says of them counts.
  count('IDX_DURATION_SKILL_ABANDON_QUEUE', ['lost_queue_s']),
  count('IDX_DURATION_SKILL_ABANDON_ACK', ['lost_ack_s']),
  count('IDX_DURATION_SKILL_WAIT_SUCCESS_CONNECTED_QUEUE', ['connected_queue_s']),
  count('IDX_DURATION_SKILL_SUCCESS_ACK', ['connected_ack_s']),
  count('IDX_DURATION_SKILL_ALL_ACK', ['ack_s']),
  count('IDX_DURATION_SKILL_ALL_QUEUE', ['queue_s']),
]);

import { catalogueOf } from './catalogue.ts';
import { average, count, rate, WITHIN } from './measure.ts';

/** What agents did is settled every five minutes. */
const SETTLED = { settled: true } as const;
const SETTLED_WHOLE = { settled: true, grain: 'whole' } as const;
const WHOLE = { grain: 'whole' } as const;

/** Table 12-689: agents. Averages of what they did are of what has ended, each with all of its length. */
export const AGENT_INDICATORS = catalogueOf([
  count('IDX_COUNT_AGENT_SIGN_IN', ['sign_ins'], SETTLED),
  count('IDX_COUNT_AGENT_CONNECTED', ['connected']),
  count('IDX_COUNT_AGENT_CALL_OUT', ['out_connected']),
  count('IDX_COUNT_TOTAL_AGENT_CALL_OUT', ['out_calls']),
  count('IDX_COUNT_AGENT_COLLATION', ['wrap_up'], SETTLED),
  count('IDX_COUNT_AGENT_COLLATION_CALL_IN', ['wrap_up_in'], SETTLED),
  count('IDX_COUNT_AGENT_COLLATION_CALL_OUT', ['wrap_up_out'], SETTLED),
  count('IDX_COUNT_AGENT_ARRANGE', ['arranged'], SETTLED),
  count('IDX_COUNT_AGENT_REST', ['rest'], SETTLED),
  count('IDX_COUNT_AGENT_HOLD', ['hold'], SETTLED),
  count('IDX_COUNT_AGENT_SET_BUSY', ['busy'], SETTLED),
  count('IDX_COUNT_AGENT_MOVE_INSIDE', ['moves_inside'], SETTLED),
  count('IDX_COUNT_AGENT_MOVE_OUT', ['moves_out'], SETTLED),
  count('IDX_COUNT_AGENT_MOVE_IVR', ['moves_to_flow'], SETTLED),
  count('IDX_COUNT_AGENT_3WC', ['three_parties'], SETTLED),
  count('IDX_COUNT_AGENT_INSIDE_CALL', ['internal_calls'], SETTLED),
  count('IDX_COUNT_AGENT_INSIDE_HELP_SEEKING', ['helps'], SETTLED),
  count('IDX_COUNT_AGENT_PLAY', ['playing'], SETTLED),
  count('IDX_COUNT_AGENT_REQUEST', ['requests']),
  count('IDX_COUNT_AGENT_ABANDON', ['requests'], { minus: ['connected'] }),
  count('IDX_COUNT_AGENT_WAIT_ANS', ['rings']),
  count('IDX_COUNT_AGENT_LOST_RING', ['lost_rings']),
  count('IDX_COUNT_AGENT_NO_ACK', ['no_answers']),
  count('IDX_COUNT_AGENT_HANG_UP', ['hang_ups']),
  ...WITHIN.map((seconds) => count(`IDX_COUNT_AGENT_CONNECTED_IN_${seconds}`, [`connected_in_${seconds}`], WHOLE)),
  count('IDX_DURATION_AGENT_SIGN_IN', ['sign_in_s'], SETTLED),
  count('IDX_DURATION_AGENT_CONVERSATION_IN', ['talk_s']),
  average('IDX_DURATION_AGENT_AVERAGE_CONVERSATION_IN', 'talk_s', 'connected'),
  count('IDX_DURATION_AGENT_CALL_OUT', ['out_talk_s']),
  average('IDX_DURATION_AGENT_AVG_CALL_OUT', 'out_talk_s', 'out_connected'),
  count('IDX_DURATION_AGENT_COLLATION', ['wrap_up_s'], SETTLED),
  count('IDX_DURATION_AGENT_COLLATION_CALL_IN', ['wrap_up_in_s'], SETTLED),
  count('IDX_DURATION_AGENT_COLLATION_CALL_OUT', ['wrap_up_out_s'], SETTLED),
  average('IDX_DURATION_AGENT_AVG_COLLATION', 'wrap_up_ended_s', 'wrap_up', SETTLED_WHOLE),
  average('IDX_DURATION_AGENT_AVG_COLLATION_CALL_IN', 'wrap_up_in_ended_s', 'wrap_up_in', SETTLED_WHOLE),
  average('IDX_DURATION_AGENT_AVG_COLLATION_CALL_OUT', 'wrap_up_out_ended_s', 'wrap_up_out', SETTLED_WHOLE),
  count('IDX_DURATION_AGENT_REST', ['rest_s'], SETTLED),
  average('IDX_DURATION_AGENT_AVG_REST', 'rest_ended_s', 'rest', SETTLED_WHOLE),
  count('IDX_DURATION_AGENT_HOLD', ['hold_s'], SETTLED),
  average('IDX_DURATION_AGENT_AVG_HOLD', 'hold_ended_s', 'hold', SETTLED_WHOLE),
  count('IDX_DURATION_AGENT_SET_BUSY', ['busy_s'], SETTLED),
  average('IDX_DURATION_AGENT_AVG_SET_BUSY', 'busy_ended_s', 'busy', SETTLED_WHOLE),
  count('IDX_DURATION_AGENT_RING', ['ack_s']),
  average('IDX_DURATION_AGENT_AVG_RING', 'ack_s', 'rings'),
  count('IDX_DURATION_AGENT_FREE', ['idle_s'], SETTLED),
  count('IDX_DURATION_AGENT_MAX_CALLING', ['talk_max']),
  count('IDX_DURATION_AGENT_MIN_CALLING', ['talk_min']),
  count('IDX_DURATION_AGENT_ARRANGE', ['arranged_s'], SETTLED),
  // The table says idle of it, as it does of IDX_DURATION_AGENT_FREE; its name counts.
  count('IDX_DURATION_AGENT_PLAY', ['playing_s'], SETTLED),
  rate('IDX_RATE_AGENT_CONNECTED', 'connected', 'requests'),
  rate('IDX_RATE_AGENT_SUCCESS_OUT', 'out_connected', 'out_calls'),
], {
  // As the table is printed, and as an earlier edition has them.
  IDX_DURATION_AGENT_C_COLLATION: 'IDX_DURATION_AGENT_COLLATION',
  IDX_DURATION_AGENT_CCOLLATION: 'IDX_DURATION_AGENT_COLLATION',
  IDX_DURATION_AGENT_C_COLLATION_CALL_IN: 'IDX_DURATION_AGENT_COLLATION_CALL_IN',
  IDX_DURATION_AGENT_CCOLLATION_CALL_IN: 'IDX_DURATION_AGENT_COLLATION_CALL_IN',
  IDX_DURATION_AGENT_C_COLLATION_CALL_OUT: 'IDX_DURATION_AGENT_COLLATION_CALL_OUT',
  IDX_DURATION_AGENT_CCOLLATION_CALL_OUT: 'IDX_DURATION_AGENT_COLLATION_CALL_OUT',
  IDX_DURATION_AGENT_CALL_IN: 'IDX_DURATION_AGENT_CONVERSATION_IN',
  IDX_RATE_AGENT_SUCC_CALL_OUT: 'IDX_RATE_AGENT_SUCCESS_OUT',
});

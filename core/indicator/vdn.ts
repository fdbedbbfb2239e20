import { catalogueOf } from './catalogue.ts';
import { average, count, rate } from './measure.ts';

/** Seconds of IDX_RATE_AGENT_CONNECTED_IN_(N), _AFTER_(N) and IDX_RATE_AGENT_CALL_IN_CONNECTED_IN_20, and of IDX_RATE_ABANDON_IN_(N). */
export const ANSWERED_WITHIN = [3, 5, 10, 20, 30, 60] as const;
export const ABANDONED_WITHIN = [3, 5, 10, 30, 60] as const;

const PARTS = { grain: 'parts' } as const;
const WHOLE = { grain: 'whole' } as const;

/**
 * Table 12-692: a tenant. A call counts when it is over, and is connected where an agent has answered it, or a flow was all that it
 * wanted; for the platform (`SYSTEM`) whatever answers will do. Shares within so many seconds are of those that were answered, or lost.
 */
export const VDN_INDICATORS = catalogueOf([
  count('IDX_COUNT_TOTAL_CALL', ['calls', 'out_calls'], PARTS),
  count('IDX_COUNT_CONNECTED_CALL', ['calls_served', 'out_calls_served'], PARTS),
  count('IDX_COUNT_ABANDONED_CALL', ['calls', 'out_calls'], { minus: ['calls_served', 'out_calls_served'], ...PARTS }),
  count('IDX_COUNT_INBOUND_CALL', ['calls']),
  count('IDX_COUNT_INBOUND_CONNECTED', ['calls_served']),
  count('IDX_COUNT_OUTBOUND_CALL', ['out_calls']),
  count('IDX_COUNT_OUTBOUND_CONNECTED', ['out_calls_served']),
  count('IDX_COUNT_AGENT_INBOUND', ['agent_calls']),
  count('IDX_COUNT_AGENT_INBOUND_CONNECTED', ['agent_connected']),
  count('IDX_COUNT_AGENT_OUTBOUND_CONNECTED', ['out_agent_connected']),
  count('IDX_COUNT_IVR_INBOUND', ['flow_calls']),
  count('IDX_COUNT_IVR_INBOUND_CONNECTED', ['flow_connected']),
  count('IDX_COUNT_IVR_OUTBOUND', ['out_flow_connected']),
  count('IDX_UNIQUE_COUNT_IVR_INBOUND', ['flow_firsts']),
  count('IDX_UNIQUE_COUNT_IVR_INBOUND_CONNECTED', ['flow_firsts_connected']),
  count('IDX_UNIQUE_COUNT_IVR_OUTBOUND', ['out_flow_firsts']),
  count('IDX_UNIQUE_COUNT_IVR_OUTBOUND_CONNECTED', ['out_flow_firsts_connected']),
  count('IDX_COUNT_INBOUND_ABANDON_CONNECTED', ['calls'], { minus: ['calls_served'], ...WHOLE }),
  count('IDX_COUNT_IVR_ONLY_INBOUND', ['flow_only']),
  count('IDX_COUNT_IVR_ONLY_INBOUND_CONNECTED', ['flow_only_connected']),
  count('IDX_COUNT_SYSTEM_INBOUND', ['calls']),
  count('IDX_COUNT_SYSTEM_IN_SUCC', ['calls_entered']),
  count('IDX_COUNT_AGENT_ASSIGNED', ['calls_answered']),
  rate('IDX_RATE_IVR_INBOUND_CONNECTED', 'flow_connected', 'flow_calls'),
  rate('IDX_RATE_INBOUND_CONNECTED', 'calls_served', 'calls'),
  rate('IDX_RATE_OUTBOUND_CONNECTED', 'out_calls_served', 'out_calls'),
  rate('IDX_RATE_AGENT_INBOUND_CONNECTED', 'agent_connected', 'agent_calls'),
  rate('IDX_RATE_AGENT_INBOUND_ABANDON', 'agent_connected', 'agent_calls', { inverse: true, ...WHOLE }),
  rate('IDX_RATE_PHONE_INBOUND_ABANDON', 'calls_served', 'calls', { inverse: true, ...WHOLE }),
  ...ABANDONED_WITHIN.map((seconds) => rate(`IDX_RATE_ABANDON_IN_${seconds}`, `lost_in_${seconds}`, 'lost', WHOLE)),
  ...[3, 5, 10, 30, 60].map((seconds) => rate(`IDX_RATE_AGENT_CONNECTED_IN_${seconds}`, `connected_in_${seconds}`, 'agent_connected', WHOLE)),
  ...[10, 60].map((seconds) => rate(`IDX_RATE_AGENT_CONNECTED_AFTER_${seconds}`, `connected_in_${seconds}`, 'agent_connected', { inverse: true, ...WHOLE })),
  rate('IDX_RATE_AGENT_CALL_IN_CONNECTED', 'agent_connected', 'requests', WHOLE),
  rate('IDX_RATE_AGENT_CALL_IN_CONNECTED_IN_20', 'connected_in_20', 'agent_connected', WHOLE),
  average('IDX_DURATION_AVG_VDN_INBOUND', 'stay_s', 'calls'),
  average('IDX_DURATION_AVG_VDN_OUTBOUND', 'out_stay_s', 'out_calls'),
  average('IDX_DURATION_AVG_CONNECTED', 'served_talk_s', 'calls_served', WHOLE),
  average('IDX_DURATION_AVG_WAIT', 'wait_s', 'requests', WHOLE),
  average('IDX_DURATION_AVG_AGENT_CALL_IN_CONNECTED', 'agent_talk_s', 'agent_connected', WHOLE),
  average('IDX_DURATION_AVG_AGENT_CALL_OUT_CONNECTED', 'out_agent_talk_s', 'out_agent_connected', WHOLE),
  count('IDX_DURATION_IVR_ONLY_INBOUND', ['flow_only_s']),
]);

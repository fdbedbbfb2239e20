import { catalogueOf } from './catalogue.ts';
import { average, count, rate } from './measure.ts';

/** Table 12-694: flows, each of which is a service of its own (5.2.10 `serviceNo`). */
export const FLOW_INDICATORS = catalogueOf([
  count('IDX_COUNT_IVR_INBOUND_CALL', ['requests']),
  count('IDX_COUNT_IVR_INBOUND_CONNECTED', ['connected']),
  count('IDX_COUNT_IVR_ABANDONED_CALL', ['requests'], { minus: ['connected'] }),
  count('IDX_COUNT_IVR_INBOUND_FLOWOUT', ['passed_on']),
  count('IDX_COUNT_IVR_INBOUND_USER_ABORT', ['user_aborts']),
  rate('IDX_RATE_IVR_INBOUND_CONNECTED', 'connected', 'requests'),
  average('IDX_DURATION_AVG_IVR_CONNECTED', 'talk_s', 'connected'),
  count('IDX_COUNT_IVR_TO_AGENT', ['to_agents']),
]);

import { agentsOf, customersOf, type Call } from '@parley/core/call/call.ts';
import type { CallEvent } from '@parley/core/call/event.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import { conference, isIn, NOTHING, talking } from './call-notice.ts';
import { detected } from './detected.ts';
import { notice, type Notice } from './notice.ts';
import type { NoticesOf } from './project.ts';

type Ended = Extract<CallEvent, { type: 'ThirdEnded' }>;

/** The number outside has answered: that it leaves the call is told beside what is left of the call. */
const hasCome = (call: Call): boolean => customersOf(call).length > 1 && customersOf(call).every(({ connected }) => connected);

/** With the customer again, whom the agent had put aside for a number outside that did not come. */
const backWithCustomer = (centre: Centre, call: Call, agent: number): readonly Notice[] =>
  (isIn(centre, call, agent) && customersOf(call).some(({ connected }) => connected) ? [talking(call, agent)] : NOTHING);

/** How it ended that an agent sent for somebody. */
function thirdEnded({ call: id, agent, purpose, outcome, cause }: Ended, centre: Centre): readonly Notice[] {
  const call = centre.calls.get(id);
  if (call === undefined) return NOTHING;
  const isOff = outcome === 'failed' || outcome === 'cancelled';
  switch (purpose) {
    case 'consult':
    case 'help':
      return outcome === 'failed' ? [notice(agent, 'AgentEvent_Consult_Fail', id)] : NOTHING;
    case 'afterSuccess':
      if (outcome === 'done') return [notice(agent, 'AgentEvent_SuccTransResult', { result: 0, callId: id })];
      return isOff ? [notice(agent, 'AgentEvent_SuccTransResult', { result: detected(cause).detect, callId: id })] : NOTHING;
    case 'talk':
    case 'threeParty':
      if (outcome === 'failed') return [notice(agent, 'AgentEvent_Connect_Fail', id), ...backWithCustomer(centre, call, agent)];
      return outcome === 'cancelled' && !hasCome(call) ? backWithCustomer(centre, call, agent) : NOTHING;
    default:
      return purpose satisfies never;
  }
}

/** What agents are told of help, transfers and three-party calls (6.5.1.2.4 and 6.5.1.2.13 to 6.5.1.2.16). */
export const TRANSFER_NOTICES: NoticesOf = {
  ThirdEnded: thirdEnded,
  ThreePartyBegan: ({ call: id }, centre) => {
    const call = centre.calls.get(id);
    if (call === undefined) return NOTHING;
    return agentsOf(call).filter(({ agent }) => isIn(centre, call, agent)).map(({ agent }) => conference(call, agent));
  },
  FlowLeft: ({ call: id, returnTo: agent }, centre) => {
    const call = centre.calls.get(id);
    if (call === undefined || agent === undefined) return NOTHING;
    return [notice(agent, 'AgentEvent_ReturnFromIvr', id), ...(isIn(centre, call, agent) ? [talking(call, agent)] : NOTHING)];
  },
};

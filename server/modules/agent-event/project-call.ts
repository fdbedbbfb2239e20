import type { AgentEvents } from '@parley/contract/gateway/events.ts';
import { agentsOf, customersOf, partOf, type Call } from '@parley/core/call/call.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import { notice, type Notice } from './notice.ts';
import type { NoticesOf } from './project.ts';

const NOTHING: readonly Notice[] = [];
const VOICE = '1';
const NOBODY = 65_535;

const roleIn = (call: Call, agent: number): 'main' | 'assistant' => partOf(call, agent)?.role ?? 'main';

function talking(call: Call, agent: number): Notice {
  return notice(agent, 'AgentEvent_Talking', {
    caller: call.caller, callid: call.id, called: call.called, feature: String(call.feature), type: roleIn(call, agent), mediaAbility: VOICE,
  });
}

function offered(call: Call): AgentEvents['AgentEvent_Ringing'] {
  const isTransfer = call.offer?.how === 'transfer';
  return {
    caller: call.caller, transfer: isTransfer ? 'yes' : 'no', callid: call.id, transfrom: isTransfer ? String(call.lastReleasedBy ?? '') : '',
    called: call.called, type: call.offer?.how === 'consult' || call.offer?.how === 'threeParty' ? 'assistant' : 'main', mediaAbility: VOICE, feature: String(call.feature),
  };
}

function incoming(centre: Centre, call: Call): AgentEvents['AgentEvent_Incoming_CallInfo'] {
  const queue = call.queue === undefined ? undefined : centre.config.queues.get(call.queue);
  return {
    callId: call.id, skillName: queue?.name ?? '', skillId: queue?.id ?? 0, caller: call.caller, called: call.called,
    lastReleaseAgentId: call.lastReleasedBy ?? NOBODY, mediaType: queue?.media ?? 5,
    releaseAndReQueueCount: call.requeues, releaseAndReQueueCallFlag: call.requeues > 0 ? 1 : 0,
  };
}

/** What agents are told of calls and of their phones (6.5.1.2 and 6.5.1.7). */
export const CALL_NOTICES: NoticesOf = {
  LegRang: ({ leg }, centre) => {
    const rung = centre.legs.get(leg);
    if (rung?.agent !== undefined) {
      // Clients read which call it is that comes in; of calls they make themselves they expect null.
      const call = centre.calls.get(centre.agents.get(rung.agent)?.call ?? '');
      const isIncoming = call?.offer?.agent === rung.agent;
      return [notice(rung.agent, 'AgentOther_PhoneAlerting', isIncoming ? { callid: call.id, caller: call.caller } : null)];
    }
    const call = rung?.call === undefined ? undefined : centre.calls.get(rung.call);
    if (call === undefined || rung === undefined) return NOTHING;
    return agentsOf(call).map(({ agent, role }) => notice(agent, 'AgentEvent_Customer_Alerting', {
      callid: call.id, otherPhoneWorkno: '', otherPhone: rung.number, type: role,
    }));
  },
  LegAnswered: ({ leg }, centre) => {
    const agent = centre.agents.get(centre.legs.get(leg)?.agent ?? 0);
    if (agent === undefined) return NOTHING;
    const offhook = notice(agent.id, 'AgentOther_PhoneOffhook', { type: 'main' });
    return agent.state === 'dialling' ? [offhook, notice(agent.id, 'AgentState_Busy', null)] : [offhook];
  },
  LegEnded: ({ agent, by }) => (agent === undefined ? NOTHING : [notice(agent, 'AgentOther_PhoneRelease', { phoneState: by === 'platform' ? 3 : 2 })]),
  OfferRang: ({ call: id, agent }, centre) => {
    const call = centre.calls.get(id);
    const isAuto = centre.agents.get(agent)?.profile.autoAnswer === true;
    if (call === undefined) return NOTHING;
    return [
      notice(agent, isAuto ? 'AgentEvent_Auto_Answer' : 'AgentEvent_Ringing', offered(call)),
      notice(agent, 'AgentEvent_Incoming_CallInfo', incoming(centre, call)),
    ];
  },
  OfferEnded: ({ call, agent, why }) => (why === 'rejected' ? NOTHING : [notice(agent, 'AgentEvent_No_Answer', call)]),
  AgentJoined: ({ call: id, agent, how }, centre) => {
    const call = centre.calls.get(id);
    return call === undefined || how === 'dialled' ? NOTHING : [talking(call, agent)];
  },
  CustomerConnected: ({ call: id }, centre) => {
    const call = centre.calls.get(id);
    return call === undefined ? NOTHING : agentsOf(call).filter(({ held }) => !held).map(({ agent }) => talking(call, agent));
  },
  CustomerLeft: ({ call: id, by, personal, cause }, centre) => {
    const call = centre.calls.get(id);
    if (call === undefined || by === 'merged') return NOTHING;
    return agentsOf(call).flatMap(({ agent }) => (by === 'failed'
      ? [notice(agent, 'OUTBOUND_DETECT_EVENT', { callId: id, detect: cause, desc: '' }), notice(agent, 'AgentEvent_Call_Out_Fail', id)]
      : [notice(agent, 'AgentEvent_Customer_Release', { callid: id, number: personal?.number ?? customersOf(call)[0]?.number ?? '' })]));
  },
  CallHeld: ({ call, agent }) => [notice(agent, 'AgentEvent_Hold', call)],
  CallRetrieved: ({ call: id, agent }, centre) => {
    const call = centre.calls.get(id);
    return call === undefined ? NOTHING : [talking(call, agent)];
  },
  AgentLeft: ({ call, agent, why }) => (why === 'merged' ? NOTHING : [notice(agent, 'AgentEvent_Call_Release', call)]),
};

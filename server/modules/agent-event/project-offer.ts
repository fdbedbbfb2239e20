import type { AgentEvents } from '@parley/contract/gateway/events.ts';
import { FEATURE, REASON, type Call } from '@parley/core/call/call.ts';
import { featureFor } from '@parley/core/call/three-party.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import { countReady, waitingCount } from '@parley/core/queue/live.ts';
import { MEDIA } from '@parley/core/queue/treatment.ts';
import { abilityOf, alerting, NOTHING, roleIn } from './call-notice.ts';
import { notice } from './notice.ts';
import type { NoticesOf } from './project.ts';

const NOBODY = 65_535;

/** Whether a colleague has transferred the call to whoever it rings at, be it by way of a queue. */
function isTransferred({ offer, third, visits }: Call): boolean {
  return offer?.how === 'transfer' || third?.purpose === 'afterSuccess'
    || (offer?.how === 'queue' && visits.findLast(({ device }) => device === 'queue')?.enterReason === REASON.transferred);
}

/** 6.5.1.2.11 and 6.5.1.2.12. */
function offered(call: Call, agent: number): AgentEvents['AgentEvent_Ringing'] {
  const isTransfer = isTransferred(call);
  return {
    caller: call.caller, transfer: isTransfer ? 'yes' : 'no', callid: call.id, transfrom: isTransfer ? String(call.third?.by ?? call.lastReleasedBy ?? '') : '',
    called: call.called, type: roleIn(call, agent), mediaAbility: abilityOf(call), feature: String(featureFor(call, agent)),
  };
}

/** 6.5.1.2.19. */
function incoming(centre: Centre, call: Call): AgentEvents['AgentEvent_Incoming_CallInfo'] {
  const queue = call.queue === undefined ? undefined : centre.config.queues.get(call.queue);
  return {
    callId: call.id, skillName: queue?.name ?? '', skillId: queue?.id ?? 0, caller: call.caller, called: call.called,
    lastReleaseAgentId: call.lastReleasedBy ?? NOBODY, mediaType: queue?.media ?? (call.medium === 'chat' ? MEDIA.multimedia : MEDIA.voice),
    releaseAndReQueueCount: call.requeues, releaseAndReQueueCallFlag: call.requeues > 0 ? 1 : 0,
  };
}

/** What agents are told of calls that come to them (6.5.1.2 and 6.5.1.8.3). */
export const OFFER_NOTICES: NoticesOf = {
  /**
   * 6.5.1.8.3 does not say to whom: those who could help are the agents of the queue, when somebody has to wait in it.
   * Those who wait behind the first one are no news.
   */
  CallQueued: ({ call, queue: id }, centre) => {
    const queue = centre.queues.get(id);
    const isNews = queue !== undefined && centre.calls.get(call)?.medium === 'voice' && waitingCount(queue) === 1 && countReady(queue) === 0;
    return isNews ? [...queue.members].map((agent) => notice(agent, 'AgentOther_All_Agent_Busy', null)) : NOTHING;
  },
  /** Where the phone is off the hook it does not ring, but for whoever calls the agent does. */
  CallOffered: ({ call: id, agent: workNo }, centre) => {
    const call = centre.calls.get(id);
    const agent = centre.agents.get(workNo);
    if (call === undefined || agent?.leg === undefined || centre.legs.get(agent.leg)?.state !== 'up') return NOTHING;
    return alerting(centre, call, { workNo: String(workNo), phone: agent.profile.phone });
  },
  OfferRang: ({ call: id, agent }, centre) => {
    const call = centre.calls.get(id);
    if (call === undefined) return NOTHING;
    const isAuto = centre.agents.get(agent)?.profile.autoAnswer === true;
    return [
      notice(agent, isAuto ? 'AgentEvent_Auto_Answer' : 'AgentEvent_Ringing', offered(call, agent)),
      ...(call.feature === FEATURE.internal || call.about !== undefined ? NOTHING : [notice(agent, 'AgentEvent_Incoming_CallInfo', incoming(centre, call))]),
    ];
  },
  // 6.1.2.22: also to whoever has rejected it.
  OfferEnded: ({ call, agent }) => [notice(agent, 'AgentEvent_No_Answer', call)],
};

import type { AgentEvents } from '@parley/contract/gateway/events.ts';
import type { AgentState } from '@parley/core/agent/agent.ts';
import { FEATURE, REASON, type Call } from '@parley/core/call/call.ts';
import { featureFor } from '@parley/core/call/three-party.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import { countReady, waitingCount, type QueueLive } from '@parley/core/queue/live.ts';
import { MEDIA } from '@parley/core/queue/treatment.ts';
import { abilityOf, alerting, NOTHING, roleIn, verifiedOf } from './call-notice.ts';
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
    caller: call.caller, transfer: isTransfer ? 'yes' : 'no', callid: call.id,
    transfrom: isTransfer ? String(call.third?.by ?? call.lastReleasedBy ?? '') : '',
    called: call.called, type: roleIn(call, agent), mediaAbility: abilityOf(call), feature: String(featureFor(call, agent)), ...verifiedOf(call),
  };
}

/** 6.5.1.2.19. */
function incoming(centre: Centre, call: Call): AgentEvents['AgentEvent_Incoming_CallInfo'] {
  const queue = call.queue === undefined ? undefined : centre.config.queues.get(call.queue);
  return {
    callId: call.id, skillName: queue?.name ?? '', skillId: queue?.id ?? 0, caller: call.caller, called: call.called,
    lastReleaseAgentId: call.lastReleasedBy ?? NOBODY, mediaType: queue?.media ?? (call.medium === 'chat' ? MEDIA.multimedia : MEDIA.voice),
    releaseAndReQueueCount: call.requeues, releaseAndReQueueCallFlag: call.requeues > 0 ? 1 : 0, ...verifiedOf(call),
  };
}

/** States out of which an agent could become ready for a call. */
const COULD_HELP: ReadonlySet<AgentState> = new Set(['busy', 'rest', 'wrapUp', 'study']);

/**
 * 6.5.1.8.3 does not say who hears that all are busy: who has sent a call there, and those of the queue who could do something
 * about it. To these it is news when the first call has to wait, and none that others wait behind it.
 */
function idleHands(centre: Centre, queue: QueueLive): readonly number[] {
  if (waitingCount(queue) !== 1) return [];
  return [...queue.members].filter((id) => COULD_HELP.has(centre.agents.get(id)?.state ?? 'idle'));
}

/** What agents are told of calls that come to them (6.5.1.2 and 6.5.1.8.3). */
export const OFFER_NOTICES: NoticesOf = {
  CallQueued: ({ call: id, queue: queueId }, centre) => {
    const call = centre.calls.get(id);
    const queue = centre.queues.get(queueId);
    if (queue === undefined || call?.medium !== 'voice' || countReady(queue) > 0) return NOTHING;
    const sender = call.third === undefined ? [] : [call.third.by];
    return [...sender, ...idleHands(centre, queue)].map((agent) => notice(agent, 'AgentOther_All_Agent_Busy', null));
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
    const isInside = call.feature === FEATURE.internal || call.about !== undefined;
    // 6.1.2.23: what was answered by picking up the phone does not ring again.
    const isTaken = !isAuto && call.offer?.taken === true;
    return [
      ...(isTaken ? NOTHING : [notice(agent, isAuto ? 'AgentEvent_Auto_Answer' : 'AgentEvent_Ringing', offered(call, agent))]),
      ...(isInside ? NOTHING : [notice(agent, 'AgentEvent_Incoming_CallInfo', incoming(centre, call))]),
    ];
  },
  // 6.1.2.22: also to whoever has rejected it.
  OfferEnded: ({ call, agent }) => [notice(agent, 'AgentEvent_No_Answer', call)],
};

import type {
  cmsBatchMultiSkill, cmsCurrentCallStateInfo, cmsSkillCfgInfo, cmsSkillServiceQuality, cmsSkillStateInfo, cmsTotalSkillStatusEx3,
} from '@parley/contract/monitoring/skill-live.ts';
import type { Result } from '@parley/contract/operation.ts';
import type { Call } from '@parley/core/call/call.ts';
import { mediaTypeOf } from '@parley/core/call/media-type.ts';
import { RING_MS } from '@parley/core/call/timers.ts';
import type { QueueConfig } from '@parley/core/centre/config.ts';
import { noFigures, secondsBetween } from '@parley/core/live/queue-figures.ts';
import { queueNow, type QueueNow } from '@parley/core/live/queues.ts';
import { queueStatus, waitsSince } from '@parley/core/queue/figures.ts';
import type { FiveMinutes } from './five-minutes.ts';
import type { Look } from './look.ts';
import { inState, NO_SECONDS, NONE } from './present-agent.ts';

/** Table 12-695. */
const MEDIA_NAMES: Readonly<Record<number, string>> = {
  1: 'MEDIA_TYPE_CHAT', 2: 'MEDIA_TYPE_WEBPHONE', 4: 'MEDIA_TYPE_CALLBACK', 5: 'MEDIA_TYPE_PHONE', 15: 'MEDIA_TYPE_PREDICT_OUTBOUND', 16: 'MEDIA_TYPE_PREVIEW_OUTBOUND',
  17: 'MEDIA_TYPE_MSG', 18: 'MEDIA_TYPE_WEBPHONE_VIDEO', 19: 'MEDIA_TYPE_PHONE_VIDEO', 51: 'MEDIA_TYPE_MULTI_MEDIA_WEBCHAT', 53: 'MEDIA_TYPE_MULTI_MEDIA_SOCIALCHAT',
};

/** 12.3.1.1 to 12.3.1.3: customers have no level here. */
export const NO_LEVEL = 0;
const NO_CALL = '4294967295-4294967295';

const secondsOf = (ms: number): number => Math.floor(ms / 1000);
const mean = (sum: number, times: number): number => (times === 0 ? 0 : Math.round(sum / times));

export const presentWaiting = ({ id, feature }: Call): { callId: string; customerLevel: number; requestType: number } => ({ callId: id, customerLevel: NO_LEVEL, requestType: feature });

export function presentQueue({ centre, now }: Look, { id, name, maxWaiting }: QueueConfig, description: string | undefined): Result<typeof cmsTotalSkillStatusEx3>[number] {
  const { waiting, longest, longestSeconds, signedIn, available } = queueStatus(centre, id, now);
  return {
    skillId: id, queueSize: waiting, queueTime: longestSeconds, loggedOnAgents: signedIn, availAgents: available, skillDescrip: description === undefined || description === '' ? name : description,
    callId: longest?.id ?? NO_CALL, maxQueueSize: maxWaiting,
  };
}

export const presentLimits = ({ id, maxWaiting, maxWaitMs, maxWrapUpMs }: QueueConfig): Result<typeof cmsSkillCfgInfo>[number] => ({
  skillId: id, maxCallNum: maxWaiting, maxHoldCallNum: NONE, maxWaitTime: secondsOf(maxWaitMs), maxAnswerWaitTime: secondsOf(RING_MS), maxTalkTime: NO_SECONDS,
  maxRestAgentNum: NONE, maxAgentWrapupTime: secondsOf(maxWrapUpMs),
});

export function presentFiveMinutes({ from, figures }: FiveMinutes, id: number): Result<typeof cmsCurrentCallStateInfo>[number] {
  const { arrived, connected, lost, ended, flowS, connectedIn20, wrapUps, wrapUpS } = figures.get(id) ?? noFigures();
  return {
    id, startTime: from, allCallCount: arrived, cnndCallCount: connected, cnnedCallCount: connected, abanCallCount: lost, callEndCount: ended, talkTimeOnIvr: flowS,
    cnndIn20sCallCount: connectedIn20, cnnedIn20sCallCount: connectedIn20, clearUpCallCount: wrapUps, clearUpTime: wrapUpS,
  };
}

export function presentQuality({ from, figures }: FiveMinutes, id: number): Result<typeof cmsSkillServiceQuality>[number] {
  const { arrived, connected, lost, connectedIn15, connectedIn20, lostBefore15, lostBefore20 } = figures.get(id) ?? noFigures();
  return {
    skillId: id, statStartTime: from, inCallNum: arrived, connectedNum: connected, callLostNum: lost, in15sCallNum: connectedIn15, wait15sLostNum: lostBefore15,
    in20sCallNum: connectedIn20, wait20sLostNum: lostBefore20,
  };
}

type SkillState = Result<typeof cmsSkillStateInfo>[number];
/** What older releases know of it, too. */
export type OldSkillState = Omit<SkillState, 'agentSetBusyNums' | 'allCallCount' | 'cnndIn20sCallCount' | 'cnnedIn20sCallCount'>;

function presentNow(id: number, { agents, waiting, processing, longestWaitS, longestIdleS, figures }: QueueNow): OldSkillState {
  return {
    skillId: id, agentLoginNums: agents.signedIn, agentTalkingNums: inState(agents, 'talking'), agentIdleNums: inState(agents, 'idle'), agentAvailableNums: agents.usable,
    agentRestNums: inState(agents, 'rest'), agentMaxIdleTimeIn5: longestIdleS, agentWorkNums: inState(agents, 'wrapUp') + inState(agents, 'adjusting'),
    agentStudyNums: inState(agents, 'study'), agentOccupyNums: inState(agents, 'occupied'), agentPreOccupyNums: inState(agents, 'preoccupied'),
    totalCallNums: figures.ended + processing, processingCallNums: processing, maxCallWaitTimeIn5: longestWaitS, maxCallWaitTimesIn5: longestWaitS, callWaitNums: waiting,
    evenCallTimeIn5: mean(figures.talkS, figures.ended), evenWaitTimeIn5: mean(figures.waitS, figures.waits),
  };
}

export function presentSkillState({ centre, now }: Look, { figures }: FiveMinutes, processing: ReadonlyMap<number, number>, id: number): SkillState {
  const queue = queueNow(centre, id, now, figures, processing);
  const { arrived, connectedIn20 } = queue.figures;
  return { ...presentNow(id, queue), agentSetBusyNums: inState(queue.agents, 'busy'), allCallCount: arrived, cnndIn20sCallCount: connectedIn20, cnnedIn20sCallCount: connectedIn20 };
}

export function presentOldSkillState(state: SkillState): OldSkillState & { agentSetbusyNums: number } {
  const { agentSetBusyNums, allCallCount: _arrived, cnndIn20sCallCount: _connected, cnnedIn20sCallCount: _same, ...old } = state;
  return { ...old, agentSetbusyNums: agentSetBusyNums };
}

/** A call that waits in a queue, as 12.3.1.2.7 tells of it. */
export function presentQueued({ centre, now }: Look, call: Call, queue: number): Result<typeof cmsBatchMultiSkill>[number]['callPropertyExs'][number] {
  return {
    ...presentWaiting(call), calling: call.caller, called: call.called, mediaType: MEDIA_NAMES[mediaTypeOf(call, centre.config.queues.get(queue)?.media)] ?? '',
    orgiCalled: call.originalCalled, callInTime: call.beganAt, callPriority: 0, waitTime: secondsBetween(waitsSince(call, queue), now), callQueueFlag: call.waitingIn[0] === queue ? 1 : 0,
  };
}

import type { queryCallStatisticsInfo } from '@parley/contract/gateway/call-data.ts';
import type { queryCallInfo, queryCallInfoByCallId, queryHoldListInfoEx } from '@parley/contract/gateway/call-info.ts';
import type { Result } from '@parley/contract/operation.ts';
import type { Agent, Counters } from '@parley/core/agent/agent.ts';
import { partOf, type Call, type DeviceKind, type Visit } from '@parley/core/call/call.ts';
import { mediaTypeOf } from '@parley/core/call/media-type.ts';
import { visitOf, waitedMs } from '@parley/core/call/waited.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import { MEDIA } from '@parley/core/queue/treatment.ts';
import { reasonInWords } from './reason-words.ts';

/** Who asks, of which moment. */
export interface Look {
  readonly centre: Centre;
  readonly agent: Agent;
  readonly now: number;
}

type Info = Result<typeof queryCallInfoByCallId>;
type Trace = NonNullable<NonNullable<Result<typeof queryCallInfo>>['trace']>;

const NO_TRUNK = 65_535;
const SEEN: ReadonlySet<number> = new Set([MEDIA.video, MEDIA.videoClickToDial]);

const seconds = (ms: number): number => Math.max(0, Math.floor(ms / 1000));

export function presentHeld(centre: Centre, { feature, id, caller, called, queue, unverified }: Call): Result<typeof queryHoldListInfoEx>[number] {
  return { callfeature: feature, callid: id, caller, called, callskill: (queue === undefined ? undefined : centre.config.queues.get(queue)?.name) ?? '', ...(unverified ? { callerVerified: false } : {}) };
}

/** A call, seen from one of the devices that it passed. */
function presentAt({ centre, agent, now }: Look, call: Call, visit: Visit | undefined): Info {
  const queueId = visit?.queue ?? call.queue;
  const queue = queueId === undefined ? undefined : centre.config.queues.get(queueId);
  return {
    ...presentHeld(centre, { ...call, queue: queueId }),
    callskillid: queue?.id ?? 0,
    orgcallednum: call.originalCalled, orgicallednum: call.originalCalled,
    calldata: call.data,
    begintime: visit?.ackFrom ?? visit?.talkFrom ?? visit?.waitFrom ?? call.beganAt,
    endtime: null,
    userPriority: 0,
    trunkNo: NO_TRUNK,
    logontimes: seconds(now - agent.signedInAt),
    mediaType: mediaTypeOf(call, queue?.media),
    mediaAbility: call.picture?.on === true || (queue !== undefined && SEEN.has(queue.media)) ? 3 : 1,
    waitTime: seconds(waitedMs(call, now)),
    trace: null,
  };
}

/** A call of the agent who asks. */
export const presentCall = (look: Look, call: Call): Info => presentAt(look, call, visitOf(call, look.agent.id));

/** A call that waits in a queue (6.1.3.11). */
export const presentWaiting = (look: Look, call: Call, queue: number): Info =>
  presentAt(look, call, call.visits.findLast(({ device, no }) => device === 'queue' && no === String(queue)));

const DEVICE_TYPES: Readonly<Record<DeviceKind, Trace['deviceType']>> = { queue: 1, agent: 2, flow: 3, conference: 4, agentQueue: 6, number: 7 };

function modeOf(call: Call, agent: number, isOver: boolean): Trace['callDirectMode'] {
  if (isOver) return 'RELEASE_DIRECT';
  const part = partOf(call, agent);
  if (part === undefined) return 'WAIT_DIRECT';
  return part.held ? 'KEEP_DIRECT' : 'NORMAL_DIRECT';
}

/** 6.1.3.1: of a call that is over, it is not told when its phases ended, nor why. */
function presentTrace({ centre, agent }: Look, call: Call, visit: Visit, isOver: boolean): Trace {
  const { waitFrom, ackFrom, talkFrom, until, enterReason, leaveReason } = visit;
  const left = isOver ? undefined : leaveReason;
  return {
    waitBeginTime: waitFrom,
    waitEndTime: isOver ? null : ackFrom ?? talkFrom ?? until ?? null,
    answerBeginTime: ackFrom ?? null,
    answerEndTime: isOver ? null : talkFrom ?? until ?? null,
    talkBeginTime: talkFrom ?? null,
    talkEndTime: isOver ? null : until ?? null,
    deviceNo: Number(visit.no),
    deviceType: DEVICE_TYPES[visit.device],
    callDirectMode: modeOf(call, agent.id, isOver),
    enterReason, enterReasonDesc: reasonInWords(enterReason),
    leaveReason: left ?? null, leaveReasonDesc: left === undefined ? null : reasonInWords(left),
    vdnId: centre.vdnId,
  };
}

/** 6.1.3.1: the call that the agent is in. */
export function presentCurrent(look: Look, call: Call): NonNullable<Result<typeof queryCallInfo>> {
  const visit = visitOf(call, look.agent.id);
  return { ...presentAt(look, call, visit), trace: visit === undefined ? null : presentTrace(look, call, visit, false) };
}

/** 6.1.3.1: the call that the agent was in last. Where it goes on with others, its data are no longer this agent's to see. */
export function presentLast(look: Look, call: Call): NonNullable<Result<typeof queryCallInfo>> {
  const visit = visitOf(call, look.agent.id);
  const goesOn = look.centre.calls.has(call.id);
  return {
    ...presentAt(look, call, visit),
    ...(goesOn ? { calldata: '' } : {}),
    endtime: visit?.until ?? null,
    trace: visit === undefined ? null : presentTrace(look, call, visit, true),
  };
}

/** 6.1.3.9. */
export function presentCounters(counters: Readonly<Counters>): Result<typeof queryCallStatisticsInfo> {
  return {
    talktime: seconds(counters.talkMs), answernums: counters.answered, noanswernums: counters.unanswered, calloutnums: counters.dialled,
    intercallnums: counters.internal, interhelpnums: counters.helps, transfernums: counters.transferredIn, transferoutnums: counters.transferredOut,
    transferivrnums: counters.transferredToFlow, redirectnums: counters.redirected, keepnums: counters.holds,
    busynums: counters.busy, restnums: counters.rests, restoutnums: counters.restOverruns,
    resttime: seconds(counters.restMs), restouttime: seconds(counters.restOverMs), agentrelease: counters.released, busytime: seconds(counters.busyMs),
  };
}

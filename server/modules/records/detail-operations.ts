import { cmsQueryBasicCallInfo, cmsQueryCallDetailById, cmsQueryDetailCallInfo } from '@parley/contract/monitoring/call-detail.ts';
import { scopeErrors as errors } from '@parley/contract/monitoring/parts.ts';
import { handle, type Context, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { bytesOf, type Call } from '@parley/core/call/call.ts';
import { canonicalCallId, halvesOf } from '@parley/core/call/call-id.ts';
import { mediaTypeOf } from '@parley/core/call/media-type.ts';
import { waitedMs } from '@parley/core/call/waited.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import { isAnonymous } from '@parley/core/records/anonymous.ts';
import { isInbound, isOutbound } from '@parley/core/records/call-type.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Tenants, Where } from '../tenant/index.ts';
import type { RecordsDependencies } from './trace-operations.ts';
import { deviceTypeOf, mediaNameOf } from './present.ts';
import { findCallRecords, segmentsOfCall } from './store.ts';

export interface DetailDependencies extends RecordsDependencies {
  readonly engine: Pick<Engine, 'view'>;
  readonly ofContactCentre: Tenants['ofContactCentre'];
}

/** No such thing here: what stands for nothing in 12.3. */
const NONE = 65_535;
const seconds = (ms: number): number => Math.floor(ms / 1000);

function talkedMs({ visits }: Call, now: number): number {
  return visits.reduce((sum, { device, talkFrom, until = now }) => sum + (device === 'agent' && talkFrom !== undefined ? until - talkFrom : 0), 0);
}

/** What both views of a call that goes on tell. */
function liveCall({ agents, config }: Centre, call: Call, now: number) {
  const at = call.visits.findLast(({ until }) => until === undefined) ?? call.visits.at(-1);
  const agent = at?.device === 'agent' ? agents.get(Number(at.no)) : undefined;
  return {
    at,
    fields: {
      dsn: 0, handle: 0, server: 0, keyId: '', callingNum: call.caller, calledNum: call.called, mid: 0, trunkNo: NONE, priority: 0,
      deviceType: at === undefined ? 0 : deviceTypeOf(at.device), deviceNo: Number.isSafeInteger(Number(at?.no)) ? Number(at?.no) : 0,
      callSkill: config.queues.get(call.queue ?? 0)?.name ?? '', partyNum: call.visits.length, orgiCalledNum: call.originalCalled, place: 0,
      waitTime: seconds(waitedMs(call, now)), totalTalkingTimes: seconds(talkedMs(call, now)), logonTimes: agent === undefined ? 0 : seconds(now - agent.signedInAt),
    },
  };
}

/** One call, while it goes on and when it is over. */
export function detailHandlers({ db, scope, projector, clock, engine, ofContactCentre }: DetailDependencies): readonly Handler[] {
  const look = async <T>(context: Context, { callId, ...where }: Where & { readonly callId: string }, read: (centre: Centre, call: Call, now: number) => T | undefined): Promise<T | Refusal> => {
    const tenant = await scope(context, where);
    if (isRefusal(tenant)) return tenant;
    const found = await engine.view(tenant.vdnId, (centre) => {
      const call = centre.calls.get(canonicalCallId(callId));
      return call === undefined ? undefined : read(centre, call, clock());
    });
    return found ?? refuse(errors.notFound, { what: `call ${callId} that goes on` });
  };

  return [
    handle(cmsQueryBasicCallInfo, (asked, context) => look(context, asked, (centre, call, now) => {
      const { at, fields } = liveCall(centre, call, now);
      return {
        time: call.beganAt, ...fields, callFeature: call.feature, mediaType: mediaTypeOf(call, centre.config.queues.get(call.queue ?? call.firstQueue ?? 0)?.media), serviceType: NONE, callInCause: NONE, enterReason: at?.enterReason ?? 0, mediaBillType: '',
      };
    })),

    handle(cmsQueryDetailCallInfo, (asked, context) => look(context, asked, (centre, call, now) => (call.awaits === undefined ? undefined : {
      cb: halvesOf(call.id).number, time: seconds(call.beganAt), ...liveCall(centre, call, now).fields, callData: call.data, callDataLen: bytesOf(call.data),
      callFeature: String(call.feature), mediaType: mediaNameOf(call),
    }))),

    handle(cmsQueryCallDetailById, async ({ ccId, isCallin, callId }, { caller }) => {
      const there = await ofContactCentre(ccId);
      const vdnIds = caller.global === true ? there : there.filter((vdnId) => vdnId === caller.vdnId);
      if (vdnIds.length === 0) return refuse(errors.foreignVdn, { what: `contact centre ${ccId}` });
      await Promise.all(vdnIds.map(projector.settled));
      const isOfKind = isCallin.toLowerCase() === 'true' ? isInbound : isOutbound;
      const [found, ...others] = (await findCallRecords(db, vdnIds, canonicalCallId(callId))).filter(({ feature }) => isOfKind(feature));
      if (found === undefined) return refuse(errors.notFound, { what: `call ${callId}` });
      if (others.length > 0) return refuse(errors.ambiguous, { what: `call ${callId}` });
      const [segment] = await segmentsOfCall(db, found.vdn_id, found.call);
      // The rows know it also when the number has been erased.
      const isWithheld = segment?.anonymous ?? isAnonymous(found.caller);
      return {
        vdn: found.vdn_id, callId: found.call, callerNo: found.caller, calleeNo: found.called, callType: found.feature,
        ...(found.agent === null ? {} : { agentId: found.agent }), ...(found.first_queue === null ? {} : { skillId: found.first_queue }),
        anonyCall: isWithheld ? 1 : 0, queueWaitTime: found.wait_s, ivrCallTime: found.flow_s, ackTime: found.ack_s, callTime: found.talk_s, releaseCause: found.cause ?? 0,
      };
    }),
  ];
}

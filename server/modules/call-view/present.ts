import type { listCalls, showCall } from '@parley/contract/admin/call.ts';
import type { listRecordings } from '@parley/contract/admin/recording.ts';
import type { Result } from '@parley/contract/operation.ts';
import type { Call, DeviceKind, Visit } from '@parley/core/call/call.ts';
import { callNow } from '@parley/core/live/call-now.ts';
import { isInbound, isOutbound } from '@parley/core/records/call-type.ts';
import type { CallRecord, Segment } from '../records/index.ts';
import type { RecordingRow } from '../recording/index.ts';
import type { Names } from './names.ts';

/** What came of it is put to it by whoever shows it. */
export type ShownCall = Omit<Result<typeof listCalls>['calls'][number], 'outcomes'>;
type ShownSegment = Result<typeof showCall>['segments'][number];

export type Direction = ShownCall['direction'];
export const directionOf = (feature: number): Direction => (isInbound(feature) ? 'in' : isOutbound(feature) ? 'out' : 'internal');

export function presentLive(call: Call, now: number, names: Names): ShownCall {
  const { stage, since, agent, flowS, waitS, ringS, talkS } = callNow(call, now);
  return {
    callId: call.id, isLive: true, beganAt: call.beganAt, endedAt: null, caller: call.caller, called: call.called, direction: directionOf(call.feature), medium: call.medium,
    queueId: call.queue ?? null, queueName: names.queue(call.queue), firstQueueId: call.firstQueue ?? null, workNo: agent ?? null, agentName: names.agent(agent),
    flowSeconds: flowS, waitSeconds: waitS, ringSeconds: ringS, talkSeconds: talkS, missed: false, cause: null, stage, stageSince: since,
  };
}

export function presentEnded(record: CallRecord, names: Names): ShownCall {
  return {
    callId: record.call, isLive: false, beganAt: record.began_at, endedAt: record.ended_at, caller: record.caller, called: record.called, direction: directionOf(record.feature),
    medium: record.medium === 'chat' ? 'chat' : 'voice', queueId: record.queue, queueName: names.queue(record.queue), firstQueueId: record.first_queue,
    workNo: record.agent, agentName: names.agent(record.agent), flowSeconds: record.flow_s, waitSeconds: record.wait_s, ringSeconds: record.ack_s, talkSeconds: record.talk_s,
    missed: isInbound(record.feature) && record.sought && record.talk_s === 0, cause: record.cause, stage: null, stageSince: null,
  };
}

export function presentVisit({ device, no, queue, waitFrom, ackFrom, talkFrom, until, enterReason, leaveReason, row }: Visit, names: Names): ShownSegment {
  return {
    row: row ?? null, device, no, name: names.device(device, no), queueId: queue ?? null, enteredAt: waitFrom, rangAt: ackFrom ?? null, talkedAt: talkFrom ?? null, leftAt: until ?? null,
    enterReason, leaveReason: leaveReason ?? null,
  };
}

/** A phase that was not has no length, at the end (13.2). */
export function presentSegment(segment: Segment, names: Names): ShownSegment {
  const { row, device, device_no: no, queue, wait_from: wait, ack_from: ack, ack_to: acked, talk_from: talk, talk_to: left, enter_reason: enter, leave_reason: leave } = segment;
  return {
    row, device: device as DeviceKind, no, name: names.device(device, no), queueId: queue, enteredAt: Math.min(wait, ack, talk), rangAt: ack < acked ? ack : null, talkedAt: talk < left ? talk : null,
    leftAt: left, enterReason: enter, leaveReason: leave,
  };
}

type ShownRecording = Result<typeof listRecordings>['recordings'][number];

export const presentRecording = (row: RecordingRow, names: Names): ShownRecording => ({
  id: row.number, callId: row.call, workNo: row.agent, agentName: names.agent(row.agent), caller: row.caller, called: row.called, direction: row.outbound ? 'out' : 'in', automatic: row.automatic,
  media: row.media === 'video' ? 'video' : 'voice', beganAt: row.began_at, endedAt: row.ended_at ?? row.began_at, ms: row.ms, state: row.state as ShownRecording['state'],
});

import type { cmsQueryCallTraceDetail } from '@parley/contract/monitoring/call-trace.ts';
import type { Result } from '@parley/contract/operation.ts';
import type { DeviceKind } from '@parley/core/call/call.ts';
import { subMediaTypeOf } from '@parley/core/call/media-type.ts';
import type { Segment } from './store.ts';

/** Device types of Table 12-701, and what stands in `deviceIn`. */
const DEVICES: Readonly<Record<DeviceKind, { readonly type: number; readonly name?: string }>> = {
  queue: { type: 1, name: 'DEVICE_QUEUE' },
  agentQueue: { type: 1, name: 'DEVICE_QUEUE' },
  agent: { type: 2, name: 'DEVICE_AGENT' },
  flow: { type: 3 },
  number: { type: 5 },
  conference: { type: 15, name: 'DEVICE_CONFERENCE' },
};

export const mediaNameOf = ({ medium }: Pick<Segment, 'medium'>): string => (medium === 'voice' ? 'MEDIA_TYPE_PHONE' : 'MEDIA_TYPE_MULTI_MEDIA_SOCIALCHAT');
export const deviceTypeOf = (device: string): number => DEVICES[device as DeviceKind].type;
/** Of a flow its access code, as it was then, or its number where it had none; of a number outside the number. */
export const deviceInOf = (device: string, no: string, access: string | null): string => DEVICES[device as DeviceKind].name ?? access ?? no;
/** 13.2: the last row alone says so. */
export const rowNumberOf = ({ row, is_last: isLast }: Pick<Segment, 'row' | 'is_last'>): number => (isLast ? -1 : row);

export function presentSegment(segment: Segment): Result<typeof cmsQueryCallTraceDetail>[number] {
  const { call, caller, called, device, device_no: no, feature, cause, enter_reason: enter, leave_reason: leave, queue } = segment;
  return {
    callId: call, mediaType: segment.media_type, subMediaType: subMediaTypeOf(segment.media), callIdNum: rowNumberOf(segment), callerNo: caller, calleeNo: called,
    waitBegin: segment.wait_from, ackBegin: segment.ack_from, callBegin: segment.talk_from, callEnd: segment.talk_to, subCcNo: 0,
    deviceType: deviceTypeOf(device), deviceNo: no, deviceIn: deviceInOf(device, no, segment.access), callType: feature, releaseCause: cause ?? 0,
    EnterReason: enter, LeaveReason: leave, CurrentSkillID: queue === null ? '' : String(queue),
  };
}

import type { Field } from './csv.ts';

/* The columns of 13.2.2.1 and 13.2.2.2, in their order. */

/** Whose rows they are. */
export interface Owner {
  /** The key that asked. */
  readonly developer: string;
  readonly account: string;
  readonly ccId: number;
  readonly vdnId: number;
  /** How the tenant's clocks show a time. */
  readonly clock: (at: number) => string;
}

/** A device that a call has left, in numbers of the wire. */
export interface CallRow {
  readonly call: string;
  readonly number: number;
  readonly agent: number | null;
  readonly caller: string;
  readonly called: string;
  readonly waitFrom: number;
  readonly waitTo: number;
  readonly ackFrom: number;
  readonly ackTo: number;
  readonly talkFrom: number;
  readonly talkTo: number;
  readonly device: Device;
  readonly before: Device | null;
  readonly feature: number;
  readonly cause: number;
  readonly firstQueue: number | null;
  readonly queue: number | null;
  /** The first flow that the call was in, up to the device. */
  readonly service: number | null;
  readonly leaveReason: number;
  readonly media: number;
  readonly subMedia: number;
}

export interface Device {
  readonly type: number;
  readonly no: string;
  readonly name: string;
}

/** `device_no` is a number of five digits: a telephone number stands in `device_in` alone. */
const DEVICE_NO = /^\d{1,5}$/;
const deviceNo = ({ no }: Device): string | null => (DEVICE_NO.test(no) ? no : null);

export function callFields({ developer, account, ccId, vdnId, clock }: Owner, row: CallRow): readonly Field[] {
  const { before, device } = row;
  return [
    developer, account, ccId, row.agent, row.call, row.caller, row.called,
    clock(row.waitFrom), clock(row.waitTo), clock(row.ackFrom), clock(row.ackTo), clock(row.talkFrom), clock(row.talkTo),
    device.type, deviceNo(device), row.feature, row.cause, row.number, vdnId,
    before?.type ?? null, before === null ? null : deviceNo(before), row.firstQueue, row.queue, device.name, before?.name ?? null,
    row.service, row.leaveReason, row.media, row.subMedia,
  ];
}

/** A recording that is over. */
export interface RecordingLine {
  readonly call: string;
  readonly agent: number;
  readonly caller: string;
  readonly called: string;
  readonly from: number;
  readonly to: number;
  /** As `downloadRecordFile` and `downloadRecord` take it. */
  readonly fileName: string;
  readonly originalName: string;
  readonly media: number;
  /** Of the call; null where nothing is known of it. */
  readonly feature: number | null;
  readonly firstQueue: number | null;
  readonly queue: number | null;
}

/** Whether what was said has been written down: it has not. */
const NOT_WRITTEN = 0;

export function recordingFields({ developer, account, ccId, vdnId, clock }: Owner, line: RecordingLine): readonly Field[] {
  return [
    developer, account, ccId, line.agent, line.call, line.caller, line.called, clock(line.from), clock(line.to), line.fileName, NOT_WRITTEN, null, line.originalName,
    vdnId, line.feature, line.media, line.firstQueue, line.queue,
  ];
}

/** Something that an agent has done. */
export interface OperationLine {
  readonly id: number;
  readonly agent: number;
  readonly type: number;
  readonly object: number | null;
  readonly cause: number | null;
  readonly from: number;
  readonly to: number;
  readonly call: string | null;
  readonly queue: number | null;
  /** The first flow that its call was in. */
  readonly service: number | null;
  readonly media: number | null;
  readonly direction: 'in' | 'out' | null;
  readonly feature: number | null;
  readonly phone: string;
  readonly agentType: number;
  readonly logonSn: number;
  readonly skillInfoSn: number | null;
}

/** In files nothing is -1, in replies 65535 (12.3.8.12). */
const NOTHING = -1;
/** 13.2.2.2 `callIn_out`, in the words of its table; features of campaigns (6.5.4). */
const CAMPAIGN: ReadonlySet<number> = new Set([40, 41, 42, 43, 44, 45]);
const wayOf = ({ direction, feature }: OperationLine): string | null => {
  if (direction === null) return null;
  if (direction === 'in') return 'Incoming';
  return feature !== null && CAMPAIGN.has(feature) ? 'Outbound' : 'Outgoing';
};

export function operationFields({ developer, account, ccId, vdnId, clock }: Owner, line: OperationLine): readonly Field[] {
  return [
    line.id, developer, account, line.agent, line.service, line.queue, line.call, clock(line.from), clock(line.to), line.type, line.object ?? NOTHING, line.cause ?? NOTHING,
    line.media, vdnId, ccId, line.agentType, line.phone, wayOf(line), NODE, line.logonSn, line.skillInfoSn,
  ];
}

/** There is one node. */
export const NODE = 0;

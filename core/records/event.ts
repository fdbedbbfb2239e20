import type { DeviceKind, Medium } from '../call/call.ts';
import type { Personal } from '../call/event.ts';

/**
 * A call has left a device (13.2): one row of its records, which changes no more. It is a fact of the journal rather than a
 * reckoning of those who read it, so that no two readers differ and no crash loses or doubles one.
 */
export interface SegmentRecorded {
  readonly type: 'SegmentRecorded';
  readonly call: string;
  /** 1, 2, 3 in the order in which the devices were left. */
  readonly row: number;
  /** Which of the call's visits it was, in the order in which they began, from 0. */
  readonly visit: number;
  readonly device: DeviceKind;
  /** Of a number outside it stands with what is personal. */
  readonly no: string;
  /** Of a flow: its access code, as it was when it was entered. */
  readonly access?: string;
  readonly before?: { readonly device: DeviceKind; readonly no: string; readonly access?: string };
  /** The first flow that the call was in, up to this device. */
  readonly service?: string;
  readonly enter: number;
  readonly leave: number;
  readonly from: number;
  readonly ackFrom?: number;
  readonly talkFrom?: number;
  readonly until: number;
  /** The queue on whose account it was there, and the first one of the call. */
  readonly queue?: number;
  readonly firstQueue?: number;
  readonly feature: number;
  readonly medium: Medium;
  /** Of Table 12-695, as its queue and its kind had it. */
  readonly mediaType: number;
  /** The kind of a session (6.1.5.2). */
  readonly media?: number;
  /** The call has not been at a device of this kind before. */
  readonly first: boolean;
  /** What it went to at once. */
  readonly next?: DeviceKind;
  /** Whole seconds in queues since an agent had it last, or since it began: what this agent's answer took, or what was waited in vain. */
  readonly queued: number;
  /** Of the last one: why the call ended (12.3.8.10), and what came of it. */
  readonly cause?: number;
  readonly whole?: {
    readonly from: number; readonly answered: boolean; readonly sought: boolean; readonly inFlow: boolean;
    /** Whole seconds of talk at all of its devices together; what earlier releases wrote does not tell it. */
    readonly talked?: number;
  };
  readonly personal?: Personal;
}

export type RecordsEvent = SegmentRecorded;

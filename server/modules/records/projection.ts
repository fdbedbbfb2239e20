import type { CallEvent } from '@parley/core/call/event.ts';
import type { Event } from '@parley/core/centre/event.ts';
import { isAnonymous } from '@parley/core/records/anonymous.ts';
import type { SegmentRecorded } from '@parley/core/records/event.ts';
import type { Database } from '../../database/connect.ts';
import { createProjector, type Projected, type Projector, type ProjectorDependencies } from '../../engine/projector.ts';
import { endCallRecords, insertCallRecords, insertSegments, numbersOf, sumUp, type CallRecord, type NewCallRecord, type NewSegment } from './store.ts';

const TYPES = ['CallBegan', 'SegmentRecorded', 'CallEnded'] as const satisfies readonly Event['type'][];
/** Short enough for whoever looks at once what became of a call, long enough for many calls to share a commit. */
const GATHER_MS = 300;

type Began = Extract<CallEvent, { type: 'CallBegan' }>;
type Numbers = Pick<CallRecord, 'caller' | 'called'>;

const NOBODY: Numbers = { caller: '', called: '' };

const recordOf = (vdnId: number, at: number, { call, medium, feature, about, queue, chat, personal }: Began): NewCallRecord => ({
  vdn_id: vdnId, call, began_at: at, caller: personal?.caller ?? '', called: personal?.called ?? '', feature, medium, media: chat?.media ?? null,
  about: about ?? null, first_queue: queue ?? null,
});

/** The phases follow upon one another, and the one that was not has no length, at the end (13.2). */
function segmentOf(vdnId: number, at: number, event: SegmentRecorded, { caller, called }: Numbers): NewSegment {
  const { call, row, device, no, access, before, service, enter, leave, from, until, queue, firstQueue, feature, medium, mediaType, media, first, next, queued, cause, whole, personal } = event;
  const talkFrom = event.talkFrom ?? until;
  const ackFrom = event.ackFrom ?? talkFrom;
  const waits = ackFrom > from;
  return {
    vdn_id: vdnId, call, row, is_last: cause !== undefined, device, device_no: device === 'number' ? personal?.number ?? '' : no,
    pre_device: before?.device ?? null, pre_device_no: before?.no ?? null, access: access ?? null, pre_access: before?.access ?? null,
    service: service === undefined ? null : Number(service), enter_reason: enter, leave_reason: leave, cause: cause ?? null,
    agent: device === 'agent' ? Number(no) : null, first_queue: firstQueue ?? null, queue: queue ?? null, caller, called, feature, medium, media_type: mediaType, media: media ?? null,
    wait_from: waits ? from : until, wait_to: waits ? ackFrom : until,
    ack_from: talkFrom > ackFrom ? ackFrom : until, ack_to: talkFrom > ackFrom ? talkFrom : until,
    talk_from: talkFrom, talk_to: until, logged_at: at, is_first: first, next_device: next ?? null, queued_s: queued,
    whole_from: whole?.from ?? null, whole_answered: whole?.answered ?? null, whole_sought: whole?.sought ?? null, whole_in_flow: whole?.inFlow ?? null,
    // Who was told by an earlier release knows of the last device alone.
    whole_talk_s: whole === undefined ? null : whole.talked ?? Math.floor(until / 1000) - Math.floor(talkFrom / 1000),
    anonymous: isAnonymous(caller),
  };
}

export interface RecordsProjection extends ProjectorDependencies {
  /** Devices were left at these moments: whoever counts has to count again. */
  readonly onLeft: (tx: Database, vdnId: number, moments: readonly number[]) => Promise<void>;
}

/** Rows of calls and of the devices that they pass, as the engine's journal tells. */
export function createRecords({ onLeft, ...deps }: RecordsProjection): Projector {
  const applyAll = async (tx: Database, vdnId: number, page: readonly Projected<(typeof TYPES)[number]>[]): Promise<void> => {
    const began: NewCallRecord[] = [];
    const ended: { call: string; at: number; cause: number }[] = [];
    const left: { readonly at: number; readonly event: SegmentRecorded }[] = [];
    for (const { at, event } of page) {
      if (event.type === 'CallBegan') began.push(recordOf(vdnId, at, event));
      else if (event.type === 'CallEnded') ended.push({ call: event.call, at, cause: event.cause });
      else left.push({ at, event });
    }
    await insertCallRecords(tx, began);
    await endCallRecords(tx, vdnId, ended);
    const calls = [...new Set(left.map(({ event }) => event.call))];
    const numbers = await numbersOf(tx, vdnId, calls);
    await insertSegments(tx, left.map(({ at, event }) => segmentOf(vdnId, at, event, numbers.get(event.call) ?? NOBODY)));
    await sumUp(tx, vdnId, calls);
    await onLeft(tx, vdnId, left.map(({ event }) => event.until));
  };
  return createProjector(deps, { name: 'records', types: TYPES, applyAll, gatherMs: GATHER_MS });
}

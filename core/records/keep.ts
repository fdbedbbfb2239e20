import type { Call, Visit } from '../call/call.ts';
import { mediaTypeOf } from '../call/media-type.ts';
import type { Event } from '../centre/event.ts';
import type { Step } from '../centre/step.ts';
import type { SegmentRecorded } from './event.ts';

type Left = Visit & { readonly until: number; readonly leaveReason: number };

const isLeft = (visit: Visit): visit is Left => visit.until !== undefined && visit.leaveReason !== undefined;

/** What has been left and has no row yet, as it was left. */
const unrecorded = ({ visits }: Call): readonly Left[] =>
  visits.filter((visit): visit is Left => visit.row === undefined && isLeft(visit)).toSorted((one, other) => one.until - other.until);

const second = (at: number): number => Math.floor(at / 1000);
const waits = ({ device }: Visit): boolean => device === 'queue' || device === 'agentQueue';

/** Whole seconds in queues since the last agent; in several at once they count once. */
function queuedBefore(visits: readonly Visit[], index: number): number {
  const first = visits.findLastIndex(({ device }, at) => device === 'agent' && at < index) + 1;
  let seconds = 0;
  let counted = 0;
  const end = visits[index]?.until ?? Number.POSITIVE_INFINITY;
  for (const { waitFrom, until = end } of visits.slice(first, index + 1).filter(waits)) {
    // In another queue it may wait on.
    const [from, to] = [Math.max(second(waitFrom), counted), second(Math.min(until, end))];
    if (to <= from) continue;
    seconds += to - from;
    counted = to;
  }
  return seconds;
}

/** What came of a call that is over. An agent has answered it where they talked for a second at least, as figures have no finer time. */
const wholeOf = ({ beganAt, visits }: Call): NonNullable<SegmentRecorded['whole']> => ({
  from: beganAt,
  answered: visits.some(({ device, talkFrom, until = 0 }) => device === 'agent' && talkFrom !== undefined && second(until) > second(talkFrom)),
  sought: visits.some((visit) => visit.device === 'agent' || waits(visit)),
  inFlow: visits.some(({ device }) => device === 'flow'),
  talked: visits.reduce((sum, { talkFrom, until = 0 }) => sum + (talkFrom === undefined ? 0 : second(until) - second(talkFrom)), 0),
});

/** A number outside is personal, so it stands apart. */
const placeOf = ({ device, no, access }: Visit): NonNullable<SegmentRecorded['before']> =>
  ({ device, no: device === 'number' ? '' : no, ...(access === undefined ? {} : { access }) });

function recordVisit(step: Step, call: Call, visit: Left, cause?: number): void {
  const { no, enterReason, leaveReason, waitFrom, ackFrom, talkFrom, until, queue } = visit;
  const index = call.visits.indexOf(visit);
  const before = call.visits[index - 1];
  // Where it goes at once; figures have no finer time.
  const next = call.visits.slice(index + 1).find((one) => second(one.waitFrom) === second(until));
  const service = call.visits.slice(0, index + 1).find(({ device }) => device === 'flow')?.no;
  const rows = call.visits.filter(({ row }) => row !== undefined).length;
  step.emit({
    type: 'SegmentRecorded', call: call.id, row: rows + 1, visit: index, ...placeOf(visit), ...(before === undefined ? {} : { before: placeOf(before) }),
    enter: enterReason, leave: leaveReason, from: waitFrom, ...(ackFrom === undefined ? {} : { ackFrom }), ...(talkFrom === undefined ? {} : { talkFrom }), until,
    ...(service === undefined ? {} : { service }), ...(queue === undefined ? {} : { queue }), ...(call.firstQueue === undefined ? {} : { firstQueue: call.firstQueue }),
    feature: call.feature, medium: call.medium, mediaType: mediaTypeOf(call, step.centre.config.queues.get(queue ?? 0)?.media), ...(call.chat === undefined ? {} : { media: call.chat.media }),
    first: !call.visits.slice(0, index).some(({ device }) => device === visit.device), ...(next === undefined ? {} : { next: next.device }),
    queued: queuedBefore(call.visits, index), ...(cause === undefined ? {} : { cause, whole: wholeOf(call) }), ...(visit.device === 'number' ? { personal: { number: no } } : {}),
  });
}

/**
 * 13.2: a row for each device that a call has left. While the call is at none, the newest waits, as it may prove to be the last
 * one, which alone says why the call ended.
 */
export function keepRecords(step: Step, events: readonly Event[]): void {
  const { calls, unrecorded: ended } = step.centre;
  const touched = new Set<string>();
  for (const event of events) if ('call' in event && event.call !== undefined) touched.add(event.call);
  for (const id of touched) {
    const call = calls.get(id);
    if (call === undefined) continue;
    const left = unrecorded(call);
    if (call.visits.every(isLeft)) left.slice(0, -1).forEach((visit) => { recordVisit(step, call, visit); });
    else left.forEach((visit) => { recordVisit(step, call, visit); });
  }
  for (const { call, cause } of ended.values()) {
    const left = unrecorded(call);
    for (const [index, visit] of left.entries()) recordVisit(step, call, visit, index === left.length - 1 ? cause : undefined);
  }
}

import type { LegReport } from '@parley/core/call/leg.ts';
import { CAUSE } from '@parley/core/call/call.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import { arrangeRooms, everyRoom, type Arranged } from '@parley/core/voice/arrange.ts';
import type { Order, VoiceLeg } from '@parley/core/voice/order.ts';

/** The legs that stand at the voice port. */
export type Standing = ReadonlyMap<VoiceLeg, 'ringing' | 'up'>;

/**
 * What the voice port would have told of these legs while nobody listened (docs/closures.md): of those that it does not have
 * any more, that they ended; of those that are up by now, that they were answered. A leg that was decided upon and never
 * dialled is among the former: nothing is ever dialled twice.
 */
export function missedReports({ legs }: Centre, known: Iterable<VoiceLeg>, standing: Standing): readonly LegReport[] {
  const reports: LegReport[] = [];
  for (const id of known) {
    const leg = legs.get(id);
    if (leg === undefined) continue;
    const state = standing.get(id);
    if (state === undefined) reports.push({ kind: 'ended', leg: id, cause: CAUSE.internalError });
    else if (state === 'up' && (leg.state === 'dialling' || leg.state === 'ringing')) reports.push({ kind: 'answered', leg: id });
  }
  return reports;
}

/** Orders that may have got lost behind the commit, for legs that stand. Each does no harm where it was carried out already. */
export function missedOrders(centre: Centre, standing: Standing, arranged: Arranged): readonly Order[] {
  const orders: Order[] = [];
  for (const { id, state, direction } of centre.legs.values()) {
    const stands = standing.get(id);
    if (stands === undefined) continue;
    if (state === 'dropping') orders.push({ kind: 'drop', leg: id, cause: CAUSE.released });
    else if (state === 'up' && direction === 'in' && stands === 'ringing') orders.push({ kind: 'answer', leg: id });
  }
  for (const { id, flow, waitFlow } of centre.calls.values()) {
    if (waitFlow?.isOver === false && standing.has(waitFlow.leg)) orders.push({ kind: 'flow', vdnId: centre.vdnId, leg: waitFlow.leg, flow: waitFlow.code, call: id, waits: true });
    if (flow !== undefined && standing.has(flow.leg)) orders.push({ kind: 'flow', vdnId: centre.vdnId, leg: flow.leg, flow: flow.code, call: id });
  }
  return [...orders, ...arrangeRooms(centre, everyRoom(centre), arranged)];
}

import type { Event } from '../centre/event.ts';
import type { Centre } from '../centre/state.ts';
import { arrangeRooms, touches, type Arranged } from './arrange.ts';
import type { Order } from './order.ts';

/** What the voice port must do because an event happened; rooms are arranged once, when the decision is whole. */
function orderOf(event: Event, centre: Centre): Order | undefined {
  switch (event.type) {
    case 'LegBegan':
      if (event.direction === 'in') return undefined;
      return event.agent === undefined
        ? { kind: 'dial', leg: event.leg, to: { kind: 'number', number: event.personal?.number ?? '' }, from: event.personal?.caller ?? '', ringMs: event.ringMs ?? 0 }
        : { kind: 'dial', leg: event.leg, to: { kind: 'phone', number: event.phone ?? '' }, from: '', ringMs: event.ringMs ?? 0 };
    case 'LegAnswered':
      return centre.legs.get(event.leg)?.direction === 'in' ? { kind: 'answer', leg: event.leg } : undefined;
    case 'LegDropped':
      return { kind: 'drop', leg: event.leg, cause: event.cause };
    case 'FlowEntered':
      return { kind: 'flow', leg: event.leg, flow: event.flow, call: event.call };
    default:
      return undefined;
  }
}

/** Gathers the orders of one decision. */
export interface Ordering {
  readonly watch: (event: Event, centre: Centre) => void;
  /** The orders since the last time, rooms last. */
  readonly take: (centre: Centre) => readonly Order[];
}

export function createOrdering(arranged: Arranged = new Map()): Ordering {
  let orders: Order[] = [];
  const touched = new Set<string>();
  return {
    watch: (event, centre) => {
      const order = orderOf(event, centre);
      if (order !== undefined) orders.push(order);
      for (const call of touches(event, centre)) if (call !== undefined) touched.add(call);
    },
    take: (centre) => {
      const taken = touched.size === 0 ? orders : [...orders, ...arrangeRooms(centre, touched, arranged)];
      orders = [];
      touched.clear();
      return taken;
    },
  };
}

import type { Event } from '../centre/event.ts';
import type { Centre } from '../centre/state.ts';
import { roomOf } from '../conference/conference.ts';
import { arrangeRooms, roomName, touches, type Arranged } from './arrange.ts';
import type { Order, VoiceLeg } from './order.ts';

type OrdersOf = { readonly [Of in Event['type']]?: (event: Extract<Event, { type: Of }>, centre: Centre) => Order | undefined };

/** What the voice port must do because something happened; rooms are arranged once, when the decision is whole. */
const ORDERS: OrdersOf = {
  LegBegan: ({ leg, agent, call, direction, phone, ringMs = 0, personal }, centre) => {
    if (direction === 'in') return undefined;
    const forCall = call ?? (agent === undefined ? undefined : centre.agents.get(agent)?.call);
    const beside = neighbourOf(centre, leg, forCall);
    const near = beside === undefined ? {} : { near: beside };
    return agent === undefined
      ? { kind: 'dial', vdnId: centre.vdnId, leg, to: { kind: 'number', number: personal?.number ?? '' }, from: personal?.caller ?? '', ringMs, ...near }
      : { kind: 'dial', vdnId: centre.vdnId, leg, to: { kind: 'phone', number: phone ?? '' }, from: centre.calls.get(forCall ?? '')?.caller ?? '', ringMs, ...near };
  },
  LegAnswered: ({ leg }, centre) => (centre.legs.get(leg)?.direction === 'in' ? { kind: 'answer', leg } : undefined),
  PickUpAsked: ({ leg }) => ({ kind: 'pickUp', leg }),
  ImageAsked: ({ leg, image }) => ({ kind: 'askImage', leg, image }),
  LegDropped: ({ leg, cause }) => ({ kind: 'drop', leg, cause }),
  FlowEntered: ({ leg, flow, call }, { vdnId }) => ({ kind: 'flow', vdnId, leg, flow, call }),
  WaitFlowBegan: ({ leg, flow, call }, { vdnId }) => ({ kind: 'flow', vdnId, leg, flow, call, waits: true }),
  // Another flow that the caller has come to has taken its place.
  WaitFlowEnded: ({ call, leg, why }, centre) => (why === 'over' || centre.calls.get(call)?.flow?.leg === leg ? undefined : { kind: 'endFlow', leg }),
  KeysPressed: ({ leg, personal }) => ({ kind: 'digits', leg, digits: personal?.digits ?? '' }),
  KeysForwarded: ({ leg, digits }) => ({ kind: 'digits', leg, digits }),
  ConferencePlayBegan: playOrder,
  ConferencePlayEnded: ({ play, why }) => (why === 'stopped' ? { kind: 'stopPlay', play } : undefined),
  PlaybackBegan: ({ agent: id, play }, centre) => {
    const { leg, playback } = centre.agents.get(id) ?? {};
    if (leg === undefined || playback === undefined) return undefined;
    const { path: file, fromMs, repeats, gain } = playback;
    return { kind: 'play', play, to: { leg }, file, ...(fromMs === 0 ? {} : { fromMs }), ...(repeats ? { repeats } : {}), ...(gain === 1 ? {} : { gain }) };
  },
  PlaybackPaused: ({ play }) => ({ kind: 'pausePlay', play }),
  PlaybackResumed: ({ play }) => ({ kind: 'resumePlay', play }),
  PlaybackJumped: ({ play, ms }) => ({ kind: 'seekPlay', play, ms, from: 'here' }),
  // What has ended by itself can be stopped again, and what has not begun was never ordered.
  PlaybackEnded: ({ play, why }) => (why === 'end' ? undefined : { kind: 'stopPlay', play }),
  RecordingBegan: ({ recording: record, agent, room, path: file, append, media }, centre) => {
    const apart = centre.agents.get(agent)?.leg;
    return { kind: 'record', record, room: roomName(centre.vdnId, room), file, append, ...(apart === undefined ? {} : { apart }), ...(media === undefined ? {} : { pictures: true }) };
  },
  RecordingPaused: ({ recording: record }) => ({ kind: 'pauseRecord', record }),
  RecordingResumed: ({ recording: record }) => ({ kind: 'resumeRecord', record }),
  RecordingStopped: ({ recording: record }) => ({ kind: 'stopRecord', record }),
};

/** A leg that stands in the call for which another one is dialled. */
function neighbourOf(centre: Centre, own: VoiceLeg, call: string | undefined): VoiceLeg | undefined {
  for (const part of (call === undefined ? undefined : centre.calls.get(call))?.parts ?? []) {
    const leg = part.kind === 'agent' ? centre.agents.get(part.agent)?.leg : part.leg;
    if (leg !== undefined && leg !== own && centre.legs.get(leg)?.state === 'up') return leg;
  }
  return undefined;
}

function orderOf(event: Event, centre: Centre): Order | undefined {
  const order = ORDERS[event.type] as ((event: Event, centre: Centre) => Order | undefined) | undefined;
  return order?.(event, centre);
}

function playOrder({ conference: id, participant, play, file }: Extract<Event, { type: 'ConferencePlayBegan' }>, centre: Centre): Order | undefined {
  const to = participant === undefined ? { room: roomOf(centre.vdnId, id) } : legOf(centre, id, participant);
  return to === undefined ? undefined : { kind: 'play', play, to, file };
}

function legOf(centre: Centre, conference: number, participant: number): { readonly leg: VoiceLeg } | undefined {
  const one = centre.conferences.get(conference)?.participants.get(participant);
  const leg = one?.agent === undefined ? one?.leg : centre.agents.get(one.agent)?.leg;
  return leg === undefined ? undefined : { leg };
}

/** What sounds in a room comes after its arrangement, as a room exists only as long as somebody is in it; and what stops it behind what began it. */
const SOUNDS: ReadonlySet<Order['kind']> = new Set([
  'play', 'pausePlay', 'resumePlay', 'seekPlay', 'stopPlay', 'record', 'pauseRecord', 'resumeRecord', 'stopRecord',
]);
const isSound = ({ kind }: Order): boolean => SOUNDS.has(kind);

/** Gathers the orders of one decision. */
export interface Ordering {
  readonly watch: (event: Event, centre: Centre) => void;
  /** The orders since the last time: what legs do, then rooms, then what sounds in them. */
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
      const taken = touched.size === 0 ? orders : [...orders.filter((order) => !isSound(order)), ...arrangeRooms(centre, touched, arranged), ...orders.filter(isSound)];
      orders = [];
      touched.clear();
      return taken;
    },
  };
}

import type { Command } from '@parley/core/centre/command.ts';
import { decide } from '@parley/core/centre/decide.ts';
import type { Event } from '@parley/core/centre/event.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import { isFleeting, type Watch } from '@parley/core/centre/step.ts';
import type { Arranged } from '@parley/core/voice/arrange.ts';
import type { Order, VoiceLeg } from '@parley/core/voice/order.ts';
import { createOrdering, type Ordering } from '@parley/core/voice/orders.ts';
import type { Sent } from './engine.ts';
import { toRow, type About, type EventRow } from './event-row.ts';
import type { Telling, Tellings } from './tellings.ts';

/** One contact centre in memory. Its state may be ahead of the journal; what others are told is not. */
export interface Shard {
  readonly vdnId: number;
  readonly epoch: number;
  readonly centre: Centre;
  /** Number of the newest event, journaled or not. */
  head: number;
  /** Number of the newest event that is journaled. */
  journaled: number;
  /** The newest event in a snapshot. */
  snapshotAt: number;
  /** Time never goes back, whatever the clock does. */
  lastAt: number;
  lastUsed: number;
  /** A decision threw: half of it is in force. */
  isSpoilt: boolean;
  readonly carryOut: (command: Command, at: number) => Outcome;
  /** Forgets what the voice port was told of rooms: all of them are told anew. */
  readonly rearrange: () => Arranged;
}

/** What a command led to, to be told when it is journaled. */
export interface Outcome {
  readonly sent: Sent;
  readonly rows: readonly EventRow[];
  readonly tellings: readonly Telling[];
  readonly orders: readonly Order[];
}

export interface ShardOptions {
  readonly centre: Centre;
  readonly epoch: number;
  readonly head: number;
  readonly snapshotAt: number;
  readonly tellings: Tellings;
  /** Told of legs as they come and go: those that come in are found by it. */
  readonly onLeg: (leg: VoiceLeg, isThere: boolean) => void;
  readonly now: number;
}

const NO_ROWS: readonly EventRow[] = [];
const NO_TELLINGS: readonly Telling[] = [];
const NO_ORDERS: readonly Order[] = [];

export function createShard({ centre, epoch, head, snapshotAt, tellings, onLeg, now }: ShardOptions): Shard {
  let ordering: Ordering = createOrdering();
  let rows: EventRow[] = [];
  let hasSeen = false;
  const owners = new Map<VoiceLeg, About>();
  for (const { id, call, agent, direction } of centre.legs.values()) {
    owners.set(id, { call, agent });
    if (direction === 'in') onLeg(id, true);
  }

  const watch: Watch = (event, seen, at) => {
    hasSeen = true;
    ordering.watch(event, seen);
    if (event.type === 'LegBegan') {
      owners.set(event.leg, { call: event.call, agent: event.agent });
      if (event.direction === 'in') onLeg(event.leg, true);
    }
    if (!isFleeting(event)) rows.push(toRow(event, at, aboutOf(event, seen, owners)));
    tellings.read(event, seen, at);
    if (event.type === 'LegEnded') {
      owners.delete(event.leg);
      onLeg(event.leg, false);
    }
  };
  const watches = [watch];

  const shard: Shard = {
    vdnId: centre.vdnId, epoch, centre, head, journaled: head, snapshotAt, lastAt: 0, lastUsed: now, isSpoilt: false,
    carryOut: (command, at) => {
      rows = [];
      hasSeen = false;
      tellings.take();
      const { result, refused } = decide(centre, command, at, watches);
      const sent: Sent = { result, refused };
      if (!hasSeen) return { sent, rows: NO_ROWS, tellings: NO_TELLINGS, orders: NO_ORDERS };
      shard.head += rows.length;
      shard.lastAt = at;
      return { sent, rows, tellings: tellings.take(), orders: ordering.take(centre) };
    },
    rearrange: () => {
      const arranged: Arranged = new Map();
      ordering = createOrdering(arranged);
      return arranged;
    },
  };
  return shard;
}

/** The call and the agent that an event is about, where it names only a leg. */
function aboutOf(event: Event, { agents }: Centre, owners: ReadonlyMap<VoiceLeg, About>): About {
  const owner = 'leg' in event && event.leg !== undefined ? owners.get(event.leg) : undefined;
  const agent = ('agent' in event ? event.agent : undefined) ?? owner?.agent;
  const call = ('call' in event ? event.call : undefined) ?? owner?.call;
  // A phone serves one call after the other.
  return { agent, call: call ?? (owner !== undefined && agent !== undefined ? agents.get(agent)?.call : undefined) };
}

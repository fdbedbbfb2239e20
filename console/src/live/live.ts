import type { liveAgent, liveQueue, LIVE_EVENTS } from '@parley/contract/admin/live.ts';
import type { StreamedEvent } from '@parley/contract/event-stream.ts';
import type { Static } from 'typebox';
import { keepFollowing, type Following, type StreamPorts } from './stream.ts';

/* What queues and agents do, as the live stream of the server tells it: put together here, and shown so often as a page can bear. */

export type LiveQueue = Static<typeof liveQueue>;
export type LiveAgent = Static<typeof liveAgent>;
type Snapshot = Static<(typeof LIVE_EVENTS)['snapshot']>;

/** How things are: who is not told of anew stays the same object, so that pages need not look at it again. */
export interface Floor {
  readonly queues: readonly LiveQueue[];
  readonly agents: readonly LiveAgent[];
}

/** Nothing has been heard yet; what is shown is how things are; or it is not, and the stream is asked for again. */
export type Line =
  | { readonly state: 'asking' }
  | { readonly state: 'live' }
  | { readonly state: 'away'; readonly since: number; readonly error: unknown };

export interface Board {
  readonly line: Line;
  /** Undefined until something has been heard. */
  readonly floor: Floor | undefined;
}

export interface LivePorts extends Pick<StreamPorts, 'open' | 'random'> {
  /** The server says what time it is. */
  readonly onTime: (at: number) => void;
  /** The stream was refused, or could not be reached. */
  readonly onFault: (error: unknown) => void;
}

export interface Live {
  readonly board: () => Board;
  /** The stream is open as long as somebody listens. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Comes again at once, should it be waiting to: the line may be there again. */
  readonly hurry: () => void;
}

/** A page is drawn again after so long at the earliest; what happens after a while of silence is shown at once. */
const GAP_MS = 120;
/** Where more than so many changes have gathered by then nobody could follow them one by one: they are shown together, twice a second. */
const MANY = 30;
const GAP_OF_MANY_MS = 500;
const LIVE: Line = { state: 'live' };
const NOTHING: Board = { line: { state: 'asking' }, floor: undefined };

export function createLive({ open, onTime, onFault, random }: LivePorts): Live {
  const listeners = new Set<() => void>();
  const queues = new Map<number, LiveQueue>();
  const agents = new Map<number, LiveAgent>();
  let board = NOTHING;
  let running: Following | undefined;
  let showing: ReturnType<typeof setTimeout> | undefined;
  let shownAt = Number.NEGATIVE_INFINITY;
  let unshown = 0;

  const set = (next: Board): void => {
    board = next;
    for (const listener of listeners) listener();
  };

  const show = (): void => {
    const passed = Date.now() - shownAt;
    if (unshown > MANY && passed < GAP_OF_MANY_MS) {
      showing = setTimeout(show, GAP_OF_MANY_MS - passed);
      return;
    }
    showing = undefined;
    unshown = 0;
    shownAt = Date.now();
    set({ line: LIVE, floor: { queues: [...queues.values()], agents: [...agents.values()] } });
  };

  const showSoon = (): void => {
    unshown += 1;
    showing ??= setTimeout(show, Math.max(0, shownAt + GAP_MS - Date.now()));
  };

  const begin = ({ at, queues: allQueues, agents: allAgents }: Snapshot): void => {
    onTime(at);
    queues.clear();
    agents.clear();
    for (const queue of allQueues) queues.set(queue.queueId, queue);
    for (const agent of allAgents) agents.set(agent.workNo, agent);
  };

  const take = ({ name, data }: StreamedEvent): void => {
    if (name === 'snapshot') begin(data as Snapshot);
    else if (name === 'queue') queues.set((data as LiveQueue).queueId, data as LiveQueue);
    else if (name === 'agent') {
      const agent = data as LiveAgent;
      if (agent.state === 'signedOut') agents.delete(agent.workNo);
      else agents.set(agent.workNo, agent);
    }
    showSoon();
  };

  const lose = (error: unknown): void => {
    clearTimeout(showing);
    showing = undefined;
    const { line, floor } = board;
    set({ line: { state: 'away', since: line.state === 'away' ? line.since : Date.now(), error }, floor });
    if (error !== undefined) onFault(error);
  };

  const stop = (): void => {
    running?.stop();
    running = undefined;
    clearTimeout(showing);
    showing = undefined;
    board = NOTHING;
  };

  return {
    board: () => board,
    subscribe: (listener) => {
      listeners.add(listener);
      running ??= keepFollowing({ open, onEvent: take, onLost: lose, random });
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stop();
      };
    },
    hurry: () => { running?.hurry(); },
  };
}

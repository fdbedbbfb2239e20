import type { liveAgent, liveQueue, LIVE_EVENTS } from '@parley/contract/admin/live.ts';
import type { StreamedEvent } from '@parley/contract/event-stream.ts';
import type { Static } from 'typebox';

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

export interface LivePorts {
  /** Opens the stream, and calls `heard` whenever something comes, be it only to keep the line awake. It is over when it ends, throws, or the signal fires. */
  readonly open: (signal: AbortSignal, heard: () => void) => AsyncIterable<StreamedEvent>;
  /** The server says what time it is. */
  readonly onTime: (at: number) => void;
  /** The stream was refused, or could not be reached. */
  readonly onFault: (error: unknown) => void;
  readonly random?: () => number;
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
/** The server says something every 15 s: a line on which nothing comes for longer than two of these is dead, whatever the browser thinks of it. */
const SILENT_MS = 40_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5000;
const LIVE: Line = { state: 'live' };
const NOTHING: Board = { line: { state: 'asking' }, floor: undefined };

export function createLive({ open, onTime, onFault, random = Math.random }: LivePorts): Live {
  const listeners = new Set<() => void>();
  const queues = new Map<number, LiveQueue>();
  const agents = new Map<number, LiveAgent>();
  let board = NOTHING;
  let running: AbortController | undefined;
  let showing: ReturnType<typeof setTimeout> | undefined;
  let shownAt = Number.NEGATIVE_INFINITY;
  let endPause: (() => void) | undefined;

  const set = (next: Board): void => {
    board = next;
    for (const listener of listeners) listener();
  };

  const show = (): void => {
    showing = undefined;
    shownAt = Date.now();
    set({ line: LIVE, floor: { queues: [...queues.values()], agents: [...agents.values()] } });
  };

  const showSoon = (): void => {
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

  /** Follows one stream to its end; answers whether it told anything. */
  const followOnce = async (signal: AbortSignal): Promise<boolean> => {
    const silence = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const heard = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => { silence.abort(new Error('the line is silent')); }, SILENT_MS);
    };
    let hasTold = false;
    heard();
    try {
      for await (const event of open(AbortSignal.any([signal, silence.signal]), heard)) {
        if (signal.aborted) break;
        hasTold = true;
        take(event);
      }
      if (!signal.aborted) lose(undefined);
    } catch (error) {
      if (!signal.aborted) lose(error);
    } finally {
      clearTimeout(timer);
    }
    return hasTold;
  };

  const pause = (ms: number): Promise<void> => new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    endPause = () => {
      clearTimeout(timer);
      resolve();
    };
  });

  const run = async (signal: AbortSignal): Promise<void> => {
    let failures = 0;
    while (!signal.aborted) {
      failures = await followOnce(signal) ? 0 : failures + 1;
      // Not all pages at once, when the server is there again.
      if (!signal.aborted) await pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures) * (0.5 + random() / 2));
    }
  };

  const stop = (): void => {
    running?.abort();
    running = undefined;
    endPause?.();
    clearTimeout(showing);
    showing = undefined;
    board = NOTHING;
  };

  return {
    board: () => board,
    subscribe: (listener) => {
      listeners.add(listener);
      if (running === undefined) {
        running = new AbortController();
        void run(running.signal);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stop();
      };
    },
    hurry: () => { endPause?.(); },
  };
}

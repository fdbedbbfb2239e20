import { openDesk, showDesk, showDeskNow } from '@parley/contract/admin/desk.ts';
import { Refused, type Client } from '@parley/contract/client.ts';
import { agentEventPoll } from '@parley/contract/gateway/agent-event.ts';
import { agentForceLogout, agentLogout } from '@parley/contract/gateway/agent-session.ts';
import type { Input, Operation, OperationParts, Result } from '@parley/contract/operation.ts';
import type { TSchema } from 'typebox';

/* Keeps an agent's desk: one session with the centre, polled for events, and how things stand as the server says it. It knows nothing of pages. */

export type DeskSession = Result<typeof openDesk>;
export type DeskNow = Result<typeof showDeskNow>;
export type DeskCall = DeskNow['calls'][number];
export type OpenOptions = Input<typeof openDesk>;

/** Nobody knows yet; nobody is signed in; the sign-in is on its way; this page is the desk; another page of this browser is. */
export type Standing = 'unknown' | 'closed' | 'opening' | 'open' | 'elsewhere';

export interface DeskState {
  readonly standing: Standing;
  readonly session: DeskSession | undefined;
  readonly now: DeskNow | undefined;
  /** How far this clock is ahead of the server's. */
  readonly aheadMs: number;
  readonly workNo: number | undefined;
  /** The agent is signed in by another program or browser, whose session can be taken up or ended. */
  readonly isSignedInElsewhere: boolean;
  /** The session has ended, and not by this page. */
  readonly hasEnded: boolean;
  /** The server has not answered; it is asked again. */
  readonly isOffline: boolean;
  /** Why the desk could not be opened. */
  readonly error: unknown;
}

export interface AgentEventSeen {
  readonly at: number;
  readonly eventType: string;
  readonly content: unknown;
}

/** At most one page of a browser has it (Web Locks). */
export interface DeskLock {
  /** Takes it if it is free, or from whoever has it; answers whether it has been taken. */
  readonly take: (onLost: () => void, options?: { readonly isStolen?: boolean }) => Promise<boolean>;
  /** Calls back once nobody has it any more. */
  readonly onFree: (listener: () => void) => void;
  readonly release: () => void;
}

export interface KeeperPorts {
  readonly api: Client;
  readonly setGuid: (guid: string | undefined) => void;
  readonly lock: DeskLock;
  /** When the session began that this browser has begun: it outlives the page. */
  readonly memory: { readonly read: () => number | undefined; readonly write: (signedInAt: number | undefined) => void };
  readonly isVisible: () => boolean;
  /** Tells when something has changed at the desk, by the clock of the server, and when nobody would tell any more; what it answers ends that. */
  readonly follow: (listener: { readonly onChange: (at: number) => void; readonly onLost: () => void }) => () => void;
  readonly clock: () => number;
  /** The console's own session has ended. */
  readonly onSessionOver: () => void;
}

type DeskInput<Parts extends OperationParts, R extends TSchema> = Omit<Input<Operation<Parts, R>>, 'agentid'>;

export interface DeskKeeper {
  readonly state: () => DeskState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Takes up the session that this browser has begun, if it goes on. */
  readonly find: () => Promise<void>;
  readonly open: (options?: OpenOptions) => Promise<void>;
  /** Goes on with a session that was begun elsewhere, in another program or another page. */
  readonly takeUp: () => Promise<void>;
  /** Signs out; by force also in the middle of calls, which end. */
  readonly leave: (options?: { readonly isForced?: boolean }) => Promise<void>;
  /** Lets go of the desk without signing out. */
  readonly stop: () => void;
  readonly act: <Parts extends OperationParts, R extends TSchema>(op: Operation<Parts, R>, input: DeskInput<Parts, R>) => Promise<Result<Operation<Parts, R>>>;
  readonly refresh: () => Promise<void>;
  /** Asks for the session once more, as its password for the phone may have ended. */
  readonly renew: () => Promise<void>;
  readonly onEvent: (listener: (event: AgentEventSeen) => void) => () => void;
  readonly events: () => readonly AgentEventSeen[];
}

const MOST_EVENTS = 500;
const REFRESH_MS = 3000;
/** Where changes are told, the desk is looked at all the same, lest one was missed. */
const TOLD_REFRESH_MS = 15_000;
const FIRST_BACKOFF_MS = 500;
const MOST_BACKOFF_MS = 8000;
/** A poll that is answered at once with nothing is not to be repeated as fast as the line can carry it. */
const BREATH_MS = 200;
const SAME_CLOCK_MS = 1000;
const NOTHING: DeskState = {
  standing: 'unknown', session: undefined, now: undefined, aheadMs: 0, workNo: undefined, isSignedInElsewhere: false, hasEnded: false, isOffline: false, error: undefined,
};

const isStatus = (error: unknown, status: number): boolean => error instanceof Refused && error.status === status;
/** Only an answer of the server's tells anything of the session. */
const isAnswer = (error: unknown): boolean => error instanceof Refused && error.status < 500;

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) return Promise.resolve();
  const timer = setTimeout(resolve, ms);
  signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
  return promise;
}

export function createDeskKeeper({ api, setGuid, lock, memory, isVisible, follow, clock, onSessionOver }: KeeperPorts): DeskKeeper {
  let state = NOTHING;
  let running: AbortController | undefined;
  let asking: Promise<void> | undefined;
  let finding: Promise<void> | undefined;
  let isAskedAgain = false;
  let acting = 0;
  let changedAt = Number.NEGATIVE_INFINITY;
  let events: readonly AgentEventSeen[] = [];
  const listeners = new Set<() => void>();
  const eventListeners = new Set<(event: AgentEventSeen) => void>();

  const set = (changes: Partial<DeskState>): void => {
    state = { ...state, ...changes };
    for (const listener of listeners) listener();
  };

  const stop = (): void => {
    running?.abort();
    running = undefined;
  };

  const close = (changes: Partial<DeskState> = {}): void => {
    stop();
    lock.release();
    setGuid(undefined);
    set({ ...NOTHING, standing: 'closed', ...changes });
  };

  /** Another page has the desk; it comes back here when that one is closed. */
  const yieldDesk = (): void => {
    stop();
    setGuid(undefined);
    set({ ...NOTHING, standing: 'elsewhere' });
    lock.onFree(() => { if (state.standing === 'elsewhere') void find(); });
  };

  /** Clocks on the page would jump if it were what each answer has taken on its way. */
  const aheadOf = (at: number): number => {
    const aheadMs = clock() - at;
    return Math.abs(aheadMs - state.aheadMs) > SAME_CLOCK_MS ? aheadMs : state.aheadMs;
  };

  const askOnce = async (): Promise<void> => {
    const { signal } = running ?? {};
    if (signal === undefined) return;
    try {
      const now = await api.ask(showDeskNow, {});
      if (!signal.aborted) set({ now, aheadMs: aheadOf(now.at), isOffline: false });
    } catch (error) {
      if (signal.aborted) return;
      if (isStatus(error, 401)) onSessionOver();
      else if (isStatus(error, 404)) close({ hasEnded: true });
      else if (!isAnswer(error)) set({ isOffline: true });
    }
  };

  /** One is on its way at a time; whoever asks meanwhile is answered by the next. */
  const refresh = async (): Promise<void> => {
    if (asking !== undefined) {
      isAskedAgain = true;
      return asking;
    }
    asking = (async () => {
      try {
        do {
          isAskedAgain = false;
          await askOnce();
        } while (isAskedAgain);
      } finally {
        // At once, and not when the promise is awaited: whoever asked in between would be answered by nobody.
        asking = undefined;
      }
    })();
    return asking;
  };

  /** An event of the gateway may have been quicker than what is told of the desk; whoever acts asks afterwards, and is not to find other buttons under the mouse before. */
  const catchUp = (): void => {
    if (acting === 0 && isVisible() && (state.now?.at ?? 0) <= changedAt) void refresh();
  };

  const tell = (eventType: string, content: unknown): void => {
    const event: AgentEventSeen = { at: clock(), eventType, content };
    events = [...events.slice(1 - MOST_EVENTS), event];
    for (const listener of eventListeners) listener(event);
  };

  /** The GUID is no longer taken, or the line was down: what session is there now? */
  const takeStock = async (session: DeskSession): Promise<void> => {
    const { desk: found } = await api.ask(showDesk, {});
    if (found?.signedInAt !== session.signedInAt) return close({ hasEnded: true, isSignedInElsewhere: found !== null });
    setGuid(found.guid);
    set({ session: found, isOffline: false });
    await refresh();
  };

  const poll = async (session: DeskSession, signal: AbortSignal): Promise<void> => {
    let backoffMs = 0;
    while (!signal.aborted) {
      try {
        if (backoffMs > 0) await takeStock(session);
        if (signal.aborted) return;
        const begunAt = clock();
        const { ok, status, body, headers } = await api.call(agentEventPoll, { agentid: session.workNo });
        if (signal.aborted) return;
        const guid = headers.get('Guid');
        if (guid !== null) setGuid(guid);
        if (!ok) throw new Refused(agentEventPoll.id, status, body);
        backoffMs = 0;
        const { event } = body;
        if (event !== undefined) {
          tell(event.eventType, event.content);
          void refresh();
        } else if (clock() - begunAt < BREATH_MS) await sleep(BREATH_MS, signal);
      } catch (error) {
        if (signal.aborted) return;
        if (isStatus(error, 404)) return close({ hasEnded: true });
        if (isStatus(error, 401)) onSessionOver();
        if (!isAnswer(error)) set({ isOffline: true });
        backoffMs = Math.min(Math.max(FIRST_BACKOFF_MS, backoffMs * 2), MOST_BACKOFF_MS);
        await sleep(backoffMs * (0.75 + Math.random() / 2), signal);
      }
    }
  };

  const watch = async (signal: AbortSignal): Promise<void> => {
    let isTold = false;
    const stopFollowing = follow({
      onChange: (at) => {
        isTold = true;
        changedAt = at;
        catchUp();
      },
      onLost: () => {
        if (isTold) void refresh();
        isTold = false;
      },
    });
    signal.addEventListener('abort', stopFollowing, { once: true });
    while (!signal.aborted) {
      if (isVisible()) await refresh();
      await sleep(isTold ? TOLD_REFRESH_MS : REFRESH_MS, signal);
    }
  };

  const run = (session: DeskSession): void => {
    stop();
    running = new AbortController();
    memory.write(session.signedInAt);
    setGuid(session.guid);
    set({ ...NOTHING, standing: 'open', session, workNo: session.workNo });
    void poll(session, running.signal);
    void watch(running.signal);
  };

  /** Begins, or goes on, as the only page of this browser. */
  const enter = async (begin: () => Promise<DeskSession | null>, isStolen = false): Promise<void> => {
    if (!await lock.take(yieldDesk, { isStolen })) return yieldDesk();
    try {
      const session = await begin();
      if (session === null) close({ hasEnded: true });
      else run(session);
    } catch (error) {
      if (isStatus(error, 401)) onSessionOver();
      close({ isSignedInElsewhere: isStatus(error, 409), error });
    }
  };

  const find = async (): Promise<void> => {
    if (running !== undefined) return;
    if (!await lock.take(yieldDesk)) return yieldDesk();
    try {
      const { desk: found } = await api.ask(showDesk, {});
      if (found !== null && found.signedInAt === memory.read()) run(found);
      else close({ isSignedInElsewhere: found !== null });
    } catch (error) {
      if (isStatus(error, 401)) onSessionOver();
      close(isAnswer(error) ? {} : { error });
    }
  };

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
    find: async () => {
      finding ??= find().finally(() => { finding = undefined; });
      return finding;
    },
    refresh,
    renew: async () => {
      // Whoever cannot ask now does so by the poll, when the line is there again.
      if (state.session !== undefined) await takeStock(state.session).catch(() => undefined);
    },
    open: async (options = {}) => {
      set({ standing: 'opening', error: undefined, hasEnded: false });
      await enter(() => api.ask(openDesk, options));
    },
    takeUp: async () => {
      set({ standing: 'opening', error: undefined });
      await enter(async () => (await api.ask(showDesk, {})).desk, true);
    },
    leave: async ({ isForced = false } = {}) => {
      if (state.workNo === undefined) return;
      const agentid = state.workNo;
      await (isForced ? api.ask(agentForceLogout, { agentid }) : api.ask(agentLogout, { agentid }));
      memory.write(undefined);
      close();
    },
    stop: () => {
      stop();
      lock.release();
      set(NOTHING);
    },
    act: async (op, input) => {
      if (state.workNo === undefined) throw new Error('nobody is at the desk');
      acting += 1;
      try {
        return await api.ask(op, { ...input, agentid: state.workNo } as unknown as Input<typeof op>);
      } finally {
        await refresh();
        acting -= 1;
        catchUp();
      }
    },
    onEvent: (listener) => {
      eventListeners.add(listener);
      return () => { eventListeners.delete(listener); };
    },
    events: () => events,
  };
}

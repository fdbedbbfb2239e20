import type { Notice } from './notice.ts';

export interface SessionOf {
  readonly session: string;
  readonly mode: 'poll' | 'push';
}

/** An event on its way to a client. Whether it arrived is to be told once; until then the next one stays where it is. */
export interface Handed {
  readonly notice: Notice;
  readonly settle: (arrived: boolean) => void;
}

/** The events that are to be pushed, also those that are left when the session has ended. */
export interface Source {
  readonly take: (limit: number) => readonly Notice[];
  /** What was taken last and did not arrive is the next again, in its order. */
  readonly putBack: (notices: readonly Notice[]) => void;
}

/** Events wait here until they are polled or pushed: in order, each once, none lost (6.1.4). */
export interface Outbox {
  /**
   * A session begins, or is there again after a restart. What an older one had is dropped. `onFilled` is called when there is
   * something to push.
   */
  readonly open: (vdnId: number, agent: number, session: SessionOf, now: number, onFilled?: (source: Source) => void) => void;
  /** The session has ended; a poll that waits gets the last event that is there. */
  readonly close: (vdnId: number, agent: number) => void;
  readonly put: (vdnId: number, notice: Notice) => void;
  /** Takes the session's next event, or waits for it. Of several polls that wait, the latest gets it: the others may come from clients that are gone. */
  readonly take: (vdnId: number, agent: number, session: string, waitMs: number, gone: AbortSignal) => Promise<Handed | undefined>;
  /** 6.1.1.25: what waits is dropped. */
  readonly clear: (vdnId: number, agent: number) => void;
  /** Somebody of the session was there. */
  readonly seen: (vdnId: number, agent: number, now: number) => void;
  /** The agent's session, where nobody has been there since then. A poll that waits is there. */
  readonly silentSession: (vdnId: number, agent: number, since: number) => string | undefined;
  /** The sessions that are silent since then. */
  readonly silent: (since: number) => readonly { readonly vdnId: number; readonly agent: number; readonly session: string }[];
  /** Ends every poll that waits, and has none wait from now on, as Parley is going down. */
  readonly endPolls: () => void;
  readonly modeOf: (vdnId: number, agent: number) => 'poll' | 'push' | undefined;
  /** How many polls of the agent wait. */
  readonly waiting: (vdnId: number, agent: number) => number;
}

type Waiter = (handed: Handed | undefined) => void;

/** The events that one session has not fetched yet. */
interface Box {
  readonly session: string;
  readonly mode: 'poll' | 'push';
  readonly waiting: Notice[];
  /** Polls that wait for the next event, the latest last. */
  readonly waiters: Waiter[];
  /** An event is on its way to a client. */
  isHanding: boolean;
  /** How often what waited was dropped. */
  cleared: number;
  isClosed: boolean;
  hasOverflown: boolean;
  lastContact: number;
  onFilled: (() => void) | undefined;
}

/** Two minutes of silence end a session, so more than this waits only where something is very wrong. */
const MAX_WAITING = 5000;
/** A client has one poll open at a time, or two when it has lost one. */
const MAX_WAITERS = 8;

const keyOf = (vdnId: number, agent: number): string => `${vdnId}:${agent}`;

function handOut(box: Box): Handed | undefined {
  if (box.isHanding) return undefined;
  const notice = box.waiting.shift();
  if (notice === undefined) return undefined;
  box.isHanding = true;
  const { cleared } = box;
  let isSettled = false;
  return {
    notice,
    settle: (arrived) => {
      if (isSettled) return;
      isSettled = true;
      box.isHanding = false;
      if (box.isClosed) return;
      if (!arrived && box.cleared === cleared) box.waiting.unshift(notice);
      serve(box);
    },
  };
}

function serve(box: Box): void {
  const latest = box.waiters.at(-1);
  if (latest === undefined) return;
  const handed = handOut(box);
  if (handed !== undefined) latest(handed);
}

function endPolls(box: Box): void {
  for (const waiter of box.waiters.slice()) waiter(undefined);
}

function wait(box: Box, waitMs: number, gone: AbortSignal): Promise<Handed | undefined> {
  return new Promise((resolve) => {
    const done: Waiter = (handed) => {
      clearTimeout(timeout);
      gone.removeEventListener('abort', stop);
      const place = box.waiters.indexOf(done);
      if (place >= 0) box.waiters.splice(place, 1);
      resolve(handed);
    };
    const stop = (): void => { done(undefined); };
    const timeout = setTimeout(stop, waitMs);
    box.waiters.push(done);
    gone.addEventListener('abort', stop, { once: true });
    if (gone.aborted) stop();
    else if (box.waiters.length > MAX_WAITERS) box.waiters[0]?.(undefined);
  });
}

function sourceOf(box: Box): Source {
  let { cleared } = box;
  return {
    take: (limit) => {
      ({ cleared } = box);
      return box.waiting.splice(0, limit);
    },
    putBack: (notices) => { if (box.cleared === cleared) box.waiting.unshift(...notices); },
  };
}

/** `onOverflow` is told once a session. */
export function createOutbox(onOverflow: (vdnId: number, agent: number) => void = () => undefined): Outbox {
  /** Kept by last contact, the longest silent first, so that the sweep looks at no more than it ends. */
  const boxes = new Map<string, Box>();
  const boxOf = (vdnId: number, agent: number): Box | undefined => boxes.get(keyOf(vdnId, agent));
  let isEnding = false;
  const isSilent = (box: Box, since: number): boolean => box.lastContact < since && box.waiters.length === 0;

  const close = (key: string, box: Box): void => {
    boxes.delete(key);
    serve(box);
    box.isClosed = true;
    endPolls(box);
  };

  return {
    open: (vdnId, agent, { session, mode }, now, onFilled) => {
      const key = keyOf(vdnId, agent);
      const present = boxes.get(key);
      if (present?.session === session) return;
      if (present !== undefined) close(key, present);
      const box: Box = {
        session, mode, waiting: [], waiters: [], isHanding: false, cleared: 0, isClosed: false, hasOverflown: false, lastContact: now, onFilled: undefined,
      };
      if (onFilled !== undefined) {
        const source = sourceOf(box);
        box.onFilled = () => { onFilled(source); };
      }
      boxes.set(key, box);
    },
    close: (vdnId, agent) => {
      const box = boxOf(vdnId, agent);
      if (box !== undefined) close(keyOf(vdnId, agent), box);
    },
    put: (vdnId, notice) => {
      const box = boxOf(vdnId, notice.agent);
      if (box === undefined) return;
      box.waiting.push(notice);
      if (box.waiting.length > MAX_WAITING) {
        box.waiting.shift();
        if (!box.hasOverflown) onOverflow(vdnId, notice.agent);
        box.hasOverflown = true;
      }
      serve(box);
      box.onFilled?.();
    },
    take: async (vdnId, agent, session, waitMs, gone) => {
      const box = boxOf(vdnId, agent);
      if (box?.session !== session) return undefined;
      return handOut(box) ?? (isEnding ? undefined : wait(box, waitMs, gone));
    },
    clear: (vdnId, agent) => {
      const box = boxOf(vdnId, agent);
      if (box === undefined) return;
      box.waiting.length = 0;
      box.cleared += 1;
    },
    seen: (vdnId, agent, now) => {
      const key = keyOf(vdnId, agent);
      const box = boxes.get(key);
      if (box === undefined) return;
      box.lastContact = now;
      boxes.delete(key);
      boxes.set(key, box);
    },
    silentSession: (vdnId, agent, since) => {
      const box = boxOf(vdnId, agent);
      return box !== undefined && isSilent(box, since) ? box.session : undefined;
    },
    silent: (since) => {
      const found: { vdnId: number; agent: number; session: string }[] = [];
      for (const [key, box] of boxes) {
        if (box.lastContact >= since) break;
        if (!isSilent(box, since)) continue;
        const [vdnId = 0, agent = 0] = key.split(':').map(Number);
        found.push({ vdnId, agent, session: box.session });
      }
      return found;
    },
    endPolls: () => {
      isEnding = true;
      for (const box of boxes.values()) endPolls(box);
    },
    modeOf: (vdnId, agent) => boxOf(vdnId, agent)?.mode,
    waiting: (vdnId, agent) => boxOf(vdnId, agent)?.waiters.length ?? 0,
  };
}

import type { Notice } from './notice.ts';

/** The events that one session has not fetched yet. */
interface Box {
  readonly session: string;
  readonly mode: 'poll' | 'push';
  readonly waiting: Notice[];
  /** The poll that waits for the next event. */
  waiter: ((notice: Notice | undefined) => void) | undefined;
  lastContact: number;
  /** Called when there is something to push. */
  onFilled: (() => void) | undefined;
}

export interface SessionOf {
  readonly session: string;
  readonly mode: 'poll' | 'push';
}

/** Events wait here until they are polled or pushed: in order, each once, none lost (6.1.4). */
export interface Outbox {
  /** A session begins, or is there again after a restart. What an older one had is dropped. */
  readonly open: (vdnId: number, agent: number, session: SessionOf, now: number, onFilled?: () => void) => void;
  /** The session has ended; a poll that waits gets the last events that are there. */
  readonly close: (vdnId: number, agent: number) => void;
  readonly put: (vdnId: number, notice: Notice) => void;
  /** Takes the next event, or waits for it. A later poll of the same agent ends an earlier one that still waits. */
  readonly take: (vdnId: number, agent: number, waitMs: number, gone: AbortSignal) => Promise<Notice | undefined>;
  /** An event that did not reach its client is the next one again. */
  readonly putBack: (vdnId: number, notice: Notice) => void;
  readonly takeAll: (vdnId: number, agent: number, limit: number) => readonly Notice[];
  /** 6.1.1.25: what waits is dropped. */
  readonly clear: (vdnId: number, agent: number) => void;
  readonly seen: (vdnId: number, agent: number, now: number) => void;
  /** Sessions nobody has heard of since then, longest silent first. */
  readonly silentSince: (before: number) => readonly { readonly vdnId: number; readonly agent: number; readonly session: string }[];
  /** Ends every poll that waits, as Parley is going down. */
  readonly endPolls: () => void;
  readonly modeOf: (vdnId: number, agent: number) => 'poll' | 'push' | undefined;
}

/** Two minutes of silence end a session, so more than this waits only where something is very wrong. */
const MAX_WAITING = 5000;

export function createOutbox(): Outbox {
  /** Kept by last contact, the longest silent first, so that the sweep looks at no more than it ends. */
  const boxes = new Map<string, Box>();
  const keyOf = (vdnId: number, agent: number): string => `${vdnId}:${agent}`;

  const finish = (box: Box, notice: Notice | undefined): void => {
    const { waiter } = box;
    box.waiter = undefined;
    waiter?.(notice);
  };

  const wait = (box: Box, waitMs: number, gone: AbortSignal): Promise<Notice | undefined> => new Promise((resolve) => {
    const done = (notice: Notice | undefined): void => {
      clearTimeout(timeout);
      gone.removeEventListener('abort', stop);
      if (box.waiter === done) box.waiter = undefined;
      resolve(notice);
    };
    const stop = (): void => { done(undefined); };
    const timeout = setTimeout(stop, waitMs);
    box.waiter = done;
    gone.addEventListener('abort', stop, { once: true });
    if (gone.aborted) stop();
  });

  return {
    open: (vdnId, agent, { session, mode }, now, onFilled) => {
      const key = keyOf(vdnId, agent);
      const present = boxes.get(key);
      if (present?.session === session) return;
      if (present !== undefined) finish(present, undefined);
      boxes.delete(key);
      boxes.set(key, { session, mode, waiting: [], waiter: undefined, lastContact: now, onFilled });
    },
    close: (vdnId, agent) => {
      const box = boxes.get(keyOf(vdnId, agent));
      if (box === undefined) return;
      boxes.delete(keyOf(vdnId, agent));
      finish(box, box.waiting.shift());
    },
    put: (vdnId, notice) => {
      const box = boxes.get(keyOf(vdnId, notice.agent));
      if (box === undefined) return;
      if (box.waiter !== undefined) finish(box, notice);
      else {
        box.waiting.push(notice);
        if (box.waiting.length > MAX_WAITING) box.waiting.shift();
        box.onFilled?.();
      }
    },
    take: async (vdnId, agent, waitMs, gone) => {
      const box = boxes.get(keyOf(vdnId, agent));
      if (box === undefined) return undefined;
      finish(box, undefined);
      return box.waiting.shift() ?? wait(box, waitMs, gone);
    },
    putBack: (vdnId, notice) => {
      const box = boxes.get(keyOf(vdnId, notice.agent));
      if (box === undefined) return;
      if (box.waiter !== undefined) finish(box, notice);
      else box.waiting.unshift(notice);
    },
    takeAll: (vdnId, agent, limit) => boxes.get(keyOf(vdnId, agent))?.waiting.splice(0, limit) ?? [],
    clear: (vdnId, agent) => {
      const box = boxes.get(keyOf(vdnId, agent));
      if (box !== undefined) box.waiting.length = 0;
    },
    seen: (vdnId, agent, now) => {
      const key = keyOf(vdnId, agent);
      const box = boxes.get(key);
      if (box === undefined) return;
      box.lastContact = now;
      boxes.delete(key);
      boxes.set(key, box);
    },
    silentSince: (before) => {
      const silent: { vdnId: number; agent: number; session: string }[] = [];
      for (const [key, box] of boxes) {
        if (box.lastContact >= before) break;
        const [vdnId = 0, agent = 0] = key.split(':').map(Number);
        silent.push({ vdnId, agent, session: box.session });
      }
      return silent;
    },
    endPolls: () => { for (const box of boxes.values()) finish(box, undefined); },
    modeOf: (vdnId, agent) => boxes.get(keyOf(vdnId, agent))?.mode,
  };
}

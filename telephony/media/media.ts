import { MessageChannel, Worker } from 'node:worker_threads';
import { realTimers, type Timers } from '../timers.ts';
import { createOutbox } from './outbox.ts';
import { refused, OK, type MediaAnswer, type MediaFigures, type MediaOrder, type MediaReport } from './order.ts';
import type { FromThread, ThreadSettings, ToThread } from './threads.ts';

export interface Media {
  readonly perform: (order: MediaOrder) => Promise<MediaAnswer>;
  readonly subscribe: (listener: (report: MediaReport) => void) => () => void;
  readonly figures: () => Promise<MediaFigures>;
  readonly stop: () => Promise<void>;
}

export interface MediaOptions {
  readonly settings: ThreadSettings;
  readonly threads: number;
  readonly onFault: (message: string, details: Readonly<Record<string, unknown>>) => void;
  /** How a thread is begun; a worker of its own if nothing is said. */
  readonly begin?: (settings: ThreadSettings) => ThreadHandle;
  readonly timers?: Timers;
}

/** One thread, as it is seen from here. */
export interface ThreadHandle {
  readonly post: (message: ToThread, transfer?: readonly unknown[]) => void;
  readonly onMessage: (listener: (message: FromThread) => void) => void;
  /** It is gone, with all that it held. */
  readonly onGone: (listener: (error: unknown) => void) => void;
  readonly stop: () => Promise<void>;
}

interface Thread {
  readonly handle: ThreadHandle;
  readonly index: number;
  readonly waiting: Map<number, (answer: MediaAnswer) => void>;
  readonly begunAt: number;
  /** How many before it, one after the other, have died young. */
  readonly deaths: number;
  legs: number;
}

/** A leg: the thread that has its socket, and the one in which its sound is made. */
interface Placed {
  readonly owner: Thread;
  home: Thread;
  isUp: boolean;
}

type Beginning = Extract<MediaOrder, { kind: 'play' | 'record' }>;

const NO_THREAD = refused('failed', 'there is no media thread');
/**
 * Who dies younger than this may do so each time: its music cannot be read, or the memory does not suffice. The first time another
 * takes its place at once, then after a while that doubles.
 */
const YOUNG_MS = 10_000;
const FIRST_WAIT_MS = 500;
const MOST_WAIT_MS = 60_000;

/** A thread of the real kind. */
export const beginWorker = (settings: ThreadSettings): ThreadHandle => {
  const thread = new Worker(new URL('worker.ts', import.meta.url), { workerData: settings, name: 'media' });
  return {
    post: createOutbox((batch, transfer) => { thread.postMessage(batch, transfer as never); }),
    onMessage: (listener) => { thread.on('message', (batch: readonly FromThread[]) => { for (const message of batch) listener(message); }); },
    onGone: (listener) => {
      let fault: unknown;
      thread.on('error', (error) => { fault = error; });
      thread.on('exit', (code) => { listener(fault ?? new Error(`it ended with ${code}`)); });
    },
    stop: async () => { await thread.terminate(); },
  };
};

/**
 * Sound, in threads of its own. Those who are in one room must be in one thread, so a leg is opened where the one is that it
 * will talk with; where that was not known, its packets are passed on to where its room is.
 */
export function createMedia({ settings, threads: count, onFault, begin = beginWorker, timers = realTimers }: MediaOptions): Media {
  const listeners = new Set<(report: MediaReport) => void>();
  const threads: Thread[] = [];
  const legs = new Map<string, Placed>();
  const rooms = new Map<string, { readonly home: Thread; readonly members: Set<string> }>();
  const roomOf = new Map<string, string>();
  /** Plays and recordings that are not over. */
  const begun = new Map<string, Thread>();
  const starting = new Map<string, Promise<MediaAnswer>>();
  /** Calls off what is yet to be begun. */
  const awaited = new Set<() => void>();
  let numbers = 0;
  let hasStopped = false;

  const tell = (report: MediaReport): void => { for (const listener of listeners) listener(report); };

  const nameOf = (order: Pick<Beginning, 'kind'> & { readonly play?: string; readonly record?: string }): string => `${order.kind} ${order.play ?? order.record ?? ''}`;

  /** Each thread has a part of the ports, the same one again after a death. */
  const portsOf = (index: number): ThreadSettings['ports'] => {
    const { from, to } = settings.ports;
    const share = Math.floor((to - from + 1) / Math.max(1, count) / 2) * 2;
    return { from: from + index * share, to: from + (index + 1) * share - 1 };
  };

  const spawn = (index: number, deaths: number): void => {
    const handle = begin({ ...settings, ports: portsOf(index) });
    const thread: Thread = { handle, index, waiting: new Map(), begunAt: timers.now(), deaths, legs: 0 };
    threads.push(thread);
    handle.onMessage((message) => {
      if (message.kind === 'answer') {
        const answered = thread.waiting.get(message.number);
        thread.waiting.delete(message.number);
        answered?.(message.answer);
        return;
      }
      if (message.report.kind === 'playEnded') begun.delete(`play ${message.report.play}`);
      if (message.report.kind === 'recorded') begun.delete(`record ${message.report.record}`);
      tell(message.report);
    });
    handle.onGone((error) => { if (!hasStopped) bury(thread, error); });
  };

  const replace = ({ index, begunAt, deaths: before }: Thread): void => {
    const deaths = timers.now() - begunAt < YOUNG_MS ? before + 1 : 0;
    if (deaths < 2) {
      spawn(index, deaths);
      return;
    }
    const callOff = timers.after(Math.min(MOST_WAIT_MS, FIRST_WAIT_MS * 2 ** (deaths - 2)), () => {
      awaited.delete(callOff);
      spawn(index, deaths);
    });
    awaited.add(callOff);
  };

  /** A thread died: what it held is over, the others go on. */
  const bury = (thread: Thread, error: unknown): void => {
    onFault('a media thread died; its calls end', { error, legs: thread.legs });
    threads.splice(threads.indexOf(thread), 1);
    replace(thread);
    for (const answered of thread.waiting.values()) answered(refused('failed', 'the media thread died'));
    thread.waiting.clear();
    for (const [name, home] of begun) {
      if (home !== thread) continue;
      begun.delete(name);
      const [kind = '', ...rest] = name.split(' ');
      if (kind === 'play') tell({ kind: 'playEnded', play: rest.join(' '), why: 'failed' });
      else tell({ kind: 'recorded', record: rest.join(' '), ms: 0, why: 'failed' });
    }
    for (const [name, room] of rooms) if (room.home === thread) rooms.delete(name);
    for (const [leg, placed] of legs) if (placed.home === thread || placed.owner === thread) tell({ kind: 'lost', leg, why: 'died' });
  };

  const ask = (thread: Thread, order: MediaOrder): Promise<MediaAnswer> => new Promise((resolve) => {
    if (!threads.includes(thread)) {
      resolve(refused('failed', 'the media thread died'));
      return;
    }
    numbers += 1;
    thread.waiting.set(numbers, resolve);
    thread.handle.post({ kind: 'order', number: numbers, order });
  });

  /** What cannot be refused by the leg's thread is not answered by it: each answer wakes this one. */
  const inform = (thread: Thread, order: MediaOrder): Promise<MediaAnswer> => {
    if (!threads.includes(thread)) return Promise.resolve(refused('failed', 'the media thread died'));
    thread.handle.post({ kind: 'order', order });
    return Promise.resolve(OK);
  };

  /** The first of these that still is, or whichever has least to do; undefined where none is left. */
  const oneOf = (...wanted: readonly (Thread | undefined)[]): Thread | undefined =>
    wanted.find((thread) => thread !== undefined && threads.includes(thread))
    ?? threads.reduce<Thread | undefined>((least, thread) => (least === undefined || thread.legs < least.legs ? thread : least), undefined);

  const open = (order: Extract<MediaOrder, { kind: 'open' }>): Promise<MediaAnswer> => {
    const home = oneOf(rooms.get(roomOf.get(order.leg) ?? '')?.home, legs.get(order.near ?? '')?.home);
    if (home === undefined) return Promise.resolve(NO_THREAD);
    home.legs += 1;
    legs.set(order.leg, { owner: home, home, isUp: false });
    return ask(home, order);
  };

  const close = async (leg: string, { owner, home }: Placed): Promise<MediaAnswer> => {
    legs.delete(leg);
    leaveRoom(leg);
    owner.legs -= 1;
    if (home !== owner) await ask(home, { kind: 'close', leg });
    return ask(owner, { kind: 'close', leg });
  };

  const leaveRoom = (leg: string): void => {
    const name = roomOf.get(leg);
    const room = rooms.get(name ?? '');
    roomOf.delete(leg);
    room?.members.delete(leg);
    if (room?.members.size === 0 && name !== undefined) rooms.delete(name);
  };

  /** Has a leg's sound made in another thread. */
  const move = (leg: string, placed: Placed, to: Thread): void => {
    const { owner, home, isUp } = placed;
    if (home === to) return;
    if (home !== owner) void ask(home, { kind: 'close', leg });
    placed.home = to;
    if (to === owner) {
      owner.handle.post({ kind: 'reclaim', leg, isUp });
      return;
    }
    const { port1, port2 } = new MessageChannel();
    owner.handle.post({ kind: 'lend', leg, port: port1 }, [port1]);
    to.handle.post({ kind: 'borrow', leg, port: port2, isUp }, [port2]);
  };

  const arrange = (order: Extract<MediaOrder, { kind: 'arrange' }>): Promise<MediaAnswer> => {
    const known = rooms.get(order.room);
    const home = oneOf(known?.home, ...order.members.map(({ leg }) => legs.get(leg)?.home));
    if (home === undefined) return Promise.resolve(NO_THREAD);
    const next = new Set(order.members.map(({ leg }) => leg));
    for (const leg of known?.members ?? []) if (!next.has(leg)) roomOf.delete(leg);
    for (const leg of next) {
      if (roomOf.get(leg) !== order.room) leaveRoom(leg);
      roomOf.set(leg, order.room);
      const placed = legs.get(leg);
      if (placed !== undefined) move(leg, placed, home);
    }
    if (next.size === 0) rooms.delete(order.room);
    else rooms.set(order.room, { home, members: next });
    return ask(home, order);
  };

  const startIn = async (home: Thread, order: Beginning): Promise<MediaAnswer> => {
    const name = nameOf(order);
    const isNew = !begun.has(name);
    if (isNew) begun.set(name, home);
    const asked = ask(home, order);
    starting.set(name, asked);
    const answer = await asked;
    if (starting.get(name) === asked) starting.delete(name);
    if (!answer.ok && isNew && begun.get(name) === home) begun.delete(name);
    return answer;
  };

  const startOf = (order: Beginning, to: { readonly leg: string } | { readonly room: string }): Promise<MediaAnswer> => {
    const home = begun.get(nameOf(order)) ?? ('leg' in to ? legs.get(to.leg)?.home : rooms.get(to.room)?.home);
    return home === undefined ? Promise.resolve(refused('leg' in to ? 'unknownLeg' : 'unknownRoom')) : startIn(home, order);
  };

  /** Of what is still being begun, as its file is opened, behind that. */
  const inThread = async (name: string, order: MediaOrder): Promise<MediaAnswer> => {
    await starting.get(name);
    const home = begun.get(name);
    return home === undefined ? OK : ask(home, order);
  };

  const ofLeg = (order: Extract<MediaOrder, { readonly leg: string }>): Promise<MediaAnswer> => {
    if (order.kind === 'open') return open(order);
    const placed = legs.get(order.leg);
    if (placed === undefined) return Promise.resolve(refused('unknownLeg'));
    switch (order.kind) {
      case 'close':
        return close(order.leg, placed);
      case 'heard':
      case 'reopen':
      case 'offer':
      case 'answer':
      case 'accept':
        return ask(placed.owner, order);
      case 'leave':
        leaveRoom(order.leg);
        return ask(placed.home, order);
      case 'up':
        placed.isUp = true;
        return inform(placed.home, order);
      case 'rings':
        return inform(placed.home, order);
      case 'keys':
        return ask(placed.home, order);
      default:
        return order satisfies never;
    }
  };

  const figures = async (): Promise<MediaFigures> => {
    const each = (await Promise.all(threads.map((thread) => ask(thread, { kind: 'figures' })))).flatMap((answer) => (answer.ok && answer.figures !== undefined ? [answer.figures] : []));
    const sum = (read: (figures: MediaFigures) => number): number => each.reduce((total, one) => total + read(one), 0);
    return { legs: sum((one) => one.legs), rooms: sum((one) => one.rooms), plays: sum((one) => one.plays), recordings: sum((one) => one.recordings), strangers: sum((one) => one.strangers) };
  };

  const perform = (order: MediaOrder): Promise<MediaAnswer> => {
    if (hasStopped) return Promise.resolve(refused('failed', 'the media engine has stopped'));
    if ('leg' in order) return ofLeg(order);
    switch (order.kind) {
      case 'arrange':
        return arrange(order);
      case 'play':
        return startOf(order, order.to);
      case 'record':
        return startOf(order, order.of);
      case 'pausePlay':
      case 'resumePlay':
      case 'seekPlay':
      case 'stopPlay':
        return inThread(`play ${order.play}`, order);
      case 'pauseRecord':
      case 'resumeRecord':
      case 'stopRecord':
        return inThread(`record ${order.record}`, order);
      case 'figures':
        return figures().then((all) => ({ ok: true, figures: all }));
      default:
        return order satisfies never;
    }
  };

  for (let index = 0; index < Math.max(1, count); index += 1) spawn(index, 0);
  return {
    perform, figures,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
    stop: async () => {
      hasStopped = true;
      for (const callOff of awaited) callOff();
      await Promise.all(threads.map(({ handle }) => handle.stop()));
      for (const { waiting } of threads) for (const answered of waiting.values()) answered(refused('failed', 'the media engine has stopped'));
    },
  };
}

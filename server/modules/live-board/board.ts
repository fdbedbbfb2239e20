import { agentOnBoard, queueOnBoard, touchedBy } from '@parley/core/live/board.ts';
import type { Event } from '@parley/core/centre/event.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import type { Engine } from '../../engine/engine.ts';
import type { OnFault } from '../../engine/fault.ts';
import type { Remembered } from '../../engine/tenant-memory.ts';
import type { LevelsOf } from './levels.ts';
import { presentAgent, presentGone, presentQueue, type Level } from './present.ts';

/** Somebody who follows. */
export interface Follower {
  /** An agent who follows what is told of this agent, and nothing else. */
  readonly own: number | undefined;
  readonly tell: (name: 'snapshot' | 'queue' | 'agent', json: string) => void;
}

export interface Board {
  /** Tells how things are, and what changes from then on. What it answers ends that. */
  readonly follow: (vdnId: number, follower: Follower) => () => void;
  readonly stop: () => void;
}

export interface BoardDependencies {
  readonly engine: Pick<Engine, 'project' | 'view'>;
  readonly clock: () => number;
  readonly agentNames: Remembered<ReadonlyMap<number, string>>;
  readonly levelsOf: LevelsOf;
  /** Called when names or the configuration of a tenant have changed. */
  readonly onChanged: (listener: (vdnId: number) => void) => void;
  readonly onFault: OnFault;
}

/** What a decision brings about, and what follows from that at once, is told together. */
const GATHER_MS = 20;
/** The same queue or agent is told of twice a second at most. */
const PACE_MS = 500;
/** Figures of today are read again so long after something came into them. */
const LEVEL_MS = 1000;
/** So long a first snapshot waits for the figures of today; then it goes without them, and they follow. */
const FIRST_MS = 1000;
/** A state that was looked at and then not journaled is set right then; what happens is told by events. */
const CHECK_MS = 15_000;
const MAX_TIMER_MS = 2 ** 31 - 1;

type Kind = 'queue' | 'agent';

interface Subject {
  readonly kind: Kind;
  readonly id: number;
}

/** `q5` or `a101`. */
type Key = `${'q' | 'a'}${number}`;
const keyOf = ({ kind, id }: Subject): Key => `${kind === 'queue' ? 'q' : 'a'}${id}`;

interface Watched {
  readonly vdnId: number;
  readonly followers: Set<Follower>;
  /** Those who have not been told yet how things are. */
  readonly fresh: Set<Follower>;
  readonly dirty: Map<Key, Subject>;
  /** What was told last of each, and when. */
  readonly told: Map<Key, { json: string; at: number }>;
  readonly levels: Map<number, Level>;
  /** Queues whose figures of today are to be read. */
  readonly counted: Set<number>;
  isAllDirty: boolean;
  allToldAt: number;
  isPassing: boolean;
  /** There is something more, that the pass going on has not seen. */
  isAgain: boolean;
  /** The figures of today have been read, or waited for long enough. */
  isReady: boolean;
  isCounting: boolean;
  pass: { readonly at: number; readonly timer: NodeJS.Timeout } | undefined;
  counting: NodeJS.Timeout | undefined;
  dayEnd: NodeJS.Timeout | undefined;
  check: NodeJS.Timeout | undefined;
  first: NodeJS.Timeout | undefined;
}

/** What one event has to say to a board. */
type Item = { readonly what: 'all' } | { readonly what: 'subject'; readonly subject: Subject } | { readonly what: 'counted'; readonly queue: number };

const NOTHING: readonly never[] = [];
const now = (): number => performance.now();
const byId = (one: number, other: number): number => one - other;

/** Tells followers of queues and agents from the engine's events; where nobody follows a tenant, an event costs a look into a map. */
export function createBoard({ engine, clock, agentNames, levelsOf, onChanged, onFault }: BoardDependencies): Board {
  const tenants = new Map<number, Watched>();

  const read = (event: Event, centre: Centre): readonly Item[] => {
    if (!tenants.has(centre.vdnId)) return NOTHING;
    const touched = touchedBy(event, centre);
    if (touched === 'all') return [{ what: 'all' }];
    const items: Item[] = [];
    for (const id of touched.queues) items.push({ what: 'subject', subject: { kind: 'queue', id } });
    for (const id of touched.agents) items.push({ what: 'subject', subject: { kind: 'agent', id } });
    if (event.type === 'SegmentRecorded' && event.firstQueue !== undefined) items.push({ what: 'counted', queue: event.firstQueue });
    return items;
  };

  const schedule = (watched: Watched, inMs: number): void => {
    const at = now() + inMs;
    if (watched.isPassing) watched.isAgain = true;
    if (watched.isPassing || (watched.pass !== undefined && watched.pass.at <= at)) return;
    clearTimeout(watched.pass?.timer);
    watched.pass = { at, timer: setTimeout(() => { void pass(watched); }, inMs) };
  };

  const jsonOf = (watched: Watched, centre: Centre, names: ReadonlyMap<number, string>, { kind, id }: Subject): string | undefined => {
    if (kind === 'queue') {
      const queue = queueOnBoard(centre, id);
      return queue && JSON.stringify(presentQueue(queue, watched.levels.get(id)));
    }
    const agent = agentOnBoard(centre, id);
    return agent && JSON.stringify(presentAgent(agent, names.get(id) ?? ''));
  };

  /** Everything, as text; who follows already hears of what differs from what was told, when that is due. */
  const snapshotOf = (watched: Watched, centre: Centre, names: ReadonlyMap<number, string>, isForAll: boolean) => {
    const at = now();
    const textsOf = (kind: Kind, ids: Iterable<number>): ReadonlyMap<number, string> => new Map([...ids].toSorted(byId).flatMap((id) => {
      const subject = { kind, id };
      const json = jsonOf(watched, centre, names, subject);
      if (json === undefined) return [];
      const key = keyOf(subject);
      const known = watched.told.get(key);
      if (isForAll || known === undefined) watched.told.set(key, { json, at: isForAll ? at : Number.NEGATIVE_INFINITY });
      // Else what changes back to what was told would be told to nobody, the newcomer among them.
      else if (known.json !== json) known.json = '';
      return [[id, json] as const];
    }));
    const queues = textsOf('queue', centre.config.queues.keys());
    const agents = textsOf('agent', centre.agents.keys());
    const textOf = (theirQueues: Iterable<string>, theirAgents: Iterable<string>): string => `{"at":${clock()},"queues":[${[...theirQueues].join(',')}],"agents":[${[...theirAgents].join(',')}]}`;
    let whole: string | undefined;
    return ({ own }: Follower): string => {
      if (own === undefined) return whole ??= textOf(queues.values(), agents.values());
      const mine = agents.get(own);
      return textOf([], mine === undefined ? [] : [mine]);
    };
  };

  const tellAll = (watched: Watched, centre: Centre, names: ReadonlyMap<number, string>): void => {
    watched.dirty.clear();
    watched.told.clear();
    watched.isAllDirty = false;
    watched.allToldAt = now();
    const textFor = snapshotOf(watched, centre, names, true);
    for (const follower of watched.followers) follower.tell('snapshot', textFor(follower));
    watched.fresh.clear();
    for (const queue of centre.config.queues.keys()) if (!watched.levels.has(queue)) watched.counted.add(queue);
    if (watched.counted.size > 0) countLater(watched);
  };

  const tellFresh = (watched: Watched, centre: Centre, names: ReadonlyMap<number, string>): void => {
    if (watched.fresh.size === 0 || !watched.isReady) return;
    const textFor = snapshotOf(watched, centre, names, false);
    for (const follower of watched.fresh) follower.tell('snapshot', textFor(follower));
    watched.fresh.clear();
  };

  const tellSubject = (watched: Watched, subject: Subject, json: string): void => {
    for (const follower of watched.followers) {
      if (watched.fresh.has(follower) || (follower.own !== undefined && (subject.kind !== 'agent' || subject.id !== follower.own))) continue;
      follower.tell(subject.kind, json);
    }
  };

  /** Tells what is due; answers in how many milliseconds there is more. */
  const tellDirty = (watched: Watched, centre: Centre, names: ReadonlyMap<number, string>): number | undefined => {
    let wait: number | undefined;
    const at = now();
    for (const [key, subject] of watched.dirty) {
      const known = watched.told.get(key);
      const rest = known === undefined ? 0 : known.at + PACE_MS - at;
      if (rest > 0) {
        wait = Math.min(wait ?? rest, rest);
        continue;
      }
      watched.dirty.delete(key);
      const json = jsonOf(watched, centre, names, subject);
      if (json === known?.json) continue;
      if (json !== undefined) {
        watched.told.set(key, { json, at });
        tellSubject(watched, subject, json);
      } else if (watched.told.delete(key) && subject.kind === 'agent') tellSubject(watched, subject, JSON.stringify(presentGone(subject.id, names.get(subject.id) ?? '', clock())));
    }
    return wait;
  };

  const pass = async (watched: Watched): Promise<void> => {
    watched.pass = undefined;
    watched.isPassing = true;
    watched.isAgain = false;
    let wait: number | undefined;
    try {
      const names = await agentNames(watched.vdnId);
      wait = await engine.view(watched.vdnId, (centre) => {
        const rest = watched.allToldAt + PACE_MS - now();
        if (watched.isAllDirty && rest <= 0) tellAll(watched, centre, names);
        tellFresh(watched, centre, names);
        const more = tellDirty(watched, centre, names);
        return watched.isAllDirty ? Math.min(rest, more ?? rest) : more;
      });
    } catch (error) {
      onFault('a live board could not be brought up to date; it is tried again', { vdnId: watched.vdnId, error });
      wait = PACE_MS;
    }
    watched.isPassing = false;
    if (watched.followers.size === 0) return;
    if (watched.isAgain) schedule(watched, GATHER_MS);
    else if (wait !== undefined) schedule(watched, Math.ceil(wait));
  };

  /** Reads the figures of today of queues in which something was counted. */
  const count = async (watched: Watched): Promise<void> => {
    watched.counting = undefined;
    if (watched.isCounting) return;
    watched.isCounting = true;
    const queues = [...watched.counted];
    watched.counted.clear();
    try {
      const { levels, dayEnds } = await levelsOf(watched.vdnId, queues);
      for (const [id, level] of levels) {
        watched.levels.set(id, level);
        watched.dirty.set(keyOf({ kind: 'queue', id }), { kind: 'queue', id });
      }
      if (watched.followers.size > 0 && watched.dayEnd === undefined) {
        watched.dayEnd = setTimeout(() => {
          watched.dayEnd = undefined;
          countAll(watched);
        }, Math.min(MAX_TIMER_MS, Math.max(0, dayEnds - clock()))).unref();
      }
    } catch (error) {
      for (const queue of queues) watched.counted.add(queue);
      onFault('the figures of a live board could not be read', { vdnId: watched.vdnId, error });
    }
    watched.isCounting = false;
    if (watched.followers.size === 0) return;
    watched.isReady = true;
    schedule(watched, 0);
    if (watched.counted.size > 0) countLater(watched);
  };

  const countAll = (watched: Watched): void => {
    engine.view(watched.vdnId, ({ config }) => { for (const queue of config.queues.keys()) watched.counted.add(queue); })
      .then(() => count(watched)).catch((error: unknown) => { onFault('the figures of a live board could not be read', { vdnId: watched.vdnId, error }); });
  };

  const countLater = (watched: Watched): void => {
    watched.counting ??= setTimeout(() => { void count(watched); }, LEVEL_MS).unref();
  };

  const markAll = (watched: Watched): void => {
    watched.isAllDirty = true;
    schedule(watched, GATHER_MS);
  };

  const deliver = (vdnId: number, items: readonly Item[]): void => {
    const watched = tenants.get(vdnId);
    if (watched === undefined) return;
    for (const item of items) {
      if (item.what === 'all') markAll(watched);
      else if (item.what === 'subject') watched.dirty.set(keyOf(item.subject), item.subject);
      else {
        watched.counted.add(item.queue);
        countLater(watched);
      }
    }
    schedule(watched, GATHER_MS);
  };

  const checkAgain = async (watched: Watched): Promise<void> => {
    const ids = await engine.view(watched.vdnId, ({ agents, config }) => ({ agents: [...agents.keys()], queues: [...config.queues.keys()] }));
    const subjects: readonly Subject[] = [...ids.queues.map((id) => ({ kind: 'queue' as const, id })), ...ids.agents.map((id) => ({ kind: 'agent' as const, id }))];
    for (const subject of subjects) watched.dirty.set(keyOf(subject), subject);
    for (const key of watched.told.keys()) if (key.startsWith('a')) watched.dirty.set(key, { kind: 'agent', id: Number(key.slice(1)) });
    schedule(watched, 0);
  };

  const begin = (vdnId: number): Watched => {
    const watched: Watched = {
      vdnId, followers: new Set(), fresh: new Set(), dirty: new Map(), told: new Map(), levels: new Map(), counted: new Set(),
      isAllDirty: false, allToldAt: Number.NEGATIVE_INFINITY, isPassing: false, isAgain: false, isReady: false, isCounting: false, pass: undefined, counting: undefined, dayEnd: undefined, check: undefined, first: undefined,
    };
    const failed = (error: unknown): void => { onFault('a live board could not be brought up to date', { vdnId, error }); };
    watched.check = setInterval(() => { checkAgain(watched).catch(failed); }, CHECK_MS).unref();
    watched.first = setTimeout(() => {
      watched.isReady = true;
      schedule(watched, 0);
    }, FIRST_MS).unref();
    tenants.set(vdnId, watched);
    countAll(watched);
    return watched;
  };

  const end = (watched: Watched): void => {
    watched.followers.clear();
    for (const timer of [watched.pass?.timer, watched.counting, watched.dayEnd, watched.check, watched.first]) clearTimeout(timer);
    if (tenants.get(watched.vdnId) === watched) tenants.delete(watched.vdnId);
  };

  engine.project<Item>({ read, deliver });
  onChanged((vdnId) => {
    const watched = tenants.get(vdnId);
    if (watched !== undefined) markAll(watched);
  });

  return {
    follow: (vdnId, follower) => {
      const watched = tenants.get(vdnId) ?? begin(vdnId);
      watched.followers.add(follower);
      watched.fresh.add(follower);
      schedule(watched, 0);
      return () => {
        watched.followers.delete(follower);
        watched.fresh.delete(follower);
        if (watched.followers.size === 0) end(watched);
      };
    },
    stop: () => { for (const watched of tenants.values()) end(watched); },
  };
}

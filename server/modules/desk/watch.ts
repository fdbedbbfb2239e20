import type { Event } from '@parley/core/centre/event.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import { desksTouchedBy } from '@parley/core/live/desk-touch.ts';
import { longestWait } from '@parley/core/queue/figures.ts';
import { waitingCount } from '@parley/core/queue/live.ts';
import type { Engine } from '../../engine/engine.ts';
import type { OnFault } from '../../engine/fault.ts';

/** Hears that the desk of an agent has changed, and when. */
type Tell = (at: number) => void;

export interface DeskWatch {
  /** Tells at once, and from then on after each change; what it answers ends that. */
  readonly follow: (vdnId: number, agent: number, tell: Tell) => () => void;
  readonly stop: () => void;
}

export interface DeskWatchDependencies {
  readonly engine: Pick<Engine, 'project' | 'glance'>;
  readonly clock: () => number;
  readonly onFault: OnFault;
}

/** What a decision brings about, and what follows from that at once, is told together. */
const GATHER_MS = 20;
/** Many agents have the same queue, so that others wait in it is told no more often than this; a new configuration too. */
const QUEUES_MS = 3000;

interface Watched {
  readonly vdnId: number;
  readonly followers: Map<number, Set<Tell>>;
  /** Agents who are to be told, and since when. */
  readonly dirty: Map<number, number>;
  /** Who waited in each queue at the last look. */
  waits: ReadonlyMap<number, string>;
  isAllDirty: boolean;
  telling: NodeJS.Timeout | undefined;
  readonly looking: NodeJS.Timeout;
}

const ALL = 'all';
const NOTHING: readonly never[] = [];

const waitsIn = (centre: Centre): ReadonlyMap<number, string> =>
  new Map([...centre.queues].map(([id, queue]) => [id, `${waitingCount(queue)} ${longestWait(centre, id)?.since ?? ''}`]));

/** Tells pages of agents when to look again; where nobody follows a tenant, an event costs a look into a map. */
export function createDeskWatch({ engine, clock, onFault }: DeskWatchDependencies): DeskWatch {
  const tenants = new Map<number, Watched>();

  const read = (event: Event, centre: Centre): readonly (number | typeof ALL)[] => {
    const watched = tenants.get(centre.vdnId);
    if (watched === undefined) return NOTHING;
    const touched = desksTouchedBy(event, centre);
    return touched === ALL ? [ALL] : [...touched].filter((agent) => watched.followers.has(agent));
  };

  const tellDirty = (watched: Watched): void => {
    watched.telling = undefined;
    const dirty = [...watched.dirty];
    watched.dirty.clear();
    for (const [agent, at] of dirty) for (const tell of watched.followers.get(agent) ?? []) tell(at);
  };

  const deliver = (vdnId: number, items: readonly (number | typeof ALL)[]): void => {
    const watched = tenants.get(vdnId);
    if (watched === undefined) return;
    const at = clock();
    for (const item of items) {
      if (item === ALL) watched.isAllDirty = true;
      else watched.dirty.set(item, at);
    }
    if (watched.dirty.size > 0) watched.telling ??= setTimeout(tellDirty, GATHER_MS, watched);
  };

  const look = async (watched: Watched): Promise<void> => {
    const { followers, dirty, waits: before } = watched;
    await engine.glance(watched.vdnId, (centre) => {
      const at = clock();
      watched.waits = waitsIn(centre);
      const isOther = ({ queueId }: { readonly queueId: number }): boolean => watched.waits.get(queueId) !== before.get(queueId);
      for (const agent of followers.keys()) if (watched.isAllDirty || centre.agents.get(agent)?.skills.some(isOther) === true) dirty.set(agent, at);
      watched.isAllDirty = false;
    });
    tellDirty(watched);
  };

  const begin = (vdnId: number): Watched => {
    const watched: Watched = {
      vdnId, followers: new Map(), dirty: new Map(), waits: new Map(), isAllDirty: false, telling: undefined,
      looking: setInterval(() => {
        look(watched).catch((error: unknown) => { onFault('pages of agents are not told who waits', { vdnId, error }); });
      }, QUEUES_MS).unref(),
    };
    tenants.set(vdnId, watched);
    return watched;
  };

  const end = ({ vdnId, telling, looking }: Watched): void => {
    clearTimeout(telling);
    clearInterval(looking);
    tenants.delete(vdnId);
  };

  engine.project({ read, deliver });

  return {
    follow: (vdnId, agent, tell) => {
      const watched = tenants.get(vdnId) ?? begin(vdnId);
      const { followers } = watched;
      followers.set(agent, (followers.get(agent) ?? new Set()).add(tell));
      tell(clock());
      return () => {
        const tells = followers.get(agent);
        if (tells?.delete(tell) === true && tells.size === 0) followers.delete(agent);
        if (followers.size === 0 && tenants.get(vdnId) === watched) end(watched);
      };
    },
    stop: () => { for (const watched of tenants.values()) end(watched); },
  };
}

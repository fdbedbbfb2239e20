import type { Event } from '@parley/core/centre/event.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import type { Projection } from './engine.ts';
import type { OnFault } from './fault.ts';

/** What one projection read of a decision, and will hear of when it is journaled. */
export interface Telling {
  readonly projection: Projection<unknown>;
  readonly items: unknown[];
}

/** The projections, and what they read of the decision in the making. */
export interface Tellings {
  readonly add: (projection: Projection<unknown>) => void;
  readonly read: (event: Event, centre: Centre, at: number) => void;
  /** What was read since the last time. */
  readonly take: () => readonly Telling[];
  readonly deliver: (vdnId: number, tellings: readonly Telling[]) => void;
}

export function createTellings(onFault: OnFault): Tellings {
  const projections: Projection<unknown>[] = [];
  let tellings: Telling[] = [];
  return {
    add: (projection) => { projections.push(projection); },
    read: (event, centre, at) => {
      for (const projection of projections) {
        try {
          const items = projection.read(event, centre, at);
          if (items.length === 0) continue;
          const telling = tellings.find((one) => one.projection === projection);
          if (telling === undefined) tellings.push({ projection, items: [...items] });
          else telling.items.push(...items);
        } catch (error) {
          // A decision must not fail for somebody who looks on.
          onFault('a projection could not read an event', { error, vdnId: centre.vdnId, event: event.type });
        }
      }
    },
    take: () => {
      const taken = tellings;
      tellings = [];
      return taken;
    },
    deliver: (vdnId, told) => {
      for (const { projection, items } of told) {
        try {
          projection.deliver(vdnId, items);
        } catch (error) {
          onFault('a projection could not take what happened', { error, vdnId });
        }
      }
    },
  };
}

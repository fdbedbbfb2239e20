import type { Happened } from './event.ts';
import { evolve } from './evolve.ts';
import { decodeCentre } from './snapshot.ts';
import { createCentre, type Centre } from './state.ts';

/** What happened in a VDN, as it is exported: every event in order from the snapshot on, or from the first day. */
export interface CentreLog {
  readonly vdnId: number;
  readonly snapshot?: { readonly seq: number; readonly state: unknown };
  readonly events: readonly (Happened & { readonly seq: number })[];
}

/** The state that what happened leads to, from the first day or from a state before. */
export function replay(vdnId: number, happened: Iterable<Happened>, centre: Centre = createCentre(vdnId)): Centre {
  for (const { at, event } of happened) evolve(centre, event, at);
  return centre;
}

/** The state at the end of an exported log: an incident of a real system, in a unit test. */
export function replayLog({ vdnId, snapshot, events }: CentreLog): Centre {
  // Decoding uses the parsed state up, and a log may be replayed again.
  return replay(vdnId, events, snapshot === undefined ? createCentre(vdnId) : decodeCentre(vdnId, structuredClone(snapshot.state)));
}

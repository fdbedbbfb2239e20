import type { Target } from '@parley/core/route/binding.ts';
import type { Database } from '../../database/connect.ts';
import type { Route, TargetKind } from './store.ts';

interface QueueName {
  readonly id: number;
  readonly name: string;
}

interface FlowName {
  readonly id: number;
  readonly description: string;
}

/** What routes need to know of the queues and flows to which they lead. */
export interface RouteNeighbours {
  readonly findQueue: (db: Database, vdnId: number, id: number) => Promise<(QueueName & { readonly media: number }) | undefined>;
  readonly findFlow: (db: Database, vdnId: number, id: number) => Promise<FlowName | undefined>;
  readonly listQueues: (db: Database, vdnId: number) => Promise<readonly QueueName[]>;
  readonly listFlows: (db: Database, vdnId: number) => Promise<readonly FlowName[]>;
}

/** Names of the tenant's queues and descriptions of its flows: what 5.3.5 shows as `deviceDesc`. */
export type TargetNames = Readonly<Record<TargetKind, ReadonlyMap<number, string>>>;

export const TARGET_WORDS: Readonly<Record<TargetKind, string>> = { queue: 'skill queue', flow: 'IVR flow' };

export async function findTarget(
  neighbours: RouteNeighbours, db: Database, vdnId: number, kind: TargetKind, id: number,
): Promise<Target | undefined> {
  if (kind === 'queue') {
    const queue = await neighbours.findQueue(db, vdnId, id);
    return queue && { kind, id, media: queue.media };
  }
  return (await neighbours.findFlow(db, vdnId, id)) === undefined ? undefined : { kind, id };
}

export async function targetNames(neighbours: RouteNeighbours, db: Database, vdnId: number): Promise<TargetNames> {
  const queues = await neighbours.listQueues(db, vdnId);
  const flows = await neighbours.listFlows(db, vdnId);
  return {
    queue: new Map(queues.map(({ id, name }) => [id, name])),
    flow: new Map(flows.map(({ id, description }) => [id, description])),
  };
}

/** Those queues and flows whose name contains the text; letter case does not matter. */
export function targetsNamed(names: TargetNames, text: string): Readonly<Record<TargetKind, readonly number[]>> {
  const wanted = text.toLowerCase();
  const matching = (kind: TargetKind) => [...names[kind]].flatMap(([id, name]) => (name.toLowerCase().includes(wanted) ? [id] : []));
  return { queue: matching('queue'), flow: matching('flow') };
}

export const nameOf = (names: TargetNames, { target }: Pick<Route, 'target'>): string => names[target.kind].get(target.id) ?? '';

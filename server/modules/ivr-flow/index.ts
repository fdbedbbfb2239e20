import type { Handler } from '@parley/contract/handler.ts';
import type { Database } from '../../database/connect.ts';
import type { Writer } from '../../engine/writer.ts';
import type { Ids } from '../../engine/ids.ts';

export interface IvrFlowDependencies {
  readonly db: Database;
  readonly writer: Writer;
  readonly ids: Ids;
  readonly listQueues: (db: Database, vdnId: number) => Promise<readonly { readonly id: number; readonly treatment: object }[]>;
  /** The first route that leads to one of these flows, in words. */
  readonly leadsTo: (db: Database, vdnId: number, flowIds: readonly number[]) => Promise<{ id: number; by: string } | undefined>;
}

export interface Flow {
  readonly id: number;
  readonly longId: string;
  readonly accessCode: string;
  readonly description: string;
}

export function ivrFlowHandlers(_deps: IvrFlowDependencies): readonly Handler[] {
  return [];
}

export function findFlow(_db: Database, _vdnId: number, _id: number): Promise<Flow | undefined> {
  return Promise.resolve(undefined);
}

/** Access codes of the tenant's flows, by flow id. */
export function flowCodes(_db: Database, _vdnId: number): Promise<ReadonlyMap<number, string>> {
  return Promise.resolve(new Map());
}

import type { Handler } from '@parley/contract/handler.ts';
import type { Database } from '../../database/connect.ts';
import type { Writer } from '../../engine/writer.ts';
import type { Ids } from '../../engine/ids.ts';
import type { Tenants } from '../tenant/index.ts';

export interface RouteDependencies {
  readonly db: Database;
  readonly writer: Writer;
  readonly ids: Ids;
  readonly tenants: Tenants;
  readonly findQueue: (db: Database, vdnId: number, id: number) => Promise<{ readonly id: number; readonly name: string; readonly media: number } | undefined>;
  readonly findFlow: (db: Database, vdnId: number, id: number) => Promise<{ readonly id: number; readonly description: string } | undefined>;
}

export function routeHandlers(_deps: RouteDependencies): readonly Handler[] {
  return [];
}

/** The first route that leads to one of these queues or flows, in words. */
export function routesTo(_db: Database, _vdnId: number, _kind: 'queue' | 'flow', _ids: readonly number[]): Promise<{ id: number; by: string } | undefined> {
  return Promise.resolve(undefined);
}

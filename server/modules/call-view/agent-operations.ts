import { listAgentOperations } from '@parley/contract/admin/agent-operation.ts';
import { errors } from '@parley/contract/admin/family.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import type { Result } from '@parley/contract/operation.ts';
import { isRefusal, refuse } from '@parley/contract/refusal.ts';
import { pageOf } from '../../database/page.ts';
import type { Database } from '../../database/connect.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Projector } from '../../engine/projector.ts';
import { searchOperations, type OperationRow } from '../agent-operation/index.ts';
import type { ViewerOf } from '../console/index.ts';
import { readNumberedPlace, spanFault, writePlace } from './place.ts';

export interface AgentOperationViewDependencies {
  readonly db: Database;
  readonly engine: Pick<Engine, 'view'>;
  readonly viewerOf: ViewerOf;
  readonly operations: Pick<Projector, 'settled'>;
}

const LIMIT = 100;

const present = (row: OperationRow): Result<typeof listAgentOperations>['operations'][number] => ({
  id: String(row.id), type: row.type, object: row.object, cause: row.cause, from: row.from_at, to: row.to_at, callId: row.call, queueId: row.queue, phone: row.phone,
});

/** What an agent did, to those who see the agent. */
export function agentOperationViewHandlers({ db, engine, viewerOf, operations }: AgentOperationViewDependencies): readonly Handler[] {
  return [
    handle(listAgentOperations, async ({ workNo, type, from, to, before, limit = LIMIT }, context) => {
      const viewer = await viewerOf(context);
      if (isRefusal(viewer)) return viewer;
      const { vdnId, own } = viewer;
      if (own !== undefined && own !== workNo) return refuse(errors.forbidden, { message: 'agents see what they did themselves' });
      const behind = readNumberedPlace(before);
      if (isRefusal(behind)) return behind;
      const fault = spanFault(from, to);
      if (fault !== undefined) return fault;
      await operations.settled(vdnId);
      const place = behind && { at: behind.at, id: behind.number };
      const { items, next } = await pageOf(limit, (most) => searchOperations(db, vdnId, { agent: workNo, type, from, to }, place, most), (row) => ({ at: row.to_at, id: String(row.id) }));
      // Who is gone has still done what is kept.
      const isKnown = items.length > 0 || await engine.view(vdnId, ({ config }) => config.agents.has(workNo));
      if (!isKnown) return refuse(errors.notFound, { what: 'agent', id: workNo });
      return { operations: items.map(present), ...(next === undefined ? {} : { next: writePlace(next) }) };
    }),
  ];
}

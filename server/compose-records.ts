import type { Handler } from '@parley/contract/handler.ts';
import type { World } from './compose.ts';
import type { RememberedOfTenants } from './compose-gateway.ts';
import type { Engine } from './engine/engine.ts';
import type { Projector } from './engine/projector.ts';
import { agentOperationHandlers, createOperations, operationsEraser } from './modules/agent-operation/index.ts';
import { callResultHandlers } from './modules/call-result/index.ts';
import type { Eraser } from './modules/erasure/index.ts';
import { countDue, createReading, dueOf, indicatorHandlers, indicatorRangeHandlers, liveIndicatorHandlers, workDueOf } from './modules/indicator/index.ts';
import { createLiveView } from './modules/live-view/index.ts';
import { createRecords, endedBetween, listLastRows, recordsEraser, recordsHandlers } from './modules/records/index.ts';
import { latestEvaluations } from './modules/survey/index.ts';
import { createScope, type Tenants } from './modules/tenant/index.ts';

/** What is told of the past, and of what goes on. */
export interface Records {
  readonly handlers: readonly Handler[];
  readonly erasers: readonly Eraser[];
  /** The journal is not cut before they have seen it. */
  readonly projectors: readonly Projector[];
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface RecordsParts {
  readonly engine: Engine;
  readonly tenants: Tenants;
  readonly remembered: RememberedOfTenants;
}

const EVERY_FIVE_MINUTES = '*/5 * * * *';

export function composeRecords({ db, clock, jobs, onFault }: World, { engine, tenants, remembered }: RecordsParts): Records {
  const scope = createScope(tenants);
  const records = createRecords({ db, engine, onFault, onLeft: dueOf });
  jobs.schedule('figures', EVERY_FIVE_MINUTES, () => countDue({ db, clock, zoneOf: async (vdnId) => (await tenants.find(vdnId))?.timeZone }));
  const operations = createOperations({ db, engine, onFault, onDone: workDueOf });
  const reading = createReading({ db, clock, projectors: [records, operations] });
  const live = createLiveView({
    engine, scope, clock, ...remembered,
    endedBetween: async (vdnId, from, until) => {
      await records.settled(vdnId);
      return endedBetween(db, vdnId, from, until);
    },
  });
  const projectors = [records, operations];
  return {
    projectors,
    handlers: [...recordsHandlers({ db, clock, engine, scope, projector: records, ofContactCentre: tenants.ofContactCentre }), ...agentOperationHandlers({ db, scope, engine, projector: operations }), ...live.handlers, ...indicatorHandlers({ scope, reading }), ...indicatorRangeHandlers({ scope, reading, clock }), ...liveIndicatorHandlers(live.looking), ...callResultHandlers({
      tenants, settled: records.settled,
      listLastRows: (vdnId, wanted, behind, limit) => listLastRows(db, vdnId, wanted, behind, limit), evaluationsOf: (vdnId, calls) => latestEvaluations(db, vdnId, calls),
    })],
    erasers: [recordsEraser(records), operationsEraser(operations)],
    start: async () => { for (const projector of projectors) await projector.start(); },
    stop: async () => { await Promise.all(projectors.map((projector) => projector.stop())); },
  };
}

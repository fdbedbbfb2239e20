import type { Handler } from '@parley/contract/handler.ts';
import type { World } from './compose.ts';
import type { RememberedOfTenants } from './compose-gateway.ts';
import { wild } from './database/like.ts';
import type { Engine } from './engine/engine.ts';
import type { Projector } from './engine/projector.ts';
import { findPhonesLike, tenantsOfAgent } from './modules/agent/index.ts';
import { agentOperationHandlers, createOperations, lastDepartures, operationsEraser } from './modules/agent-operation/index.ts';
import { callResultHandlers } from './modules/call-result/index.ts';
import type { Eraser } from './modules/erasure/index.ts';
import { countDays, countDue, createReading, dailyHandlers, dueOf, figuresEraser, indicatorHandlers, indicatorRangeHandlers, liveIndicatorHandlers, workDueOf, type Reading } from './modules/indicator/index.ts';
import { createLiveView } from './modules/live-view/index.ts';
import { countEnded, createRecords, endedBetween, listLastRows, recordsEraser, recordsHandlers } from './modules/records/index.ts';
import { latestEvaluations } from './modules/survey/index.ts';
import { createSystemIndicators, NODE_NO, type SystemIndicators } from './modules/system-indicator/index.ts';
import { createScope, type Tenants } from './modules/tenant/index.ts';
import { readTrunks } from './modules/trunk/index.ts';

/** What is told of the past, and of what goes on. */
export interface Records {
  readonly handlers: readonly Handler[];
  readonly erasers: readonly Eraser[];
  /** The journal is not cut before they have seen it. */
  readonly projectors: readonly Projector[];
  /** What the console reads of: rows of calls, of what agents did, and the figures made of both. */
  readonly calls: Projector;
  readonly operations: Projector;
  readonly reading: Reading;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface RecordsParts {
  readonly engine: Engine;
  readonly tenants: Tenants;
  readonly remembered: RememberedOfTenants;
}

const EVERY_FIVE_MINUTES = '*/5 * * * *';
/** A little behind the five minutes in which days may end. */
const EVERY_QUARTER = '7,22,37,52 * * * *';

/** How the installation does, as far as it is measured. */
function systemOf({ db, clock, jobs, switchFigures, addresses }: World, { engine, tenants }: RecordsParts, settled: Projector['settled']): SystemIndicators {
  const system = createSystemIndicators({
    db, clock, engine, tenants, figures: switchFigures, node: `${(addresses.media ?? addresses.sip).host}#${NODE_NO}`,
    countEnded: async (vdnIds, from, to) => {
      for (const vdnId of vdnIds) await settled(vdnId);
      return countEnded(db, vdnIds, from, to);
    },
    trunkNames: async () => (await readTrunks(db)).map(({ settings }) => settings.name),
    findPhones: (pattern, vdnIds, limit) => findPhonesLike(db, wild(pattern), vdnIds, limit),
  });
  jobs.schedule('system-samples', EVERY_FIVE_MINUTES, system.sample);
  return system;
}

export function composeRecords(world: World, parts: RecordsParts): Records {
  const { db, clock, jobs, onFault } = world;
  const { engine, tenants, remembered } = parts;
  const scope = createScope(tenants);
  const records = createRecords({ db, engine, onFault, onLeft: dueOf });
  const settlement = { db, clock, zoneOf: async (vdnId: number) => (await tenants.find(vdnId))?.timeZone };
  jobs.schedule('figures', EVERY_FIVE_MINUTES, () => countDue(settlement));
  jobs.schedule('daily-tables', EVERY_QUARTER, () => countDays(settlement));
  const operations = createOperations({ db, engine, onFault, onDone: workDueOf });
  const reading = createReading({ db, clock, projectors: [records, operations] });
  const live = createLiveView({
    engine, scope, clock, onFault, ...remembered,
    endedBetween: async (vdnId, from, until) => {
      await records.settled(vdnId);
      return endedBetween(db, vdnId, from, until);
    },
    lastDepartures: async (vdnId, agents) => {
      await operations.settled(vdnId);
      return lastDepartures(db, vdnId, agents);
    },
  });
  const system = systemOf(world, parts, records.settled);
  const projectors = [records, operations];
  return {
    projectors, calls: records, operations, reading,
    handlers: [...recordsHandlers({ db, clock, engine, scope, projector: records, ofContactCentre: tenants.ofContactCentre }), ...agentOperationHandlers({
      db, scope, engine, projector: operations, ofContactCentre: tenants.ofContactCentre, tenantsOfAgent: (vdnIds, workNo) => tenantsOfAgent(db, vdnIds, workNo),
    }), ...live.handlers, ...system.handlers, ...indicatorHandlers({ scope, reading }), ...indicatorRangeHandlers({ scope, reading, clock }), ...liveIndicatorHandlers(live.looking), ...dailyHandlers({ db, clock, scope, records, findByTenantId: tenants.findByTenantId }), ...callResultHandlers({
      tenants, settled: records.settled,
      listLastRows: (vdnId, wanted, behind, limit) => listLastRows(db, vdnId, wanted, behind, limit), evaluationsOf: (vdnId, calls) => latestEvaluations(db, vdnId, calls),
    })],
    erasers: [recordsEraser(records), operationsEraser(operations), figuresEraser],
    start: async () => { for (const projector of projectors) await projector.start(); },
    stop: async () => {
      await Promise.all(projectors.map((projector) => projector.stop()));
      await system.stop().catch((error: unknown) => { onFault('the last samples of the switch were not kept', { error }); });
    },
  };
}

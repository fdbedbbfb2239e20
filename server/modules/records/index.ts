import type { Handler } from '@parley/contract/handler.ts';
import { detailHandlers, type DetailDependencies } from './detail-operations.ts';
import { listHandlers } from './list-operations.ts';
import { traceHandlers } from './trace-operations.ts';

export { countEnded } from './counting.ts';
export { endedBetween } from './ended-calls.ts';
export { recordsEraser } from './eraser.ts';
export { pagesOfRows, partsOfAgents } from './exporting.ts';
export { createRecords } from './projection.ts';
export { searchCalls, type CallSearch, type FoundCall, type PlaceOfCall } from './search.ts';
export { callsNaming, findCallRecord, listLastRows, segmentsOfCall, type CallRecord, type LastRows, type Segment } from './store.ts';

/** What is told of calls: their devices, lists of them, and each by itself. */
export const recordsHandlers = (deps: DetailDependencies): readonly Handler[] => [...traceHandlers(deps), ...listHandlers(deps), ...detailHandlers(deps)];

export { lastDepartures } from './departures.ts';
export { operationsEraser } from './eraser.ts';
export { pagesOfOperations } from './exporting.ts';
export { operationsGoingOn, type GoingOn } from './going-on.ts';
export { agentOperationHandlers, type OperationsDependencies } from './operations.ts';
export { createOperations, type OnDone } from './projection.ts';
export { searchOperations, type PlaceOfOperation } from './search.ts';
export type { OperationRow } from './store.ts';

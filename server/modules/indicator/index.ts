export { countDue, dueOf, workDueOf } from './due.ts';
export { indicatorHandlers, type IndicatorDependencies } from './operations.ts';
export { liveIndicatorHandlers } from './live-operations.ts';
export { indicatorRangeHandlers } from './range-operations.ts';
export { createReading, type Reading } from './reading.ts';

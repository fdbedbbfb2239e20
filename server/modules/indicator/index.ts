export { dailyHandlers } from './daily-operations.ts';
export { countDays, countDue, dueOf, workDueOf } from './due.ts';
export { figuresEraser } from './eraser.ts';
export { indicatorHandlers, type IndicatorDependencies } from './operations.ts';
export { liveIndicatorHandlers } from './live-operations.ts';
export { indicatorRangeHandlers } from './range-operations.ts';
export { createReading, type Reading } from './reading.ts';
export { SUBJECTS, type Subject } from './subjects.ts';

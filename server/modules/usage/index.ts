export { usageHandlers, type UsageDependencies } from './operations.ts';
export { createPeaks, type Peaks } from './peaks.ts';

export { inspectionHandlers } from './operations.ts';

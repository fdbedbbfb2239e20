export { auditHandlers } from './operations.ts';
export { auditEraser } from './store.ts';

export { explainHandlers } from './operations.ts';

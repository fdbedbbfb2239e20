export { createExplainCall, explainHandlers, type ExplainCall } from './operations.ts';

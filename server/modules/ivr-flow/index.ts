export { ivrFlowHandlers, type IvrFlowDependencies } from './operations.ts';
export { findFlow, flowCodes, listFlows, type Flow } from './store.ts';

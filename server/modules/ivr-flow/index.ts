export { ivrFlowHandlers, type IvrFlowDependencies } from './operations.ts';
export { createScripts, type ScriptDependencies } from './scripts.ts';
export { findFlow, flowCodes, flowLeadingTo, listFlows, type Flow } from './store.ts';
export { createFlowHttp, type WebServiceDependencies } from './web-service.ts';

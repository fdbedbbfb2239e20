export { readAgentNames } from './names.ts';
export { agentGroupHandlers, type AgentGroupDependencies } from './operations.ts';
export type { AgentNames } from './present.ts';

export { offlineAgentHandlers } from './operations.ts';

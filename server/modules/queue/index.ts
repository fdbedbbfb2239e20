export { queueHandlers, type QueueDependencies, type QueueNeighbours } from './operations.ts';
export { findQueue, listQueues, type Queue } from './store.ts';

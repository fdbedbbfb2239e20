export { readQueueDetails } from './details.ts';
export { queueDeviceHandlers, type QueueDeviceDependencies } from './operations.ts';
export type { QueueDetails } from './present.ts';

export { readQueueDetails } from './details.ts';
export { queueDeviceHandlers, type QueueDeviceDependencies } from './operations.ts';

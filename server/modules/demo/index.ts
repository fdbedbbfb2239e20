export { createDemoDoor, type DemoDoor, type DemoOffer } from './door.ts';
export { demoHandlers } from './operations.ts';

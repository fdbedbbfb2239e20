export { deskHandlers, type DeskDependencies } from './operations.ts';
export { createDeskWatch } from './watch.ts';

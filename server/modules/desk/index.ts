export { deskHandlers, type DeskDependencies } from './operations.ts';

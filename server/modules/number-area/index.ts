export { numberAreaHandlers, type NumberAreaDependencies } from './operations.ts';

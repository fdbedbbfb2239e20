export { workplaceHandlers, type WorkplaceDependencies } from './operations.ts';
export { permissionBitsOf, reasonsOf, seedWorkplace } from './store.ts';

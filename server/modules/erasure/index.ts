export { erasureHandlers, type Eraser, type ErasureDependencies } from './operations.ts';

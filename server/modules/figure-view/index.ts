export { figureViewHandlers, type FigureViewDependencies } from './operations.ts';

export { outcomeEraser } from './eraser.ts';
export { noteHandlers, type NoteDependencies } from './note-operations.ts';
export { callsNotedAs, notedAs, notesOf, type Note } from './note-store.ts';
export { outcomeHandlers, type OutcomeDependencies } from './operations.ts';

export { createBoard, type Board, type BoardDependencies } from './board.ts';
export { createLevelsOf } from './levels.ts';
export { liveBoardHandlers, type LiveBoardDependencies } from './operations.ts';
export { DIRECTIONS, presentAgent } from './present.ts';

export { operationsEraser } from './eraser.ts';
export { operationsGoingOn, type GoingOn } from './going-on.ts';
export { agentOperationHandlers, type OperationsDependencies } from './operations.ts';
export { createOperations, type OnDone } from './projection.ts';

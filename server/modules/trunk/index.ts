export { trunkHandlers, type TrunkDependencies } from './operations.ts';
export { followTrunks, type Ban, type FaultsOf, type Following, type RunningTrunks, type TrunkStanding } from './running.ts';
export { listTrunks, readTrunks } from './store.ts';

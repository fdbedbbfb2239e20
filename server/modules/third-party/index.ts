export { thirdPartyHandlers, type ThirdPartyDependencies } from './operations.ts';

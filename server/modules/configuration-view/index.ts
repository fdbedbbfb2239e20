export { configurationViewHandlers, type ConfigurationViewDependencies } from './operations.ts';

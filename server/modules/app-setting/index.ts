export { appSettingEraser, appSettingHandlers, type AppSettingDependencies } from './operations.ts';

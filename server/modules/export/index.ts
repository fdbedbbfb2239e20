export type { RecordingFound, Sources } from './building.ts';
export { exportEraser } from './eraser.ts';
export { createFlow, type Flow } from './flow.ts';
export { defineExportJobs, type ExportJobsDependencies } from './jobs.ts';
export { DOWNLOAD_TYPE, exportHandlers, refuseWindow, type ExportDependencies } from './operations.ts';
export { createWhose, type Whose } from './whose.ts';
export { zipOfFiles, type Whole } from './zip.ts';

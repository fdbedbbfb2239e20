import type { Handler } from '@parley/contract/handler.ts';
import { downloadHandlers, type DownloadDependencies } from './download-operations.ts';
import { playbackHandlers, type PlaybackDependencies } from './playback-operations.ts';
import { recordingOperations } from './recording-operations.ts';
import { videoHandlers } from './video-operations.ts';

export { recordingEraser } from './eraser.ts';
export { createFlowRecordings } from './flow-projection.ts';
export { createRecordings } from './projection.ts';
export { findRecording, searchRecordings, type PlaceOfRecording, type RecordingSearch } from './search.ts';
export { filesOfCall, findSaid, listSaid, pagesOfRecordings, recordedFiles } from './sharing.ts';
export type { RecordingRow } from './store.ts';

export type RecordingDependencies = PlaybackDependencies & DownloadDependencies;

/** 13.1: recording, playing and downloading what agents talked. */
export const recordingHandlers = (deps: RecordingDependencies): readonly Handler[] => [...playbackHandlers(deps), ...recordingOperations(deps), ...downloadHandlers(deps), ...videoHandlers(deps)];

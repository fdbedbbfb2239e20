import type { Handler } from '@parley/contract/handler.ts';
import { defineReviewCallback, type ReviewCallbackDependencies } from './review-callback.ts';
import { reviewHandlers } from './reviews.ts';
import { uploadHandlers, type UploadDependencies } from './uploads.ts';

export { approvedVoiceFiles } from './store.ts';
export type { Transcode } from './uploads.ts';

export type VoiceDependencies = UploadDependencies & ReviewCallbackDependencies;

export function voiceHandlers(deps: VoiceDependencies): readonly Handler[] {
  return [...uploadHandlers(deps), ...reviewHandlers({ ...deps, tellOutcome: defineReviewCallback(deps) })];
}

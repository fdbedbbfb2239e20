import type { showVoiceFile, showVoiceTemplate } from '@parley/contract/admin/voice.ts';
import type { Result } from '@parley/contract/operation.ts';
import { withoutQuery } from '@parley/core/callback/trusted-url.ts';
import type { Review, VoiceFile, VoiceTemplate } from './store.ts';

/** An upload as journal and audit trail tell of it. */
export const shownInTrail = <T extends Review>(upload: T): T => ({ ...upload, callbackUrl: upload.callbackUrl === null ? null : withoutQuery(upload.callbackUrl) });

const presentReview = (review: Review) => ({
  status: review.status,
  comment: review.comment,
  decidedBy: review.decidedBy,
  decidedAt: review.decidedAt,
  callbackUrl: review.callbackUrl,
  callbackState: review.callbackState,
  callbackAttempts: review.callbackAttempts,
  createdAt: review.createdAt,
});

export const presentVoiceFile = (file: VoiceFile): Result<typeof showVoiceFile> => ({
  id: file.id,
  name: file.name,
  locale: file.locale,
  voiceType: file.voiceType,
  durationMs: file.durationMs,
  ...presentReview(file),
});

export const presentVoiceTemplate = (template: VoiceTemplate): Result<typeof showVoiceTemplate> => ({
  id: template.id,
  name: template.name,
  scene: template.scene,
  speed: template.speed,
  volume: template.volume,
  voice: template.voice,
  language: template.language,
  content: template.content,
  ...presentReview(template),
});

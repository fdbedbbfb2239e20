import { MULTIMEDIA } from '../chat/capacity.ts';
import { MEDIA } from '../queue/treatment.ts';
import type { Call } from './call.ts';

/** Calls of these features have a media type of their own, whatever their queue is for (6.1.3.1). */
const MEDIA_OF_FEATURE: Readonly<Record<number, number>> = { 43: 15, 44: 16 };

/** Table 12-696, as far as the kind of a session (6.1.5.2) tells by which channel its customer writes. */
export const SUB_MEDIA_OF_SESSION: Readonly<Record<number, number>> = { 51: 1 };
const NO_SUB_MEDIA = 0;

export const subMediaTypeOf = (session: number | null | undefined): number => SUB_MEDIA_OF_SESSION[session ?? 0] ?? NO_SUB_MEDIA;

/** The media type of a call (Table 12-695), given that of its queue. */
export function mediaTypeOf(call: Pick<Call, 'feature' | 'medium'>, queueMedia: number | undefined): number {
  const media = MEDIA_OF_FEATURE[call.feature] ?? queueMedia ?? (call.medium === 'chat' ? MULTIMEDIA : MEDIA.voice);
  return media === MEDIA.videoClickToDial ? MEDIA.clickToDial : media;
}

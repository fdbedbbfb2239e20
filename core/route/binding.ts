/** 5.3.2: media of the routes that an access code takes, by the code's own media. */
const ADMITTED: ReadonlyMap<number, readonly number[]> = new Map([[5, [5, 19]], [53, [53]], [2, [2, 18]]]);

const MULTIMEDIA = 53;
const DEFAULT_MEDIA = 5;

/** Where a route leads; of a queue its media counts. */
export type Target =
  | { readonly kind: 'queue'; readonly id: number; readonly media: number }
  | { readonly kind: 'flow'; readonly id: number };

/** 5.3.2: the media of a route is its queue's, and 5 where no queue is bound, unless the caller names one. */
export function routeMedia(asked: number | undefined, target: Target): number {
  return asked ?? (target.kind === 'queue' ? target.media : DEFAULT_MEDIA);
}

export function codeAdmits(codeMedia: number, media: number): boolean {
  return ADMITTED.get(codeMedia)?.includes(media) ?? false;
}

/** What is wrong with leading calls of this media to this target, in words. */
export function checkTarget(media: number, target: Target): string | undefined {
  if (target.kind === 'queue' && target.media !== media) return `Skill queue ${target.id} is of media type ${target.media}, the route of ${media}`;
  if (target.kind === 'flow' && media === MULTIMEDIA) return 'Multimedia calls go to skill queues only, not to IVR flows';
  return undefined;
}

/** What is wrong with a route of this media on such an access code to this target, in words. */
export function checkBinding(codeMedia: number, media: number, target: Target): string | undefined {
  const wrong = checkTarget(media, target);
  if (wrong !== undefined) return wrong;
  if (codeAdmits(codeMedia, media)) return undefined;
  return `The access code is of media type ${codeMedia} and takes routes of ${(ADMITTED.get(codeMedia) ?? []).join(' and ')}, not of ${media}`;
}

/** 5.3.5 `editable`: 0 free, 1 may only be deleted, 2 may only be changed, 3 neither. */
export type Protection = 0 | 1 | 2 | 3;

export const mayChange = (protection: Protection): boolean => protection === 0 || protection === 2;
export const mayDelete = (protection: Protection): boolean => protection === 0 || protection === 1;

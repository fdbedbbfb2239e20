import { MAX_IMAGE_BYTES, bringImage } from '@parley/contract/widget/image.ts';
import { IMAGE_MS, readImage } from '@parley/core/image/image.ts';
import type { ImageRequests } from '../../engine/image-requests.ts';
import { newToken } from '../../security/vault.ts';

/** A picture that may be brought. */
export interface OpenRequest {
  readonly vdnId: number;
  readonly leg: string;
  readonly image: string;
}

export interface ImageRequestBook extends ImageRequests {
  readonly isOpen: (token: string) => boolean;
  /** Once. */
  readonly take: (token: string) => OpenRequest | undefined;
  /** How many are kept in mind. */
  readonly size: () => number;
}

export interface ImageRequestOptions {
  readonly clock: () => number;
  readonly maxOpen?: number;
}

const MAX_OPEN = 10_000;

interface Entry extends OpenRequest {
  readonly expiresAt: number;
}

/**
 * Requests of this process, by their tokens: they live as long as the picture is awaited, and the telephone that has the page told is in
 * this process as well. All live equally long, so the oldest are over first.
 */
export function createImageRequests({ clock, maxOpen = MAX_OPEN }: ImageRequestOptions): ImageRequestBook {
  const entries = new Map<string, Entry>();

  const find = (token: string): Entry | undefined => {
    const entry = entries.get(token);
    return entry === undefined || entry.expiresAt <= clock() ? undefined : entry;
  };

  const forgetOld = (now: number): void => {
    for (const [token, { expiresAt }] of entries) {
      if (expiresAt > now) break;
      entries.delete(token);
    }
  };

  return {
    open: (leg, image) => {
      const now = clock();
      forgetOld(now);
      const vdnId = readImage(image)?.vdnId;
      if (vdnId === undefined || entries.size >= maxOpen) return undefined;
      const [token, expiresAt] = [newToken(24), now + IMAGE_MS];
      entries.set(token, { vdnId, leg, image, expiresAt });
      return { path: bringImage.path, token, expiresAt, maxBytes: MAX_IMAGE_BYTES };
    },
    isOpen: (token) => find(token) !== undefined,
    take: (token) => {
      const entry = find(token);
      entries.delete(token);
      return entry;
    },
    size: () => entries.size,
  };
}

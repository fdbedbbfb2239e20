import type { ImageRequests } from '../../engine/image-requests.ts';
import type { Performed } from '../../engine/voice.ts';
import { isGuestNamed } from './directory.ts';
import type { Leg, Legs } from './legs.ts';

/** What INFO carries without a package is known by its type alone, as keys are (RFC 6086 2, 10.1). */
const CONTENT_TYPE = 'application/vnd.parley.image-request+json';

/** What says that somebody does not want to, be it the user or the page in the user's name. */
const UNWANTED: ReadonlySet<number> = new Set([403, 603]);

export interface ImageAsking {
  readonly canAsk: (leg: Leg | undefined) => boolean;
  readonly ask: (leg: Leg, image: string) => Performed;
}

export interface ImageAskingDependencies {
  readonly legs: Pick<Legs, 'report'>;
  /** Nobody is asked for pictures where there is nowhere to bring them. */
  readonly requests: ImageRequests | undefined;
}

/** Asks customers' pages for pictures (6.1.5.5): within the call, so that nobody but the page of this customer is asked. */
export function createImageAsking({ legs, requests }: ImageAskingDependencies): ImageAsking {
  const canAsk: ImageAsking['canAsk'] = (leg) => requests !== undefined && leg?.who !== undefined && isGuestNamed(leg.who) && leg.state === 'up';
  const tell = async (leg: Leg, image: string, body: string): Promise<void> => {
    const status = await leg.call?.info(CONTENT_TYPE, body).catch(() => undefined);
    if ((status !== undefined && status < 300) || leg.state !== 'up') return;
    legs.report({ kind: 'imageDenied', leg: leg.id, image, why: status !== undefined && UNWANTED.has(status) ? 'refused' : 'failed' });
  };
  return {
    canAsk,
    ask: (leg, image) => {
      if (!canAsk(leg)) return { ok: false, why: 'unsupported', message: 'there is no page at the other end' };
      const request = requests?.open(leg.id, image);
      if (request === undefined) return { ok: false, why: 'noResource' };
      void tell(leg, image, JSON.stringify(request));
      return { ok: true };
    },
  };
}

import type { VoiceLeg } from '@parley/core/voice/order.ts';
import type { Performed } from '@parley/server/engine/voice.ts';
import type { Board, SimulatedLeg } from './board.ts';

/** What the page of a party does that is asked for a picture. */
export type Page = 'sends' | 'refuses' | 'saysNothing';

/** A picture that a party's page brings. */
export interface Brought {
  readonly leg: VoiceLeg;
  readonly image: string;
  readonly jpeg: Uint8Array;
}

export interface Images {
  readonly canAsk: (leg: SimulatedLeg | undefined) => boolean;
  readonly ask: (leg: SimulatedLeg, image: string) => Performed;
  /** Whoever listens gets what pages bring: it does not go by the switch. */
  readonly onImage: (listener: (brought: Brought) => void) => void;
}

/** Everybody looks the same: 8 by 8 pixels of the same grey. */
export const LOOKS: Uint8Array = Buffer.from(
  `/9j/2wBDAAEBAQEBAQ${'EBAQEBAQ'.repeat(9)}EBAQH/wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AP//Z`, 'base64');

export function createImages({ post }: Pick<Board, 'post'>): Images {
  let listener: (brought: Brought) => void = () => undefined;
  const canAsk = (leg: SimulatedLeg | undefined): boolean => leg?.page !== undefined && leg.state === 'up';
  return {
    canAsk,
    ask: (leg, image) => {
      if (!canAsk(leg)) return { ok: false, why: 'unsupported' };
      if (leg.page === 'sends') queueMicrotask(() => { listener({ leg: leg.id, image, jpeg: LOOKS }); });
      else if (leg.page === 'refuses') post({ kind: 'imageDenied', leg: leg.id, image, why: 'refused' });
      return { ok: true };
    },
    onImage: (next) => { listener = next; },
  };
}

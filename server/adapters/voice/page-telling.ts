import type { Member } from '@parley/core/voice/order.ts';
import { isGuestNamed } from './directory.ts';
import type { Leg, Legs } from './legs.ts';

/** As for asking for pictures: what INFO carries is known by its type alone. */
const CONTENT_TYPE = 'application/vnd.parley.call-state+json';

/** Tells customers' pages whether somebody talks with them or music plays: all of a queue is one answered call to them. */
export interface PageTelling {
  readonly arranged: (members: readonly Member[]) => void;
  /** It has been answered, or has said that it knows; what was arranged before can be told now. */
  readonly stands: (leg: Leg) => void;
}

interface Told {
  hearsMusic: boolean;
  told: boolean | undefined;
  /** One after the other, as the page would take the last that comes for the truth. */
  turn: Promise<void>;
}

export function createPageTelling({ legs }: { readonly legs: Pick<Legs, 'find'> }): PageTelling {
  const states = new WeakMap<Leg, Told>();

  const tell = async (leg: Leg, state: Told): Promise<void> => {
    const { hearsMusic } = state;
    if (leg.state !== 'up' || state.told === hearsMusic) return;
    state.told = hearsMusic;
    const status = await leg.call?.info(CONTENT_TYPE, JSON.stringify({ state: hearsMusic ? 'waiting' : 'talking' })).catch(() => undefined);
    // A library that still makes up its mind about our answer knows of no call; it is told once it does. One that does not want to know is not pressed.
    if (status === undefined || status >= 300) state.told = undefined;
  };
  const inTurn = (leg: Leg, state: Told): void => { state.turn = state.turn.then(() => tell(leg, state)); };

  return {
    arranged: (members) => {
      for (const { leg: id, music } of members) {
        const leg = legs.find(id);
        if (leg?.who === undefined || !isGuestNamed(leg.who)) continue;
        const state: Told = states.get(leg) ?? { hearsMusic: music, told: undefined, turn: Promise.resolve() };
        states.set(leg, state);
        state.hearsMusic = music;
        inTurn(leg, state);
      }
    },
    stands: (leg) => {
      const state = states.get(leg);
      if (state !== undefined) inTurn(leg, state);
    },
  };
}

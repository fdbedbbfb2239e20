import type { Order, VoiceLeg } from '@parley/core/voice/order.ts';
import type { Board, SimulatedLeg } from './board.ts';

type Collecting = Extract<Order, { kind: 'collect' }>;
type Collected = 'max' | 'terminator' | 'time' | 'stopped';

/** What becomes of the keys that the other ends press. */
export interface Keys {
  readonly collect: (leg: SimulatedLeg, order: Collecting) => void;
  /** Keys pressed by the other end: gathered where some are being collected, reported otherwise. */
  readonly pressed: (leg: SimulatedLeg, digits: string) => void;
  readonly legEnded: (leg: VoiceLeg) => void;
  readonly forget: () => void;
}

interface Collection {
  readonly order: Collecting;
  digits: string;
  callOff: () => void;
}

export function createKeys(board: Board): Keys {
  const collections = new Map<VoiceLeg, Collection>();

  const finish = (leg: VoiceLeg, why: Collected): void => {
    const collection = collections.get(leg);
    if (collection === undefined) return;
    collections.delete(leg);
    collection.callOff();
    board.post({ kind: 'collected', collect: collection.order.collect, leg, digits: collection.digits, why });
  };

  const wait = (leg: SimulatedLeg, ms: number): (() => void) => board.later(leg, ms, () => { finish(leg.id, 'time'); });

  return {
    collect: (leg, order) => {
      if (collections.get(leg.id)?.order.collect === order.collect) return;
      finish(leg.id, 'stopped');
      collections.set(leg.id, { order, digits: '', callOff: wait(leg, order.firstMs) });
    },
    pressed: (leg, digits) => {
      let rest = digits;
      for (let collection = collections.get(leg.id); collection !== undefined && rest !== ''; collection = collections.get(leg.id)) {
        const { order } = collection;
        const key = rest.charAt(0);
        rest = rest.slice(1);
        collection.callOff();
        if (key === order.terminator) finish(leg.id, 'terminator');
        else {
          collection.digits += key;
          if (collection.digits.length >= order.max) finish(leg.id, 'max');
          else collection.callOff = wait(leg, order.betweenMs);
        }
      }
      if (rest !== '') board.post({ kind: 'digits', leg: leg.id, digits: rest });
    },
    legEnded: (leg) => { finish(leg, 'stopped'); },
    forget: () => { collections.clear(); },
  };
}

import type { Order, VoiceLeg } from '@parley/core/voice/order.ts';
import type { Timers } from '../../../telephony/timers.ts';
import type { VoiceReport } from '../../engine/voice.ts';

type Collecting = Extract<Order, { kind: 'collect' }>;
type Why = Extract<VoiceReport, { kind: 'collected' }>['why'];

/** What becomes of the keys that the other ends press: gathered where some are being collected, reported otherwise. */
export interface Collections {
  readonly begin: (order: Collecting) => void;
  readonly pressed: (leg: VoiceLeg, key: string) => void;
  readonly legEnds: (leg: VoiceLeg) => void;
}

export interface CollectionsDependencies {
  readonly timers: Timers;
  readonly report: (report: VoiceReport) => void;
}

export function createCollections({ timers, report }: CollectionsDependencies): Collections {
  const collections = new Map<VoiceLeg, { readonly order: Collecting; digits: string; callOff: () => void }>();

  const finish = (leg: VoiceLeg, why: Why): void => {
    const collection = collections.get(leg);
    if (collection === undefined) return;
    collections.delete(leg);
    collection.callOff();
    report({ kind: 'collected', collect: collection.order.collect, leg, digits: collection.digits, why });
  };

  const wait = (leg: VoiceLeg, ms: number): (() => void) => timers.after(ms, () => { finish(leg, 'time'); });

  return {
    begin: (order) => {
      if (collections.get(order.leg)?.order.collect === order.collect) return;
      finish(order.leg, 'stopped');
      collections.set(order.leg, { order, digits: '', callOff: wait(order.leg, order.firstMs) });
    },
    pressed: (leg, key) => {
      const collection = collections.get(leg);
      if (collection === undefined) {
        report({ kind: 'digits', leg, digits: key });
        return;
      }
      collection.callOff();
      if (key === collection.order.terminator) {
        finish(leg, 'terminator');
        return;
      }
      collection.digits += key;
      if (collection.digits.length >= collection.order.max) finish(leg, 'max');
      else collection.callOff = wait(leg, collection.order.betweenMs);
    },
    legEnds: (leg) => { finish(leg, 'stopped'); },
  };
}

import type { CodecName } from '../audio/codec.ts';
import type { Media } from '../media/media.ts';
import { OK, refused, type Carrier, type MediaAnswer, type MediaOrder } from '../media/order.ts';
import type { Anchor, Negotiated, Standing } from './anchor.ts';
import type { Leg } from './leg.ts';
import { describeInside, narrowed, NOWHERE, readPlace } from './line.ts';

export type LegOrder<Kind extends MediaOrder['kind']> = Extract<MediaOrder, { kind: Kind; leg: string }>;

export interface NegotiatingOptions {
  readonly builtIn: Pick<Media, 'perform'>;
  readonly find: (leg: string) => Leg | undefined;
  readonly newAnchor: (leg: string, turn: number, carrier: Carrier) => Anchor;
  /** A far end's call is over. */
  readonly discard: (anchor: Anchor) => void;
}

/** Descriptions of a leg, between its far end, rtpengine and the built-in engine. */
export interface Negotiating {
  readonly offer: (leg: Leg, order: LegOrder<'offer'>) => Promise<MediaAnswer>;
  readonly accept: (leg: Leg, order: LegOrder<'accept'>) => Promise<MediaAnswer>;
  readonly answer: (leg: Leg, order: LegOrder<'answer'>) => Promise<MediaAnswer>;
  readonly reopen: (leg: Leg, order: LegOrder<'reopen'>) => Promise<MediaAnswer>;
  /** Goes on with a leg that stood at rtpengine before. */
  readonly takeOver: (leg: Leg, standing: Standing) => Promise<MediaAnswer>;
}

/** Those that browsers have as well. */
const OF_BROWSERS: readonly CodecName[] = ['PCMA', 'PCMU', 'opus'];

/** Whatever a far end is, to the built-in engine it is a telephone. */
export const asTelephone = <Order extends LegOrder<'open' | 'reopen'>>(order: Order): Order =>
  (order.carrier === 'webrtc' ? { ...order, carrier: 'rtp', codecs: OF_BROWSERS } : order);

const refusalOf = ({ why, message }: Extract<Negotiated, { ok: false }>): MediaAnswer => refused(message.includes('out of ports') ? 'noPorts' : why, message);

export function createNegotiating({ builtIn, find, newAnchor, discard }: NegotiatingOptions): Negotiating {
  /**
   * Packets are passed on as they are, so those who will talk have to name codecs and keys by the same numbers. Each side
   * chooses its own when it offers; but what has a number in a session keeps it (RFC 3264 8.3.2), so the engine is told before.
   */
  const alike = async (leg: Leg): Promise<void> => {
    const line = leg.anchor.line() === undefined ? find(leg.near ?? '')?.anchor.line() : undefined;
    if (line !== undefined) await builtIn.perform({ kind: 'answer', leg: leg.name, sdp: describeInside(narrowed(line), NOWHERE, 'inactive') });
  };

  /** Has the built-in engine answer; where it takes the sound is known then. */
  const answerBy = (leg: Leg, order: (sdp: string) => MediaOrder) => async (sdp: string): Promise<Negotiated> => {
    const taken = await builtIn.perform(order(sdp));
    if (!taken.ok) return { ok: false, why: taken.why === 'notAcceptable' ? 'notAcceptable' : 'failed', message: taken.message ?? taken.why };
    leg.engine = readPlace(taken.sdp ?? '');
    return { ...taken, sdp: taken.sdp ?? '' };
  };

  /** What leads a leg to the engine has been said. */
  const isEngines = (leg: Leg, answered: MediaAnswer): MediaAnswer => {
    leg.ledTo = 'engine';
    leg.isKept = false;
    return answered;
  };

  const replace = (leg: Leg, anchor: Anchor): void => {
    discard(leg.anchor);
    leg.anchor = anchor;
    leg.turn += 1;
    leg.lost = undefined;
    leg.wasSilent = false;
    leg.progress = undefined;
  };

  return {
    offer: async (leg, order) => {
      await alike(leg);
      const made = await builtIn.perform(order);
      if (!made.ok || made.sdp === undefined) return made;
      leg.ledTo = 'somewhere';
      const offered = await leg.anchor.offer(made.sdp);
      if (!offered.ok) return refusalOf(offered);
      leg.engine = readPlace(made.sdp);
      return isEngines(leg, { ...made, sdp: offered.sdp });
    },
    accept: async (leg, order) => {
      const accepted = await leg.anchor.accept(order.sdp);
      return accepted.ok ? builtIn.perform({ ...order, sdp: accepted.sdp }) : refusalOf(accepted);
    },
    answer: async (leg, order) => {
      leg.ledTo = 'somewhere';
      const answered = await leg.anchor.answer(order.sdp, answerBy(leg, (sdp) => ({ ...order, sdp })));
      return answered.ok ? isEngines(leg, answered) : refusalOf(answered);
    },
    // The former far end may be there still, or come back: nothing of its call is used again.
    reopen: async (leg, order) => {
      const anchor = newAnchor(leg.name, leg.turn + 1, order.carrier);
      const { sdp: theirs, ...again } = asTelephone(order);
      if (theirs !== undefined) {
          const answered = await anchor.answer(theirs, answerBy(leg, (sdp) => ({ ...again, sdp })));
        if (!answered.ok) {
          discard(anchor);
          return refusalOf(answered);
        }
        replace(leg, anchor);
        return isEngines(leg, answered);
      }
      const made = await builtIn.perform(again);
      if (!made.ok || made.sdp === undefined) return made;
      replace(leg, anchor);
      leg.engine = readPlace(made.sdp);
      const offered = await anchor.offer(made.sdp);
      return offered.ok ? isEngines(leg, { ...made, sdp: offered.sdp }) : refusalOf(offered);
    },
    takeOver: async (leg, { ledTo }) => {
      const [line, entrance] = [leg.anchor.line(), leg.anchor.entrance()];
      if (line === undefined || entrance === undefined) return refused('failed', 'rtpengine does not know what was agreed on');
      // To the built-in engine it is as if somebody called who has only this one codec.
      const answered = await answerBy(leg, (sdp) => ({ kind: 'answer', leg: leg.name, sdp }))(describeInside(narrowed(line), entrance));
      if (!answered.ok) return refusalOf(answered);
      leg.ledTo = ledTo;
      leg.isKept = true;
      return OK;
    },
  };
}

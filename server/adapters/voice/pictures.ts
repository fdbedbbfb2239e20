import type { Member } from '@parley/core/voice/order.ts';
import type { PictureCodec } from '../../../telephony/media/order.ts';
import type { Leg, Legs, Media } from './legs.ts';

/** Pictures of legs: who is to have one is arranged, and offered to the phones; who sees whom the media engine finds out by itself. */
export interface Pictures {
  readonly arranged: (members: readonly Member[]) => void;
  /** The other end has changed its media, and has this picture now, or none. */
  readonly changed: (leg: Leg, picture: PictureCodec | undefined) => void;
  /** Another phone has taken the leg over, which has none yet. */
  readonly renewed: (leg: Leg) => void;
}

export interface PicturesDependencies {
  readonly legs: Pick<Legs, 'find' | 'report'>;
  readonly media: Pick<Media, 'perform'>;
}

/** The best first; the second one is what desk phones have. */
const CODECS: readonly PictureCodec[] = ['VP8', 'H264'];

interface State {
  isWanted: boolean;
  has: PictureCodec | undefined;
  /** Those who were to have one in the same room, when it was arranged last. */
  group: readonly Leg[];
  /** What is being negotiated with it, or was last. */
  turn: Promise<void>;
}

export function createPictures({ legs, media }: PicturesDependencies): Pictures {
  const states = new WeakMap<Leg, State>();

  const stateOf = (leg: Leg): State => {
    let state = states.get(leg);
    if (state === undefined) {
      state = { isWanted: false, has: undefined, group: [], turn: Promise.resolve() };
      states.set(leg, state);
    }
    return state;
  };

  const tell = (leg: Leg, codec: PictureCodec | undefined): void => {
    if (leg.state === 'up') legs.report({ kind: 'picture', leg: leg.id, on: codec !== undefined, ...(codec === undefined ? {} : { codec }) });
  };

  /** Offers these, or none; answers the one that is there afterwards. */
  const offer = async (leg: Leg, codecs: readonly PictureCodec[]): Promise<PictureCodec | undefined> => {
    if (leg.state !== 'up' || leg.call === undefined) return undefined;
    const offered = await media.perform({ kind: 'offer', leg: leg.id, pictures: codecs });
    if (!offered.ok || offered.sdp === undefined) return undefined;
    const answered = await leg.call.offer(offered.sdp);
    const accepted = answered.ok ? await media.perform({ kind: 'accept', leg: leg.id, sdp: answered.sdp }) : undefined;
    return accepted?.ok === true ? accepted.picture : undefined;
  };

  /** Whoever has a picture already says by which codec the others have to have theirs: nothing is made into another. */
  const negotiate = async (off: readonly Leg[], on: readonly Leg[], group: readonly Leg[]): Promise<void> => {
    for (const leg of off) {
      const state = stateOf(leg);
      if (!state.isWanted && state.has !== undefined) state.has = await offer(leg, []);
    }
    let codecs = CODECS;
    for (const leg of group) {
      const { has } = stateOf(leg);
      if (has !== undefined) codecs = [has];
    }
    let isHopeless = false;
    for (const leg of on) {
      const state = stateOf(leg);
      if (!state.isWanted || state.has !== undefined) continue;
      // When one has none, nobody else need be asked.
      if (!isHopeless) state.has = await offer(leg, codecs);
      if (state.has === undefined) isHopeless = true;
      else codecs = [state.has];
      if (state.isWanted) tell(leg, state.has);
    }
  };

  /** Behind what is under way with any of them. */
  const begin = (off: readonly Leg[], on: readonly Leg[], group: readonly Leg[]): void => {
    const involved = [...new Set([...off, ...on, ...group])].map(stateOf);
    const work = Promise.all(involved.map(({ turn }) => turn)).then(() => negotiate(off, on, group)).catch(() => {
      for (const leg of on) if (stateOf(leg).isWanted) tell(leg, undefined);
    });
    for (const state of involved) state.turn = work;
  };

  const wants = (leg: Leg): boolean => stateOf(leg).isWanted;

  return {
    arranged: (members) => {
      const off: Leg[] = [];
      const on: Leg[] = [];
      const group: Leg[] = [];
      for (const { leg: id, picture = false } of members) {
        const leg = legs.find(id);
        if (leg === undefined || (!picture && !states.has(leg))) continue;
        const state = stateOf(leg);
        if (picture) group.push(leg);
        if (state.isWanted === picture) continue;
        state.isWanted = picture;
        (picture ? on : off).push(leg);
      }
      for (const leg of group) stateOf(leg).group = group;
      if (off.length + on.length > 0) begin(off, on, group);
    },
    changed: (leg, picture) => {
      const state = states.get(leg);
      if (state === undefined || state.has === picture) return;
      const had = state.has !== undefined;
      state.has = picture;
      if (state.isWanted && had !== (picture !== undefined)) tell(leg, picture);
    },
    renewed: (leg) => {
      if (!states.has(leg)) return;
      stateOf(leg).has = undefined;
      if (wants(leg)) begin([], [leg], stateOf(leg).group);
    },
  };
}

import type { Member, VoiceLeg } from '@parley/core/voice/order.ts';
import type { Board, SimulatedLeg } from './board.ts';
import type { Rooms } from './rooms.ts';

/** Who sees whom: two in a room who both have a picture, as long as neither hears music. */
export interface Pictures {
  readonly arranged: (members: readonly Member[]) => void;
  /** Whom a leg sees. */
  readonly seenBy: (leg: SimulatedLeg) => VoiceLeg | undefined;
  /** The party at the other end does away with its own. */
  readonly closed: (leg: SimulatedLeg) => void;
}

export function createPictures(board: Pick<Board, 'legs' | 'post'>, rooms: Pick<Rooms, 'roomOf' | 'legsIn' | 'memberOf'>): Pictures {
  const isShown = (id: VoiceLeg): boolean => board.legs.get(id)?.hasPicture === true && rooms.memberOf(id)?.music === false;
  return {
    arranged: (members) => {
      for (const { leg: id, picture = false } of members) {
        const leg = board.legs.get(id);
        if (leg === undefined || leg.wantsPicture === picture) continue;
        leg.wantsPicture = picture;
        leg.hasPicture = picture && leg.hasCamera && leg.state === 'up';
        if (picture && leg.state === 'up') board.post({ kind: 'picture', leg: id, on: leg.hasPicture, ...(leg.hasPicture ? { codec: 'VP8' } : {}) });
      }
    },
    seenBy: ({ id }) => {
      const shown = rooms.legsIn(rooms.roomOf(id) ?? '').filter(isShown);
      return shown.length === 2 && shown.includes(id) ? shown.find((other) => other !== id) : undefined;
    },
    closed: (leg) => {
      if (!leg.hasPicture) return;
      leg.hasPicture = false;
      board.post({ kind: 'picture', leg: leg.id, on: false });
    },
  };
}

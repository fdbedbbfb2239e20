import type { MediaOrder, PlayTo } from '../media/order.ts';
import { createRooms } from '../media/rooms.ts';

/** Who talks with whom and nothing else: two in a room who hear one another as they are, while nothing is played or recorded there. */
export interface Pairs {
  /** Notes an order; answers the legs that it concerns. */
  readonly note: (order: Extract<MediaOrder, { kind: 'arrange' | 'leave' | 'play' | 'record' }>) => ReadonlySet<string>;
  /** A play or a recording is over. */
  readonly over: (kind: 'play' | 'record', name: string) => ReadonlySet<string>;
  readonly forget: (leg: string) => ReadonlySet<string>;
  readonly partnerOf: (leg: string) => string | undefined;
  /** The legs in the room of a leg, and itself. */
  readonly around: (leg: string) => ReadonlySet<string>;
}

const NOBODY: ReadonlySet<string> = new Set();

export function createPairs(): Pairs {
  const rooms = createRooms();
  /** What is heard beside the voices, or listens to them; and by where it is, which are there. */
  const others = new Map<string, PlayTo>();
  const disturbed = new Map<string, Set<string>>();

  const placeOf = (to: PlayTo): string => ('leg' in to ? `leg ${to.leg}` : `room ${to.room}`);
  const legsOf = (to: PlayTo): ReadonlySet<string> => new Set('leg' in to ? [to.leg, ...rooms.legsIn(rooms.roomOf(to.leg) ?? '')] : rooms.legsIn(to.room));

  const begin = (name: string, to: PlayTo): ReadonlySet<string> => {
    end(name);
    others.set(name, to);
    const there = disturbed.get(placeOf(to)) ?? new Set();
    disturbed.set(placeOf(to), there.add(name));
    return legsOf(to);
  };

  const end = (name: string): PlayTo | undefined => {
    const to = others.get(name);
    if (to === undefined) return undefined;
    others.delete(name);
    const there = disturbed.get(placeOf(to));
    there?.delete(name);
    if (there?.size === 0) disturbed.delete(placeOf(to));
    return to;
  };

  /** A set may lose what was handed out of it. */
  const endAll = (place: string): void => { for (const name of disturbed.get(place) ?? []) end(name); };

  const isUndisturbed = (room: string, legs: readonly string[]): boolean =>
    !disturbed.has(placeOf({ room })) && !legs.some((leg) => disturbed.has(placeOf({ leg })));

  /** The one whom a leg hears, as loud as he is, and nobody else. */
  const heardBy = (leg: string): string | undefined => {
    const member = rooms.memberOf(leg);
    const [only, ...more] = rooms.voicesFor(leg);
    return member?.hears === true && !member.music && more.length === 0 && only?.gain === 1 ? only.leg : undefined;
  };

  return {
    over: (kind, name) => {
      const to = end(`${kind} ${name}`);
      return to === undefined ? NOBODY : legsOf(to);
    },
    note: (order) => {
      if (order.kind === 'arrange') return rooms.arrange(order.room, order.members).legs;
      if (order.kind === 'leave') return rooms.leave(order.leg).legs;
      if (order.kind === 'play') return begin(`play ${order.play}`, order.to);
      return begin(`record ${order.record}`, order.of);
    },
    forget: (leg) => {
      endAll(placeOf({ leg }));
      const { legs, emptied } = rooms.leave(leg);
      for (const room of emptied) endAll(placeOf({ room }));
      return legs;
    },
    partnerOf: (leg) => {
      const room = rooms.roomOf(leg);
      const legs = rooms.legsIn(room ?? '');
      const partner = heardBy(leg);
      if (room === undefined || partner === undefined || legs.length !== 2 || heardBy(partner) !== leg) return undefined;
      return isUndisturbed(room, legs) ? partner : undefined;
    },
    around: (leg) => new Set([leg, ...rooms.legsIn(rooms.roomOf(leg) ?? '')]),
  };
}

import type { Member } from './order.ts';

/** Somebody whom a leg hears, and how loud. */
export interface Voice {
  readonly leg: string;
  readonly gain: number;
}

/** Who is in which room, and who hears whom there. */
export interface Rooms {
  /** Puts a room in force; answers the legs that it concerns, also those that have left, and the rooms in which nobody is left. */
  readonly arrange: (room: string, members: readonly Member[]) => Changed;
  readonly leave: (leg: string) => Changed;
  readonly has: (room: string) => boolean;
  readonly roomOf: (leg: string) => string | undefined;
  readonly memberOf: (leg: string) => Member | undefined;
  readonly legsIn: (room: string) => readonly string[];
  /** Those whom a leg hears, whether they are up or not. */
  readonly voicesFor: (leg: string) => readonly Voice[];
  /** What everybody in the room is told: neither whispers nor who is muted. */
  readonly saidToAll: (room: string) => readonly Voice[];
  readonly size: () => number;
}

export interface Changed {
  readonly legs: ReadonlySet<string>;
  readonly emptied: readonly string[];
}

const isFor = ({ to }: Member, leg: string): boolean => to === 'all' || (to !== 'none' && to.includes(leg));

const voiceOf = ({ leg, gain = 1 }: Member): Voice[] => (gain > 0 ? [{ leg, gain }] : []);

export function createRooms(): Rooms {
  const rooms = new Map<string, Map<string, Member>>();
  const places = new Map<string, string>();

  const depart = (leg: string, touched: Set<string>): string | undefined => {
    const name = places.get(leg);
    const room = name === undefined ? undefined : rooms.get(name);
    if (name === undefined || room === undefined) return undefined;
    places.delete(leg);
    room.delete(leg);
    touched.add(leg);
    for (const other of room.keys()) touched.add(other);
    if (room.size > 0) return undefined;
    rooms.delete(name);
    return name;
  };

  const membersOf = (leg: string): Member[] => [...rooms.get(places.get(leg) ?? '')?.values() ?? []];

  return {
    arrange: (name, members) => {
      const next = new Map(members.map((member) => [member.leg, member]));
      const legs = new Set(next.keys());
      const emptied: (string | undefined)[] = [];
      for (const leg of rooms.get(name)?.keys() ?? []) if (!next.has(leg)) emptied.push(depart(leg, legs));
      for (const leg of next.keys()) if (places.get(leg) !== name) emptied.push(depart(leg, legs));
      for (const leg of next.keys()) places.set(leg, name);
      if (next.size > 0) rooms.set(name, next);
      // All who were in the room may have been replaced.
      return { legs, emptied: emptied.filter((room) => room !== undefined).filter((room) => !rooms.has(room)) };
    },
    leave: (leg) => {
      const legs = new Set([leg]);
      const emptied = depart(leg, legs);
      return { legs, emptied: emptied === undefined ? [] : [emptied] };
    },
    has: (room) => rooms.has(room),
    roomOf: (leg) => places.get(leg),
    memberOf: (leg) => rooms.get(places.get(leg) ?? '')?.get(leg),
    legsIn: (room) => [...rooms.get(room)?.keys() ?? []],
    voicesFor: (leg) => membersOf(leg).flatMap((member) => (member.leg !== leg && isFor(member, leg) ? voiceOf(member) : [])),
    saidToAll: (room) => [...rooms.get(room)?.values() ?? []].flatMap((member) => (member.to === 'all' ? voiceOf(member) : [])),
    size: () => rooms.size,
  };
}

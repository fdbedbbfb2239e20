import type { Member, VoiceLeg } from '@parley/core/voice/order.ts';

/** A sound and how loud it is, 1 being as it was made. */
export interface Heard {
  readonly sound: string;
  readonly loudness: number;
}

/** Who is in which room, and who hears whom there. The sound that a leg makes is its own name. */
export interface Rooms {
  /** Puts the rooms in force; answers those that nobody is in any more. */
  readonly arrange: (room: string, members: readonly Member[]) => readonly string[];
  /** Takes a leg out of its room; answers the room where it was the last one. */
  readonly leave: (leg: VoiceLeg) => string | undefined;
  readonly has: (room: string) => boolean;
  readonly roomOf: (leg: VoiceLeg) => string | undefined;
  readonly memberOf: (leg: VoiceLeg) => Member | undefined;
  /** Legs in a room, in the order of their arrangement. */
  readonly legsIn: (room: string) => readonly VoiceLeg[];
  /** The voices in a leg's ears. */
  readonly voicesFor: (leg: VoiceLeg) => readonly Heard[];
  /** What a silent listener in a room hears, who is nobody's addressee. */
  readonly saidToAll: (room: string) => readonly Heard[];
}

const isFor = ({ to }: Member, leg: VoiceLeg): boolean => to === 'all' || (to !== 'none' && to.includes(leg));

export function createRooms(isUp: (leg: VoiceLeg) => boolean): Rooms {
  const rooms = new Map<string, Map<VoiceLeg, Member>>();
  const places = new Map<VoiceLeg, string>();

  const leave = (leg: VoiceLeg): string | undefined => {
    const name = places.get(leg);
    const room = name === undefined ? undefined : rooms.get(name);
    if (name === undefined || room === undefined) return undefined;
    places.delete(leg);
    room.delete(leg);
    if (room.size > 0) return undefined;
    rooms.delete(name);
    return name;
  };

  const voices = (room: string | undefined, isHeard: (member: Member) => boolean): Heard[] => {
    const members = room === undefined ? undefined : rooms.get(room);
    return [...members?.values() ?? []]
      .filter((member) => isUp(member.leg) && isHeard(member))
      .map(({ leg, gain = 1 }) => ({ sound: leg, loudness: gain }))
      .filter(({ loudness }) => loudness > 0);
  };

  return {
    leave,
    arrange: (name, members) => {
      const next = new Map(members.map((member) => [member.leg, member]));
      const emptied: string[] = [];
      const depart = (leg: VoiceLeg): void => {
        const room = leave(leg);
        if (room !== undefined) emptied.push(room);
      };
      for (const leg of rooms.get(name)?.keys() ?? []) if (!next.has(leg)) depart(leg);
      for (const leg of next.keys()) if (places.get(leg) !== name) depart(leg);
      for (const leg of next.keys()) places.set(leg, name);
      if (next.size > 0) rooms.set(name, next);
      // All who were in the room may have been replaced.
      return emptied.filter((room) => !rooms.has(room));
    },
    has: (room) => rooms.has(room),
    roomOf: (leg) => places.get(leg),
    memberOf: (leg) => rooms.get(places.get(leg) ?? '')?.get(leg),
    legsIn: (room) => [...rooms.get(room)?.keys() ?? []],
    voicesFor: (leg) => voices(places.get(leg), (member) => member.leg !== leg && isFor(member, leg)),
    saidToAll: (room) => voices(room, ({ to }) => to === 'all'),
  };
}

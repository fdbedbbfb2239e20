import type { Call, CustomerPart } from '../call/call.ts';
import { isAside } from '../call/third.ts';
import type { Event } from '../centre/event.ts';
import type { Centre } from '../centre/state.ts';
import { conferenceIn, roomOf } from '../conference/conference.ts';
import { membersOfConference } from '../conference/members.ts';
import { allInspectionRooms, inspectionRooms, inspectorsOf, isInspectionRoom, membersOfInspection } from '../inspection/room.ts';
import type { Member, Order, VoiceLeg } from './order.ts';

/** Who is in the room of a call, and who hears whom. A caller whom nobody talks to hears music, and so does a colleague on hold. */
export function membersOf(centre: Centre, call: Call): readonly Member[] {
  const members: Member[] = [];
  const isUp = (leg: VoiceLeg | undefined): leg is VoiceLeg => leg !== undefined && centre.legs.get(leg)?.state === 'up';
  const inspectors: Member[] = [];
  for (const part of call.parts) {
    if (part.kind !== 'agent' || part.held) continue;
    const agent = centre.agents.get(part.agent);
    if (agent === undefined || agent.call !== call.id || !isUp(agent.leg)) continue;
    members.push({ leg: agent.leg, to: part.muted ? 'none' : 'all', hears: true, music: false });
    if (agent.inspectors.length > 0) inspectors.push(...inspectorsOf(centre, agent));
  }
  const outside = call.parts.filter((part): part is CustomerPart => part.kind === 'customer' && isUp(part.leg) && call.flow?.leg !== part.leg);
  const inTalk = members.length + outside.filter((part) => !isAside(call, part)).length;
  const [colleague] = members;
  if (colleague !== undefined && inTalk === 1 && call.parts.some((part) => part.kind === 'agent' && part.held)) members[0] = { ...colleague, music: true };
  for (const part of outside) {
    if (part.leg === undefined) continue;
    members.push(isAside(call, part) ? { leg: part.leg, to: 'none', hears: false, music: true } : { leg: part.leg, to: 'all', hears: true, music: inTalk < 2 });
  }
  const { picture } = call;
  const shown = picture === undefined ? members : members.map((member) => (picture.legs.includes(member.leg) ? { ...member, picture: true } : member));
  return inspectors.length === 0 ? shown : [...shown, ...inspectors];
}

const NO_MEMBERS: readonly Member[] = [];

function isSame(one: readonly Member[], other: readonly Member[]): boolean {
  return one.length === other.length && one.every((member, index) => {
    const twin = other[index];
    return twin !== undefined && member.leg === twin.leg && member.hears === twin.hears && member.music === twin.music && member.gain === twin.gain && member.picture === twin.picture && String(member.to) === String(twin.to);
  });
}

/** What a voice port has been told, room by room. */
export type Arranged = Map<string, readonly Member[]>;

/** Who is in a room: that of a call has the call's id, that of a conference a name of its own. */
function membersIn(centre: Centre, room: string): readonly Member[] {
  const call = centre.calls.get(room);
  if (call !== undefined) return call.medium === 'voice' ? membersOf(centre, call) : NO_MEMBERS;
  if (isInspectionRoom(room)) return membersOfInspection(centre, room);
  const conference = conferenceIn(centre, room);
  return conference === undefined ? NO_MEMBERS : membersOfConference(centre, conference);
}

/** Call ids, which begin with a digit, are a tenant's own; at the voice port no room of one tenant may be that of another. */
export const roomName = (vdnId: number, room: string): string => (/^\d/.test(room) ? `call-${vdnId}-${room}` : room);

/** Every room that must sound otherwise than it was last told, among those given. */
export function arrangeRooms(centre: Centre, rooms: Iterable<string>, arranged: Arranged): Order[] {
  const orders: Order[] = [];
  for (const id of rooms) {
    const members = membersIn(centre, id);
    if (isSame(members, arranged.get(id) ?? NO_MEMBERS)) continue;
    if (members.length === 0) arranged.delete(id);
    else arranged.set(id, members);
    orders.push({ kind: 'arrange', room: roomName(centre.vdnId, id), members });
  }
  return orders;
}

/** Every room that there may be. */
export const everyRoom = (centre: Centre): readonly string[] => [
  ...centre.calls.keys(), ...[...centre.conferences.keys()].map((id) => roomOf(centre.vdnId, id)), ...allInspectionRooms(centre),
];

/** The rooms whose sound an event may change. */
export function touches(event: Event, centre: Centre): readonly (string | undefined)[] {
  const rooms = roomsOf(event, centre);
  const inspected = inspectionRooms(event, centre);
  return inspected.length === 0 ? rooms : [...rooms, ...inspected];
}

function roomsOf(event: Event, centre: Centre): readonly (string | undefined)[] {
  if ('conference' in event && event.conference !== undefined) return [roomOf(centre.vdnId, event.conference)];
  if ('call' in event && event.call !== undefined) return [event.call];
  if ('leg' in event && event.leg !== undefined) {
    const leg = centre.legs.get(event.leg);
    const agent = leg?.agent === undefined ? undefined : centre.agents.get(leg.agent);
    const conference = leg?.conference ?? agent?.conference;
    return [leg?.call, agent?.call, conference === undefined ? undefined : roomOf(centre.vdnId, conference)];
  }
  return [];
}

import type { Call } from '../call/call.ts';
import type { Event } from '../centre/event.ts';
import type { Centre } from '../centre/state.ts';
import type { Member, Order, VoiceLeg } from './order.ts';

/** Who is in the room of a call, and who hears whom. A caller whom nobody talks to hears music. */
export function membersOf(centre: Centre, call: Call): readonly Member[] {
  const members: Member[] = [];
  const isUp = (leg: VoiceLeg | undefined): leg is VoiceLeg => leg !== undefined && centre.legs.get(leg)?.state === 'up';
  const whisperers: { readonly leg: VoiceLeg; readonly agentLeg: VoiceLeg; readonly how: 'listen' | 'insert' | 'whisper' }[] = [];
  for (const part of call.parts) {
    if (part.kind !== 'agent' || part.held) continue;
    const agent = centre.agents.get(part.agent);
    if (agent === undefined || agent.call !== call.id || !isUp(agent.leg)) continue;
    members.push({ leg: agent.leg, to: part.muted ? 'none' : 'all', hears: true, music: false });
    for (const id of agent.inspectors) {
      const inspector = centre.agents.get(id);
      if (isUp(inspector?.leg) && inspector?.inspecting !== undefined) whisperers.push({ leg: inspector.leg, agentLeg: agent.leg, how: inspector.inspecting.how });
    }
  }
  const isAttended = members.length > 0 || call.parts.filter((part) => part.kind === 'customer' && part.connected).length > 1;
  for (const part of call.parts) {
    if (part.kind !== 'customer' || !isUp(part.leg) || call.flow?.leg === part.leg) continue;
    members.push({ leg: part.leg, to: 'all', hears: true, music: !isAttended });
  }
  // 12.1: listening is heard by nobody, a whisper by the agent alone, who speaks up is heard by all.
  for (const { leg, agentLeg, how } of whisperers) {
    members.push({ leg, to: how === 'listen' ? 'none' : how === 'whisper' ? [agentLeg] : 'all', hears: true, music: false });
  }
  return members;
}

const NO_MEMBERS: readonly Member[] = [];

function isSame(one: readonly Member[], other: readonly Member[]): boolean {
  return one.length === other.length && one.every((member, index) => {
    const twin = other[index];
    return twin !== undefined && member.leg === twin.leg && member.hears === twin.hears && member.music === twin.music && member.gain === twin.gain && String(member.to) === String(twin.to);
  });
}

/** What a voice port has been told, room by room. */
export type Arranged = Map<string, readonly Member[]>;

/** Every room that must sound otherwise than it was last told, among those of the calls given. */
export function arrangeRooms(centre: Centre, calls: Iterable<string>, arranged: Arranged): Order[] {
  const orders: Order[] = [];
  for (const id of calls) {
    const call = centre.calls.get(id);
    const members = call === undefined || call.medium !== 'voice' ? NO_MEMBERS : membersOf(centre, call);
    if (isSame(members, arranged.get(id) ?? NO_MEMBERS)) continue;
    if (members.length === 0) arranged.delete(id);
    else arranged.set(id, members);
    orders.push({ kind: 'arrange', room: id, members });
  }
  return orders;
}

/** The calls whose sound an event may change. */
export function touches(event: Event, centre: Centre): readonly (string | undefined)[] {
  if ('call' in event && event.call !== undefined) return [event.call];
  if ('leg' in event && event.leg !== undefined) {
    const leg = centre.legs.get(event.leg);
    return [leg?.call, leg?.agent === undefined ? undefined : centre.agents.get(leg.agent)?.call];
  }
  return [];
}

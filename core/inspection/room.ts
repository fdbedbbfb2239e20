import type { Agent } from '../agent/agent.ts';
import type { Event } from '../centre/event.ts';
import type { Centre } from '../centre/state.ts';
import { roomOf as conferenceRoom } from '../conference/conference.ts';
import type { Member, VoiceLeg } from '../voice/order.ts';

const isUp = (centre: Centre, leg: VoiceLeg | undefined): leg is VoiceLeg => leg !== undefined && centre.legs.get(leg)?.state === 'up';

/** 12.1: how an inspector's leg takes part. Listening is heard by nobody, a whisper by the agent alone, who joins in by all. */
export function inspectorsOf(centre: Centre, agent: Agent): readonly Member[] {
  const members: Member[] = [];
  if (!isUp(centre, agent.leg)) return members;
  for (const id of agent.inspectors) {
    const inspector = centre.agents.get(id);
    if (inspector?.inspecting?.on !== true || !isUp(centre, inspector.leg)) continue;
    const { how } = inspector.inspecting;
    members.push({ leg: inspector.leg, to: how === 'listen' ? 'none' : how === 'whisper' ? [agent.leg] : 'all', hears: true, music: false });
  }
  return members;
}

const PREFIX = 'insp-';

/** Where an inspector and an agent who has no call now are with each other; unique in the whole installation. */
const roomOf = (vdnId: number, inspector: number): string => `${PREFIX}${vdnId}-${inspector}`;

export const isInspectionRoom = (room: string): boolean => room.startsWith(PREFIX);

/**
 * 12.1.1: who joins an agent is in a talk of two with the agent until a call comes, as far as the agent's phone is up; so
 * does a whisper reach the agent. A listener hears conversations, and nothing in between.
 */
export function membersOfInspection(centre: Centre, room: string): readonly Member[] {
  const inspector = centre.agents.get(Number(room.slice(room.lastIndexOf('-') + 1)));
  const agent = inspector?.inspecting === undefined ? undefined : centre.agents.get(inspector.inspecting.agent);
  if (agent === undefined || inspector?.inspecting?.how === 'listen' || agent.call !== undefined || agent.conference !== undefined) return [];
  const others = inspectorsOf(centre, agent);
  return others.length === 0 || agent.leg === undefined ? [] : [{ leg: agent.leg, to: 'all', hears: true, music: false }, ...others];
}

const NONE: readonly string[] = [];

/** The rooms in which an event may change how an inspector is heard, besides the rooms that it touches anyway. */
export function inspectionRooms(event: Event, centre: Centre): readonly string[] {
  const about = 'agent' in event ? event.agent : 'leg' in event && event.leg !== undefined ? centre.legs.get(event.leg)?.agent : undefined;
  if (about === undefined) return NONE;
  const agent = centre.agents.get(about);
  const target = 'target' in event ? event.target : agent?.inspecting?.agent;
  if (target === undefined && (agent === undefined || agent.inspectors.length === 0)) return NONE;
  const rooms: string[] = [];
  for (const inspector of agent?.inspectors ?? []) rooms.push(roomOf(centre.vdnId, inspector));
  if (target !== undefined) {
    rooms.push(roomOf(centre.vdnId, about));
    const { call, conference } = centre.agents.get(target) ?? {};
    if (call !== undefined) rooms.push(call);
    if (conference !== undefined) rooms.push(conferenceRoom(centre.vdnId, conference));
  }
  return rooms;
}

/** One of each inspector at work. */
export function allInspectionRooms({ vdnId, agents }: Centre): readonly string[] {
  const rooms: string[] = [];
  for (const { id, inspecting } of agents.values()) if (inspecting !== undefined) rooms.push(roomOf(vdnId, id));
  return rooms;
}

import type { Agent } from '../agent/agent.ts';
import type { Call } from '../call/call.ts';

/** Multimedia (5.2.1, 6.1.5.2): sessions of which an agent may have several at once. */
export const MULTIMEDIA = 53;

/** Media types of 6.1.5.2. The other kinds of call need the agent's one phone: a number for them is kept, and changes nothing. */
export const MEDIA_TYPES = [1, 2, 4, 5, 15, 16, 17, 19, 51, MULTIMEDIA] as const;
/** Of these, the ones that are text: text chat, messages, web chat, social chat. */
export const CHAT_MEDIA: ReadonlySet<number> = new Set([1, 17, 51, MULTIMEDIA]);
export const MAX_SESSIONS = 60;

/** How many sessions an agent takes who has set nothing. */
const FIRST_CAPACITY = 1;

/** The media type of a session. */
export const mediaOf = ({ chat }: Call): number => chat?.media ?? MULTIMEDIA;

/** Media types for which the agent has set no number share that of type 53. */
const kindOf = (agent: Agent, media: number): number => (media in agent.capacities ? media : MULTIMEDIA);

/** Whether the agent may have one more session of this media type (6.1.5.2). */
export function hasRoom(agent: Agent, media: number): boolean {
  const kind = kindOf(agent, media);
  let load = 0;
  for (const [type, count] of Object.entries(agent.chatLoad)) if (kindOf(agent, Number(type)) === kind) load += count;
  return load < (agent.capacities[kind] ?? FIRST_CAPACITY);
}

/** Whether there is a media type of which the agent may have one more session. */
export function hasAnyRoom(agent: Agent): boolean {
  if (hasRoom(agent, MULTIMEDIA)) return true;
  for (const type of Object.keys(agent.capacities)) if (CHAT_MEDIA.has(Number(type)) && hasRoom(agent, Number(type))) return true;
  return false;
}

/**
 * 6.5.3 knows one state for all media, and 12.3.8.12 (types 4 and 60) calls an agent with text sessions in conversation. So
 * an agent with sessions is talking from the first to the end of the last (7 of Table 6-452), and:
 *
 * - more sessions are offered to a talking agent until there is no room left, or a rest or busy waits for the end of them;
 * - voice and text exclude each other: who talks on the phone is offered no session, and who writes is offered no call from
 *   a queue. Whoever writes may still dial, and then takes up the sessions again.
 */
export function takesChats(agent: Agent): boolean {
  if (!agent.profile.webm || agent.pending !== undefined || !hasAnyRoom(agent)) return false;
  if (agent.state === 'idle') return true;
  const onPhone = agent.call !== undefined || agent.held.length > 0 || agent.inspecting !== undefined || agent.playback !== undefined || agent.conference !== undefined;
  return !onPhone && isChatting(agent) && (agent.state === 'talking' || agent.state === 'occupied' || agent.state === 'ringing');
}

export const isChatting = (agent: Agent): boolean => agent.chats.length > 0 || agent.chatOffers.length > 0;

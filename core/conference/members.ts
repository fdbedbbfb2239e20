import type { Centre } from '../centre/state.ts';
import { inspectorsOf } from '../inspection/room.ts';
import type { Member, VoiceLeg } from '../voice/order.ts';
import { announcementIn, isJoined, type Conference, type Participant } from './conference.ts';

/** Whoever is played something hears nothing else meanwhile. */
const isPlayedTo = ({ plays }: Conference, { id }: Participant): boolean =>
  [...plays.values()].some(({ participant, what }) => participant === id && what !== 'hold');

/**
 * Who is in the room of a conference, and who hears whom. A foreground announcement silences the talk; whoever is held
 * hears music, and the file that goes before it (6.1.6.6).
 */
export function membersOfConference(centre: Centre, conference: Conference): readonly Member[] {
  const members: Member[] = [];
  const inspectors: Member[] = [];
  const isUp = (leg: VoiceLeg | undefined): leg is VoiceLeg => leg !== undefined && centre.legs.get(leg)?.state === 'up';
  const isSilenced = announcementIn(conference)?.what === 'foreground';
  for (const participant of conference.participants.values()) {
    const { agent: id, mode, held } = participant;
    const agent = id === undefined ? undefined : centre.agents.get(id);
    const leg = agent === undefined ? participant.leg : agent.leg;
    if (!isJoined(participant) || !isUp(leg)) continue;
    const speaks = !held && !isSilenced && (mode === 'speaks' || mode === 'both');
    const hears = !held && (mode === 'listens' || mode === 'both') && !isPlayedTo(conference, participant);
    members.push({ leg, to: speaks ? 'all' : 'none', hears, music: held });
    if (agent !== undefined) inspectors.push(...inspectorsOf(centre, agent));
  }
  return [...members, ...inspectors];
}

import type { Centre } from '../centre/state.ts';
import type { OffRecord } from '../recording/recording.ts';
import type { VoiceLeg } from '../voice/order.ts';

/** 6.1.6.12: whether a participant hears the others, and is heard by them. */
export const MODES = ['listens', 'speaks', 'both', 'neither'] as const;
export type Mode = (typeof MODES)[number];

/** Who is meant: an agent by work number, or a phone. */
export type Address = { readonly kind: 'agent'; readonly agent: number } | { readonly kind: 'phone'; readonly number: string };

export interface Participant {
  /** Of its own conference: numbers come and go with erasure, this one stays. */
  readonly id: number;
  /** The agent, or undefined for a phone. */
  readonly agent: number | undefined;
  /** Of a phone. */
  readonly number: string;
  /** Of a phone; an agent's is the agent's own. */
  readonly leg: VoiceLeg | undefined;
  /** Free for the client to use: it is told them again (6.1.6.10). */
  readonly deviceCallType: number;
  readonly deviceType: number;
  /** What is played to whom joins (6.1.6.10 beepTone). */
  readonly welcome: string | undefined;
  state: 'invited' | 'ringing' | 'joined';
  mode: Mode;
  held: boolean;
  /** When the participant joined; until then, when the invitation began. */
  since: number;
  offRecord: OffRecord | undefined;
}

/** What sounds in a conference: all announcements are one of these. */
export interface Play {
  readonly name: string;
  /** To one participant, or to all. */
  readonly participant: number | undefined;
  readonly what: 'foreground' | 'background' | 'channel' | 'hold' | 'tone' | 'welcome';
}

export interface Conference {
  readonly id: number;
  /** To the records and to an erasure a conference is a call as any other. */
  readonly call: string;
  /** It obeys its chair once the application succeeded (6.1.6.1). */
  state: 'requesting' | 'on';
  chair: number;
  seats: number;
  /** Granted so far, with what it was prolonged by. */
  minutes: number;
  /** How long before the end the chair is told. */
  readonly promptMinutes: number;
  /** What phones see that are invited. */
  readonly caller: string;
  /** What is played when somebody joins or leaves. */
  readonly tone: string | undefined;
  /** When the application succeeded; until then, when it was made. */
  startedAt: number;
  readonly participants: Map<number, Participant>;
  readonly plays: Map<string, Play>;
  /** Numbers given out to participants and plays. */
  readonly given: { participant: number; play: number };
}

/** 6.1.6.17: the largest conference; 6.1.6.8: the longest one. */
export const MAX_SEATS = 120;
export const MAX_MINUTES = 1440;

/** Platform codes of a conference (Table 6-450), as far as they happen. */
export const CODE = {
  tooManySeats: 21_201, tooFewChannels: 21_203, elsewhere: 21_204, wrongState: 21_205, notSeized: 21_212, seizureTimedOut: 21_213,
  modeUnchanged: 21_216, noChannelLeft: 21_219, signedOut: 21_220, chairInvited: 21_221, noTimeLeft: 21_223, full: 21_224, unsettled: 21_225,
  nobodyInvited: 21_228, nobodyRemoved: 21_229, leftBefore: 21_234, voiceLimit: 21_235, notIn: 21_237, tooLarge: 21_238, seatsTaken: 21_239,
  asksTooMany: 21_244, playing: 21_247, notPlaying: 21_248, playingTo: 21_249, notPlayingTo: 21_250, held: 21_251, notHeld: 21_252,
} as const;

/** Which conference an event is about. */
export const of = ({ id: conference, call }: Conference): { readonly conference: number; readonly call: string } => ({ conference, call });

export const isJoined = ({ state }: Participant): boolean => state === 'joined';

export function participantOf(conference: Conference, agent: number): Participant | undefined {
  for (const participant of conference.participants.values()) if (participant.agent === agent) return participant;
  return undefined;
}

export function participantOfLeg(conference: Conference, leg: VoiceLeg): Participant | undefined {
  for (const participant of conference.participants.values()) if (participant.leg === leg) return participant;
  return undefined;
}

/** The participant of an address, also one who has not answered yet. */
export function find(conference: Conference, address: Address): Participant | undefined {
  if (address.kind === 'agent') return participantOf(conference, address.agent);
  for (const participant of conference.participants.values()) {
    if (participant.agent === undefined && participant.number === address.number) return participant;
  }
  return undefined;
}

/** The announcement that sounds to all, or the one to a participant; the conference has one of each at most. */
export function announcementIn({ plays }: Conference, participant?: number): Play | undefined {
  for (const play of plays.values()) {
    if (play.participant === participant && (play.what === 'foreground' || play.what === 'background' || play.what === 'channel')) return play;
  }
  return undefined;
}

/** Unique in the whole installation, as the voice port serves every VDN. */
export const roomOf = (vdnId: number, conference: number): string => `conf-${vdnId}-${conference}`;

const ROOM = /^conf-\d+-(\d+)/;

/** The conference of a room, or of what is played in it. */
export const conferenceIn = ({ conferences }: Centre, name: string): Conference | undefined => conferences.get(Number(ROOM.exec(name)?.[1]));

export const nextPlay = ({ vdnId }: Centre, { id, given }: Conference): string => `${roomOf(vdnId, id)}-${given.play + 1}`;

/** Every leg is a channel, an agent's phone as well (21203, 21219). */
export function freeChannels({ config, legs }: Centre): number {
  const { voiceChannels } = config.limits;
  return voiceChannels === undefined ? Infinity : Math.max(0, voiceChannels - legs.size);
}

import type { Call } from '../call/call.ts';
import type { Playback } from '../playback/playback.ts';
import type { Skill } from './skills.ts';
import type { VoiceLeg } from '../voice/order.ts';

/**
 * The one state an agent is in; the three encodings of 6.5.3 are made of it (projection.ts). Hold, mute, consultation and
 * the like are no states: they follow from the agent's calls.
 */
export const AGENT_STATES = [
  'idle', 'preoccupied', 'occupied', 'ringing', 'dialling', 'talking', 'wrapUp', 'busy', 'rest', 'study',
] as const;
export type AgentState = (typeof AGENT_STATES)[number];

/** States in which an agent's hands are full with a call or with one that comes. */
export const ENGAGED: ReadonlySet<AgentState> = new Set(['preoccupied', 'occupied', 'ringing', 'dialling', 'talking']);

/** Where the events of a session are pushed to (6.1.4.2); the token is sealed, as this is journaled. */
export interface Push {
  readonly url: string;
  /** Older clients are sent one event a request. */
  readonly form: 'list' | 'single';
  readonly sealedToken: string;
}

/** What an agent signs in with (6.1.1.1). */
export interface Profile {
  /** Names this session: another one after each sign-in. */
  readonly session: string;
  readonly phone: string;
  readonly autoAnswer: boolean;
  readonly autoEnterIdle: boolean;
  /** Whether the phone is hung up after each call (6.1.1.1 releasephone). */
  readonly releasePhone: boolean;
  readonly type: number;
  readonly ip: string;
  readonly phoneLinkage: boolean;
  /** Whether the phone could be linked when that was asked for (6.5.1.12.1). */
  readonly phoneLinked?: boolean;
  readonly webm: boolean;
  /** Whether this inspector hears of sign-ins and sign-outs of agents. */
  readonly listensToSessions: boolean;
  readonly mode: 'poll' | 'push';
  readonly push?: Push;
  /** Answers calls by a telephone number, without a workplace (6.1.2.26). */
  readonly mobile: boolean;
  /** 6.1.1.23: signed in for the CTI platform alone. */
  readonly ctiOnly: boolean;
  readonly mustChangePassword: boolean;
}

/** A state asked for during a call, entered after it; `by` an inspector (12.1.5, 12.1.11). */
export type Pending =
  | { readonly kind: 'busy'; readonly reason: number; readonly by?: number }
  | { readonly kind: 'rest'; readonly reason: number; readonly ms: number; readonly by?: number }
  /** There is nothing to wrap up: the call that was offered never came to the agent. */
  | { readonly kind: 'idle' };

export type InspectionMode = 'listen' | 'insert' | 'whisper';

/** 12.1: whom an inspector is with, and how; until the inspector's own phone is up, nothing is heard. */
export interface Inspecting {
  readonly agent: number;
  how: InspectionMode;
  on: boolean;
}

/** A number, or several of which one is to be chosen, that a campaign shows to the agent before it is dialled (6.5.1.3). */
export interface Preview {
  /** Names the preview to whoever calls by it. */
  readonly control: string;
  readonly numbers: readonly string[];
  readonly caller: string;
  readonly queue: number | undefined;
  readonly data: string;
}

/** Counters since the sign-in (6.1.3.9); counters.ts counts them. */
export interface Counters {
  answered: number;
  unanswered: number;
  /** Calls to the outside. */
  dialled: number;
  /** Calls to colleagues. */
  internal: number;
  helps: number;
  transferredIn: number;
  transferredOut: number;
  transferredToFlow: number;
  redirected: number;
  holds: number;
  busy: number;
  rests: number;
  restOverruns: number;
  released: number;
  talkMs: number;
  holdMs: number;
  wrapUpMs: number;
  restMs: number;
  restOverMs: number;
  busyMs: number;
  idleMs: number;
  ringMs: number;
}

export interface Agent {
  readonly id: number;
  profile: Profile;
  readonly signedInAt: number;
  /** How often the GUID was renewed on request (6.1.1.24). */
  guidGeneration: number;
  /** When it was, the last time: the GUID before it is good for a while yet. */
  guidRenewedAt: number;
  state: AgentState;
  since: number;
  /** State before this one, for 6.1.1.25. */
  before: AgentState | 'signedOut';
  /** How long that one lasted (12.3.1.3.2); undefined of those who have just come. */
  beforeMs: number | undefined;
  /** Of busy and rest. */
  reason: number;
  /** When a rest or a wrap-up is over. */
  until: number | undefined;
  /** What is entered after the call, the rest before busy; the two may be asked for at once (6.1.1.25 preRest and preBusy). */
  pending: Pending | undefined;
  preBusy: Extract<Pending, { kind: 'busy' }> | undefined;
  preRest: Extract<Pending, { kind: 'rest' }> | undefined;
  /** When that rest was asked for (12.3.1.3.8). */
  restAskedAt: number | undefined;
  /** The inspector who forced the present state. */
  forcedBy: number | undefined;
  /** 6.1.1.22: whether calls are taken from queues. */
  takesCalls: boolean;
  /** Skills signed in with: those configured, or some of them (6.1.1.8). */
  skills: readonly Skill[];
  /** Queue ids chosen with 6.1.1.8; undefined for all that are configured. */
  chosenQueues: readonly number[] | undefined;
  /** The leg to the agent's phone, from the first ring on. */
  leg: VoiceLeg | undefined;
  /** The call that is offered to the agent, or that the agent talks in. */
  call: string | undefined;
  readonly held: string[];
  /** The conference that the agent is in, or is rung for (6.1.6). */
  conference: number | undefined;
  /** Calls that wait for this agent alone, oldest first (12.3.1.3.5). */
  readonly ownQueue: string[];
  /** What the agent looks at while preoccupied. */
  preview: Preview | undefined;
  /** The call before, as it was when the agent left it: 6.1.3.1 still tells of it. */
  lastCall: Call | undefined;
  /** The queue of the last call, whose wrap-up time counts. */
  lastQueue: number | undefined;
  customState: number;
  /** Whom this inspector listens to, and how (12.1). */
  inspecting: Inspecting | undefined;
  /** Inspectors on this agent's voice: one at most (900-003). */
  readonly inspectors: number[];
  /** The recording that the agent hears, or is rung for (13.1.1.1). */
  playback: Playback | undefined;
  /** What is being recorded of the agent, by the names of the recordings. */
  recordings: readonly string[];
  /** When the last one began, as its name says. */
  recordedAt: number;
  /** Multimedia sessions (6.1.5). */
  readonly chats: string[];
  /** Sessions that ring, of which there may be several. */
  readonly chatOffers: string[];
  /** How many sessions are taken at once, by media type, as far as the agent has set it (6.1.5.2). */
  readonly capacities: Record<number, number>;
  /** How many of each media type there are, ringing ones too. */
  readonly chatLoad: Record<number, number>;
  readonly counters: Counters;
}

/** 65535 stands for none (6.1.1.28). */
export const NO_CUSTOM_STATE = 65_535;

const noCounters = (): Counters => ({
  answered: 0, unanswered: 0, dialled: 0, internal: 0, helps: 0, transferredIn: 0, transferredOut: 0, transferredToFlow: 0, redirected: 0, holds: 0,
  busy: 0, rests: 0, restOverruns: 0, released: 0,
  talkMs: 0, holdMs: 0, wrapUpMs: 0, restMs: 0, restOverMs: 0, busyMs: 0, idleMs: 0, ringMs: 0,
});

export function newAgent(id: number, profile: Profile, at: number): Agent {
  return {
    id, profile, signedInAt: at, guidGeneration: 0, guidRenewedAt: at, state: 'idle', since: at, before: 'signedOut', beforeMs: undefined, reason: 0, until: undefined,
    pending: undefined, preBusy: undefined, preRest: undefined, restAskedAt: undefined, forcedBy: undefined, takesCalls: true,
    skills: [], chosenQueues: undefined, leg: undefined, call: undefined, held: [], conference: undefined, ownQueue: [], preview: undefined, lastCall: undefined, lastQueue: undefined,
    customState: NO_CUSTOM_STATE, inspecting: undefined, inspectors: [], playback: undefined, recordings: [], recordedAt: 0,
    chats: [], chatOffers: [], capacities: {}, chatLoad: {}, counters: noCounters(),
  };
}

import type { AgentState } from '../agent/agent.ts';
import type { Awaited } from '../image/image.ts';
import type { OffRecord } from '../recording/recording.ts';
import type { VoiceLeg } from '../voice/order.ts';
import type { Third } from './third.ts';
import type { Picture } from './video.ts';

/** Call features of 6.5.4. */
export const FEATURE = {
  inbound: 0, internal: 6, outbound: 7, preview: 44, consult: 51, threeParty: 52, conference: 53,
} as const;

/** Media of a call: voice, or a multimedia session (6.1.5). */
export type Medium = 'voice' | 'chat';

/** What is known of a multimedia session (6.1.5): the channel by which the customer writes, and its kind (a media type of 6.1.5.2). */
export interface Session {
  readonly channel: string;
  readonly media: number;
}

export interface Leg {
  readonly id: VoiceLeg;
  /** Whose phone it is; undefined for somebody outside. */
  readonly agent: number | undefined;
  readonly number: string;
  readonly direction: 'in' | 'out';
  state: 'dialling' | 'ringing' | 'up' | 'dropping';
  /** The call in which somebody outside takes part, or the conference. */
  call: string | undefined;
  conference: number | undefined;
  /** The picture of whoever is there for which their page was asked (6.1.5.5). */
  awaited?: Awaited | undefined;
}

/** Somebody outside. */
export interface CustomerPart {
  readonly kind: 'customer';
  readonly leg: VoiceLeg | undefined;
  readonly number: string;
  /** Held by this agent's phone, or put there while another one is consulted. */
  connected: boolean;
  readonly since: number;
}

export interface AgentPart {
  readonly kind: 'agent';
  readonly agent: number;
  /** 6.5.1 type: whose call it is, or who was called in. */
  role: 'main' | 'assistant';
  held: boolean;
  muted: boolean;
  readonly since: number;
  heldSince: number | undefined;
  offRecord: OffRecord | undefined;
}

export type Part = CustomerPart | AgentPart;

export type DeviceKind = 'queue' | 'agentQueue' | 'agent' | 'flow' | 'number' | 'conference';

/** One device that the call passed, with its phases (domain of 13.2 and 12.3): waiting, ringing, talking, left. */
export interface Visit {
  readonly device: DeviceKind;
  readonly no: string;
  /** Of a flow: its access code, as it was then; undefined where it had none. */
  readonly access?: string | undefined;
  /** Enter and leave reasons of 12.3.8.9. */
  readonly enterReason: number;
  readonly queue: number | undefined;
  readonly waitFrom: number;
  ackFrom: number | undefined;
  talkFrom: number | undefined;
  until: number | undefined;
  leaveReason: number | undefined;
  /** Its place among the call's records (13.2), once it has one. */
  row: number | undefined;
}

/** Why an agent is being rung. */
export interface Offer {
  readonly agent: number;
  /** The queue it came from, if one. */
  readonly queue: number | undefined;
  readonly how: 'queue' | 'internal' | 'consult' | 'transfer' | 'pickUp' | 'requested' | 'private' | 'outbound' | 'threeParty';
  readonly since: number;
  /** The state in which it found the agent. */
  readonly found: AgentState | 'signedOut';
  /** Where the agent's phone is up and the software must answer. */
  ringing: boolean;
  /** The agent has said yes already, and only the phone is awaited (6.1.2.23). */
  taken?: boolean;
}

export interface Call {
  readonly id: string;
  readonly medium: Medium;
  /** Of a multimedia session. */
  readonly chat: Session | undefined;
  feature: number;
  readonly caller: string;
  /** Nobody has verified the caller's number: a web page has given it. */
  readonly unverified: boolean;
  readonly called: string;
  readonly originalCalled: string;
  /** Call data of 6.1.3.3, at most 16 KB. */
  data: string;
  readonly beganAt: number;
  /** The first queue, kept through overflow (CDR skillId). */
  firstQueue: number | undefined;
  /** The latest queue. */
  queue: number | undefined;
  /** Queues it waits in now. */
  readonly waitingIn: number[];
  queuedAt: number | undefined;
  /** It waits for this agent alone, and goes to that queue when it has waited too long. */
  awaits: { readonly agent: number; readonly how: Offer['how']; readonly overflow: number | undefined } | undefined;
  flow: { readonly code: string; readonly leg: VoiceLeg; readonly returnTo: number | undefined } | undefined;
  /** What the caller hears while waiting in that queue (5.2.1 waitVoice), and whether it is through; the call stays where it is. */
  waitFlow: { readonly code: string; readonly leg: VoiceLeg; readonly queue: number; isOver: boolean } | undefined;
  offer: Offer | undefined;
  readonly parts: Part[];
  readonly visits: Visit[];
  /** The agent who released it last and sent it back to a queue (6.5.1 Incoming_CallInfo); 65535 none. */
  lastReleasedBy: number | undefined;
  requeues: number;
  /** For a consultation: the call it is about. */
  readonly about: string | undefined;
  /** The consultation about it that goes on. */
  consultation: string | undefined;
  /** Whom an agent has sent for: a helper, or whoever the call is to be transferred to. */
  third: Third | undefined;
  /** Pictures, of a video call; undefined of a voice call. */
  picture?: Picture | undefined;
  /** The number outside to which the customer's keys are passed on (6.1.2.25). */
  keysTo: VoiceLeg | undefined;
  /** Diversions taken so far, so that no call goes round for ever. */
  diversions: number;
}

/** The largest call data, before Base64 (6.1.3.3). */
export const MAX_DATA_BYTES = 16 * 1024;
const utf8 = new TextEncoder();
export const bytesOf = (text: string): number => (text.length * 3 <= MAX_DATA_BYTES ? text.length : utf8.encode(text).length);
export const MAX_DIVERSIONS = 20;

export const customersOf = (call: Call): readonly CustomerPart[] => call.parts.filter((part): part is CustomerPart => part.kind === 'customer');
export const agentsOf = (call: Call): readonly AgentPart[] => call.parts.filter((part): part is AgentPart => part.kind === 'agent');
export function partOf(call: Call, agent: number): AgentPart | undefined {
  for (const part of call.parts) if (part.kind === 'agent' && part.agent === agent) return part;
  return undefined;
}
export const openVisit = (call: Call, device: DeviceKind, no: string): Visit | undefined =>
  call.visits.findLast((visit) => visit.device === device && visit.no === no && visit.until === undefined);

/** Whether the agent talks in the call or has talked in it. */
export const hasTalkedIn = ({ visits }: Call, agent: number): boolean =>
  visits.some(({ device, no, talkFrom }) => device === 'agent' && no === String(agent) && talkFrom !== undefined);

/** Enter and leave reasons of a visit (12.3.8.9), as far as they happen. */
export const REASON = {
  normal: 0, overflow: 1, timeout: 2, noAgent: 3, cancelled: 4, noAnswer: 5, resumed: 6, connectHold: 7, threeParty: 8, threePartyTalk: 10,
  helperReleased: 11, intercepted: 12,
  pickedUp: 13, numberBarred: 14, customerReleased: 15, agentReleased: 16, transferred: 17, internalError: 19, busy: 20, noSuchNumber: 24, noResource: 25,
  unanswered: 26, rejected: 27, multiQueue: 47, otherQueueAnswered: 48, agentRejected: 50, conference: 51,
} as const;

/** Release causes of a call (12.3.8.10), as far as they happen. */
export const CAUSE = {
  // 518 is "the client", which is the desk of an agent: 852 is how that one rejects a call.
  normal: 531, released: 518, gaveUp: 601, unanswered: 603, rejected: 604, busy: 537, unknownNumber: 538, timeout: 606, noResource: 602,
  queueFull: 512, noAgent: 562, cancelledWaiting: 536, agentRejected: 852, agentUnanswered: 853, flowEnded: 256, flowDisconnected: 501, noFlow: 338,
  transferredOut: 521, tooLong: 359, internalError: 530, conference: 732,
  // What a tenant's calls to the outside may cost: at a time, in a minute or a day, and to which numbers.
  tooManyCalls: 564, callsUsedUp: 565, numberBarred: 567,
} as const;

import { FEATURE } from '../call/call.ts';

/** Types of Table 12-702, as far as they happen. Idle stands there without an object, so it is in no reply; the files of Table 13-128 have it. */
export const OPERATION = {
  signOut: 0, signIn: 1, idle: 2, busy: 3, textTalk: 4, threeParty: 10, suspended: 13, inspection: 20, playing: 22, rest: 26, wrapUp: 27,
  forcedOut: 29, forcedIdle: 30, forcedBusy: 31, mute: 32, study: 34, hold: 38, help: 40, internalCall: 41, interception: 43, playingHalted: 44,
  transferInside: 45, transferOut: 46, requestedCall: 53, releaseTransfer: 54, transferElsewhere: 55, customState: 56, helpSwitched: 57,
  conference: 58, talk: 60,
} as const;
export type OperationType = (typeof OPERATION)[keyof typeof OPERATION];

/** The types of the table itself. Those that are in no bill have neither object nor reason there. */
export const isOperationType = (type: number): boolean => Number.isInteger(type) && ((type >= 0 && type <= 47) || (type >= 50 && type <= 60));

/** Types that no reply tells, but files and what is made of them do (IDX_DURATION_AGENT_FREE). */
export const UNTOLD: readonly OperationType[] = [OPERATION.idle];

/** The call about which an operation is, as the agent had it then. */
export interface OwnCall {
  readonly call: string;
  readonly queue?: number | undefined;
  /** The first flow that the call was in. */
  readonly service?: number | undefined;
  /** Call feature of 6.5.4, the call type of Table 12-697. */
  readonly feature?: number | undefined;
  /** Media type of Table 12-695. */
  readonly media?: number | undefined;
  /** Of a consultation: the call that it is about. */
  readonly about?: string | undefined;
}

/** What an agent did, from when to when; what happens at once begins and ends together. It changes no more. */
export interface Operation {
  readonly agent: number;
  readonly type: OperationType;
  /** The work number that the table has for the type; undefined for none. */
  readonly object?: number | undefined;
  readonly cause?: number | undefined;
  readonly from: number;
  readonly to: number;
  readonly own?: OwnCall | undefined;
  /** The agent's; of a transfer to the outside the number there, of a conference its id. */
  readonly phone: string;
  /** Of a wrap-up: whether the agent has asked for it. */
  readonly manual?: boolean | undefined;
  readonly agentType: number;
  /** Names the session. */
  readonly logonSn: number;
}

const IN: ReadonlySet<number> = new Set([FEATURE.inbound]);
const OUT: ReadonlySet<number> = new Set([FEATURE.outbound, FEATURE.preview]);

/** Whether the customer has called or was called; neither where agents are among themselves. */
export function directionOf(feature: number | undefined): 'in' | 'out' | undefined {
  if (feature === undefined) return undefined;
  return IN.has(feature) ? 'in' : OUT.has(feature) ? 'out' : undefined;
}

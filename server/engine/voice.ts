import type { LegReport } from '@parley/core/call/leg.ts';
import type { Order, VoiceLeg } from '@parley/core/voice/order.ts';

/** What a voice port tells unasked. Reports of one leg come in order. */
export type VoiceReport =
  | LegReport
  /** Somebody calls in; the port names the leg, and keeps it ringing until it is answered or dropped. */
  | { readonly kind: 'incoming'; readonly leg: VoiceLeg; readonly caller: string; readonly called: string }
  | { readonly kind: 'digits'; readonly leg: VoiceLeg; readonly digits: string }
  /** A flow is through with its caller. */
  | { readonly kind: 'flowEnded'; readonly leg: VoiceLeg; readonly outcome: FlowOutcome }
  | { readonly kind: 'playEnded'; readonly play: string; readonly why: 'end' | 'stopped' | 'failed' };

export type FlowOutcome =
  | { readonly kind: 'queue'; readonly queue: number }
  | { readonly kind: 'agent'; readonly agent: number }
  | { readonly kind: 'hangUp' }
  /** A hang-up transfer comes back to its agent (6.1.2.11). */
  | { readonly kind: 'done' };

export type Performed = { readonly ok: true } | { readonly ok: false; readonly why: 'unknownLeg' | 'unreachable' | 'noResource' | 'unsupported' | 'deadline' | 'failed'; readonly message?: string };

/**
 * Sound, as the engine needs it: the simulator and real telephony implement it, and one suite of tests holds both to it
 * (server/testing/voice-port-suite.ts). A dialled leg always ends with a report `ended`, whatever happens to it.
 */
export interface VoicePort {
  /** Answers when the order is taken, not when the phone is answered; within DEADLINE_MS. An order sent twice does no harm. */
  readonly perform: (order: Order) => Promise<Performed>;
  readonly subscribe: (listener: (report: VoiceReport) => void) => () => void;
  /** The legs that stand, for taking over after a restart. */
  readonly legs: () => Promise<readonly { readonly leg: VoiceLeg; readonly state: 'ringing' | 'up' }[]>;
}

export const DEADLINE_MS = 5000;

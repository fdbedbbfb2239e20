import type { FlowOutcome } from '@parley/core/call/ivr.ts';
import type { LegReport } from '@parley/core/call/leg.ts';
import type { PictureCodec } from '@parley/core/call/video.ts';
import type { Order, VoiceLeg } from '@parley/core/voice/order.ts';

/**
 * What a voice port tells unasked, never while an order is being taken. Reports of one leg come in order: it rang, was answered,
 * `ended`, once each at most, and nothing of a leg comes after its end. What was begun by name (a play, a collection, a
 * recording) is reported to be over exactly once, and before the end of the leg that it was about.
 *
 * The cause of an end is one of CAUSE (core/call/call.ts): that of the drop where we hung up, else what happened at the other
 * end (`normal` for who hung up, `gaveUp` before the answer, `busy`, `rejected`, `unanswered`, `unknownNumber`...), never `normal` for a failure.
 */
export type VoiceReport =
  | LegReport
  /** Somebody calls in; the port names the leg, and keeps it ringing until it is answered or dropped. The caller's number may be what a web page says, `unverified`. */
  | { readonly kind: 'incoming'; readonly leg: VoiceLeg; readonly caller: string; readonly called: string; readonly unverified?: boolean }
  | { readonly kind: 'digits'; readonly leg: VoiceLeg; readonly digits: string }
  /** Of a leg that is arranged to have a picture: whether it has one and by which codec, told when that was negotiated, and later when it changes. */
  | { readonly kind: 'picture'; readonly leg: VoiceLeg; readonly on: boolean; readonly codec?: PictureCodec }
  /** Whoever was asked for a picture does not bring one: they do not want to, or their page cannot. What is brought goes another way. */
  | { readonly kind: 'imageDenied'; readonly leg: VoiceLeg; readonly image: string; readonly why: 'refused' | 'failed' }
  /** A flow is through with its caller; `waits` as it was ordered. */
  | { readonly kind: 'flowEnded'; readonly leg: VoiceLeg; readonly outcome: FlowOutcome; readonly waits?: boolean }
  | { readonly kind: 'playEnded'; readonly play: string; readonly why: 'end' | 'stopped' | 'failed' }
  | { readonly kind: 'collected'; readonly collect: string; readonly leg: VoiceLeg; readonly digits: string; readonly why: 'max' | 'terminator' | 'time' | 'stopped' }
  /** What a caller says to a flow of a tenant's is going to be written to that file: told before any of it is there. */
  | { readonly kind: 'flowRecording'; readonly vdnId: number; readonly call: string; readonly file: string }
  /** Whatever became of it, and also behind the end of the caller's leg. */
  | { readonly kind: 'flowRecorded'; readonly vdnId: number; readonly file: string; readonly ms: number; readonly why: 'stopped' | 'end' | 'failed' }
  /** `end`: everybody has left the room. */
  | { readonly kind: 'recorded'; readonly record: string; readonly file: string; readonly ms: number; readonly why: 'stopped' | 'end' | 'failed' };

export type { FlowOutcome };

export type Performed = { readonly ok: true } | { readonly ok: false; readonly why: 'unknownLeg' | 'unknownRoom' | 'unreachable' | 'noResource' | 'unsupported' | 'deadline' | 'failed'; readonly message?: string };

/**
 * Sound, as the engine needs it: the simulator and real telephony implement it, and one suite of tests holds both to it
 * (server/testing/voice-port-suite.ts).
 *
 * - A leg that was dialled always ends with a report `ended`, whatever `dial` was answered; so does one that came in.
 * - Any other order that is refused did nothing, and nothing will be reported of it. But `arrange` puts all legs that it knows
 *   in their places before it answers that it does not know another.
 * - `unknownLeg` means that the leg has ended, also where no report told: after a restart of the switch behind the port.
 * - What is over already can be stopped again: that is no refusal. A leg that has ended is not dialled again under the same name.
 */
export interface VoicePort {
  /** Answers when the order is taken, not when the phone is answered; within DEADLINE_MS. An order sent twice does no harm, but for `digits`. */
  readonly perform: (order: Order) => Promise<Performed>;
  readonly subscribe: (listener: (report: VoiceReport) => void) => () => void;
  /** The legs that stand, for taking over after a restart. */
  readonly legs: () => Promise<readonly { readonly leg: VoiceLeg; readonly state: 'ringing' | 'up' }[]>;
  /** Whether the phone of that number takes `pickUp`, as far as is known: by what it said of itself when it registered, or says while it rings. */
  readonly canPickUp: (number: string) => Promise<boolean>;
  /** Whether at the other end of the leg is a page that takes `askImage`. */
  readonly canAskImage: (leg: VoiceLeg) => Promise<boolean>;
}

export const DEADLINE_MS = 5000;

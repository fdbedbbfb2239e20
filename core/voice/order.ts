/** Name of a leg at the voice port: ours for legs that we dial, the port's own for those that come in. */
export type VoiceLeg = string;

/** Who can be dialled. */
export type Dialled =
  /** A number by which an agent signed in: a registered phone or, where none is, a number outside. */
  | { readonly kind: 'phone'; readonly number: string }
  /** A number outside, by a trunk. */
  | { readonly kind: 'number'; readonly number: string };

/** One leg in a room, and who hears it. */
export interface Member {
  readonly leg: VoiceLeg;
  /** Who hears this leg: everybody in the room, nobody, or these legs only. */
  readonly to: 'all' | 'none' | readonly VoiceLeg[];
  /** Whether this leg hears the others. */
  readonly hears: boolean;
  /** Whether this leg hears music instead. */
  readonly music: boolean;
}

/**
 * What the core asks of the voice port. `arrange` is declarative: it says who is in a room and who hears whom from now on,
 * so that sending it twice, or again after a restart, does no harm. A leg that is in no room hears silence.
 */
export type Order =
  | { readonly kind: 'dial'; readonly leg: VoiceLeg; readonly to: Dialled; readonly from: string; readonly ringMs: number }
  | { readonly kind: 'answer'; readonly leg: VoiceLeg }
  | { readonly kind: 'drop'; readonly leg: VoiceLeg; readonly cause: number }
  | { readonly kind: 'arrange'; readonly room: string; readonly members: readonly Member[] }
  /** Sends key presses to the other end (second dialling). */
  | { readonly kind: 'digits'; readonly leg: VoiceLeg; readonly digits: string }
  /** Hands a leg to an IVR flow, which answers with a `flowEnded` of the same leg. */
  | { readonly kind: 'flow'; readonly leg: VoiceLeg; readonly flow: string; readonly call: string }
  | { readonly kind: 'endFlow'; readonly leg: VoiceLeg }
  /** Plays a file to one leg or into a room; answers with a `playEnded` of the same name. */
  | { readonly kind: 'play'; readonly play: string; readonly to: { readonly leg: VoiceLeg } | { readonly room: string }; readonly file: string }
  | { readonly kind: 'stopPlay'; readonly play: string };

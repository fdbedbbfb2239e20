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
  /** How loud the others hear this leg: 1 as it comes, and so when nothing is said; 0 is silence. */
  readonly gain?: number;
  /** Whether this leg is to have a picture beside its sound: two in a room who have one see each other, as long as neither hears music. */
  readonly picture?: boolean;
}

/**
 * What the core asks of the voice port. Names are given by whoever orders (but for legs that come in) and are unique in the
 * whole installation, as one port serves every tenant. Those of legs, plays, collections and recordings are used once.
 *
 * `arrange` is declarative: it says who is in a room and who hears whom from now on, so that sending it twice, or again
 * after a restart, does no harm. A leg is in one room at most: joining one leaves the other. A leg that is in no room hears
 * silence. One that still rings is in the room as soon as it is up. A room exists as long as somebody is in it, so what is
 * ordered of a room comes after its arrangement.
 */
export type Order =
  /** `vdnId` is the tenant that pays. `near` is a leg that this one will talk with, should sound be made in several places. */
  | { readonly kind: 'dial'; readonly vdnId: number; readonly leg: VoiceLeg; readonly to: Dialled; readonly from: string; readonly ringMs: number; readonly near?: VoiceLeg }
  | { readonly kind: 'answer'; readonly leg: VoiceLeg }
  | { readonly kind: 'drop'; readonly leg: VoiceLeg; readonly cause: number }
  /** Makes a phone answer that rings and takes that from us; of any other it is refused (`unsupported`). One that is up already is no refusal. */
  | { readonly kind: 'pickUp'; readonly leg: VoiceLeg }
  /** Asks the page at the other end for a picture of whoever is there (6.1.5.5); of any other leg it is refused (`unsupported`). */
  | { readonly kind: 'askImage'; readonly leg: VoiceLeg; readonly image: string }
  | { readonly kind: 'arrange'; readonly room: string; readonly members: readonly Member[] }
  /** Sends key presses to the other end (second dialling), behind those that are still being sent. */
  | { readonly kind: 'digits'; readonly leg: VoiceLeg; readonly digits: string }
  /**
   * Hands a leg to an IVR flow of a tenant's, out of its room; the port answers with a `flowEnded` of it, unless the leg or `endFlow` ends it before.
   * One that `waits` stays in its room, and hears the flow in place of the music.
   */
  | { readonly kind: 'flow'; readonly vdnId: number; readonly leg: VoiceLeg; readonly flow: string; readonly call: string; readonly waits?: boolean }
  | { readonly kind: 'endFlow'; readonly leg: VoiceLeg }
  /**
   * Plays a file to one leg, in place of the music where it hears some, or to all in a room who hear one another. It begins
   * `fromMs` into the file, `repeats` begins it anew at its end until it is stopped, and `gain` is how loud it is, 1 as it
   * was recorded and when nothing is said. The port answers with a `playEnded`: at the end of the file, when it is stopped,
   * and when the leg or the room is gone.
   */
  | {
    readonly kind: 'play'; readonly play: string; readonly to: { readonly leg: VoiceLeg } | { readonly room: string }; readonly file: string;
    readonly fromMs?: number; readonly repeats?: boolean; readonly gain?: number;
  }
  /** The ears of whoever hears it are empty until it goes on where it was. */
  | { readonly kind: 'pausePlay'; readonly play: string }
  | { readonly kind: 'resumePlay'; readonly play: string }
  /** Goes on elsewhere in the file: so far from its start, or from where it is now. Before the start is the start, behind the end the end. */
  | { readonly kind: 'seekPlay'; readonly play: string; readonly ms: number; readonly from: 'start' | 'here' }
  | { readonly kind: 'stopPlay'; readonly play: string }
  /**
   * Gathers the keys that the other end presses, instead of reporting them as `digits`: until there are `max`, or the
   * `terminator` is pressed (which is not part of them), or none came for `firstMs`, or no further one for `betweenMs`. The
   * port answers with `collected`. A leg has one collection at a time; a new one stops the former.
   */
  | {
    readonly kind: 'collect'; readonly collect: string; readonly leg: VoiceLeg; readonly max: number; readonly terminator?: string;
    readonly firstMs: number; readonly betweenMs: number;
  }
  /**
   * Records what is said to all in a room: neither whispers nor the music are in it. With `apart` that leg is on the first
   * channel by itself and the others on the second. A file of that name that is there is overwritten, or with `append` gone
   * on with. The port answers with `recorded` when it is stopped or the room is gone.
   *
   * With `pictures` what two in the room show each other is recorded too, from the first whole picture on: `apart` on the last
   * track, all that is said on one channel, VP8 in a file that is called .webm and H.264 in one that is called .mp4. It also ends (`end`)
   * when somebody comes to be seen who was not when it began, and another is to go on with it.
   */
  | {
    readonly kind: 'record'; readonly record: string; readonly room: string; readonly file: string; readonly apart?: VoiceLeg; readonly append?: boolean;
    readonly pictures?: boolean;
  }
  /** What is said until it is resumed is left out. */
  | { readonly kind: 'pauseRecord'; readonly record: string }
  | { readonly kind: 'resumeRecord'; readonly record: string }
  | { readonly kind: 'stopRecord'; readonly record: string };

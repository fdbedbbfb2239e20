import type { CodecName } from '../audio/codec.ts';

/** What the media engine is told and tells. It knows legs, rooms and files by names that whoever orders gives them. */

/** One leg in a room, and who hears it. */
export interface Member {
  readonly leg: string;
  /** Who hears this leg: everybody in the room, nobody, or these legs only. */
  readonly to: 'all' | 'none' | readonly string[];
  /** Whether this leg hears the others. */
  readonly hears: boolean;
  /** Whether this leg hears music instead. */
  readonly music: boolean;
  /** How loud the others hear this leg; 1 when nothing is said. */
  readonly gain?: number;
}

/** What carries the sound of a leg: RTP (or SRTP where the offer has it) to a telephone, or WebRTC to a browser. */
export type Carrier = 'rtp' | 'webrtc';

/** Pictures are passed on as they are, so both who see each other have the same. */
export type PictureCodec = 'VP8' | 'H264';

export type PlayTo = { readonly leg: string } | { readonly room: string };

export type MediaOrder =
  /**
   * Opens a leg. With `near` in the thread of that leg, as those who talk with one another should share a thread. `codecs`, best
   * first, in place of those of the settings; browsers have their own. With `offers` our offer may be in the answer already, which saves
   * asking for it.
   */
  | { readonly kind: 'open'; readonly leg: string; readonly carrier: Carrier; readonly near?: string; readonly codecs?: readonly CodecName[]; readonly offers?: boolean }
  /**
   * Another far end takes the place of the one that the leg has: it stays in its room, and what is played to it and recorded of it goes
   * on. Answers our answer to its offer or, where there is none, our offer. Where it is refused the leg is as it was.
   */
  | { readonly kind: 'reopen'; readonly leg: string; readonly carrier: Carrier; readonly sdp?: string; readonly codecs?: readonly CodecName[] }
  /**
   * Answers our offer. `pictures`: by which of these there may be any from now on, also when the other end offers some; none at
   * first, and as it is when nothing is said. Two in a room who have them by the same codec see each other.
   */
  | { readonly kind: 'offer'; readonly leg: string; readonly pictures?: readonly PictureCodec[] }
  /** Takes the other end's offer, also a new one while the leg is up, and answers our answer. */
  | { readonly kind: 'answer'; readonly leg: string; readonly sdp: string }
  /** Takes the other end's answer to our offer; may come again with the final one after early media. */
  | { readonly kind: 'accept'; readonly leg: string; readonly sdp: string }
  /** The leg hears and is heard from now on; before it hears only what is played to it. */
  | { readonly kind: 'up'; readonly leg: string }
  /** The other end rings: whoever waits for it in its room hears that, unless it has sound of its own by now. */
  | { readonly kind: 'rings'; readonly leg: string }
  /** Answers how long ago something came from the other end, be it sound or a sign that it is there. */
  | { readonly kind: 'heard'; readonly leg: string }
  | { readonly kind: 'close'; readonly leg: string }
  | { readonly kind: 'arrange'; readonly room: string; readonly members: readonly Member[] }
  | { readonly kind: 'leave'; readonly leg: string }
  | { readonly kind: 'keys'; readonly leg: string; readonly keys: string }
  /** `gain`: how loud it is; 1 when nothing is said. */
  | { readonly kind: 'play'; readonly play: string; readonly to: PlayTo; readonly path: string; readonly repeats?: boolean; readonly fromMs?: number; readonly gain?: number }
  | { readonly kind: 'pausePlay'; readonly play: string }
  | { readonly kind: 'resumePlay'; readonly play: string }
  /** From the start of the file, when nothing else is said. */
  | { readonly kind: 'seekPlay'; readonly play: string; readonly ms: number; readonly from?: 'start' | 'here' }
  | { readonly kind: 'stopPlay'; readonly play: string }
  /**
   * `apart`: that leg on the first channel by itself, the others on the second. A file that is there is overwritten unless it is to be appended to.
   * `pictures`: what two in a room show each other is recorded as well, with `apart` on the last track, in a file that is not there yet: VP8 in one that
   * is called .webm, H.264 in .mp4. It ends by itself when somebody else comes to be seen.
   */
  | { readonly kind: 'record'; readonly record: string; readonly of: PlayTo; readonly path: string; readonly apart?: string; readonly append?: boolean; readonly pictures?: boolean }
  | { readonly kind: 'pauseRecord'; readonly record: string }
  | { readonly kind: 'resumeRecord'; readonly record: string }
  | { readonly kind: 'stopRecord'; readonly record: string }
  | { readonly kind: 'figures' };

export type MediaRefusal = 'unknownLeg' | 'unknownRoom' | 'noPorts' | 'notAcceptable' | 'failed';

/** `picture`: by which codec there are pictures, as it was agreed on now. */
export type MediaAnswer = { readonly ok: true; readonly sdp?: string; readonly picture?: PictureCodec; readonly ms?: number; readonly figures?: MediaFigures } | { readonly ok: false; readonly why: MediaRefusal; readonly message?: string };

/** What one thread is busy with. */
export interface MediaFigures {
  readonly legs: number;
  readonly rooms: number;
  readonly plays: number;
  readonly recordings: number;
  /** Packets that came from elsewhere than the negotiated peers. */
  readonly strangers: number;
}

export type MediaReport =
  | { readonly kind: 'key'; readonly leg: string; readonly key: string }
  /** Nothing came from the other end for long, though it should talk; its connection is gone; or what made its sound is, and does not come back. */
  | { readonly kind: 'lost'; readonly leg: string; readonly why: 'silent' | 'closed' | 'died' }
  /** It was silent, and is heard again. */
  | { readonly kind: 'found'; readonly leg: string }
  | { readonly kind: 'playEnded'; readonly play: string; readonly why: 'end' | 'stopped' | 'failed' }
  | { readonly kind: 'recorded'; readonly record: string; readonly ms: number; readonly why: 'stopped' | 'end' | 'failed' };

export const OK: MediaAnswer = { ok: true };
export const refused = (why: MediaRefusal, message?: string): MediaAnswer => ({ ok: false, why, ...(message === undefined ? {} : { message }) });

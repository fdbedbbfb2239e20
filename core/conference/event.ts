import type { Personal } from '../call/event.ts';
import type { VoiceLeg } from '../voice/order.ts';
import type { Mode, Play } from './conference.ts';

/** Whom an event is about, told whole because whoever has left is no longer in the state. */
export interface Who {
  readonly agent?: number;
  readonly personal?: Personal;
  readonly deviceCallType: number;
  readonly deviceType: number;
}

/** Why a participant is out of a conference (6.5.1.10.6 changeReason). */
export type Leaving = 'left' | 'removed' | 'hungUp' | 'ended' | 'signedOut';

/** Why an invitation came to nothing. */
export type InviteEnd = 'unanswered' | 'rejected' | 'unreachable' | 'removed' | 'ended' | 'signedOut';

interface Of<Type extends string> {
  readonly type: Type;
  readonly conference: number;
  readonly call: string;
}

export type ConferenceEvent =
  /** The agent is the chair of a conference to be; the first participant. */
  | Of<'ConferenceRequested'> & { readonly agent: number; readonly seats: number; readonly minutes: number; readonly promptMinutes: number; readonly tone?: string; readonly personal?: Personal }
  /** There will be no conference; a code of Table 6-450. Without `conference` nothing had begun. */
  | { readonly type: 'ConferenceFailed'; readonly conference?: number; readonly call?: string; readonly agent: number; readonly cause: number }
  | Of<'ConferenceInvited'> & Who & { readonly participant: number; readonly leg?: VoiceLeg; readonly welcome?: string }
  /** An agent's phone is up, and the agent is asked. */
  | Of<'ConferenceRang'> & { readonly participant: number; readonly agent: number }
  /** `participant` is absent where the invitation came to nothing at once. `result`: a code of Table 6-450, or for phones a release cause. */
  | Of<'ConferenceInviteEnded'> & Who & { readonly participant?: number; readonly why: InviteEnd; readonly result: number }
  /** Somebody is in: who was invited, the chair, or who was in the call that the conference came from. */
  | Of<'ConferenceJoined'> & Who & { readonly participant: number; readonly leg?: VoiceLeg; readonly mode: Mode }
  /** From now on it obeys its chair, and its time runs. */
  | Of<'ConferenceStarted'> & { readonly agent: number }
  | Of<'ConferenceLeft'> & Who & { readonly participant: number; readonly why: Leaving }
  | Of<'ConferenceChairShifted'> & { readonly from: number; readonly to: number }
  | Of<'ConferenceModeSet'> & { readonly participant: number; readonly mode: Mode }
  | Of<'ConferenceHeld'> & { readonly participant: number }
  | Of<'ConferenceUnheld'> & { readonly participant: number }
  | Of<'ConferencePlayBegan'> & { readonly play: string; readonly what: Play['what']; readonly participant?: number; readonly file: string }
  | Of<'ConferencePlayEnded'> & { readonly play: string; readonly what: Play['what']; readonly participant?: number; readonly why: 'end' | 'stopped' | 'failed' }
  | Of<'ConferenceProlonged'> & { readonly minutes: number }
  | Of<'ConferenceResized'> & { readonly seats: number }
  /** The end is near. */
  | Of<'ConferenceNearEnd'> & { readonly agent: number }
  | Of<'ConferenceEnded'> & { readonly why: 'released' | 'timeOver' | 'chairLeft' };

import type { Personal } from '../call/event.ts';

/** Which recording an event is about, and whose. */
interface Of<Type extends string> {
  readonly type: Type;
  readonly recording: string;
  readonly agent: number;
  readonly call: string;
}

/** How a recording ended: `end` when nobody was in the room any more, `lost` when nobody knows what became of it. */
export type RecordingEnd = 'stopped' | 'end' | 'failed' | 'lost';

export type RecordingEvent =
  /**
   * The voice port is ordered to record. `room` is a call's, or a conference's. `erase`: it names a subject of an erasure
   * (5.1.13), so nothing of it is kept when it is over. `media`: what they show is recorded too, with what they say; voice alone where
   * nothing is said.
   */
  | Of<'RecordingBegan'> & {
    readonly room: string; readonly path: string; readonly id: string; readonly append: boolean; readonly automatic: boolean;
    readonly isOutbound: boolean; readonly erase?: boolean; readonly media?: 'video'; readonly personal?: Personal;
  }
  /** The voice port records. */
  | Of<'RecordingConfirmed'>
  /** The agent is not in the talk for a while, and again. */
  | Of<'RecordingPaused'>
  | Of<'RecordingResumed'>
  /** The voice port is ordered to stop, because the agent wants it or is not in the call any more. */
  | Of<'RecordingStopped'> & { readonly by: 'agent' | 'platform' }
  /** It is over, and what there is of it is written. `isTold`: the agent was told that it began; `isHere`: the agent's session still goes on. */
  | Of<'RecordingEnded'> & {
    readonly path: string; readonly id: string; readonly why: RecordingEnd; readonly isTold: boolean; readonly isHere: boolean;
    readonly from: number; readonly to: number; readonly ms?: number; readonly media?: 'video';
  };

import type { Found } from './playback.ts';

interface Of<Type extends string> {
  readonly type: Type;
  readonly agent: number;
  readonly play: string;
}

/**
 * `end`: all was played; `stopped`: by the agent; `failed`: the voice port could not go on; `phone`: the agent's phone was put down
 * or not answered; `signedOut`: the agent was.
 */
export type PlaybackEnd = 'end' | 'stopped' | 'failed' | 'phone' | 'signedOut';

export type PlaybackEvent =
  /** The agent's phone is rung for it. */
  | Of<'PlaybackAsked'> & { readonly path: string; readonly fromMs: number; readonly repeats: boolean; readonly gain: number; readonly found: Found }
  /** The phone is up, and the voice port is ordered to play. */
  | Of<'PlaybackBegan'>
  /** The agent hears it. */
  | Of<'PlaybackHeard'>
  | Of<'PlaybackPaused'>
  | Of<'PlaybackResumed'>
  /** It goes on so much further on in the file, or back. */
  | Of<'PlaybackJumped'> & { readonly ms: number }
  /** `wasHeard`: the agent has heard some of it. */
  | Of<'PlaybackEnded'> & { readonly why: PlaybackEnd; readonly wasHeard: boolean };

/* How a call from a web page stands, without a browser: what happens goes in, what is to be shown comes out. */

export type Stage =
  /** Nothing goes on. */
  | 'ready'
  /** The browser asks its user for the microphone. */
  | 'microphone'
  | 'calling'
  | 'ringing'
  /** Answered; more is not known yet, or a recorded voice speaks. */
  | 'connected'
  | 'waiting'
  | 'talking'
  | 'held'
  | 'ended';

export type Ending =
  | 'hungUp' | 'over'
  /** Waited, and came to talk to nobody. */
  | 'nobody' | 'busy' | 'refused' | 'tooMany' | 'unavailable' | 'unreachable' | 'lost' | 'failed'
  | 'microphoneDenied' | 'microphoneMissing' | 'microphoneInsecure';

/** A colleague at the other end asks for a picture of the user. */
export interface ImageRequest {
  readonly path: string;
  readonly token: string;
  readonly expiresAt: number;
  readonly maxBytes: number;
}

export interface CallState {
  readonly stage: Stage;
  /** Since when it is so; of a talk, since when the user talks or is on hold. */
  readonly since: number;
  readonly isMuted: boolean;
  /** The network is away; the call may come back. */
  readonly isLineDown: boolean;
  readonly ending: Ending | undefined;
  readonly image: ImageRequest | undefined;
  /** A picture is being taken or sent. */
  readonly isSending: boolean;
}

export type CallEvent =
  | { readonly kind: 'asked' | 'granted' | 'ringing' | 'answered' | 'muted' | 'unmuted' | 'lineDown' | 'lineUp' | 'imageAnswered' | 'imageOver' | 'dismissed' }
  /** What Parley says within the call. */
  | { readonly kind: 'told'; readonly state: 'waiting' | 'talking' }
  | { readonly kind: 'imageAsked'; readonly image: ImageRequest }
  | { readonly kind: 'over'; readonly why: Ending };

export const READY: CallState = { stage: 'ready', since: 0, isMuted: false, isLineDown: false, ending: undefined, image: undefined, isSending: false };

const BEFORE: ReadonlySet<Stage> = new Set(['microphone', 'calling', 'ringing']);
const UP: ReadonlySet<Stage> = new Set(['connected', 'waiting', 'talking', 'held']);

export const isUp = ({ stage }: Pick<CallState, 'stage'>): boolean => UP.has(stage);
/** Whether there is something to hang up. */
export const isGoingOn = ({ stage }: Pick<CallState, 'stage'>): boolean => BEFORE.has(stage) || UP.has(stage);

const to = (state: CallState, stage: Stage, at: number): CallState => ({ ...state, stage, since: at });

function told(state: CallState, is: 'waiting' | 'talking', at: number): CallState {
  const { stage } = state;
  // It may be heard of before the answer itself is.
  if (!isUp(state) && stage !== 'calling' && stage !== 'ringing') return state;
  if (is === 'waiting') {
    if (stage === 'talking') return { ...state, stage: 'held' };
    return stage === 'held' || stage === 'waiting' ? state : to(state, 'waiting', at);
  }
  // Whoever comes back from hold goes on with the same talk.
  if (stage === 'held') return { ...state, stage: 'talking' };
  return stage === 'talking' ? state : to(state, 'talking', at);
}

function over(state: CallState, why: Ending, at: number): CallState {
  if (!isGoingOn(state)) return state;
  const hasTalked = state.stage === 'talking' || state.stage === 'held' || state.stage === 'connected';
  return { ...READY, stage: 'ended', since: at, ending: why === 'over' && !hasTalked ? 'nobody' : why };
}

export function nextState(state: CallState, event: CallEvent, at: number): CallState {
  switch (event.kind) {
    case 'asked':
      return isGoingOn(state) ? state : { ...READY, stage: 'microphone', since: at };
    case 'granted':
      return state.stage === 'microphone' ? to(state, 'calling', at) : state;
    case 'ringing':
      return state.stage === 'calling' ? to(state, 'ringing', at) : state;
    case 'answered':
      return state.stage === 'calling' || state.stage === 'ringing' ? to(state, 'connected', at) : state;
    case 'told':
      return told(state, event.state, at);
    case 'muted':
    case 'unmuted':
      return isUp(state) ? { ...state, isMuted: event.kind === 'muted' } : state;
    case 'lineDown':
    case 'lineUp':
      return isGoingOn(state) ? { ...state, isLineDown: event.kind === 'lineDown' } : state;
    case 'imageAsked':
      return isUp(state) ? { ...state, image: event.image, isSending: false } : state;
    case 'imageAnswered':
      return state.image === undefined ? state : { ...state, isSending: true };
    case 'imageOver':
      return { ...state, image: undefined, isSending: false };
    case 'over':
      return over(state, event.why, at);
    case 'dismissed':
      return state.stage === 'ended' ? READY : state;
    default:
      return event satisfies never;
  }
}

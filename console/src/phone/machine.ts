/*
 * What the browser's phone does, without a browser: what happens goes in, how it stands and what is to be done come out. Parley rings the phone when the agent is offered a
 * call and when the agent dials; whether a call is taken is said to Parley (6.1.2.3) and not to the phone, which answers whenever it is rung, so that the first word is not
 * cut off by setting up the sound.
 */

/** off: not wanted; lost: tries again by itself; refused: the password has ended. */
export type Line = 'off' | 'connecting' | 'up' | 'lost' | 'refused';

export interface PhoneState {
  readonly line: Line;
  readonly microphone: 'asked' | 'there' | 'missing';
  /** The SIP dialog of the sound. */
  readonly dialog: { readonly id: string; readonly isUp: boolean } | undefined;
  /** Rung before there was a microphone, whose user is still being asked. */
  readonly waiting: string | undefined;
  /** A dialog from before the line was lost: its sound may go on until another one takes its place. */
  readonly stranded: string | undefined;
  /** The call in which Parley takes the phone to be. */
  readonly needed: string | undefined;
  /** A dialog has just ended, and what is known of the desk may be from before. */
  readonly isSettling: boolean;
  /** Asked how to come back into a call, or trying to. */
  readonly isReturning: boolean;
  readonly returns: number;
}

export type PhoneEvent =
  | { readonly kind: 'started' | 'registered' | 'disconnected' | 'registrationRefused' | 'settled' | 'returnFailed' | 'stopped' }
  | { readonly kind: 'invited' | 'called' | 'up' | 'over'; readonly id: string }
  | { readonly kind: 'microphone'; readonly is: PhoneState['microphone'] }
  | { readonly kind: 'needed'; readonly call: string | undefined };

export type PhoneEffect =
  | { readonly kind: 'answer' | 'decline' | 'discard'; readonly id: string }
  /** By 6.1.5.4, into the call in which the phone was. */
  | { readonly kind: 'return'; readonly call: string }
  /** Says `settled` after so long. */
  | { readonly kind: 'settle'; readonly ms: number }
  /** Asks for another password. */
  | { readonly kind: 'renew' };

export type Turn = readonly [PhoneState, readonly PhoneEffect[]];

/** Longer than the desk takes to be asked anew. */
const SETTLE_MS = 700;
const RETRY_MS = 1500;
/** Parley waits a quarter of a minute for whoever is cut off. */
const MOST_RETURNS = 10;

export const NO_PHONE: PhoneState = {
  line: 'off', microphone: 'asked', dialog: undefined, waiting: undefined, stranded: undefined, needed: undefined, isSettling: false, isReturning: false, returns: 0,
};

/** Where the phone ought to be in a call and is not, it goes back into it. */
function returned([state, effects]: Turn): Turn {
  const { line, microphone, dialog, waiting, needed, isSettling, isReturning, returns } = state;
  const isMissing = line === 'up' && microphone === 'there' && needed !== undefined && dialog === undefined && waiting === undefined;
  if (!isMissing || isSettling || isReturning || returns >= MOST_RETURNS) return [state, effects];
  return [{ ...state, isReturning: true, returns: returns + 1 }, [...effects, { kind: 'return', call: needed }]];
}

function invited(state: PhoneState, id: string): Turn {
  if (state.microphone === 'missing') return [state, [{ kind: 'decline', id }]];
  // Parley rings one phone once; another dialog is one that it has given up.
  const former = [state.dialog?.id, state.stranded].filter((one) => one !== undefined);
  const discarded = former.map((one): PhoneEffect => ({ kind: 'discard', id: one }));
  if (state.microphone === 'asked') return [{ ...state, waiting: id }, []];
  return [{ ...state, dialog: { id, isUp: false }, stranded: undefined, isReturning: false }, [...discarded, { kind: 'answer', id }]];
}

function over(state: PhoneState, id: string): Turn {
  if (state.waiting === id) return [{ ...state, waiting: undefined }, []];
  if (state.stranded === id) return [{ ...state, stranded: undefined }, []];
  if (state.dialog?.id !== id) return [state, []];
  const ms = state.isReturning ? RETRY_MS : SETTLE_MS;
  return [{ ...state, dialog: undefined, isSettling: true, isReturning: false }, [{ kind: 'settle', ms }]];
}

function up(state: PhoneState, id: string): Turn {
  if (state.dialog?.id !== id) return [state, []];
  const discarded: readonly PhoneEffect[] = state.stranded === undefined ? [] : [{ kind: 'discard', id: state.stranded }];
  return [{ ...state, dialog: { id, isUp: true }, stranded: undefined, isReturning: false, returns: 0 }, discarded];
}

function withMicrophone(state: PhoneState, microphone: PhoneState['microphone']): Turn {
  const next = { ...state, microphone };
  if (microphone === 'asked' || state.waiting === undefined) return [next, []];
  return invited({ ...next, waiting: undefined }, state.waiting);
}

function disconnected(state: PhoneState): Turn {
  const { dialog, stranded, waiting } = state;
  // What was being set up when the line went is worth nothing; what was up may be heard on.
  const lost = [waiting, dialog?.isUp === false ? dialog.id : undefined].filter((id) => id !== undefined);
  return [
    { ...state, line: 'lost', dialog: undefined, waiting: undefined, isReturning: false, returns: 0, stranded: dialog?.isUp === true ? dialog.id : stranded },
    lost.map((id): PhoneEffect => ({ kind: 'discard', id })),
  ];
}

function neededIn(state: PhoneState, call: string | undefined): Turn {
  const next = { ...state, needed: call, returns: call === state.needed ? state.returns : 0 };
  // The call from before the line was lost is over: nothing will take the place of its sound.
  if (call === undefined && state.line === 'up' && state.stranded !== undefined) return [{ ...next, stranded: undefined }, [{ kind: 'discard', id: state.stranded }]];
  return [next, []];
}

function turn(state: PhoneState, event: PhoneEvent): Turn {
  switch (event.kind) {
    case 'started':
      return [{ ...state, line: 'connecting' }, []];
    case 'registered':
      return [{ ...state, line: 'up' }, []];
    case 'disconnected':
      return state.line === 'off' ? [state, []] : disconnected(state);
    case 'registrationRefused':
      return [{ ...state, line: 'refused' }, [{ kind: 'renew' }]];
    case 'microphone':
      return withMicrophone(state, event.is);
    case 'needed':
      return neededIn(state, event.call);
    case 'invited':
      return invited(state, event.id);
    case 'called':
      return [{ ...state, dialog: { id: event.id, isUp: false } }, []];
    case 'up':
      return up(state, event.id);
    case 'over':
      return over(state, event.id);
    case 'returnFailed':
      return [{ ...state, isReturning: false, isSettling: true }, [{ kind: 'settle', ms: RETRY_MS }]];
    case 'settled':
      return [{ ...state, isSettling: false }, []];
    case 'stopped':
      return [{ ...NO_PHONE, microphone: state.microphone }, []];
    default:
      return event satisfies never;
  }
}

export const nextTurn = (state: PhoneState, event: PhoneEvent): Turn => returned(turn(state, event));

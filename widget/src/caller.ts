import { isGoingOn, nextState, READY, type CallEvent, type CallState, type Ending, type ImageRequest } from './call-state.ts';
import type { TokenAnswer } from './call-token.ts';

/** Sound that goes out, of a browser's microphone. */
export interface Microphone<Stream> {
  readonly stream: Stream;
  readonly close: () => void;
}

export interface PlaceOptions<Stream> {
  readonly token: Extract<TokenAnswer, { ok: true }>['token'];
  readonly stream: Stream;
  readonly on: (event: CallEvent) => void;
}

/** A call that has been placed. */
export interface PlacedCall {
  readonly hangUp: () => void;
  readonly mute: (isMuted: boolean) => void;
  readonly press: (key: string) => void;
}

/** What the page's surroundings do; tests have their own. */
export interface CallerPorts<Stream> {
  readonly openMicrophone: () => Promise<{ readonly ok: true; readonly microphone: Microphone<Stream> } | { readonly ok: false; readonly why: Ending }>;
  readonly askToken: (number: string) => Promise<TokenAnswer>;
  /** Loaded when the first call is made. */
  readonly loadPhone: () => Promise<(options: PlaceOptions<Stream>) => PlacedCall>;
  /** Takes a picture of the user and brings it, or says that the user does not want to. */
  readonly bringImage: (request: ImageRequest, isWilling: boolean) => Promise<void>;
  readonly clock: () => number;
  /** Answers what undoes it. */
  readonly after: (ms: number, work: () => void) => () => void;
}

export interface Caller {
  readonly state: () => CallState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly call: (number: string) => Promise<void>;
  readonly hangUp: () => void;
  readonly mute: (isMuted: boolean) => void;
  readonly press: (key: string) => void;
  readonly answerImage: (isWilling: boolean) => Promise<void>;
  readonly lineChanged: (isDown: boolean) => void;
  readonly dismiss: () => void;
}

/** One call at a time, from the click to its end. */
export function createCaller<Stream>({ openMicrophone, askToken, loadPhone, bringImage, clock, after }: CallerPorts<Stream>): Caller {
  let state = READY;
  let placed: PlacedCall | undefined;
  let microphone: Microphone<Stream> | undefined;
  let cancelImage: (() => void) | undefined;
  /** What belongs to a call that has been given up says nothing any more. */
  let attempt = 0;
  const listeners = new Set<() => void>();

  const forget = (): void => {
    cancelImage?.();
    microphone?.close();
    [placed, microphone, cancelImage] = [undefined, undefined, undefined];
  };

  const happen = (event: CallEvent): void => {
    const before = state;
    state = nextState(state, event, clock());
    if (before === state) return;
    if (isGoingOn(before) && !isGoingOn(state)) forget();
    if (event.kind === 'imageAsked' && state.image === event.image) {
      cancelImage?.();
      cancelImage = after(event.image.expiresAt - clock(), () => { happen({ kind: 'imageOver' }); });
    }
    for (const listener of listeners) listener();
  };

  const place = async (number: string, own: number): Promise<Ending | undefined> => {
    const isStale = (): boolean => own !== attempt || !isGoingOn(state);
    const opened = await openMicrophone();
    if (!opened.ok) return isStale() ? undefined : opened.why;
    if (isStale()) {
      opened.microphone.close();
      return undefined;
    }
    microphone = opened.microphone;
    happen({ kind: 'granted' });
    const [answer, phone] = await Promise.all([askToken(number), loadPhone()]);
    if (isStale()) return undefined;
    if (!answer.ok) return answer.why;
    placed = phone({ token: answer.token, stream: opened.microphone.stream, on: (event) => { if (own === attempt) happen(event); } });
    return undefined;
  };

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
    call: async (number) => {
      if (isGoingOn(state)) return;
      attempt += 1;
      const own = attempt;
      happen({ kind: 'asked' });
      // The phone is a file of its own, which may not be there to be loaded.
      const why = await place(number, own).catch((): Ending => 'unreachable');
      if (why !== undefined && own === attempt) happen({ kind: 'over', why });
    },
    hangUp: () => {
      const call = placed;
      happen({ kind: 'over', why: 'hungUp' });
      call?.hangUp();
    },
    mute: (isMuted) => {
      placed?.mute(isMuted);
      happen({ kind: isMuted ? 'muted' : 'unmuted' });
    },
    press: (key) => { placed?.press(key); },
    answerImage: async (isWilling) => {
      const { image, isSending } = state;
      if (image === undefined || isSending) return;
      happen({ kind: 'imageAnswered' });
      // Whoever asked is told when none comes.
      await bringImage(image, isWilling).catch(() => undefined);
      if (state.image === image) happen({ kind: 'imageOver' });
    },
    lineChanged: (isDown) => { happen({ kind: isDown ? 'lineDown' : 'lineUp' }); },
    dismiss: () => { happen({ kind: 'dismissed' }); },
  };
}

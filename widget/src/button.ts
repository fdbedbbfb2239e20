import { isGoingOn, type CallState } from './call-state.ts';
import { askToken } from './call-token.ts';
import { createCaller, type CallerPorts } from './caller.ts';
import { openMicrophone } from './microphone.ts';
import { createPanel } from './panel.ts';
import { bringImage } from './picture.ts';
import type { Language } from './texts.ts';

export interface ButtonOptions {
  /** Where Parley is, without a slash at its end. */
  readonly service: string;
  readonly key: string;
  readonly number: () => string;
  readonly caller: () => string | undefined;
  readonly language: Language;
  readonly label?: string | undefined;
  readonly side?: 'left' | 'right';
  readonly loadPhone: CallerPorts<MediaStream>['loadPhone'];
}

export interface CallButton {
  readonly state: () => CallState;
  readonly subscribe: (listener: () => void) => () => void;
}

/** Puts the button into the page. */
export function mountButton({ service, key, number, caller: callerOf, language, label, side = 'right', loadPhone }: ButtonOptions): CallButton {
  const caller = createCaller<MediaStream>({
    openMicrophone, loadPhone, clock: Date.now,
    askToken: async (called) => {
      const answer = await askToken({ service, key, number: called, caller: callerOf(), fetch: (url, init) => fetch(url, init) });
      if (!answer.ok) console.warn(`Parley gave no call token for ${called} (${answer.why}). The widget key has to be switched on, and to name this page's origin, ${location.origin}, and the number.`);
      return answer;
    },
    bringImage: (request, isWilling) => bringImage(service, request, isWilling),
    after: (ms, work) => {
      const timer = setTimeout(work, ms);
      return () => { clearTimeout(timer); };
    },
  });
  const panel = createPanel({
    language, label, side, onCall: () => { void caller.call(number()); }, onHangUp: caller.hangUp, onMute: caller.mute, onKey: caller.press,
    onImage: (isWilling) => { void caller.answerImage(isWilling); }, onClose: caller.dismiss,
  });
  const show = (): void => { panel.show(caller.state()); };
  caller.subscribe(show);
  show();

  addEventListener('offline', () => { caller.lineChanged(true); });
  addEventListener('online', () => { caller.lineChanged(false); });
  // Whoever leaves the page in the middle of a call is asked first, and hangs up by leaving.
  addEventListener('beforeunload', (event) => { if (isGoingOn(caller.state())) event.preventDefault(); });
  addEventListener('pagehide', () => { if (isGoingOn(caller.state())) caller.hangUp(); });

  return { state: caller.state, subscribe: caller.subscribe };
}

import { isGoingOn, isUp, type CallState } from './call-state.ts';
import { draw, make } from './element.ts';
import style from './panel.css?inline';
import type { Language } from './texts.ts';
import { texts } from './texts.ts';

/* What is to be seen of the button, in a shadow of its own, so that neither the page's styles nor its scripts are in its way. */

export interface PanelOptions {
  readonly language: Language;
  /** What the button says; its own word unless told. */
  readonly label: string | undefined;
  readonly side: 'left' | 'right';
  readonly onCall: () => void;
  readonly onHangUp: () => void;
  readonly onMute: (isMuted: boolean) => void;
  readonly onKey: (key: string) => void;
  readonly onImage: (isWilling: boolean) => void;
  readonly onClose: () => void;
}

export interface Panel {
  readonly show: (state: CallState) => void;
}

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];
const PHONE = 'M22 16.9v3a2 2 0 0 1-2.2 2 19.8 19.8 0 0 1-8.6-3.1 19.5 19.5 0 0 1-6-6A19.8 19.8 0 0 1 2.1 4.2 2 2 0 0 1 4.1 2h3a2 2 0 0 1 2 1.7c.1 1 .4 1.9.7 2.8a2 2 0 0 1-.5 2.1L8.1 9.9a16 16 0 0 0 6 6l1.3-1.3a2 2 0 0 1 2.1-.4c.9.3 1.8.6 2.8.7a2 2 0 0 1 1.7 2z';
const CROSS = 'M18 6 6 18M6 6l12 12';
const SECOND_MS = 1000;

const two = (amount: number): string => String(amount).padStart(2, '0');

function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND_MS));
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
}

export function createPanel({ language, label, side, onCall, onHangUp, onMute, onKey, onImage, onClose }: PanelOptions): Panel {
  const text = texts[language];
  const host = make('div', { lang: language });
  host.dataset['side'] = side;
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];

  let state: CallState | undefined;
  const status = make('div', { className: 'status', role: 'status' });
  const clock = make('div', { className: 'clock', ariaHidden: 'true' });
  const before = make('p', {}, text.beforehand);
  const warning = make('p', { className: 'warning', role: 'alert' });
  const question = make('p', {}, text.image);
  const willing = make('button', { type: 'button', className: 'main', onclick: () => { onImage(true); } }, text.send);
  const unwilling = make('button', { type: 'button', onclick: () => { onImage(false); } }, text.decline);
  const picture = make('div', { role: 'group', ariaLabel: text.image }, question, make('div', { className: 'actions' }, willing, unwilling));
  const keys = make('div', { className: 'keys', role: 'group', ariaLabel: text.keypad, hidden: true }, ...KEYS.map((key) =>
    make('button', { type: 'button', ariaLabel: text.key(key), onclick: () => { onKey(key); } }, key)));
  const call = make('button', { type: 'button', className: 'main', onclick: () => { onCall(); } });
  const mute = make('button', { type: 'button', onclick: () => { if (state !== undefined) onMute(!state.isMuted); } }, text.mute);
  const keypad = make('button', { type: 'button', ariaExpanded: 'false' }, text.keypad);
  const end = make('button', { type: 'button', className: 'end', onclick: () => { onHangUp(); } }, text.hangUp);
  const close = make('button', { type: 'button', className: 'close', ariaLabel: text.close }, draw(CROSS));
  const title = make('h2', { id: 'title' }, text.title);
  const panel = make(
    'div', { className: 'panel', role: 'dialog', hidden: true, tabIndex: -1 },
    make('div', { className: 'head' }, title, close), status, clock, before, warning, picture, keys, make('div', { className: 'actions' }, call, mute, keypad, end),
  );
  panel.setAttribute('aria-labelledby', 'title');
  const opener = make('button', { type: 'button', className: 'open', ariaExpanded: 'false' }, draw(PHONE), label ?? text.label);
  root.append(panel, opener);
  document.body.append(host);

  const toggle = (isOpen: boolean): void => {
    panel.hidden = !isOpen;
    opener.ariaExpanded = String(isOpen);
    if (isOpen) (call.hidden ? panel : call).focus();
    else {
      opener.focus();
      onClose();
    }
  };
  opener.addEventListener('click', () => { toggle(panel.hidden !== false); });
  close.addEventListener('click', () => { toggle(false); });
  keypad.addEventListener('click', () => {
    keys.hidden = !keys.hidden;
    keypad.ariaExpanded = String(!keys.hidden);
  });
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') toggle(false);
    // Who has a keypad before them presses the keys of the keyboard.
    else if (state !== undefined && isUp(state) && KEYS.includes(event.key)) onKey(event.key);
  });

  const tick = (): void => {
    clock.hidden = state === undefined || !isGoingOn(state);
    clock.textContent = state !== undefined && (isUp(state) || state.stage === 'ringing') ? clockText(Date.now() - state.since) : '';
  };
  let timer: ReturnType<typeof setInterval> | undefined;

  const statusOf = ({ stage, ending, isMuted }: CallState): string => {
    if (stage === 'ready') return '';
    if (stage === 'ended') return ending === undefined ? '' : text.endings[ending];
    return isMuted ? `${text.stages[stage]} · ${text.muted}` : text.stages[stage];
  };
  /** A screen reader says again whatever is written again. */
  const write = (element: HTMLElement, words: string): void => { if (element.textContent !== words) element.textContent = words; };

  return {
    show: (next) => {
      const wasGoingOn = state !== undefined && isGoingOn(state);
      state = next;
      const [goesOn, up] = [isGoingOn(next), isUp(next)];
      write(status, statusOf(next));
      status.hidden = next.stage === 'ready';
      before.hidden = next.stage !== 'ready';
      warning.hidden = !next.isLineDown;
      write(warning, next.isLineDown ? text.lineDown : '');
      picture.hidden = next.image === undefined;
      write(question, next.isSending ? text.sending : text.image);
      willing.disabled = next.isSending;
      unwilling.disabled = next.isSending;
      write(call, next.stage === 'ended' ? text.again : text.call);
      call.hidden = goesOn;
      end.hidden = !goesOn;
      mute.hidden = !up;
      write(mute, next.isMuted ? text.unmute : text.mute);
      mute.ariaPressed = String(next.isMuted);
      keypad.hidden = !up;
      if (!up && !keys.hidden) keypad.click();
      // What had the focus may have gone.
      if (!panel.hidden && goesOn !== wasGoingOn) (goesOn ? end : call).focus();
      tick();
      if (goesOn) timer ??= setInterval(tick, SECOND_MS);
      else {
        clearInterval(timer);
        timer = undefined;
      }
    },
  };
}

import { catalogue, languageNow } from '../text/catalogue.ts';
import { deskNow, onDeskChange, type DeskCall } from '../desk/desk.ts';
import { chirp, startRinging, stopRinging } from './ring-tone.ts';

/* A call that comes is heard, and seen on the desktop where that is allowed. */

const texts = catalogue({
  en: { rings: 'A call for you', withheld: 'Number withheld' },
  zh: { rings: '有来电', withheld: '号码隐藏' },
});

export const mayNotify = (): boolean => 'Notification' in globalThis && Notification.permission === 'granted';

export async function askToNotify(): Promise<boolean> {
  if (!('Notification' in globalThis)) return false;
  return await Notification.requestPermission() === 'granted';
}

let shown: { readonly callId: string; readonly notification: Notification | undefined } | undefined;

function show({ callId, caller, queueName }: DeskCall): void {
  if (shown?.callId === callId) return;
  const text = texts[languageNow()];
  const isLookedAt = document.visibilityState === 'visible' && document.hasFocus();
  const notification = isLookedAt || !mayNotify() ? undefined : new Notification(text.rings, { body: [caller || text.withheld, queueName].filter((part) => part !== '').join(' · '), tag: 'parley-call' });
  notification?.addEventListener('click', () => {
    window.focus();
    notification.close();
  });
  shown = { callId, notification };
}

/** What there is no ringing for, but a short tone: a chat that is offered, a call that was answered by itself. */
const isShort = ({ stage, media, direction }: DeskCall, autoAnswer: boolean): boolean =>
  (media === 'text' ? stage === 'ringing' : autoAnswer && stage === 'talking' && direction === 'in');

/** Follows the desk from now on, in whatever page. */
export function keepAttention(): () => void {
  let heard: ReadonlySet<string> = new Set();
  return onDeskChange(() => {
    const { calls = [], autoAnswer = false } = deskNow().now ?? {};
    const ringing = calls.find(({ stage, media }) => stage === 'ringing' && media !== 'text');
    if (ringing === undefined) {
      shown?.notification?.close();
      shown = undefined;
    } else show(ringing);
    if (ringing !== undefined && !autoAnswer) startRinging();
    else stopRinging();
    const short = calls.filter((call) => isShort(call, autoAnswer)).map(({ callId }) => callId);
    if (short.some((callId) => !heard.has(callId))) void chirp();
    heard = new Set(short);
  });
}

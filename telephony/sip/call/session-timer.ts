import type { Timers } from '../../timers.ts';
import type { Fields } from '../message/build.ts';
import { readNumber } from '../message/grammar.ts';
import type { SipMessage, SipRequest, SipResponse } from '../message/message.ts';
import { readValue } from '../message/params.ts';
import { asks } from './dialog.ts';

/** RFC 4028. In seconds, as the headers have it. */
export interface SessionTimerSettings {
  /** How long a session may stand without a refresh. */
  readonly expires: number;
  /** The shortest that we agree to. */
  readonly minSE: number;
}

/** An interval that both ends know, and which of them refreshes. */
export interface SessionInterval {
  readonly seconds: number;
  readonly isOurs: boolean;
}

type Refresher = 'uac' | 'uas';

/** The longest interval that is believed: timers do not count further than some weeks, and a call that nobody has refreshed for a day is none. */
const LONGEST = 86_400;

function readExpires({ headers }: SipMessage): { readonly seconds: number; readonly refresher?: Refresher } | undefined {
  const value = readValue(headers.get('Session-Expires') ?? '');
  const seconds = value === undefined ? undefined : readNumber(value.value);
  if (value === undefined || seconds === undefined || seconds === 0) return undefined;
  const refresher = value.params.get('refresher')?.toLowerCase();
  return { seconds: Math.min(seconds, LONGEST), ...(refresher === 'uac' || refresher === 'uas' ? { refresher } : {}) };
}

export function readMinSE({ headers }: Pick<SipMessage, 'headers'>): number | undefined {
  const value = readValue(headers.get('Min-SE') ?? '');
  const seconds = value === undefined ? undefined : readNumber(value.value);
  return seconds === undefined ? undefined : Math.min(seconds, LONGEST);
}

/** Whether the answer is 422 with our Min-SE. Who does not know the extension would not understand it (9). */
export function isTooBrief(request: SipRequest, { minSE }: SessionTimerSettings): boolean {
  const wanted = readExpires(request);
  return wanted !== undefined && wanted.seconds < minSE && asks(request, 'Supported', 'timer');
}

/** What an INVITE or UPDATE of ours says of it (7.1, 7.4); `refresher` is who it is already. */
export function timerFields({ expires, minSE }: SessionTimerSettings, refresher: Refresher): Fields {
  return { 'Session-Expires': `${Math.max(expires, minSE)};refresher=${refresher}`, 'Min-SE': String(minSE) };
}

/**
 * What is agreed on by answering a request with 2xx (9, table 2), and what the answer says of it. Where nobody has said who
 * refreshes we do, as then the other end's silence is noticed at once; and also if the other end knows nothing of it.
 */
export function answerTimer(request: SipRequest, { expires, minSE }: SessionTimerSettings, isOurs: boolean): { readonly interval: SessionInterval; readonly fields: Fields } {
  const wanted = readExpires(request);
  const least = Math.max(minSE, readMinSE(request) ?? 0);
  const seconds = Math.max(Math.min(wanted?.seconds ?? expires, Math.max(expires, least)), least);
  const knows = asks(request, 'Supported', 'timer') || asks(request, 'Require', 'timer');
  const refresher = !knows ? 'uas' : wanted?.refresher ?? (isOurs ? 'uas' : 'uac');
  return {
    interval: { seconds, isOurs: refresher === 'uas' },
    // Only where the other end has to do something must it understand this (9).
    fields: { 'Session-Expires': `${seconds};refresher=${refresher}`, ...(refresher === 'uac' ? { Require: 'timer' } : {}) },
  };
}

/** What a 2xx makes of the interval that our request named (7.2). Without a word of it we refresh all the same, to notice when nobody is there any more. */
export function takeTimer(response: SipResponse, { expires, minSE }: SessionTimerSettings): SessionInterval {
  const answered = readExpires(response);
  const longest = Math.max(expires, minSE);
  if (answered === undefined) return { seconds: longest, isOurs: true };
  return { seconds: Math.max(Math.min(answered.seconds, longest), minSE), isOurs: answered.refresher !== 'uas' };
}

export interface SessionTimer {
  /** The session was made or refreshed: it counts from now on, or from so long ago. */
  readonly set: (interval: SessionInterval, agoMs?: number) => void;
  /** What was agreed on last, and how long ago. */
  readonly standing: () => (SessionInterval & { readonly agoMs: number }) | undefined;
  /** Whether we refresh; undefined as long as nothing is agreed on. */
  readonly isOurs: () => boolean | undefined;
  readonly stop: () => void;
}

/** BYE comes so long before the end, or a third of the interval (10). */
const BEFORE_END = 32;

/** Calls `refresh` at half time, and again while nothing comes of it, and `expired` a little before the end (10). */
export function createSessionTimer(timers: Timers, { refresh, expired }: { readonly refresh: () => void; readonly expired: () => void }): SessionTimer {
  let interval: SessionInterval | undefined;
  let refreshing: (() => void) | undefined;
  let ending: (() => void) | undefined;
  let setAt = 0;
  const stop = (): void => {
    refreshing?.();
    ending?.();
  };
  return {
    stop,
    isOurs: () => interval?.isOurs,
    standing: () => (interval === undefined ? undefined : { ...interval, agoMs: timers.now() - setAt }),
    set: (next, agoMs = 0) => {
      stop();
      interval = next;
      setAt = timers.now() - agoMs;
      const ms = next.seconds * 1000;
      ending = timers.after(Math.max(0, ms - Math.min(BEFORE_END * 1000, ms / 3) - agoMs), expired);
      if (!next.isOurs) return;
      const again = (wait: number): void => {
        refreshing = timers.after(wait, () => {
          again(ms / 20);
          refresh();
        });
      };
      again(Math.max(0, ms / 2 - agoMs));
    },
  };
}

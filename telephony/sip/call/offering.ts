import type { Fields } from '../message/build.ts';
import { readNumber } from '../message/grammar.ts';
import type { SipResponse } from '../message/message.ts';
import type { RequestFailure } from '../transaction/transactions.ts';
import { patience, sdpBody } from './agent.ts';
import { sdpOf } from './bodies.ts';
import { readMinSE, takeTimer, timerFields } from './session-timer.ts';
import { ask, type Talk } from './talk.ts';

export type Offered = { readonly ok: true; readonly sdp: string } | { readonly ok: false; readonly status: number };

/** What we change or refresh within a dialog (RFC 3261 14.1, RFC 3311, RFC 4028 7.4), one after the other. */
export interface Offering {
  readonly offer: (sdp: string) => Promise<Offered>;
  readonly refresh: () => void;
  /** Whether an INVITE or an offer of ours is under way, with which another one would collide. */
  readonly isBusy: () => boolean;
  /** Something is over that had to be waited for. */
  readonly changed: () => void;
}

const MOST_WAITING = 8;
/** How often an offer is made again that met another one. */
const MOST_ATTEMPTS = 7;
/** The longest that a `Retry-After` is taken seriously; RFC 3261 14.2 has 10 seconds. */
const LONGEST_PAUSE = 10_000;

/** `isFree` tells whether nothing of the other end's stands in the way. */
export function createOffering(talk: Talk, isFree: () => boolean): Offering {
  const { agent, dialog, media } = talk;
  let isBusy = false;
  let waiting = 0;
  let turn: Promise<unknown> = Promise.resolve();
  let wake: (() => void) | undefined;

  const mayOffer = (): boolean => media.pending === 'none' && isFree();

  /** Resolves with false if it is over, or does not come free in time. */
  const whenFree = async (): Promise<boolean> => {
    if (mayOffer()) return !talk.isOver();
    const free = Promise.withResolvers<boolean>();
    const callOff = talk.later(patience(agent), () => { free.resolve(false); });
    const forget = talk.onOver(() => { free.resolve(false); });
    wake = () => { if (mayOffer()) free.resolve(true); };
    const isFreed = await free.promise;
    wake = undefined;
    callOff();
    forget();
    return isFreed && !talk.isOver();
  };

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    waiting += 1;
    const own = turn.then(work).finally(() => { waiting -= 1; });
    turn = own.catch(() => undefined);
    return own;
  };

  const timerParts = (): Fields => {
    // Nothing of a re-INVITE needs to be told reliably before its answer.
    const supported = { Supported: agent.supported.filter((option) => option !== '100rel').join(', ') };
    return talk.interval === undefined ? supported : { ...supported, ...timerFields(talk.interval, talk.timer.isOurs() === false ? 'uas' : 'uac') };
  };

  const send = async (method: 'INVITE' | 'UPDATE', sdp: string | undefined): Promise<SipResponse | RequestFailure> => {
    isBusy = method === 'INVITE' || sdp !== undefined;
    if (sdp !== undefined) media.pending = 'ours';
    try {
      const answered = await ask(talk, method, { hasContact: true, headers: { Allow: agent.allow(), ...timerParts() }, ...sdpBody(sdp) });
      const isDone = typeof answered !== 'string' && answered.status < 300;
      if (isDone && talk.interval !== undefined && talk.isUp && !talk.isOver()) talk.timer.set(takeTimer(answered, talk.interval));
      return answered;
    } finally {
      if (sdp !== undefined) media.pending = 'none';
      isBusy = false;
    }
  };

  /** How long to wait before a refused request is sent again; undefined if that is no use. */
  const pauseAfter = ({ status, headers }: SipResponse): number | undefined => {
    // Two offers met: who has the Call-ID waits 2.1 to 4 seconds, the other up to 2, so that one is the first (RFC 3261 14.1).
    if (status === 491) return talk.isCaller ? 2100 + 10 * agent.randomBelow(191) : 10 * agent.randomBelow(201);
    const seconds = readNumber(headers.get('Retry-After')?.split(/[;( ]/, 1)[0] ?? '');
    if (status === 500 && seconds !== undefined && seconds * 1000 <= LONGEST_PAUSE) return seconds * 1000;
    const least = status === 422 ? readMinSE({ headers }) : undefined;
    if (least === undefined || talk.interval === undefined || least <= talk.interval.minSE) return undefined;
    talk.interval = { expires: Math.max(talk.interval.expires, least), minSE: least };
    return 0;
  };

  const negotiate = async (sdp: string): Promise<Offered> => {
    for (let attempt = 1; ; attempt += 1) {
      if (!await whenFree()) return { ok: false, status: talk.isOver() ? 481 : 491 };
      // Before the answer only UPDATE can do it, and only where the other end has it (RFC 3311 5.1).
      if (!talk.isUp && dialog.allows?.has('UPDATE') !== true) return { ok: false, status: 491 };
      const answered = await send(talk.isUp ? 'INVITE' : 'UPDATE', sdp);
      if (typeof answered === 'string') {
        // No answer at all ends the dialog, a broken connection does not: another one may come (RFC 3261 12.2.1.2).
        if (answered === 'timeout') talk.over({ kind: 'lost', why: 'transport' });
        return { ok: false, status: answered === 'timeout' ? 408 : 503 };
      }
      if (answered.status < 300) {
        const answer = sdpOf(answered);
        if (answer === undefined) return { ok: false, status: 488 };
        media.local = sdp;
        return { ok: true, sdp: answer };
      }
      if (endsDialog(talk, answered)) return { ok: false, status: answered.status };
      const ms = attempt < MOST_ATTEMPTS ? pauseAfter(answered) : undefined;
      if (ms === undefined) return { ok: false, status: answered.status };
      if (!await talk.pause(ms)) return { ok: false, status: 481 };
    }
  };

  const refresh = async (): Promise<void> => {
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      // Without SDP it is in nobody's way; where there is no UPDATE, what was agreed on is said again (RFC 4028 7.4).
      const byUpdate = dialog.allows?.has('UPDATE') === true;
      const sdp = byUpdate ? undefined : media.local;
      if (talk.isOver() || (!byUpdate && (sdp === undefined || !await whenFree()))) return;
      const answered = await send(byUpdate ? 'UPDATE' : 'INVITE', sdp);
      if (answered === 'timeout') talk.over({ kind: 'lost', why: 'session' });
      // All else is tried again by and by, until the interval is over.
      if (typeof answered === 'string' || endsDialog(talk, answered) || answered.status !== 422 || pauseAfter(answered) === undefined) return;
    }
  };

  /** Whoever waits for it is told at once that the call is over; the INVITE that is under way still gets its ACK. */
  const untilOver = async (offered: Promise<Offered>): Promise<Offered> => {
    const over = Promise.withResolvers<Offered>();
    const forget = talk.onOver(() => { over.resolve({ ok: false, status: 481 }); });
    try {
      return await Promise.race([offered, over.promise]);
    } finally {
      forget();
    }
  };

  return {
    isBusy: () => isBusy,
    changed: () => { wake?.(); },
    offer: (sdp) => (waiting < MOST_WAITING ? untilOver(inTurn(() => negotiate(sdp))) : Promise.resolve({ ok: false, status: 491 })),
    refresh: () => { if (talk.isUp && waiting === 0) void inTurn(refresh); },
  };
}

/** A dialog that the other end does not know, or where nobody answers, is over (RFC 3261 12.2.1.2). */
export function endsDialog(talk: Talk, { status }: SipResponse): boolean {
  if (status !== 481 && status !== 408) return false;
  talk.over({ kind: 'lost', why: status === 481 ? 'unknown' : 'transport' });
  return true;
}

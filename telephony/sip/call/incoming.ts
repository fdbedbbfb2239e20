import { readNumber } from '../message/grammar.ts';
import { splitAtCommas } from '../message/headers.ts';
import type { ServerTransaction } from '../transaction/transactions.ts';
import { isTranslated, reply, replyTo, type Agent } from './agent.ts';
import { sdpOf } from './bodies.ts';
import type { CallEnd, SipCall } from './call.ts';
import { readCaller } from './caller.ts';
import { asks, nameOf, type Dialog } from './dialog.ts';
import { createEvents } from './events.ts';
import { keepCall, type KeptCall } from './kept.ts';
import type { LiveCall } from './live-call.ts';
import { timerParts } from './offered.ts';
import { createPath } from './path.ts';
import { LOST_CAUSE, readReason, writeReason, type HangUpCause } from './reason.ts';
import { createReliableResponses } from './reliable.ts';
import { createSession } from './session.ts';

export interface IncomingParts {
  readonly transaction: ServerTransaction;
  readonly dialog: Dialog;
  readonly sdp?: string | undefined;
  readonly replaces?: SipCall | undefined;
  /** Nothing of it stands any more. */
  readonly gone: () => void;
}

/** So often a caller is told that it still rings, as proxies give up after three minutes (RFC 3261 13.3.1.1, 16.6); reliably less often. */
const RINGS_EVERY = 60_000;
const RINGS_RELIABLY_EVERY = 150_000;
/** The longest that a call waits for its answer, music and all. */
const LONGEST_RING = 3_600_000;

/** A call that came in (RFC 3261 13.3). */
export function createIncoming(agent: Agent, { transaction, dialog, sdp: offer, replaces, gone }: IncomingParts): LiveCall {
  const { request: invite, channel } = transaction;
  const toTag = dialog.localTag;
  const events = createEvents();
  const path = createPath(agent, { channel, isBehindNat: isTranslated(transaction) });
  const wantsReliable = asks(invite, 'Supported', '100rel') || asks(invite, 'Require', '100rel');
  let state: 'early' | 'up' | 'ended' = 'early';
  /** A final response was given, or waits only for a PRACK. */
  let isAnswered = false;
  /** Our description went out reliably, so that it need not be said again (RFC 6337 3.1.1). */
  let isDescribed = false;

  const takePrack = (prack: ServerTransaction): void => {
    const taken = reliable.take(prack.request);
    if (taken === undefined) {
      reply(agent, prack, 481);
      return;
    }
    const sdp = sdpOf(prack.request);
    // The answer to an offer of ours, or else perhaps another offer (RFC 3262 5).
    if (taken.hadSdp && offer === undefined && media.pending === 'ours') {
      media.pending = 'none';
      reply(agent, prack, 200);
      events.tell({ kind: 'acknowledged', ...(sdp === undefined ? {} : { sdp }) });
    } else if (sdp !== undefined) session.offered.takeUpdate(prack);
    else reply(agent, prack, 200);
    session.offering.changed();
  };

  /** The INVITE gets its final response unless it has one. */
  const refuse = (status: number, headers: Readonly<Record<string, string>> = {}): void => {
    reliable.stop();
    reply(agent, transaction, status, { toTag, headers });
  };

  const end = (why: CallEnd): void => {
    if (state === 'ended') return;
    const wasUp = state === 'up';
    state = 'ended';
    // Of an early one nothing is left but its transaction.
    if (!wasUp) refuse(487);
    talk.end();
    reliable.stop();
    events.tell({ kind: 'ended', why });
    if (!wasUp || why.kind === 'hungUp' || (why.kind === 'lost' && why.why === 'unknown')) {
      // Whoever has hung up acknowledges nothing any more.
      session.answering.assume();
      gone();
    } else void session.bye(why.kind === 'ours' ? goodbye : { q850: LOST_CAUSE }).then(gone);
  };

  let goodbye: HangUpCause | undefined;
  const changed = agent.stands === undefined ? undefined : (): void => { if (state === 'up') agent.stands?.(sip, keep); };
  const keep = (): KeptCall | undefined => keepCall(talk, 'in');
  const session = createSession({ agent, path, dialog, isCaller: false, tell: events.tell, over: end, changed }, takePrack);
  const { talk } = session;
  const { media } = talk;
  const reliable = createReliableResponses(agent, transaction, () => {
    if (state !== 'early') return;
    // Nobody has acknowledged it (RFC 3262 3).
    refuse(504);
    end({ kind: 'lost', why: 'ack' });
  });
  media.pending = offer === undefined ? 'none' : 'theirs';

  let stopRinging = (): void => undefined;
  const ring = (status: number, sdp: string | undefined): void => {
    stopRinging();
    reply(agent, transaction, status, { toTag, sdp });
    stopRinging = talk.later(RINGS_EVERY, () => { ring(status, sdp); });
  };

  const accept = (sdp: string): void => {
    // The call may have ended while a PRACK was waited for.
    if (state !== 'early') return;
    stopRinging();
    stopWaiting();
    state = 'up';
    talk.isUp = true;
    const awaitsAnswer = offer === undefined && !isDescribed;
    media.pending = 'none';
    media.local = sdp;
    const response = replyTo(agent, transaction, 200, { toTag, sdp: isDescribed ? undefined : sdp, ...timerParts(talk, transaction, true) });
    session.answering.accept(transaction, response, { awaitsAnswer, isFirst: true });
    changed?.();
  };

  // What an INVITE waits for has an end: its own (13.3.1), or ours.
  const patienceSeconds = readNumber(invite.headers.get('Expires') ?? '') ?? 0;
  const stopWaiting = talk.later(patienceSeconds > 0 ? Math.min(patienceSeconds * 1000, LONGEST_RING) : LONGEST_RING, () => {
    if (state === 'early' && !isAnswered) end({ kind: 'cancelled' });
  });

  const sip: SipCall = {
    callId: dialog.callId, direction: 'in', invite, from: readCaller(invite.headers.get('From')), to: readCaller(invite.headers.get('To')),
    ...(offer === undefined ? {} : { sdp: offer }), ...(replaces === undefined ? {} : { replaces }),
    channel: path.channel, state: () => state, listen: events.listen, dialog: () => nameOf(dialog), moveTo: path.heardBy,
    ring: (sdp) => {
      if (state !== 'early' || isAnswered) return;
      const status = sdp === undefined ? 180 : 183;
      // An offer of ours has to be told reliably, and the first reliable response to an INVITE without one has to make one (RFC 3261 13.2.1).
      if (!wantsReliable) ring(offer === undefined ? 180 : status, offer === undefined ? undefined : sdp);
      else if (sdp === undefined && offer === undefined && !isDescribed) ring(status, sdp);
      else {
        stopRinging();
        stopRinging = talk.later(RINGS_RELIABLY_EVERY, () => { sip.ring(sdp); });
        const isOffer = sdp !== undefined && offer === undefined && !isDescribed;
        if (sdp !== undefined) {
          media.pending = isOffer ? 'ours' : 'none';
          media.local = sdp;
        }
        reliable.send(replyTo(agent, transaction, status, { toTag, sdp: isDescribed ? undefined : sdp }), sdp !== undefined && !isDescribed);
        isDescribed ||= sdp !== undefined;
      }
    },
    answer: (sdp) => {
      if (state !== 'early' || isAnswered) return;
      isAnswered = true;
      reliable.whenSettled(() => { accept(sdp); });
    },
    reject: (status, headers) => {
      if (state !== 'early') return;
      refuse(status >= 300 && status < 700 ? status : 603, headers);
      end({ kind: 'ours' });
    },
    hangUp: (cause) => {
      goodbye = cause;
      const reason = writeReason(cause);
      if (state === 'early') refuse(603, reason === undefined ? {} : { Reason: reason });
      end({ kind: 'ours' });
    },
    offer: session.offering.offer,
    info: session.info,
    notify: session.notify,
  };

  transaction.onCancel((reason) => {
    const { q850, sip: status } = readReason({ list: () => (reason === undefined ? [] : splitAtCommas(reason)) });
    end({ kind: 'cancelled', ...(q850 === undefined ? {} : { q850 }), ...(status === 200 ? { elsewhere: true } : {}) });
  });
  transaction.onFailed(() => {
    // Nobody is there to hear our ringing.
    if (state === 'early') end({ kind: 'lost', why: 'transport' });
  });
  return { sip, localTag: toTag, take: session.take, takeAck: session.takeAck, isWith: (remoteTag) => remoteTag === dialog.remoteTag };
}

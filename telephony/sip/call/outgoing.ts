import { buildRequest, type Fields } from '../message/build.ts';
import { tagOf, writeAddress, type Address } from '../message/address.ts';
import type { DigestUser } from '../message/digest.ts';
import { newCallId } from '../message/identifiers.ts';
import { readNumber } from '../message/grammar.ts';
import type { SipRequest, SipResponse } from '../message/message.ts';
import { reasonOf } from '../message/reasons.ts';
import type { Channel, Target } from '../transport/channel.ts';
import { reply, sdpBody, type Agent } from './agent.ts';
import { sdpOf } from './bodies.ts';
import type { CallEnd, SipCall } from './call.ts';
import { readCaller } from './caller.ts';
import { asks, confirmDialog, dialogOfResponse, nameOf, sequenceOf } from './dialog.ts';
import { createEvents } from './events.ts';
import { exchange } from './exchange.ts';
import { keepCall, type KeptCall } from './kept.ts';
import type { LiveCall } from './live-call.ts';
import { createPath } from './path.ts';
import { causeIn, LOST_CAUSE, writeReason, type HangUpCause } from './reason.ts';
import { readMinSE, takeTimer, timerFields, type SessionTimerSettings } from './session-timer.ts';
import { createSession, type Session } from './session.ts';
import { acknowledge, ask } from './talk.ts';

/** A URI, or one with a name. */
export type Party = string | { readonly uri: string; readonly display?: string };

export type InviteOptions = {
  readonly uri: string;
  readonly from: Party;
  /** The called URI unless said. */
  readonly to?: Party;
  readonly headers?: Fields;
  /** One less than that of a call which is passed on, so that a loop comes to an end (RFC 3261 16.6). */
  readonly maxForwards?: number;
  /** Our offer; without one the other end makes it (`offered`). */
  readonly sdp?: string;
  readonly credentials?: DigestUser;
  /** RFC 3262: taken where the other end wants it unless said otherwise. */
  readonly reliable?: 'no' | 'supported' | 'required';
  /** How long it may ring, in milliseconds; three minutes unless said. Then it has failed with 408. */
  readonly answerWithin?: number;
} & (
  /** The way to a telephone that is known by it, such as one that has registered. */
  | { readonly channel: Channel; readonly target?: never }
  | { readonly target: Target; readonly channel?: never }
);

const RINGS_AT_MOST = 180_000;
/** How long we take to answer an offer in a 2xx, less than what the other end waits for ACK. */
const DECIDES_WITHIN = 10_000;
/** More ends than this at one INVITE are no fork but an attack. */
const MOST_FORKS = 16;

/** A telephone takes a handful. */
const MOST_EVENTS = 20;

function allowEventsOf({ headers }: SipResponse): { readonly allowEvents?: readonly string[] } {
  const events = headers.list('Allow-Events');
  return events.length === 0 ? {} : { allowEvents: events.slice(0, MOST_EVENTS).map((event) => event.toLowerCase()) };
}

export const addressOf = (party: Party): Address => (typeof party === 'string' ? { uri: party, params: new Map() } : { ...party, params: new Map() });

/** A call that goes out (RFC 3261 13.2). */
export function createOutgoing(agent: Agent, options: InviteOptions, gone: () => void): LiveCall {
  const { uri, sdp: offer, credentials, reliable = 'supported' } = options;
  const localTag = agent.newTag();
  const from = writeAddress({ ...addressOf(options.from), params: new Map([['tag', localTag]]) });
  const to = writeAddress(addressOf(options.to ?? uri));
  const callId = newCallId();
  const events = createEvents();
  const path = createPath(agent, options.target === undefined ? { channel: options.channel, isBehindNat: true } : { target: options.target });
  /** By the tag of the end that answered: one INVITE may reach several (12.1.2). */
  const sessions = new Map<string, Session>();
  /** What has acknowledged the 2xx of an end, to be said again when that comes again (13.2.2.4). */
  const acknowledged = new Map<string, () => void>();
  /** The last reliable response of each end (RFC 3262 4). */
  const reliably = new Map<string, number>();
  let state: 'early' | 'up' | 'ended' = 'early';
  let winner: string | undefined;
  let goodbye: HangUpCause | undefined;
  let interval: SessionTimerSettings | undefined = agent.sessionTimer;
  let sequence = agent.randomBelow(10_000);

  const make = (contact: string): SipRequest => {
    sequence += 1;
    const supported = agent.supported.filter((option) => option !== '100rel' || reliable !== 'no');
    return buildRequest({
      method: 'INVITE', uri, from, to, callId, cseq: sequence, maxForwards: options.maxForwards ?? 70,
      headers: {
        'Contact': `<${contact}>`, 'Allow': agent.allow(), 'Supported': supported.join(', '), 'User-Agent': agent.name,
        ...(reliable === 'required' ? { Require: '100rel' } : {}), ...(interval === undefined ? {} : timerFields(interval, 'uac')), ...options.headers,
      },
      ...sdpBody(offer),
    });
  };

  /** Nothing is left but what may have to be acknowledged again: that stands for 64 T1, and need not hold all the rest. */
  const finish = (): void => {
    sessions.clear();
    gone();
  };

  const end = (why: CallEnd): void => {
    if (state === 'ended') return;
    const wasUp = state === 'up';
    state = 'ended';
    stopWaiting();
    for (const { talk } of sessions.values()) talk.end();
    events.tell({ kind: 'ended', why });
    const session = winner === undefined ? undefined : sessions.get(winner);
    // Before the answer there is nobody to say goodbye to; the INVITE's end is waited for.
    if (!wasUp || session === undefined) inviting.cancel(writeReason(goodbye));
    else if (why.kind === 'hungUp' || (why.kind === 'lost' && why.why === 'unknown')) finish();
    else void session.bye(why.kind === 'ours' ? goodbye : { q850: LOST_CAUSE }).then(finish);
  };

  const sessionWith = (response: SipResponse, invite: SipRequest): Session | undefined => {
    const tag = tagOf(response.headers.get('To')) ?? '';
    const known = sessions.get(tag);
    if (known !== undefined) return known;
    if (Math.max(sessions.size, acknowledged.size) >= MOST_FORKS) return undefined;
    const dialog = dialogOfResponse(invite, response);
    const session: Session = createSession({
      agent, path, dialog, credentials, isCaller: true, tell: events.tell, over: (why) => { if (winner === undefined || winner === tag) end(why); },
      changed: agent.stands === undefined ? undefined : () => { if (state === 'up' && winner === tag) agent.stands?.(sip, keep); },
    });
    session.talk.interval = interval;
    session.talk.media.local = offer;
    session.talk.media.pending = offer === undefined ? 'none' : 'ours';
    sessions.set(tag, session);
    return session;
  };

  /** Asks whoever has the call for an answer to the offer of an INVITE without one. */
  const decide = (session: Session, sdp: string, accepted: (own: string) => void, refused: () => void): void => {
    const { talk } = session;
    let isDecided = false;
    const once = (work: () => void): void => {
      if (isDecided) return;
      isDecided = true;
      late();
      forget();
      talk.media.pending = 'none';
      work();
    };
    talk.media.pending = 'theirs';
    const late = talk.later(DECIDES_WITHIN, () => { once(refused); });
    const forget = talk.onOver(() => { once(refused); });
    events.tell({
      kind: 'offered', sdp, refuse: () => { once(refused); },
      accept: (own) => {
        once(() => {
          talk.media.local = own;
          accepted(own);
        });
      },
    });
  };

  const takeProvisional = (response: SipResponse, invite: SipRequest): void => {
    const tag = tagOf(response.headers.get('To'));
    // Without a tag it is of a hop on the way.
    if (state !== 'early' || winner !== undefined || response.status === 100) return;
    const session = tag === undefined ? undefined : sessionWith(response, invite);
    const sdp = sdpOf(response);
    const rseq = readNumber(response.headers.get('RSeq') ?? '');
    const isReliable = reliable !== 'no' && session !== undefined && rseq !== undefined && asks(response, 'Require', '100rel');
    if (isReliable) {
      const { dialog } = session.talk;
      const last = reliably.get(dialog.remoteTag);
      // One that comes again is acknowledged already, one that comes too early will come again (RFC 3262 4).
      if (last !== undefined && rseq !== last + 1) return;
      reliably.set(dialog.remoteTag, rseq);
      const prack = (own?: string): void => { void ask(session.talk, 'PRACK', { headers: { RAck: `${rseq} ${sequenceOf(invite)} INVITE` }, ...sdpBody(own) }); };
      if (sdp !== undefined && offer === undefined && session.talk.media.local === undefined) {
        decide(session, sdp, prack, () => { if (state === 'early') end({ kind: 'ours' }); });
      } else {
        if (sdp !== undefined) session.talk.media.pending = 'none';
        prack();
      }
    }
    // What is no answer, as nothing was offered, cannot be anything but an offer, which has to be reliable.
    const early = offer === undefined ? undefined : sdp;
    if (session !== undefined && early !== undefined) session.talk.media.remote = early;
    events.tell({ kind: 'progress', status: response.status, ...(early === undefined ? {} : { sdp: early }), ...allowEventsOf(response) });
  };

  const acknowledgeBy = (session: Session, invite: SipRequest, sdp?: string): void => {
    const { dialog } = session.talk;
    const again = (): void => { acknowledge({ agent, path, dialog }, invite, sdp); };
    acknowledged.set(dialog.remoteTag, again);
    again();
  };

  const answer = (session: Session, response: SipResponse, invite: SipRequest): void => {
    const { talk } = session;
    const sdp = sdpOf(response);
    winner = talk.dialog.remoteTag;
    confirmDialog(talk.dialog, response);
    // The other ends that rang do not count any more (13.2.2.4).
    for (const other of sessions.values()) if (other !== session) other.talk.end();
    const go = (own?: string): void => {
      acknowledgeBy(session, invite, own);
      if (state !== 'early') return;
      state = 'up';
      stopWaiting();
      talk.isUp = true;
      talk.media.pending = 'none';
      if (interval !== undefined) talk.timer.set(takeTimer(response, interval));
      const theirs = offer === undefined ? undefined : sdp ?? talk.media.remote;
      events.tell({ kind: 'answered', ...(theirs === undefined ? {} : { sdp: theirs }), response });
      talk.changed?.();
    };
    if (sdp === undefined || talk.media.local !== undefined) go();
    else {
      decide(session, sdp, go, () => {
        // It must be acknowledged whatever comes of it, and then be ended (13.2.2.4).
        acknowledgeBy(session, invite);
        state = state === 'early' ? 'up' : state;
        if (state === 'up') end({ kind: 'failed', status: 488, reason: reasonOf(488) });
        else void session.bye(goodbye).then(finish);
      });
    }
  };

  const takeSuccess = (response: SipResponse, invite: SipRequest): void => {
    const tag = tagOf(response.headers.get('To')) ?? '';
    const again = acknowledged.get(tag);
    if (again !== undefined) {
      again();
      return;
    }
    // It is being decided on.
    if (winner === tag) return;
    const session = sessionWith(response, invite);
    if (session === undefined) return;
    if (winner === undefined && state === 'early') {
      answer(session, response, invite);
      return;
    }
    // Too late: another one was first, or the CANCEL has met the answer (9.1). It is taken, and given back at once.
    confirmDialog(session.talk.dialog, response);
    session.talk.end();
    acknowledgeBy(session, invite);
    void session.bye(goodbye).then(winner === undefined ? finish : undefined);
  };

  const fail = (status: number, response?: SipResponse): void => {
    end({ kind: 'failed', status, reason: response?.reason ?? reasonOf(status), ...(response === undefined ? {} : { response, ...causeIn(response.headers) }) });
    finish();
  };

  const start = (): ReturnType<typeof exchange> => exchange(agent, {
    path, credentials, make,
    nextUri: () => undefined,
    response: (response, invite) => {
      if (response.status < 200) takeProvisional(response, invite);
      else if (response.status < 300) takeSuccess(response, invite);
      else {
        const least = response.status === 422 ? readMinSE(response) : undefined;
        if (state === 'early' && interval !== undefined && least !== undefined && least > interval.minSE) {
          // The interval was too short for somebody on the way (RFC 4028 7.3).
          interval = { expires: Math.max(interval.expires, least), minSE: least };
          inviting = start();
        } else fail(response.status, response);
      }
    },
    failed: (why) => { fail(why === 'timeout' ? 408 : 503); },
  });
  const stopWaiting = agent.timers.after(options.answerWithin ?? RINGS_AT_MOST, () => { end({ kind: 'failed', status: 408, reason: reasonOf(408) }); });
  let inviting: { readonly cancel: (reason?: string) => void } = { cancel: () => undefined };

  const current = (): Session | undefined => sessions.get(winner ?? '');
  const keep = (): KeptCall | undefined => {
    const session = current();
    return session === undefined ? undefined : keepCall(session.talk, 'out');
  };
  /** Before the answer, of several ends that ring the one that rang last. */
  const latest = (): Session | undefined => current() ?? [...sessions.values()].at(-1);
  const sip: SipCall = {
    callId, direction: 'out', from: readCaller(from), to: readCaller(to), ...(offer === undefined ? {} : { sdp: offer }),
    invite: buildRequest({ method: 'INVITE', uri, from, to, callId, cseq: sequence + 1, ...(options.headers === undefined ? {} : { headers: options.headers }), ...sdpBody(offer) }),
    channel: path.channel, state: () => state, listen: events.listen,
    ring: () => undefined,
    answer: () => undefined,
    reject: () => undefined,
    hangUp: (cause) => {
      goodbye ??= cause;
      end({ kind: 'ours' });
    },
    offer: (sdp) => current()?.offering.offer(sdp) ?? Promise.resolve({ ok: false, status: state === 'ended' ? 481 : 491 }),
    info: (contentType, body) => current()?.info(contentType, body) ?? Promise.resolve(481),
    notify: (event) => latest()?.notify(event) ?? Promise.resolve(481),
    dialog: () => {
      const session = latest();
      return session === undefined ? undefined : nameOf(session.talk.dialog);
    },
    moveTo: path.heardBy,
  };

  inviting = start();
  return {
    sip, localTag,
    isWith: (remoteTag) => sessions.has(remoteTag),
    takeAck: (ack) => { current()?.takeAck(ack); },
    take: (transaction) => {
      const session = sessions.get(tagOf(transaction.request.headers.get('From')) ?? '');
      if (session === undefined) reply(agent, transaction, 481);
      else session.take(transaction);
    },
  };
}

import { hash, randomInt } from 'node:crypto';
import type { Timers } from '../../timers.ts';
import { tagOf } from '../message/address.ts';
import { newTag } from '../message/identifiers.ts';
import type { SipRequest } from '../message/message.ts';
import { readValue } from '../message/params.ts';
import { validateRequest } from '../message/validate.ts';
import type { ServerTransaction, Transactions } from '../transaction/transactions.ts';
import { STANDARD_TIMING } from '../transaction/timing.ts';
import type { Channel, Transports } from '../transport/channel.ts';
import { reply, SUPPORTED, type Agent } from './agent.ts';
import { readDescription, SDP } from './bodies.ts';
import type { SipCall } from './call.ts';
import { dialogOfRequest, sequenceOf } from './dialog.ts';
import { createIncoming } from './incoming.ts';
import type { KeptCall, Stands } from './kept.ts';
import type { LiveCall } from './live-call.ts';
import { refusesInterval } from './offered.ts';
import { createOutgoing, type InviteOptions } from './outgoing.ts';
import { sendOutside, type OutsideRequest, type Sent } from './outside.ts';
import { createRefusedCall } from './refused-call.ts';
import { createRestored, type RestoredWays } from './restored.ts';
import type { SessionTimerSettings } from './session-timer.ts';

export interface UserAgentDependencies {
  readonly transactions: Transactions;
  readonly transports: Pick<Transports, 'reach'>;
  readonly timers: Timers;
  /** The URI under which we are reached by a channel. */
  readonly contactFor: (channel: Channel) => string;
  /** In Server and User-Agent. */
  readonly name: string;
  /** RFC 4028, half an hour unless said; `off` where sessions are not refreshed. */
  readonly sessionTimer?: SessionTimerSettings | 'off';
  /** Those beyond are told 503, or have failed with it. */
  readonly maxCalls?: number;
  /** Those of RFC 3261 17, the same as the transactions have. */
  readonly timing?: { readonly t1: number; readonly t2: number };
  readonly randomBelow?: (bound: number) => number;
  readonly newTag?: () => string;
  /** Told of calls that are up, and whenever something of them has changed that `restore` wants to know. */
  readonly stands?: Stands;
}

export interface UserAgent {
  readonly invite: (options: InviteOptions) => SipCall;
  /** Goes on with a call of another process that has died, by the channel that takes the place of its former one. */
  readonly restore: (kept: KeptCall, ways: RestoredWays) => SipCall;
  /** Whoever takes the calls that come in; without one they are told 480. Rings and answers are up to it. */
  readonly onInvite: (listener: (call: SipCall) => void) => void;
  /** Takes the requests of a method that belong to no call of ours, or to nothing that a call knows; from then on it is in Allow. */
  readonly onRequest: (method: string, listener: (transaction: ServerTransaction) => void) => void;
  /** Sends a request outside of a dialog: REGISTER, OPTIONS, MESSAGE. Challenges are answered once. */
  readonly send: (request: OutsideRequest) => Promise<Sent>;
  /** How many calls stand, those among them of which only the end has not been confirmed yet. */
  readonly calls: () => number;
  /** Takes no more calls and hangs up, the oldest first; resolves when all are gone, at the latest after this time, or when nobody waits any more. */
  readonly stop: (withinMs?: number) => Promise<void>;
}

const DEFAULTS = { maxCalls: 10_000, sessionTimer: { expires: 1800, minSE: 90 } };

/** What a call takes by itself. */
const OWN_METHODS: readonly string[] = ['INVITE', 'ACK', 'CANCEL', 'BYE', 'OPTIONS', 'INFO', 'UPDATE', 'PRACK', 'REFER'];
/** Those that we know of, though nobody may take them (RFC 3261 21.4.6); all others are told 501 (21.5.2). */
const KNOWN_METHODS = new Set([...OWN_METHODS, 'REGISTER', 'SUBSCRIBE', 'NOTIFY', 'PUBLISH', 'MESSAGE']);

export function createUserAgent({
  transactions, transports, timers, contactFor, name, sessionTimer = DEFAULTS.sessionTimer, maxCalls = DEFAULTS.maxCalls,
  timing = STANDARD_TIMING, randomBelow = (bound) => randomInt(bound), newTag: makeTag = newTag, stands,
}: UserAgentDependencies): UserAgent {
  /** By Call-ID and our tag, in the order in which they came. */
  const calls = new Map<string, LiveCall>();
  const listeners = new Map<string, (transaction: ServerTransaction) => void>();
  /** INVITEs that made a call, and when: none makes two. */
  const invites = new Map<string, number>();
  let listener: ((call: SipCall) => void) | undefined;
  let stopping: Promise<void> | undefined;
  let emptied: (() => void) | undefined;

  const allow = (): string => [...new Set([...OWN_METHODS, ...listeners.keys()])].join(', ');
  const keyOf = (callId: string, localTag: string): string => `${callId} ${localTag}`;

  const takeOther = (transaction: ServerTransaction): void => {
    const { method } = transaction.request;
    const own = listeners.get(method);
    if (own !== undefined) own(transaction);
    else if (method === 'OPTIONS') reply(agent, transaction, 200, { headers: { Accept: SDP } });
    // There is no subscription of ours that it could belong to (RFC 6665 4.1.3).
    else if (method === 'NOTIFY') reply(agent, transaction, 481);
    else reply(agent, transaction, KNOWN_METHODS.has(method) ? 405 : 501, { headers: { Allow: allow() } });
  };

  const agent: Agent = {
    transactions, transports, timers, name, contactFor, randomBelow, allow, takeOther, stands, t1: timing.t1, t2: timing.t2,
    sessionTimer: sessionTimer === 'off' ? undefined : sessionTimer, newTag: makeTag,
    supported: SUPPORTED.filter((option) => option !== 'timer' || sessionTimer !== 'off'),
  };

  const forget = (key: string): void => {
    calls.delete(key);
    if (calls.size === 0) emptied?.();
  };

  /** A call that may be gone before whoever made it has it. */
  const hold = (callId: string, make: (gone: () => void) => LiveCall): LiveCall => {
    let key: string | undefined;
    let isGone = false;
    const live = make(() => {
      isGone = true;
      if (key !== undefined) forget(key);
    });
    if (!isGone) {
      key = keyOf(callId === '' ? live.sip.callId : callId, live.localTag);
      calls.set(key, live);
    }
    return live;
  };

  /** As long as an INVITE may still come again by another way, sent for the last time after 64 T1 (RFC 3261 17.1.1.2). */
  const wasSeen = (request: SipRequest): boolean => {
    const { headers } = request;
    const now = timers.now();
    for (const [old, at] of invites) {
      if (now - at < REMEMBERED_T1 * timing.t1 && invites.size < MOST_REMEMBERED) break;
      invites.delete(old);
    }
    const written = `${headers.get('Call-ID') ?? ''} ${tagOf(headers.get('From')) ?? ''} ${sequenceOf(request)}`;
    // However much somebody writes, little of it is remembered.
    const identity = written.length > LONGEST_IDENTITY ? hash('sha256', written) : written;
    if (invites.has(identity)) return true;
    invites.set(identity, now);
    return false;
  };

  /** The call that an INVITE is to replace (RFC 3891 3), or the status that it is refused with. */
  const findReplaced = (request: SipRequest): SipCall | number | undefined => {
    const values = request.headers.all('Replaces');
    if (values.length === 0) return undefined;
    const replaces = values.length === 1 ? readValue(values[0] ?? '') : undefined;
    const toTag = replaces?.params.get('to-tag');
    const fromTag = replaces?.params.get('from-tag');
    if (replaces === undefined || toTag === undefined || fromTag === undefined) return 400;
    const live = calls.get(keyOf(replaces.value, toTag));
    if (live === undefined || !live.isWith(fromTag)) return 481;
    const state = live.sip.state();
    if (state === 'ended') return 603;
    if (state === 'up') return replaces.params.has('early-only') ? 486 : live.sip;
    // One that still rings here is for whoever rings to end.
    return live.sip.direction === 'out' ? live.sip : 481;
  };

  const takeInvite = (transaction: ServerTransaction): void => {
    const { request } = transaction;
    const localTag = makeTag();
    const refuse = (status: number, headers: Readonly<Record<string, string>> = {}): void => { reply(agent, transaction, status, { toTag: localTag, headers }); };
    // The same one by another way (8.2.2.2): a fork has come together again, or what was answered long ago comes late.
    if (wasSeen(request)) {
      refuse(482);
      return;
    }
    const described = readDescription(request);
    const replaced = findReplaced(request);
    const dialog = dialogOfRequest(request, localTag);
    if (described === 'unsupported') refuse(415, { 'Accept': SDP, 'Accept-Encoding': 'identity' });
    else if (dialog === undefined) refuse(400);
    else if (typeof replaced === 'number') refuse(replaced);
    else if (stopping !== undefined || calls.size >= maxCalls) refuse(503, { 'Retry-After': String(RETRY_AFTER) });
    else if (listener === undefined) refuse(480);
    else if (!refusesInterval({ agent }, transaction)) {
      const { sip } = hold(dialog.callId, (gone) => createIncoming(agent, { transaction, dialog, sdp: described.sdp, replaces: replaced, gone }));
      if (sip.state() === 'ended') return;
      try {
        listener(sip);
      } catch (error) {
        // Nobody has it now, so it must not ring on.
        sip.reject(500);
        throw error;
      }
    }
  };

  transactions.onRequest((transaction) => {
    const { request } = transaction;
    const fault = validateRequest(request, { supported: agent.supported, isEndpoint: true });
    const toTag = tagOf(request.headers.get('To'));
    if (fault !== undefined) {
      reply(agent, transaction, fault.status, { toTag: makeTag(), headers: fault.headers });
    } else if (toTag !== undefined) {
      const live = calls.get(keyOf(request.headers.get('Call-ID') ?? '', toTag));
      if (live !== undefined) live.take(transaction);
      // Subscriptions have dialogs as well, which are known to whoever takes them.
      else if (!OWN_METHODS.includes(request.method) && listeners.has(request.method)) takeOther(transaction);
      else if (OWN_METHODS.includes(request.method) || KNOWN_METHODS.has(request.method)) reply(agent, transaction, 481);
      else takeOther(transaction);
    } else if (request.method === 'INVITE') takeInvite(transaction);
    // What can only be said within a dialog (RFC 3261 12.2.2).
    else if (WITHIN_ONLY.has(request.method) && !listeners.has(request.method)) reply(agent, transaction, 481, { toTag: makeTag() });
    else takeOther(transaction);
  });

  transactions.onAck((ack) => {
    const toTag = tagOf(ack.headers.get('To'));
    if (toTag !== undefined) calls.get(keyOf(ack.headers.get('Call-ID') ?? '', toTag))?.takeAck(ack);
  });

  const stop = async (withinMs: number): Promise<void> => {
    const empty = Promise.withResolvers<void>();
    emptied = empty.resolve;
    for (const { sip } of calls.values()) sip.hangUp();
    if (calls.size === 0) return;
    // What was not answered by then has been given up by the transactions: an INVITE, its CANCEL, and the BYE of an answer that came too late.
    const callOff = timers.after(Math.min(withinMs, 4 * 64 * timing.t1), empty.resolve);
    await empty.promise;
    callOff();
  };

  return {
    onInvite: (next) => { listener = next; },
    onRequest: (method, next) => { listeners.set(method, next); },
    invite: (options) => (stopping !== undefined || calls.size >= maxCalls
      ? createRefusedCall(options, 503)
      : hold('', (gone) => createOutgoing(agent, options, gone)).sip),
    restore: (kept, ways) => hold('', (gone) => createRestored(agent, kept, ways, gone)).sip,
    send: (request) => sendOutside(agent, request),
    calls: () => calls.size,
    stop: (withinMs = Number.POSITIVE_INFINITY) => {
      stopping ??= stop(withinMs);
      return stopping;
    },
  };
}

/** In seconds, what is said to those for whom there is no room. */
const RETRY_AFTER = 10;
const REMEMBERED_T1 = 84;
const MOST_REMEMBERED = 100_000;
const LONGEST_IDENTITY = 128;
const WITHIN_ONLY = new Set(['BYE', 'INFO', 'UPDATE', 'PRACK']);

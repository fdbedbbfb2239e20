import type { Timers } from '../../timers.ts';
import { readAddresses } from '../message/address.ts';
import { readNumber } from '../message/grammar.ts';
import { newCallId } from '../message/identifiers.ts';
import type { SipResponse } from '../message/message.ts';
import { NO_PARAMS } from '../message/params.ts';
import { readUri, writeUri } from '../message/uri.ts';
import { settled } from '../registrar/deadline.ts';
import type { Channel } from '../transport/channel.ts';
import { retryAfterMs, type Answer, type Ask, type Question } from './ask.ts';
import type { PeerResult } from './peers.ts';
import { targetOf, type TrunkConfig, type TrunkPeer } from './trunk.ts';

/** `refused`: the carrier does not know us, so that only somebody who changes settings can help; it is tried on, seldom. */
export type RegistrationState = 'registering' | 'registered' | 'failed' | 'refused' | 'ended';

export interface Registration {
  readonly state: () => RegistrationState;
  /** Ends it with the carrier too, as far as that can be done in a short time. */
  readonly stop: () => Promise<void>;
}

export interface RegistrationDependencies {
  readonly timers: Timers;
  readonly ask: Ask;
  readonly trunk: TrunkConfig & { readonly registration: NonNullable<TrunkConfig['registration']> };
  /** Those that may be asked now, in their order. */
  readonly peers: () => readonly TrunkPeer[];
  readonly report: (peer: TrunkPeer, result: PeerResult, channel?: Channel) => void;
  readonly random: () => number;
  readonly onChange: (state: RegistrationState) => void;
}

const DEFAULT_EXPIRES_MS = 600_000;
const SHORTEST_MS = 10_000;
const LONGEST_MS = 86_400_000;
const FIRST_RETRY_MS = 2000;
const LONGEST_RETRY_MS = 300_000;
const REFUSED_RETRY_MS = 120_000;
/** After a connection has ended, all trunks and phones come again at once otherwise. */
const RECONNECT_MS = 2000;
const STOP_MS = 3000;
/** As many as one that was never answered may have used. */
const SPARE_NUMBERS = 8;

type Outcome =
  | { readonly kind: 'registered'; readonly expiresMs: number; readonly channel: Channel }
  | { readonly kind: 'failed' | 'refused'; readonly retryAfterMs?: number | undefined };

/** Registers with the first peer that takes it, and stays so (RFC 3261 10.2). */
export function createRegistration({ timers, ask, trunk, peers, report, random, onChange }: RegistrationDependencies): Registration {
  const { registration } = trunk;
  const account = registration.account ?? registration.user;
  const callId = newCallId();
  let cseq = 0;
  let state: RegistrationState = 'registering';
  let wantedMs = registration.expiresMs ?? DEFAULT_EXPIRES_MS;
  let failures = 0;
  let callOff = (): void => {};
  let unhook = (): void => {};
  let registeredWith: TrunkPeer | undefined;
  let underWay: Promise<void> = Promise.resolve();
  let isStopped = false;

  const become = (next: RegistrationState): void => {
    if (state === next) return;
    state = next;
    onChange(next);
  };

  const contactFor = ({ kind, local }: Channel): string => {
    const params = kind === 'UDP' ? NO_PARAMS : new Map([['transport', kind.toLowerCase()]]);
    return writeUri({ scheme: 'sip', user: account, host: local.address, port: local.port, params, headers: [] });
  };

  const registerAt = (peer: TrunkPeer, expiresMs: number): Question => (channel) => {
    const host = registration.domain ?? trunk.domain ?? peer.host;
    const uriOf = (user: string): string => writeUri({ scheme: 'sip', user, host, params: NO_PARAMS, headers: [] });
    cseq += 1;
    return {
      method: 'REGISTER', uri: uriOf(''), from: uriOf(account), to: uriOf(account), callId, cseq,
      headers: { Contact: `<${contactFor(channel)}>;expires=${Math.round(expiresMs / 1000)}`, Supported: 'path' },
      credentials: { user: registration.user, password: registration.password },
    };
  };

  /** The numbers go on from those that challenges have used (10.2). */
  const register = async (peer: TrunkPeer, expiresMs: number): Promise<Answer> => {
    const answer = await ask(targetOf(peer), registerAt(peer, expiresMs));
    cseq = answer === 'failed' ? cseq + SPARE_NUMBERS : answer.cseq;
    return answer;
  };

  /** What it gave us: said at our contact, or for all of them, or not at all (10.2.4). */
  const grantedMs = (response: SipResponse): number => {
    const own = readAddresses(response.headers, 'Contact').find(({ uri }) => readUri(uri)?.user === account);
    const seconds = readNumber(own?.params.get('expires') ?? response.headers.get('Expires') ?? '');
    return Math.min(LONGEST_MS, seconds === undefined ? wantedMs : seconds * 1000);
  };

  const tryPeer = async (peer: TrunkPeer): Promise<Outcome> => {
    for (let isAgain = false; ; isAgain = true) {
      const answer = await register(peer, wantedMs);
      if (answer === 'failed') {
        report(peer, 'failed');
        return { kind: 'failed' };
      }
      const { response, channel } = answer;
      const { status } = response;
      if (status < 300) {
        report(peer, 'ok', channel);
        registeredWith = peer;
        const expiresMs = grantedMs(response);
        return expiresMs > 0 ? { kind: 'registered', expiresMs, channel } : { kind: 'failed' };
      }
      const least = status === 423 ? readNumber(response.headers.get('Min-Expires') ?? '') : undefined;
      if (least === undefined || isAgain) {
        const later = retryAfterMs(response);
        report(peer, { status, ...(later === undefined ? {} : { retryAfterMs: later }) }, channel);
        return { kind: status === 401 || status === 403 || status === 404 || status === 407 ? 'refused' : 'failed', retryAfterMs: later };
      }
      // Asks for more, within reason (10.3, step 7).
      wantedMs = Math.min(LONGEST_MS, Math.max(wantedMs, least * 1000));
    }
  };

  const later = (ms: number): void => {
    callOff();
    callOff = timers.after(ms, start);
  };

  const settle = (outcome: Outcome): void => {
    if (outcome.kind === 'registered') {
      failures = 0;
      become('registered');
      // Early enough for a few attempts to go wrong, and not all trunks at once.
      later(Math.max(SHORTEST_MS / 2, outcome.expiresMs * (0.7 + 0.15 * random())));
      unhook = outcome.channel.onClose(() => { if (!isStopped) later(RECONNECT_MS * random()); });
      return;
    }
    become(outcome.kind);
    const base = outcome.kind === 'refused' ? REFUSED_RETRY_MS : FIRST_RETRY_MS;
    const most = Math.min(LONGEST_RETRY_MS, base * 2 ** Math.min(failures, 10));
    failures += 1;
    later(Math.max(most * (0.5 + 0.5 * random()), Math.min(LONGEST_RETRY_MS, outcome.retryAfterMs ?? 0)));
  };

  const registerAnywhere = async (): Promise<void> => {
    unhook();
    unhook = (): void => {};
    // A refusal says more than a silence of the others.
    let outcome: Outcome = { kind: 'failed' };
    for (const peer of peers()) {
      const tried = await tryPeer(peer);
      if (isStopped) return;
      if (tried.kind === 'registered' || outcome.kind === 'failed') outcome = tried;
      if (outcome.kind === 'registered') break;
    }
    settle(outcome);
  };

  function start(): void {
    if (isStopped) return;
    // Whatever goes wrong, it is tried again.
    underWay = registerAnywhere().catch(() => { if (!isStopped) settle({ kind: 'failed' }); });
  }
  start();

  return {
    state: () => state,
    stop: async () => {
      if (isStopped) return;
      isStopped = true;
      callOff();
      unhook();
      become('ended');
      const leave = async (): Promise<void> => {
        // What is just being asked for may be granted yet.
        await underWay;
        if (registeredWith !== undefined) await register(registeredWith, 0);
      };
      try {
        await settled(leave(), STOP_MS, timers);
      } catch {
        // It ends by itself when its time is up.
      }
    },
  };
}

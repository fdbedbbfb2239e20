import assert from 'node:assert/strict';
import { virtualTimers } from '../../testing/virtual-timers.ts';
import { responseTo } from '../message/build.ts';
import { readChallenge, writeCredentials } from '../message/challenge.ts';
import { answerChallenge } from '../message/digest.ts';
import { Headers } from '../message/headers.ts';
import { NO_BODY, type SipRequest, type SipResponse } from '../message/message.ts';
import { createNonces } from '../message/nonces.ts';
import type { OutsideRequest, Sent } from '../call/outside.ts';
import type { ServerTransaction } from '../transaction/transactions.ts';
import type { Channel, TransportKind } from '../transport/channel.ts';
import type { Accounts } from './challenger.ts';
import { createRegistrar, REGISTRAR_LIMITS, type RegistrarDependencies } from './registrar.ts';

export const REALM = 'voice.example';
export const PASSWORDS: Readonly<Record<string, string>> = { alice: 'secret', bob: 'other' };

export const accounts: Accounts = async (user) => {
  const password = PASSWORDS[user];
  return Promise.resolve(password === undefined ? undefined : { password });
};

export interface FakeChannel extends Channel {
  readonly hangUp: () => void;
  readonly listening: () => number;
}

export function fakeChannel(kind: TransportKind = 'UDP', address = '198.51.100.7', port = 5060): FakeChannel {
  const closing = new Set<() => void>();
  let isOpen = true;
  return {
    kind, id: `${kind} ${address}:${port}`, local: { address: '192.0.2.1', port: 5060 }, remote: { address, port },
    isOpen: () => isOpen,
    send: () => Promise.resolve(),
    onClose: (listener) => {
      closing.add(listener);
      return () => { closing.delete(listener); };
    },
    close: () => {},
    hangUp: () => {
      isOpen = false;
      for (const listener of closing) listener();
      closing.clear();
    },
    listening: () => closing.size,
  };
}

/** Takes a request; answers what it was answered. */
export async function answered(request: SipRequest, channel: Channel, handle: (transaction: ServerTransaction) => void): Promise<SipResponse> {
  const { promise, resolve } = Promise.withResolvers<SipResponse>();
  handle({ request, channel, respond: resolve, onCancel: () => {}, onFailed: () => {} });
  return promise;
}

/** The request again, with an answer to the challenge that was given. */
export function authenticated(request: SipRequest, refusal: SipResponse, user: string, password: string, which = 0): SipRequest {
  const challenge = readChallenge(refusal.headers.all('WWW-Authenticate')[which] ?? '');
  assert.notEqual(challenge, undefined, 'there is a challenge');
  const credentials = challenge === undefined ? undefined : answerChallenge(challenge, { user, password }, request.method, request.uri, 'cnonce', 1);
  assert.notEqual(credentials, undefined, 'it can be answered');
  return { ...request, headers: credentials === undefined ? request.headers : request.headers.clone().append('Authorization', writeCredentials(credentials)) };
}

export function requestOf(method: string, fields: readonly (readonly [name: string, value: string])[]): SipRequest {
  const headers = new Headers();
  for (const [name, value] of fields) headers.append(name, value);
  return { kind: 'request', method, uri: `sip:${REALM}`, headers, body: NO_BODY };
}

export interface Wanted {
  readonly user?: string;
  readonly domain?: string;
  readonly contacts?: readonly string[];
  readonly callId?: string;
  readonly cseq?: number;
  readonly more?: readonly (readonly [name: string, value: string])[];
}

export function registering(dependencies: Partial<RegistrarDependencies> = {}) {
  const timers = virtualTimers();
  const changes: string[] = [];
  const faults: string[] = [];
  /** What was asked of phones, each with what answers it. */
  const pinged: { readonly request: OutsideRequest; readonly answer: (isThere: boolean) => void }[] = [];
  const send = (request: OutsideRequest): Promise<Sent> => new Promise((resolve) => {
    pinged.push({
      request,
      answer: (isThere) => {
        const { channel = fakeChannel() } = request;
        resolve(isThere ? { ok: true, response: responseTo(requestOf('OPTIONS', []), 486), channel, cseq: 1 } : { ok: false, why: 'timeout', cseq: 1 });
      },
    });
  });
  const registrar = createRegistrar({
    timers, send, accounts, realm: REALM, nonces: createNonces({ timers, lifetimeMs: 60_000 }), random: () => 0.5,
    wallClock: () => new Date('2026-11-21T14:00:00Z'),
    onChange: ({ user, realm }, change) => { changes.push(`${user}@${realm} ${change}`); },
    onFault: (_channel, fault) => { faults.push(fault); },
    ...dependencies,
    limits: { ...REGISTRAR_LIMITS, pings: { ...REGISTRAR_LIMITS.pings, everyMs: 0 }, ...dependencies.limits },
  });
  let sequence = 0;

  const requestFor = ({ user = 'alice', domain = REALM, contacts = [], callId = 'call-1', cseq, more = [] }: Wanted): SipRequest => requestOf('REGISTER', [
    ['Via', 'SIP/2.0/UDP 10.0.0.5:5060;branch=z9hG4bK1'], ['From', `<sip:${user}@${domain}>;tag=1`], ['To', `<sip:${user}@${domain}>`],
    ['Call-ID', callId], ['CSeq', `${cseq ?? (sequence += 1)} REGISTER`],
    ...contacts.map((contact) => ['Contact', contact] as const), ...more,
  ]);
  /** Registers as phones do: asks, and answers the challenge. */
  const register = async (wanted: Wanted, channel: Channel = fakeChannel(), password?: string): Promise<SipResponse> => {
    const request = requestFor(wanted);
    const refusal = await answered(request, channel, registrar.handle);
    if (refusal.status !== 401) return refusal;
    const user = wanted.user ?? 'alice';
    return answered(authenticated(request, refusal, user, password ?? PASSWORDS[user] ?? 'none'), channel, registrar.handle);
  };
  const urisOf = (user = 'alice', realm = REALM): readonly string[] => registrar.bindingsOf({ user, realm }).map(({ uri }) => uri);
  return { timers, changes, faults, pinged, registrar, requestFor, register, urisOf };
}

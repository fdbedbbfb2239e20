import assert from 'node:assert/strict';
import { virtualTimers, type VirtualTimers } from '../../testing/virtual-timers.ts';
import { tagOf } from '../message/address.ts';
import { buildRequest, responseTo, type Body, type Fields } from '../message/build.ts';
import type { SipMessage, SipRequest, SipResponse } from '../message/message.ts';
import { readMessage } from '../message/read-message.ts';
import { writeMessage } from '../message/write-message.ts';
import { createTransactions, type TransactionLayer } from '../transaction/transaction-layer.ts';
import type { TransportKind } from '../transport/channel.ts';
import { fakeTransports, type FakeChannel } from '../transport/testing/fake-transports.ts';
import { textOf } from './bodies.ts';
import type { CallEvent, SipCall } from './call.ts';
import { createUserAgent, type UserAgent, type UserAgentDependencies } from './user-agent.ts';

export const OFFER = 'v=0\r\no=- 1 1 IN IP4 192.0.2.2\r\ns=-\r\nc=IN IP4 192.0.2.2\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\na=sendrecv\r\n';
export const ANSWER = OFFER.replaceAll('192.0.2.2', '192.0.2.1');

/** What the other end says, in the order of its requests. */
export interface PeerRequest {
  readonly toTag?: string;
  readonly fromTag?: string;
  readonly callId?: string;
  readonly cseq?: number;
  readonly branch?: string;
  readonly uri?: string;
  readonly maxForwards?: number;
  readonly headers?: Fields;
  readonly sdp?: string;
  readonly body?: Body;
}

export interface Rig {
  readonly timers: VirtualTimers;
  readonly agent: UserAgent;
  readonly layer: TransactionLayer;
  readonly channel: FakeChannel;
  readonly openChannel: (kind: TransportKind) => FakeChannel;
  /** Lets so much time pass, or only what is due now. */
  readonly pass: (ms?: number) => Promise<void>;
  /** What our end has sent since this was asked last. */
  readonly sent: () => readonly SipMessage[];
  readonly requests: () => readonly SipRequest[];
  /** `180`, `200 INVITE` and the like, of all that was sent since. */
  readonly said: () => readonly string[];
  readonly request: (method: string, parts?: PeerRequest, channel?: FakeChannel) => SipRequest;
  readonly receive: (message: SipMessage, channel?: FakeChannel) => void;
  readonly respond: (request: SipRequest, status: number, parts?: { readonly tag?: string; readonly headers?: Fields; readonly sdp?: string }) => void;
  /** Everything is over: nothing stands any more and nothing is to happen. */
  readonly isQuiet: () => Promise<void>;
}

export function rig(options: Partial<UserAgentDependencies> = {}): Rig {
  const timers = virtualTimers();
  const channels: FakeChannel[] = [];
  const transports = fakeTransports(() => channel);
  let seen: SipMessage[] = [];
  const openChannel = (kind: TransportKind): FakeChannel => {
    // Written and read, so that what is said is what the network would carry.
    const opened = transports.channel(kind, (message) => { seen.push(again(message)); });
    channels.push(opened);
    return opened;
  };
  const channel = openChannel('UDP');
  const layer = createTransactions({ transports, timers, onFault: (what, { error }) => { throw new Error(what, { cause: error }); } });
  let branches = 0;
  let tags = 0;
  const agent = createUserAgent({
    transactions: layer, transports, timers, name: 'Parley', contactFor: ({ local }) => `sip:parley@${local.address}:${local.port}`,
    randomBelow: () => 0, newTag: () => `ours-${(tags += 1)}`, sessionTimer: 'off', ...options,
  });

  const sent = (): readonly SipMessage[] => {
    const all = seen;
    seen = [];
    return all;
  };
  const receive = (message: SipMessage, by: FakeChannel = channel): void => { transports.receive(again(message), by); };
  return {
    timers, agent, layer, channel, openChannel, sent, receive,
    pass: (ms = 0) => timers.advance(ms),
    requests: () => sent().filter((message) => message.kind === 'request'),
    said: () => sent().map(summaryOf),
    request: (method, { toTag, fromTag = 'theirs', callId = 'call-1', cseq = 1, branch, uri = 'sip:100@192.0.2.1', maxForwards = 70, headers = {}, sdp, body } = {}, by = channel) => {
      branches += 1;
      const request = buildRequest({
        method, uri, from: `"Anna" <sip:anna@example.com>${fromTag === '' ? '' : `;tag=${fromTag}`}`, to: `<sip:100@example.com>${toTag === undefined ? '' : `;tag=${toTag}`}`, callId, cseq, maxForwards,
        headers: { ...(method === 'INVITE' || method === 'UPDATE' ? { Contact: '<sip:anna@192.0.2.2:5060>' } : {}), ...headers },
        ...(sdp === undefined ? body === undefined ? {} : { body } : { body: { contentType: 'application/sdp', content: sdp } }),
      });
      request.headers.prepend('Via', `SIP/2.0/${by.kind} 192.0.2.2:5060;branch=${branch ?? `z9hG4bK-${branches}`}`);
      receive(request, by);
      return request;
    },
    respond: (request, status, { tag = 'theirs', headers = {}, sdp } = {}) => {
      receive(responseTo(request, status, undefined, {
        toTag: tag, headers: { ...(status > 100 && status < 300 ? { Contact: '<sip:anna@192.0.2.2:5060>' } : {}), ...headers },
        ...(sdp === undefined ? {} : { body: { contentType: 'application/sdp', content: sdp } }),
      }));
    },
    isQuiet: async () => {
      await timers.advance(200_000);
      assert.deepEqual([agent.calls(), layer.standing(), timers.pending()], [0, 0, 0]);
    },
  };
}

function again(message: SipMessage): SipMessage {
  const reading = readMessage(writeMessage(message));
  assert(reading.ok);
  return reading.message;
}

export function summaryOf(message: SipMessage): string {
  if (message.kind === 'request') return message.method;
  return `${message.status} ${(message.headers.get('CSeq') ?? '').split(' ')[1] ?? ''}`;
}

export const bodyOf = ({ body }: SipMessage): string => textOf(body);
export const tagIn = (message: SipMessage, name: 'From' | 'To'): string => tagOf(message.headers.get(name)) ?? '';

/** Everything that a call tells, as it comes. */
export function events(call: SipCall): CallEvent[] {
  const all: CallEvent[] = [];
  call.listen((event) => { all.push(event); });
  return all;
}

export const kinds = (all: readonly CallEvent[]): readonly string[] => all.map(({ kind }) => kind);

export function only<T>(values: readonly T[]): T {
  const [value] = values;
  assert(value !== undefined && values.length === 1, `one was expected, there are ${values.length}`);
  return value;
}

export function isRequest(message: SipMessage, method: string): message is SipRequest {
  return message.kind === 'request' && message.method === method;
}

export function isResponse(message: SipMessage, status: number): message is SipResponse {
  return message.kind === 'response' && message.status === status;
}

/** The latest event of a kind. */
export function told<Kind extends CallEvent['kind']>(all: readonly CallEvent[], kind: Kind): Extract<CallEvent, { kind: Kind }> {
  const found = all.findLast((event) => event.kind === kind);
  assert(found !== undefined, `${kind} was not told, only ${kinds(all).join(', ')}`);
  return found as Extract<CallEvent, { kind: Kind }>;
}

/** A call that came in and is up; the other end's next CSeq is 2. */
export async function callUp(given: Rig, headers: Fields = {}): Promise<{ readonly call: SipCall; readonly told: CallEvent[]; readonly tag: string }> {
  let call: SipCall | undefined;
  given.agent.onInvite((incoming) => { call = incoming; });
  given.request('INVITE', { sdp: OFFER, headers });
  assert(call !== undefined);
  const all = events(call);
  call.answer(ANSWER);
  const ok = given.sent().find((message) => isResponse(message, 200));
  assert(ok !== undefined);
  const tag = tagIn(ok, 'To');
  given.request('ACK', { toTag: tag });
  await given.pass();
  return { call, told: all, tag };
}

/** A call that went out and is up. */
export async function callOut(given: Rig, headers: Fields = {}): Promise<{ readonly call: SipCall; readonly told: CallEvent[]; readonly tag: string }> {
  const call = given.agent.invite({ channel: given.channel, uri: 'sip:anna@192.0.2.2', from: 'sip:100@example.com', sdp: OFFER });
  const all = events(call);
  const invite = only(given.requests());
  given.respond(invite, 200, { sdp: ANSWER, headers });
  await given.pass();
  assert.deepEqual(given.said(), ['ACK']);
  return { call, told: all, tag: tagIn(invite, 'From') };
}

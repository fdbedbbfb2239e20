import { DEFAULT_TOLL_RULES, type TollRules } from '@parley/core/call/toll-rules.ts';
import type { Dialled, Order } from '@parley/core/voice/order.ts';
import type { MediaAnswer, MediaOrder, MediaReport } from '../../../telephony/media/order.ts';
import type { CallEnd, CallEvent, SipCall } from '../../../telephony/sip/call/call.ts';
import { buildRequest, responseTo } from '../../../telephony/sip/message/build.ts';
import type { Binding } from '../../../telephony/sip/registrar/binding.ts';
import { fakeChannel, type FakeChannel } from '../../../telephony/sip/registrar/registrar.fixture.ts';
import type { Channel } from '../../../telephony/sip/transport/channel.ts';
import { trunked } from '../../../telephony/sip/trunk/trunk.fixture.ts';
import type { TrunkConfig } from '../../../telephony/sip/trunk/trunk.ts';
import type { Guests } from '../../engine/guests.ts';
import type { ImageRequests } from '../../engine/image-requests.ts';
import type { Performed, VoiceReport } from '../../engine/voice.ts';
import { createDirectory } from './directory.ts';
import { createTolls } from './tolls.ts';
import { createTraffic } from './traffic.ts';
import { createRealVoice, type RealVoice } from './voice.ts';
import type { Way } from './ways.ts';

const REALM = 'parley';
export const CARRIER = '203.0.113.9';
const SDP = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n';

/** A call in the hands of a test: what happens to it, and what was done with it. */
export interface FakeCall extends SipCall {
  readonly number: number;
  readonly way: Way | undefined;
  readonly offered: string | undefined;
  readonly done: readonly string[];
  /** What the other end says to the next INFO, if not 200. */
  saysToInfo: number;
  readonly tell: (event: CallEvent) => void;
  /** The other end ends it, or it is lost. */
  readonly ends: (why: CallEnd) => void;
  readonly answers: (sdp?: string) => void;
  readonly fails: (status: number, headers?: Readonly<Record<string, string>>) => void;
}

interface CallParts {
  readonly direction: 'in' | 'out';
  readonly way?: Way;
  readonly sdp?: string | undefined;
  readonly replaces?: SipCall | undefined;
  readonly from?: string;
  readonly to?: string;
  readonly channel?: Channel | undefined;
  readonly contact?: string | undefined;
}

function fakeCall(number: number, { direction, way, sdp, replaces, from = '', to = '', channel: first, contact }: CallParts): FakeCall {
  const done: string[] = [];
  const waiting: CallEvent[] = [];
  let listener: ((event: CallEvent) => void) | undefined;
  let state: 'early' | 'up' | 'ended' = 'early';
  let channel = first;
  const invite = buildRequest({ method: 'INVITE', uri: `sip:${to}@${REALM}`, from: `<sip:${from}@${REALM}>;tag=1`, to: `<sip:${to}@${REALM}>`, callId: `call-${number}`, cseq: 1 });
  const deliver = (): void => {
    if (listener === undefined) return;
    for (const event of waiting.splice(0)) listener(event);
  };
  const tell = (event: CallEvent): void => {
    waiting.push(event);
    queueMicrotask(deliver);
  };
  const end = (why: CallEnd): void => {
    if (state === 'ended') return;
    state = 'ended';
    tell({ kind: 'ended', why });
  };
  const up = (): void => { if (state === 'early') state = 'up'; };
  const call: FakeCall = {
    number, way, done, offered: sdp, tell, ends: end, invite, direction, callId: `call-${number}`,
    ...(direction === 'in' && sdp !== undefined ? { sdp } : {}), ...(replaces === undefined ? {} : { replaces }),
    from: { uri: `sip:${from}@${REALM}`, user: from }, to: { uri: `sip:${to}@${REALM}`, user: to },
    channel: () => channel, state: () => state,
    dialog: () => ({ localTag: 'ours', remoteTag: 'theirs', target: contact ?? way?.uri ?? `sip:${from}@page.invalid` }),
    moveTo: (next) => {
      channel = next;
      done.push(`moveTo ${next.id}`);
    },
    listen: (next) => {
      listener = next;
      queueMicrotask(deliver);
    },
    answers: (answer = SDP) => {
      up();
      tell({ kind: 'answered', sdp: answer, response: responseTo(invite, 200) });
    },
    fails: (status, headers = {}) => { end({ kind: 'failed', status, reason: '', response: responseTo(invite, status, undefined, { headers }) }); },
    ring: () => { done.push('ring'); },
    answer: (own) => {
      up();
      done.push(`answer ${own}`);
    },
    reject: (status, headers) => {
      done.push(`reject ${status}${headers === undefined ? '' : ` ${JSON.stringify(headers)}`}`);
      end({ kind: 'ours' });
    },
    hangUp: (cause) => {
      done.push(`hangUp${cause?.q850 === undefined ? '' : ` ${cause.q850}`}`);
      end({ kind: 'ours' });
    },
    offer: () => Promise.resolve({ ok: false, status: 491 }), info: (contentType, body) => {
      done.push(`info ${contentType} ${body}`);
      return Promise.resolve(call.saysToInfo);
    }, saysToInfo: 200, notify: () => Promise.resolve(200),
  };
  return call;
}

/** Sound that nobody makes: what was ordered, and what it answers to that. */
function fakeMedia() {
  const orders: MediaOrder[] = [];
  const answers = new Map<MediaOrder['kind'], MediaAnswer | Promise<MediaAnswer>>();
  let listener: (report: MediaReport) => void = () => undefined;
  let offers = 0;
  return {
    orders, answers,
    tell: (report: MediaReport): void => { listener(report); },
    of: <Kind extends MediaOrder['kind']>(kind: Kind): readonly Extract<MediaOrder, { kind: Kind }>[] =>
      orders.filter((order): order is Extract<MediaOrder, { kind: Kind }> => order.kind === kind),
    perform: (order: MediaOrder): Promise<MediaAnswer> => {
      orders.push(order);
      const set = answers.get(order.kind);
      if (set !== undefined) return Promise.resolve(set);
      const isDescribed = order.kind === 'offer' || order.kind === 'answer' || order.kind === 'reopen';
      if (isDescribed) offers += 1;
      return Promise.resolve(isDescribed ? { ok: true, sdp: `${order.kind} ${offers}` } : { ok: true });
    },
    subscribe: (next: (report: MediaReport) => void) => {
      listener = next;
      return () => undefined;
    },
  };
}

export interface RigOptions {
  readonly trunks?: readonly TrunkConfig[];
  readonly rules?: Partial<TollRules>;
  readonly guests?: Guests;
  readonly imageRequests?: ImageRequests;
  readonly graceMs?: number;
  /** What the clock says at the beginning; its calls are counted then. */
  readonly countsFrom?: number;
}

/** The voice port with everything around it in the hands of a test, in virtual time. */
export function createRig({ trunks = [], rules = {}, guests, imageRequests, graceMs, countsFrom }: RigOptions = {}) {
  const carriers = trunked(trunks, {});
  const { timers } = carriers;
  const bindings: Binding[] = [];
  const calls: FakeCall[] = [];
  const reports: VoiceReport[] = [];
  const faults: { readonly message: string; readonly details: Readonly<Record<string, unknown>> }[] = [];
  const media = fakeMedia();
  const ruling = { rules };
  let legs = 0;

  const tolls = createTolls({
    timers, rulesOf: () => ({ ...DEFAULT_TOLL_RULES, ...ruling.rules }), onFault: (message, details) => { faults.push({ message, details }); },
  });
  const traffic = countsFrom === undefined ? undefined : createTraffic({
    timers, clock: () => countsFrom + timers.now(), trunks: carriers.trunks.usage, terminals: () => bindings.filter(({ channel }) => channel.isOpen()).length,
  });
  const port: RealVoice = createRealVoice({
    ...(traffic === undefined ? {} : { traffic }), media, timers, tolls, imageRequests, ...(graceMs === undefined ? {} : { graceMs }),
    directory: createDirectory({
      realm: REALM, trunks: carriers.trunks, isPhone: (number) => Promise.resolve(number.startsWith('8')), ...(guests === undefined ? {} : { guests }),
      registrar: { bindingsOf: ({ user }) => bindings.filter((binding) => binding.user === user && binding.channel.isOpen()) },
      // Whoever says so is who he is.
      challenger: { check: ({ headers }) => Promise.resolve({ kind: 'ok', account: { user: /sip:([^@]+)@/.exec(headers.get('From') ?? '')?.[1] ?? '', realm: REALM } }) },
    }),
    invite: (way, sdp) => {
      const call = fakeCall(calls.length, { direction: 'out', way, sdp, channel: 'channel' in way.by ? way.by.channel : fakeChannel('UDP', CARRIER) });
      calls.push(call);
      return call;
    },
    newName: () => {
      legs += 1;
      return `in-${legs}`;
    },
    files: { toPlay: () => Promise.resolve(undefined), toRecord: (file) => Promise.resolve(file), stored: () => Promise.resolve(undefined), toRecordOf: () => Promise.resolve({ file: 'x', path: 'x' }) },
    makeFlows: () => ({ begin: () => Promise.resolve('unknownFlow' as never), key: () => undefined, end: () => undefined }),
  });
  port.subscribe((report) => { reports.push(report); });

  /** All that is due has happened. */
  const settled = (): Promise<void> => timers.advance(0);
  const ordered = async (order: Order): Promise<Performed> => {
    const performed = await port.perform(order);
    await settled();
    return performed;
  };

  const register = (user: string, { channel = fakeChannel('UDP', '198.51.100.7'), contact = `sip:${user}@198.51.100.7` } = {}): { readonly channel: FakeChannel; readonly binding: Binding } => {
    const binding: Binding = { user, realm: REALM, uri: contact, channel, path: [], q: 1, expiresAt: Infinity, refreshedAt: 0 };
    bindings.push(binding);
    return { channel, binding };
  };

  const arrive = async (parts: Omit<CallParts, 'direction'>): Promise<FakeCall> => {
    const call = fakeCall(calls.length, { sdp: SDP, channel: fakeChannel('UDP', '198.51.100.9'), to: '1000', ...parts, direction: 'in' });
    calls.push(call);
    await port.arrives(call);
    await settled();
    return call;
  };

  const dial = (leg: string, to: Dialled, parts: { readonly vdnId?: number; readonly ringMs?: number } = {}): Promise<Performed> =>
    ordered({ kind: 'dial', vdnId: 1, leg, to, from: '4930', ringMs: 30_000, ...parts });

  return {
    port, traffic, media, timers, carriers, bindings, calls, faults, ruling, tolls, settled, ordered, register, arrive, dial,
    drop: (leg: string, cause: number) => ordered({ kind: 'drop', leg, cause }),
    /** What was reported of a leg. */
    told: (leg: string): readonly string[] => reports.flatMap((report) => {
      if (!('leg' in report) || report.leg !== leg) return [];
      return [report.kind === 'ended' ? `ended ${report.cause}` : report.kind === 'digits' ? `digits ${report.digits}` : report.kind];
    }),
    /** The last call that went out or came in. */
    call: (index = -1): FakeCall => {
      const call = calls.at(index);
      if (call === undefined) throw new Error('there is no such call');
      return call;
    },
    /** A registered phone that was dialled and has answered. */
    talking: async (leg: string, user: string, parts: Parameters<typeof register>[1] = {}): Promise<{ readonly call: FakeCall; readonly channel: FakeChannel }> => {
      const { channel } = register(user, parts);
      await dial(leg, { kind: 'phone', number: user });
      const call = calls.at(-1);
      if (call === undefined) throw new Error('nobody was called');
      call.answers();
      await settled();
      return { call, channel };
    },
  };
}

export type Rig = ReturnType<typeof createRig>;

export const trunk = (name: string, parts: Partial<TrunkConfig> = {}): TrunkConfig =>
  ({ name, peers: [{ host: `sip-${name}.example`, kind: 'UDP' }], healthMs: 0, ...parts });

import type { Media } from '../../media/media.ts';
import type { MediaAnswer, MediaOrder, MediaReport } from '../../media/order.ts';
import { PCMA } from '../../sdp/codec.ts';
import { answerOffer, makeOffer } from '../../sdp/offer-answer.ts';
import { readSdp, writeSdp, type Session } from '../../sdp/session.ts';
import type { Encodable } from '../bencode.ts';
import { readBencode, isDictionary, writeBencode } from '../bencode.ts';
import type { KeyLog, LoggedKey } from '../key-log.ts';
import type { Ng, NgAnswer } from '../ng.ts';

type Fields = Readonly<Record<string, Encodable | undefined>>;

interface Call {
  /** The port that is told to the inside, and the one that is told to the far end. */
  readonly ports: { readonly in: number; readonly far: number };
  /** Where the inside is. */
  led: number;
  readonly labels: Record<string, string>;
  packets: number;
}

/** rtpengine without any sound: it tells ports and remembers where calls are led. */
export interface FakeRtpengine {
  readonly ng: Ng;
  readonly keyLog: KeyLog;
  readonly calls: ReadonlyMap<string, Call>;
  readonly press: (key: LoggedKey) => void;
  /** What was asked, in words. */
  readonly asked: string[];
  /** Called before each answer: undefined lets it answer as it does. */
  interfere: ((command: string, fields: Fields) => NgAnswer | Promise<NgAnswer> | undefined) | undefined;
  tellsKeys: boolean;
}

const textIn = (fields: Fields, key: string): string => {
  const value = fields[key];
  return typeof value === 'string' ? value : '';
};

export const portOf = (sdp: string | undefined): number => readSdp(sdp ?? '')?.media[0]?.port ?? 0;
export const SILENT: NgAnswer = { ok: false, why: 'silent', message: 'nothing' };

export function createFakeRtpengine(): FakeRtpengine {
  const calls = new Map<string, Call>();
  const listeners = new Set<(key: LoggedKey) => void>();
  let ports = 10_000;
  const say = (fields: Readonly<Record<string, Encodable>>): NgAnswer => {
    // As it would come by the network.
    const read = readBencode(writeBencode(fields));
    return isDictionary(read) ? { ok: true, fields: read } : SILENT;
  };
  const unknown: NgAnswer = { ok: false, why: 'refused', message: 'Unknown call-id' };

  const describe = (command: string, call: Call, fields: Fields): NgAnswer => {
    const from = (command === 'offer') === (fields['from-tag'] === 'in') ? 'in' : 'far';
    const sdp = textIn(fields, 'sdp');
    if (from === 'in') call.led = portOf(sdp);
    if (typeof fields['label'] === 'string') call.labels[from] = fields['label'];
    const told = from === 'in' ? call.ports.far : call.ports.in;
    return say({ result: 'ok', sdp: sdp.replace(/m=audio \d+/, `m=audio ${told}`) });
  };

  const answer = (command: string, fields: Fields): NgAnswer => {
    const name = textIn(fields, 'call-id');
    const call = calls.get(name);
    switch (command) {
      case 'ping':
        return say({ result: 'pong' });
      case 'list':
        return say({ result: 'ok', calls: [...calls.keys()] });
      case 'delete':
        calls.delete(name);
        return say({ result: 'ok' });
      case 'offer': {
        ports += 4;
        const made = call ?? { ports: { in: ports, far: ports + 2 }, led: 0, labels: {}, packets: 0 };
        calls.set(name, made);
        return describe(command, made, fields);
      }
      case 'answer':
        return call === undefined ? unknown : describe(command, call, fields);
      case 'query': {
        if (call === undefined) return unknown;
        const tag = (port: number, remote: number, label: string | undefined): Encodable => ({
          ...(label === undefined ? {} : { label }),
          medias: [{ type: 'audio', flags: ['rtcp-mux'], streams: [{ 'local address': '127.0.0.1', 'local port': port, endpoint: { address: '127.0.0.1', port: remote }, stats: { packets: call.packets } }] }],
        });
        return say({ result: 'ok', tags: { in: tag(call.ports.in, call.led, call.labels['in']), far: tag(call.ports.far, 0, call.labels['far']) } });
      }
      default:
        return unknown;
    }
  };

  const self: FakeRtpengine = {
    calls, asked: [], interfere: undefined, tellsKeys: true,
    press: (key) => { for (const listener of listeners) listener(key); },
    ng: {
      request: async (command, fields = {}) => {
        self.asked.push(`${command} ${textIn(fields, 'call-id')}`.trim());
        return await self.interfere?.(command, fields) ?? answer(command, fields);
      },
      waiting: () => 0,
      close: () => undefined,
    },
    keyLog: {
      onKey: (listener) => {
        listeners.add(listener);
        // Whoever asks for keys while the call of the proof stands has pressed one there.
        for (const call of calls.keys()) if (call.endsWith('-keys') && self.tellsKeys) queueMicrotask(() => { self.press({ call, from: 'one', key: '5' }); });
        return () => { listeners.delete(listener); };
      },
      ready: Promise.resolve({ port: 0 }),
      close: () => undefined,
    },
  };
  return self;
}

export interface FakeBuiltIn extends Media {
  readonly orders: MediaOrder[];
  readonly tell: (report: MediaReport) => void;
  /** Called before each answer: undefined lets it answer as it does. */
  interfere: ((order: MediaOrder) => MediaAnswer | undefined) | undefined;
  /** Where it takes the sound of a leg. */
  readonly portOf: (leg: string) => number;
}

/** The built-in engine without any sound: it describes itself. */
export function createFakeBuiltIn(): FakeBuiltIn {
  const listeners = new Set<(report: MediaReport) => void>();
  const ends = new Map<string, { readonly port: number; previous: Session | undefined }>();
  let ports = 20_000;
  const describe = (order: MediaOrder): MediaAnswer => {
    if (order.kind === 'open') ends.set(order.leg, { port: (ports += 2), previous: undefined });
    const end = 'leg' in order ? ends.get(order.leg) : undefined;
    if (end === undefined || (order.kind !== 'offer' && order.kind !== 'answer' && order.kind !== 'reopen')) return { ok: true };
    const local = { address: '127.0.0.1', port: end.port, codecs: [PCMA], rtcpMux: true, ...(end.previous === undefined ? {} : { previous: end.previous }) };
    if (order.kind === 'offer' || order.sdp === undefined) {
      end.previous = makeOffer(local);
      return { ok: true, sdp: writeSdp(end.previous) };
    }
    const offer = readSdp(order.sdp);
    const answered = offer === undefined ? undefined : answerOffer(offer, local);
    if (answered?.ok !== true) return { ok: false, why: 'notAcceptable' };
    end.previous = answered.answer;
    return { ok: true, sdp: writeSdp(answered.answer) };
  };
  const self: FakeBuiltIn = {
    orders: [], interfere: undefined,
    portOf: (leg) => ends.get(leg)?.port ?? 0,
    tell: (report) => { for (const listener of listeners) listener(report); },
    perform: (order) => {
      self.orders.push(order);
      return Promise.resolve(self.interfere?.(order) ?? describe(order));
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
    figures: () => Promise.resolve({ legs: 0, rooms: 0, plays: 0, recordings: 0, strangers: 0 }),
    stop: () => Promise.resolve(),
  };
  return self;
}

import type { CodecName } from '../audio/codec.ts';
import type { SrtpSuite } from '../rtp/srtp-keys.ts';
import { createSrtp, type Srtp } from '../rtp/srtp.ts';
import type { PortPair, Ports } from '../rtp/ports.ts';
import { createUdpEnd, type UdpEnd } from '../rtp/udp-end.ts';
import { G722, isTelephoneEvent, OPUS, PCMA, PCMU, type Codec } from '../sdp/codec.ts';
import { answerOffer, makeOffer, takeAnswer, type Chosen, type LocalEnd } from '../sdp/offer-answer.ts';
import { receives, sends } from '../sdp/section.ts';
import { readSdp, writeSdp, type Session } from '../sdp/session.ts';
import type { Timers } from '../timers.ts';
import type { Agreed, NegotiatedEnd } from './end.ts';

export interface RtpEndOptions {
  readonly ports: Ports;
  /** What the other end is told to send to. */
  readonly advertised: string;
  /** In our order. */
  readonly codecs: readonly CodecName[];
  readonly cname: string;
  readonly silentMs: number;
  readonly timers: Timers;
}

const CODECS: Readonly<Record<CodecName, Codec>> = { PCMA, PCMU, G722, opus: OPUS };
const NAMES: Readonly<Record<string, CodecName>> = { pcma: 'PCMA', pcmu: 'PCMU', g722: 'G722', opus: 'opus' };

/** Those that we have; of others no key is ever agreed on. */
const SUITES: readonly SrtpSuite[] = ['AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32', 'AEAD_AES_128_GCM', 'AEAD_AES_256_GCM'];

const nameOf = ({ name }: Codec): CodecName | 'telephone-event' | undefined => (isTelephoneEvent({ name } as Codec) ? 'telephone-event' : NAMES[name.toLowerCase()]);

function agreedOf(chosen: Chosen): Agreed | undefined {
  const codec = NAMES[chosen.codec.name.toLowerCase()];
  if (codec === undefined) return undefined;
  return {
    codec, clockRate: chosen.codec.clockRate, payloadType: chosen.payloadType,
    receives: new Map(chosen.receives.flatMap((one) => {
      const name = nameOf(one);
      return name === undefined ? [] : [[one.payloadType, name] as const];
    })),
    wantsSound: sends(chosen.direction),
    ...(chosen.telephoneEvent === undefined ? {} : { telephoneEvent: chosen.telephoneEvent }),
  };
}

/** The end of a telephone: RTP, or SRTP with keys in the description (RFC 4568). Undefined where there is no port left. */
export async function openRtpEnd({ ports, advertised, codecs, cname, silentMs, timers }: RtpEndOptions): Promise<NegotiatedEnd | undefined> {
  const pair: PortPair | undefined = await ports.take();
  if (pair === undefined) return undefined;
  const local: LocalEnd = { address: advertised, port: pair.port, codecs: codecs.map((name) => CODECS[name]), rtcpMux: true, suites: SUITES };
  let described: Session | undefined;
  let offered: Session | undefined;
  let agreed: Agreed | undefined;
  let udp: UdpEnd | undefined;
  let keys: { readonly local: Uint8Array; readonly remote: Uint8Array; readonly srtp: Srtp } | undefined;
  let onPacket: (packet: Uint8Array) => void = () => undefined;
  let onLost: (why: 'silent' | 'closed') => void = () => undefined;

  const srtpOf = ({ crypto }: Chosen): Srtp | null => {
    if (crypto === undefined) {
      keys = undefined;
      return null;
    }
    // The same keys go on with the same counters.
    const suite = SUITES.find((one) => one === crypto.local.suite);
    if (suite === undefined) return null;
    if (keys === undefined || !isSame(keys.local, crypto.local.key) || !isSame(keys.remote, crypto.remote.key)) {
      keys = { local: crypto.local.key, remote: crypto.remote.key, srtp: createSrtp({ suite, local: crypto.local.key, remote: crypto.remote.key }) };
    }
    return keys.srtp;
  };

  const take = (chosen: Chosen): boolean => {
    const next = agreedOf(chosen);
    if (next === undefined) return false;
    agreed = next;
    const srtp = srtpOf(chosen);
    const remote = { ...chosen.remote, ...(chosen.rtcpMux ? {} : { rtcp: chosen.rtcp }) };
    const payloadTypes = [...next.receives.keys()];
    if (udp === undefined) {
      udp = createUdpEnd({ ports: pair, remote, rtcpMux: chosen.rtcpMux, clockRate: next.clockRate, payloadTypes, cname, silentMs, timers, ...(srtp === null ? {} : { srtp }) });
      udp.onPacket((packet) => { onPacket(packet); });
      udp.onLost((why) => { onLost(why); });
    } else udp.retarget(remote, { payloadTypes, srtp, clockRate: next.clockRate, rtcpMux: chosen.rtcpMux });
    udp.expectSound(receives(chosen.direction));
    return true;
  };

  const REFUSED = { ok: false, message: 'the description cannot be read, or there is no codec in common' } as const;

  return {
    onPacket: (listener) => { onPacket = listener; },
    onLost: (listener) => { onLost = listener; },
    send: (packet) => { udp?.send(packet); },
    close: () => {
      if (udp === undefined) pair.release();
      else udp.close();
    },
    agreed: () => agreed,
    strangers: () => udp?.stats().dropped.stranger ?? 0,
    offer: () => {
      offered = makeOffer({ ...local, ...(described === undefined ? {} : { previous: described }) });
      described = offered;
      return Promise.resolve(writeSdp(offered));
    },
    answer: (sdp) => {
      const offer = readSdp(sdp);
      if (offer === undefined) return Promise.resolve(REFUSED);
      const answered = answerOffer(offer, { ...local, ...(described === undefined ? {} : { previous: described }) });
      if (!answered.ok) return Promise.resolve({ ok: false, message: answered.why });
      if (!take(answered.chosen)) return Promise.resolve(REFUSED);
      described = answered.answer;
      return Promise.resolve({ ok: true, sdp: writeSdp(answered.answer) });
    },
    accept: (sdp) => {
      const answer = readSdp(sdp);
      if (answer === undefined || offered === undefined) return Promise.resolve(REFUSED);
      const taken = takeAnswer(offered, answer);
      if (!taken.ok) return Promise.resolve({ ok: false, message: taken.why });
      return Promise.resolve(take(taken.chosen) ? { ok: true } : REFUSED);
    },
  };
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean => one.length === other.length && one.every((byte, index) => byte === other[index]);

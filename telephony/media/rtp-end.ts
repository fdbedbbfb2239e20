import type { CodecName } from '../audio/codec.ts';
import type { PortPair, Ports } from '../rtp/ports.ts';
import { createUdpEnd, type UdpEnd } from '../rtp/udp-end.ts';
import { G722, isTelephoneEvent, OPUS, PCMA, PCMU, type Codec } from '../sdp/codec.ts';
import { answerOffer, makeOffer, takeAnswer, type Chosen, type LocalEnd } from '../sdp/offer-answer.ts';
import { isSecure, receives, sends } from '../sdp/section.ts';
import { readSdp, writeSdp, type Session } from '../sdp/session.ts';
import type { Timers } from '../timers.ts';
import type { Agreed, NegotiatedEnd } from './end.ts';
import { createRtpVideo } from './rtp-video.ts';
import { createStreamCipher, SUITES } from './stream-cipher.ts';

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
  const cipher = createStreamCipher();
  const video = createRtpVideo({ ports, cname, timers });
  let onPacket: (packet: Uint8Array) => void = () => undefined;
  let onLost: (why: 'silent' | 'closed') => void = () => undefined;
  let onFound: () => void = () => undefined;

  const take = (chosen: Chosen): boolean => {
    const next = agreedOf(chosen);
    if (next === undefined) return false;
    agreed = next;
    const srtp = cipher(chosen);
    const remote = { ...chosen.remote, ...(chosen.rtcpMux ? {} : { rtcp: chosen.rtcp }) };
    const payloadTypes = [...next.receives.keys()];
    if (udp === undefined) {
      udp = createUdpEnd({ ports: pair, remote, rtcpMux: chosen.rtcpMux, clockRate: next.clockRate, payloadTypes, cname, silentMs, timers, ...(srtp === null ? {} : { srtp }) });
      udp.onPacket((packet) => { onPacket(packet); });
      udp.onLost((why) => { onLost(why); });
      udp.onFound(() => { onFound(); });
    } else udp.retarget(remote, { payloadTypes, srtp, clockRate: next.clockRate, rtcpMux: chosen.rtcpMux });
    udp.expectSound(receives(chosen.direction));
    video.take(chosen.video);
    return true;
  };

  /** Our end as it is now: what was agreed on before stays as it is, and pictures come to it where they are allowed. */
  const ourEnd = async (): Promise<LocalEnd> => {
    const picture = await video.local();
    return { ...local, ...(described === undefined ? {} : { previous: described }), ...(picture === undefined ? {} : { video: picture }) };
  };

  const REFUSED = { ok: false, message: 'the description cannot be read, or there is no codec in common' } as const;

  return {
    onPacket: (listener) => { onPacket = listener; },
    onLost: (listener) => { onLost = listener; },
    onFound: (listener) => { onFound = listener; },
    send: (packet) => { udp?.send(packet); },
    video: video.end,
    close: () => {
      video.close();
      if (udp === undefined) pair.release();
      else udp.close();
    },
    agreed: () => agreed,
    quietMs: () => udp?.quietMs() ?? Infinity,
    strangers: () => udp?.stats().dropped.stranger ?? 0,
    offer: async () => {
      const isSecret = described?.media.some((section) => section.kind === 'audio' && section.port !== 0 && isSecure(section)) === true;
      // Pictures are no less private than the sound beside them.
      offered = makeOffer({ ...await ourEnd(), secure: isSecret ? 'required' : 'never' });
      return writeSdp(offered);
    },
    answer: async (sdp) => {
      const offer = readSdp(sdp);
      if (offer === undefined) return REFUSED;
      const answered = answerOffer(offer, await ourEnd());
      if (!answered.ok) return { ok: false, message: answered.why };
      if (!take(answered.chosen)) return REFUSED;
      described = answered.answer;
      return { ok: true, sdp: writeSdp(answered.answer) };
    },
    accept: (sdp) => {
      const answer = readSdp(sdp);
      if (answer === undefined || offered === undefined) return Promise.resolve(REFUSED);
      const taken = takeAnswer(offered, answer);
      if (!taken.ok) return Promise.resolve({ ok: false, message: taken.why });
      if (!take(taken.chosen)) return Promise.resolve(REFUSED);
      // An offer that was refused changes nothing (RFC 3261 14.1).
      described = offered;
      return Promise.resolve({ ok: true });
    },
  };
}

import type { NegotiatedEnd } from '../../media/end.ts';
import type { Ports } from '../../rtp/ports.ts';
import { createSrtp } from '../../rtp/srtp.ts';
import { createUdpEnd, type UdpEnd } from '../../rtp/udp-end.ts';
import { isTelephoneEvent, PCMA } from '../../sdp/codec.ts';
import { makeOffer, takeAnswer, type Secrecy } from '../../sdp/offer-answer.ts';
import { readSdp, writeSdp } from '../../sdp/session.ts';

/** A telephone that calls with keys in its description (RFC 4568), and takes no other sound. */
export async function openSecureEnd(ports: Ports, address: string, secure: Secrecy): Promise<NegotiatedEnd> {
  const pair = await ports.take();
  if (pair === undefined) throw new Error('there is no port left');
  const offer = makeOffer({ address, port: pair.port, codecs: [PCMA], rtcpMux: true, suites: ['AES_CM_128_HMAC_SHA1_80'], secure });
  let udp: UdpEnd | undefined;
  let onPacket: (packet: Uint8Array) => void = () => undefined;
  let agreed: ReturnType<NegotiatedEnd['agreed']>;
  return {
    onPacket: (listener) => { onPacket = listener; },
    onLost: () => undefined,
    onFound: () => undefined,
    send: (packet) => { udp?.send(packet); },
    close: () => { udp?.close(); },
    agreed: () => agreed,
    quietMs: () => udp?.quietMs() ?? Infinity,
    strangers: () => udp?.stats().dropped.unauthentic ?? 0,
    offer: () => Promise.resolve(writeSdp(offer)),
    answer: () => Promise.resolve({ ok: false, message: 'it only calls' }),
    accept: (sdp) => {
      const answer = readSdp(sdp);
      const taken = answer === undefined ? undefined : takeAnswer(offer, answer);
      if (taken?.ok !== true || taken.chosen.crypto === undefined) return Promise.resolve({ ok: false, message: 'there are no keys' });
      const { codec, remote, rtcpMux, crypto, payloadType, telephoneEvent, receives } = taken.chosen;
      agreed = {
        codec: 'PCMA', clockRate: codec.clockRate, payloadType, wantsSound: true,
        receives: new Map(receives.map((one) => [one.payloadType, isTelephoneEvent(one) ? 'telephone-event' : 'PCMA'])), ...(telephoneEvent === undefined ? {} : { telephoneEvent }),
      };
      udp = createUdpEnd({
        ports: pair, remote, rtcpMux, clockRate: codec.clockRate, payloadTypes: receives.map((one) => one.payloadType), cname: 'secure',
        srtp: createSrtp({ suite: 'AES_CM_128_HMAC_SHA1_80', local: crypto.local.key, remote: crypto.remote.key }),
      });
      udp.onPacket((packet) => { onPacket(packet); });
      return Promise.resolve({ ok: true });
    },
  };
}

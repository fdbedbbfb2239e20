import type { PortPair, Ports } from '../rtp/ports.ts';
import { createUdpEnd, type UdpEnd } from '../rtp/udp-end.ts';
import { isSameCodec, type Codec } from '../sdp/codec.ts';
import type { ChosenVideo, LocalEnd } from '../sdp/offer-answer.ts';
import type { Timers } from '../timers.ts';
import { asksForPicture, writePictureLoss } from '../webrtc/picture.ts';
import type { AgreedPicture, VideoEnd } from './end.ts';
import { createStreamCipher } from './stream-cipher.ts';

/** A picture of its own is large, and one round trip old when it comes: asking more often makes it later. */
const PICTURE_MS = 500;
/** Some 15 megabits a second, in packets as long as an Ethernet carries: nobody shows so much of a face. */
const MAX_PACKETS_PER_SECOND = 1500;

export interface RtpVideoOptions {
  readonly ports: Ports;
  readonly cname: string;
  readonly timers: Timers;
}

/** The pictures of a telephone, by a port of their own: it has none before pictures are allowed. */
export interface RtpVideo {
  readonly end: VideoEnd;
  /** What we say of pictures; undefined where none are allowed, or no port is left for them. */
  readonly local: () => Promise<LocalEnd['video']>;
  /** Puts in force what was agreed on. */
  readonly take: (chosen: ChosenVideo | undefined) => void;
  readonly close: () => void;
}

export function createRtpVideo({ ports, cname, timers }: RtpVideoOptions): RtpVideo {
  let allowed: readonly Codec[] = [];
  let pair: PortPair | undefined;
  let udp: UdpEnd | undefined;
  let agreed: AgreedPicture | undefined;
  let cipher = createStreamCipher();
  let onPacket: (packet: Uint8Array) => void = () => undefined;
  let onPictureWanted: () => void = () => undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  let isClosed = false;

  /** Gives the port back, as what comes next may be another picture of another time. */
  const drop = (): void => {
    if (udp === undefined) pair?.release();
    else udp.close();
    udp = undefined;
    pair = undefined;
    agreed = undefined;
    cipher = createStreamCipher();
  };

  return {
    local: async () => {
      if (allowed.length === 0 || isClosed) return undefined;
      const taken = pair ?? await ports.take();
      if (isClosed || pair !== undefined) {
        if (taken !== pair) taken?.release();
        return isClosed || pair === undefined ? undefined : { port: pair.port, codecs: allowed };
      }
      pair = taken;
      return pair === undefined ? undefined : { port: pair.port, codecs: allowed };
    },
    take: (chosen) => {
      const [codec] = chosen?.codecs ?? [];
      const received = chosen?.receives.find((own) => codec !== undefined && isSameCodec(own, codec));
      if (chosen === undefined || codec === undefined || received === undefined || pair === undefined) {
        drop();
        return;
      }
      agreed = chosen.direction === 'inactive' ? undefined : { codec, direction: chosen.direction };
      const srtp = cipher(chosen);
      const remote = { ...chosen.remote, ...(chosen.rtcpMux ? {} : { rtcp: chosen.rtcp }) };
      // The first codec alone: who sees it has been told of no other.
      const payloadTypes = [received.payloadType];
      if (udp !== undefined) {
        udp.retarget(remote, { payloadTypes, srtp, rtcpMux: chosen.rtcpMux });
        return;
      }
      const made = createUdpEnd({
        ports: pair, remote, rtcpMux: chosen.rtcpMux, clockRate: codec.clockRate, payloadTypes, cname, timers, maxPacketsPerSecond: MAX_PACKETS_PER_SECOND,
        ...(srtp === null ? {} : { srtp }),
      });
      made.onPacket((packet) => { onPacket(packet); });
      made.onControl((datagram, ssrc) => { if (asksForPicture(datagram, ssrc)) onPictureWanted(); });
      udp = made;
    },
    close: () => {
      isClosed = true;
      drop();
    },
    end: {
      allow: (codecs) => { allowed = codecs; },
      agreed: () => (allowed.length === 0 ? undefined : agreed),
      onPacket: (listener) => { onPacket = listener; },
      send: (packet) => { udp?.send(packet); },
      onPictureWanted: (listener) => { onPictureWanted = listener; },
      wantPicture: () => {
        if (timers.now() - askedAt < PICTURE_MS) return;
        askedAt = timers.now();
        udp?.report(writePictureLoss);
      },
    },
  };
}

import { isSameCodec } from '../sdp/codec.ts';
import { sends } from '../sdp/section.ts';
import { sequenceOf, sequenceStep, setPayloadType, setSequence, setSsrc, setTimestamp, ssrcOf, timestampOf, timestampStep, withoutExtras } from '../rtp/packet.ts';
import type { NegotiatedEnd, VideoEnd } from './end.ts';
import type { PictureCodec } from './order.ts';
import type { Rooms } from './rooms.ts';

/** Who sees whom: pictures are passed on as they are, so only between two who have one codec. */
export interface Pictures {
  /** Finds it out anew for these legs, and all that are in their rooms. */
  readonly settle: (legs: Iterable<string>) => void;
  /** Whom a leg sees. */
  readonly seenBy: (leg: string) => string | undefined;
}

export interface PicturesDependencies {
  readonly ends: ReadonlyMap<string, NegotiatedEnd>;
  readonly isUp: (leg: string) => boolean;
  readonly rooms: Pick<Rooms, 'roomOf' | 'legsIn' | 'memberOf'>;
  /** Milliseconds. */
  readonly now: () => number;
  /** A packet has come of one of two who see each other, and is good until this is over. */
  readonly showed: (leg: string, codec: PictureCodec, packet: Uint8Array) => void;
}

/** Of timestamps of pictures (RFC 7741 4.1, RFC 6184 8.1). */
const UNITS_PER_MS = 90;
const CODECS: Readonly<Record<string, PictureCodec>> = { VP8: 'VP8', H264: 'H264' };

/**
 * A stream that is one to its receiver, whoever's pictures it carries: one SSRC, and numbers and times without a seam, as a
 * decoder takes a picture that is older than the last for one that came late. What is in a packet stays as it is.
 */
function createPictureStream({ send }: Pick<VideoEnd, 'send'>, now: () => number): (packet: Uint8Array, payloadType: number) => void {
  const ssrc = Math.floor(Math.random() * 0xffff_fffe) + 1;
  let source: number | undefined;
  let sequence = 0;
  let timestamp = 0;
  let sentAt = 0;
  let sequenceOffset = 0;
  let timestampOffset = 0;
  return (given, payloadType) => {
    const packet = withoutExtras(given);
    const from = ssrcOf(packet);
    if (from !== source) {
      const isFirst = source === undefined;
      source = from;
      sequenceOffset = isFirst ? 0 : (sequence + 1 - sequenceOf(packet)) & 0xffff;
      timestampOffset = isFirst ? 0 : (timestamp + Math.max(1, Math.round((now() - sentAt) * UNITS_PER_MS)) - timestampOf(packet)) | 0;
      sequence = (sequenceOf(packet) + sequenceOffset - 1) & 0xffff;
    }
    const place = (sequenceOf(packet) + sequenceOffset) & 0xffff;
    const time = (timestampOf(packet) + timestampOffset) >>> 0;
    if (sequenceStep(sequence, place) > 0) sequence = place;
    if (timestampStep(timestamp, time) > 0 || sentAt === 0) timestamp = time;
    sentAt = now();
    setPayloadType(packet, payloadType);
    setSequence(packet, place);
    setTimestamp(packet, time);
    setSsrc(packet, ssrc);
    send(packet);
  };
}

export function createPictures({ ends, isUp, rooms, now, showed }: PicturesDependencies): Pictures {
  /** Both ways. */
  const pairs = new Map<string, string>();
  const streams = new WeakMap<VideoEnd, ReturnType<typeof createPictureStream>>();

  const videoOf = (leg: string | undefined): VideoEnd | undefined => (leg === undefined ? undefined : ends.get(leg)?.video);

  const pass = (leg: string, packet: Uint8Array): void => {
    const to = videoOf(pairs.get(leg));
    const agreed = to?.agreed();
    const codec = to === undefined ? undefined : CODECS[agreed?.codec.name.toUpperCase() ?? ''];
    // Before it is rewritten where it lies.
    if (codec !== undefined) showed(leg, codec, packet);
    if (to === undefined || agreed === undefined || !sends(agreed.direction)) return;
    let stream = streams.get(to);
    if (stream === undefined) {
      stream = createPictureStream(to, now);
      streams.set(to, stream);
    }
    stream(packet, agreed.codec.payloadType);
  };

  /** Those who have a picture and do not wait for somebody. */
  const isShown = (leg: string): boolean => isUp(leg) && videoOf(leg)?.agreed() !== undefined && rooms.memberOf(leg)?.music === false;

  const partnerOf = (leg: string): string | undefined => {
    const [one, other, ...more] = rooms.legsIn(rooms.roomOf(leg) ?? '').filter(isShown);
    if (one === undefined || other === undefined || more.length > 0 || (leg !== one && leg !== other)) return undefined;
    const [ours, theirs] = [videoOf(one)?.agreed(), videoOf(other)?.agreed()];
    if (ours === undefined || theirs === undefined || !isSameCodec(ours.codec, theirs.codec)) return undefined;
    return leg === one ? other : one;
  };

  return {
    seenBy: (leg) => pairs.get(leg),
    settle: (legs) => {
      for (const leg of legs) {
        const partner = partnerOf(leg);
        const video = videoOf(leg);
        video?.onPacket((packet) => { pass(leg, packet); });
        video?.onPictureWanted(() => { videoOf(pairs.get(leg))?.wantPicture(); });
        if (pairs.get(leg) === partner) continue;
        if (partner === undefined) pairs.delete(leg);
        else {
          pairs.set(leg, partner);
          // Who comes in sees nothing before a whole picture.
          videoOf(partner)?.wantPicture();
        }
      }
    },
  };
}

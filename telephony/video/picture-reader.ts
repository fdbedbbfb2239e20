import { hasMarker, isRtp, payloadLength, payloadOffset, ssrcOf, timestampOf } from '../rtp/packet.ts';
import { createH264Gatherer } from './h264.ts';
import { createPacketOrder } from './packet-order.ts';
import type { Gatherer, Picture, PictureFormat } from './picture.ts';
import { createVp8Gatherer } from './vp8.ts';

/** Reads the pictures out of what one camera sends. */
export interface PictureReader {
  /** Takes a packet as it came, and keeps nothing of it. */
  readonly put: (packet: Uint8Array, now: number) => void;
}

export interface PictureReaderOptions {
  readonly format: PictureFormat;
  readonly onPicture: (picture: Picture) => void;
  /** Something is missing: what builds on it cannot be shown. */
  readonly onLost: () => void;
}

const GATHERERS: Readonly<Record<PictureFormat, () => Gatherer>> = { VP8: createVp8Gatherer, H264: createH264Gatherer };

export function createPictureReader({ format, onPicture, onLost }: PictureReaderOptions): PictureReader {
  let gatherer = GATHERERS[format]();
  let ssrc: number | undefined;
  /** That of the picture that is being put together. */
  let timestamp: number | undefined;
  /** It is lost, and has been told to be. */
  let isBroken = false;
  /** Behind a gap: the next one may have lost its beginning. */
  let isBehindGap = false;

  const fail = (): void => {
    if (isBroken) return;
    isBroken = true;
    onLost();
  };

  const end = (): void => {
    if (timestamp === undefined) return;
    const gathered = gatherer.finish();
    if (gathered === undefined) fail();
    else if (!isBroken && gathered !== 'nothing') onPicture({ ...gathered, timestamp });
    timestamp = undefined;
    isBroken = false;
  };

  const read = (packet: Uint8Array): void => {
    const at = payloadOffset(packet);
    const length = payloadLength(packet, at);
    // Nothing but padding, by which browsers find out how much gets through.
    if (length === 0) return;
    const time = timestampOf(packet);
    // A marker ends a picture, but H.264 does not promise one (RFC 6184 5.1).
    if (timestamp !== time) {
      end();
      timestamp = time;
      isBroken = isBehindGap && !gatherer.knowsBeginning;
      isBehindGap = false;
    }
    if (!isBroken && !gatherer.add(packet.subarray(at, at + length))) fail();
    if (hasMarker(packet)) end();
  };

  const order = createPacketOrder(read, () => {
    isBehindGap = true;
    if (timestamp !== undefined) isBroken = true;
    onLost();
  });

  return {
    put: (packet, now) => {
      if (!isRtp(packet)) return;
      if (ssrc !== undefined && ssrc !== ssrcOf(packet)) {
        order.reset();
        gatherer = GATHERERS[format]();
        timestamp = undefined;
        isBroken = false;
        isBehindGap = false;
        onLost();
      }
      ssrc = ssrcOf(packet);
      order.put(packet, now);
    },
  };
}

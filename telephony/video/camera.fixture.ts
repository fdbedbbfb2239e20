import { HEADER_BYTES, writeHeader } from '../rtp/packet.ts';
import type { PictureFormat } from './picture.ts';

/** The head of a VP8 picture (RFC 6386 9.1), and something behind it. */
export function vp8Picture(whole: { readonly width: number; readonly height: number } | undefined, bytes = 60): Uint8Array {
  const data = new Uint8Array(Math.max(bytes, 10)).fill(0x55);
  data[0] = whole === undefined ? 0x31 : 0x30;
  if (whole !== undefined) data.set([0x9d, 0x01, 0x2a, whole.width & 0xff, whole.width >> 8, whole.height & 0xff, whole.height >> 8], 3);
  return data;
}

/** Baseline, 640 x 480; as an encoder writes it. */
export const SEQUENCE_SET = Uint8Array.of(0x67, 0x42, 0xc0, 0x1e, 0xd9, 0x00, 0xa0, 0x3d, 0xb0, 0x11, 0x00, 0x00, 0x03, 0x00, 0x01, 0x00, 0x00, 0x03, 0x00, 0x32, 0x0f, 0x16, 0x2e, 0x48);
export const PICTURE_SET = Uint8Array.of(0x68, 0xcb, 0x83, 0xcb, 0x20);

/** A slice of a picture: 5 of a whole one, 1 of one that builds on another. */
export const slice = (kind: 1 | 5, bytes = 60): Uint8Array => new Uint8Array(bytes).fill(0x77).fill(0x60 | kind, 0, 1);

/** Packets of VP8, each with so many bytes at most (RFC 7741 4.2). */
export function vp8Payloads(data: Uint8Array, most = 1000): readonly Uint8Array[] {
  return Array.from({ length: Math.ceil(data.length / most) }, (_, index) => Uint8Array.of(index === 0 ? 0x10 : 0, ...data.subarray(index * most, (index + 1) * most)));
}

/** A unit in one packet or in fragments (RFC 6184 5.6, 5.8). */
export function h264Payloads(unit: Uint8Array, most = 1000): readonly Uint8Array[] {
  if (unit.length <= most) return [unit];
  const [head = 0] = unit;
  const rest = unit.subarray(1);
  const count = Math.ceil(rest.length / most);
  return Array.from({ length: count }, (_, index) => Uint8Array.of(
    (head & 0xe0) | 28, (index === 0 ? 0x80 : 0) | (index === count - 1 ? 0x40 : 0) | (head & 0x1f), ...rest.subarray(index * most, (index + 1) * most),
  ));
}

/** RFC 6184 5.7.1. */
export const together = (...units: readonly Uint8Array[]): Uint8Array => Uint8Array.of(0x78, ...units.flatMap((unit) => [unit.length >> 8, unit.length & 0xff, ...unit]));

/** What a phone with a camera sends. */
export interface Camera {
  /** The packets of the next picture, `ms` after the last one. */
  readonly shoot: (isWhole: boolean, options?: { readonly ms?: number; readonly bytes?: number }) => readonly Uint8Array[];
  /** These payloads as the next picture. */
  readonly send: (payloads: readonly Uint8Array[], ms?: number) => readonly Uint8Array[];
}

export function createCamera(format: PictureFormat, { size = { width: 640, height: 480 }, ssrc = 7, sequence = 65_530, timestamp = 0xffff_0000 } = {}): Camera {
  let [place, time] = [sequence, timestamp];
  const send: Camera['send'] = (payloads, ms = 40) => {
    time = (time + ms * 90) >>> 0;
    return payloads.map((payload, index) => {
      const packet = new Uint8Array(HEADER_BYTES + payload.length);
      place = (place + 1) & 0xffff;
      writeHeader(packet, 96, index === payloads.length - 1, place, time, ssrc);
      packet.set(payload, HEADER_BYTES);
      return packet;
    });
  };
  return {
    send,
    shoot: (isWhole, { ms, bytes = 2500 } = {}) => {
      if (format === 'VP8') return send(vp8Payloads(vp8Picture(isWhole ? size : undefined, bytes)), ms);
      return send([...(isWhole ? [together(SEQUENCE_SET, PICTURE_SET)] : []), ...h264Payloads(slice(isWhole ? 5 : 1, bytes))], ms);
    },
  };
}

import { readUint16, readUint32, writeUint32 } from '../rtp/packet.ts';
import type { Codec } from '../sdp/codec.ts';

/** Pictures are passed on as they are: who has lost some asks for a whole one (RFC 4585 6.3.1, RFC 5104 4.3.1), and nothing is sent twice. */
const FEEDBACK = ['nack pli', 'ccm fir'];
export const VP8: Codec = { name: 'VP8', clockRate: 90_000, channels: 1, sampleRate: 90_000, payloadType: 96, feedback: FEEDBACK };
/** Baseline, which every browser has (RFC 7742 6.2). */
export const H264: Codec = {
  name: 'H264', clockRate: 90_000, channels: 1, sampleRate: 90_000, payloadType: 102, feedback: FEEDBACK,
  format: 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f',
};

const PAYLOAD_FEEDBACK = 206;
const PICTURE_LOSS = 1;
const FULL_INTRA = 4;

/** Asks for a whole picture (RFC 4585 6.3.1). */
export function writePictureLoss(ssrc: number, theirs: number): Uint8Array {
  const made = Uint8Array.of(0x80 | PICTURE_LOSS, PAYLOAD_FEEDBACK, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0);
  writeUint32(made, 4, ssrc);
  writeUint32(made, 8, theirs);
  return made;
}

/** Whether a compound asks for a whole picture of this stream. */
export function asksForPicture(datagram: Uint8Array, ssrc: number): boolean {
  for (let at = 0; at + 12 <= datagram.length;) {
    const end = at + 4 + 4 * readUint16(datagram, at + 2);
    const format = (datagram[at] ?? 0) & 0x1f;
    if (datagram[at + 1] === PAYLOAD_FEEDBACK && end <= datagram.length) {
      if (format === PICTURE_LOSS && readUint32(datagram, at + 8) === ssrc) return true;
      // It names its streams in entries of eight bytes, behind a source that is nobody's (RFC 5104 4.3.1.1).
      if (format === FULL_INTRA) for (let entry = at + 12; entry + 8 <= end; entry += 8) if (readUint32(datagram, entry) === ssrc) return true;
    }
    at = end;
  }
  return false;
}

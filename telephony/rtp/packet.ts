/**
 * RTP packets (RFC 3550 5.1) as plain functions on their bytes: nothing is made per packet. The readers of single fields
 * expect at least the twelve bytes of a header, which `isRtpHeader` has checked.
 */

export const HEADER_BYTES = 12;

export type DatagramKind = 'stun' | 'zrtp' | 'dtls' | 'turn' | 'rtp' | 'rtcp' | 'unknown';

/** What a datagram is that came to a port of media (RFC 7983 7; RFC 5761 4 for RTCP beside RTP). */
export function kindOf(datagram: Uint8Array): DatagramKind {
  const first = datagram[0] ?? 0xff;
  if (first >= 128 && first <= 191) {
    const second = datagram[1] ?? 0;
    return second >= 192 && second <= 223 ? 'rtcp' : 'rtp';
  }
  if (first <= 3) return 'stun';
  if (first >= 16 && first <= 19) return 'zrtp';
  if (first >= 20 && first <= 63) return 'dtls';
  return first >= 64 && first <= 79 ? 'turn' : 'unknown';
}

export function readUint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

export function readUint32(bytes: Uint8Array, at: number): number {
  return (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0;
}

export function writeUint16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value;
}

export function writeUint32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}

export function hasPadding(packet: Uint8Array): boolean {
  return ((packet[0] ?? 0) & 0x20) !== 0;
}

export function hasExtension(packet: Uint8Array): boolean {
  return ((packet[0] ?? 0) & 0x10) !== 0;
}

export function contributorsOf(packet: Uint8Array): number {
  return (packet[0] ?? 0) & 0x0f;
}

export function hasMarker(packet: Uint8Array): boolean {
  return ((packet[1] ?? 0) & 0x80) !== 0;
}

export function payloadTypeOf(packet: Uint8Array): number {
  return (packet[1] ?? 0) & 0x7f;
}

export function sequenceOf(packet: Uint8Array): number {
  return readUint16(packet, 2);
}

export function timestampOf(packet: Uint8Array): number {
  return readUint32(packet, 4);
}

export function ssrcOf(packet: Uint8Array): number {
  return readUint32(packet, 8);
}

/** Where the payload begins, behind contributing sources and extension (RFC 3550 5.1, 5.3.1); -1 where the header does not fit. */
export function payloadOffset(packet: Uint8Array): number {
  let offset = HEADER_BYTES + 4 * contributorsOf(packet);
  if (hasExtension(packet)) {
    if (offset + 4 > packet.length) return -1;
    offset += 4 + 4 * readUint16(packet, offset + 2);
  }
  return offset <= packet.length ? offset : -1;
}

/** How long the payload is without its padding; -1 where header and padding do not fit. */
export function payloadLength(packet: Uint8Array, offset = payloadOffset(packet)): number {
  if (offset < 0) return -1;
  if (!hasPadding(packet)) return packet.length - offset;
  // The last byte counts the padding, itself included (RFC 3550 5.1), so 0 cannot be.
  const padding = packet[packet.length - 1] ?? 0;
  return padding === 0 || offset + padding > packet.length ? -1 : packet.length - offset - padding;
}

/** Whether there is a whole header: all that can be said of a packet that is still encrypted. */
export function isRtpHeader(packet: Uint8Array): boolean {
  return packet.length >= HEADER_BYTES && (packet[0] ?? 0) >> 6 === 2 && payloadOffset(packet) >= 0;
}

/** The checks of RFC 3550 A.1 that a single packet allows. */
export function isRtp(packet: Uint8Array): boolean {
  return packet.length >= HEADER_BYTES && (packet[0] ?? 0) >> 6 === 2 && payloadLength(packet) >= 0;
}

export function setMarker(packet: Uint8Array, marker: boolean): void {
  packet[1] = marker ? (packet[1] ?? 0) | 0x80 : (packet[1] ?? 0) & 0x7f;
}

export function setPayloadType(packet: Uint8Array, payloadType: number): void {
  packet[1] = ((packet[1] ?? 0) & 0x80) | (payloadType & 0x7f);
}

export function setSequence(packet: Uint8Array, sequence: number): void {
  writeUint16(packet, 2, sequence);
}

export function setTimestamp(packet: Uint8Array, timestamp: number): void {
  writeUint32(packet, 4, timestamp);
}

export function setSsrc(packet: Uint8Array, ssrc: number): void {
  writeUint32(packet, 8, ssrc);
}

/** Writes a header without contributing sources, extension and padding; the payload goes to `HEADER_BYTES`. */
export function writeHeader(into: Uint8Array, payloadType: number, marker: boolean, sequence: number, timestamp: number, ssrc: number): void {
  into[0] = 0x80;
  into[1] = (marker ? 0x80 : 0) | (payloadType & 0x7f);
  setSequence(into, sequence);
  setTimestamp(into, timestamp);
  setSsrc(into, ssrc);
}

/**
 * Takes contributing sources and extension out of a packet, by moving the fixed header up to the payload: what one peer
 * has negotiated for its header (RFC 8285) is not for another. Answers the packet itself where there is nothing to take out.
 */
export function withoutExtras(packet: Uint8Array): Uint8Array {
  if (((packet[0] ?? 0) & 0x1f) === 0) return packet;
  const shift = payloadOffset(packet) - HEADER_BYTES;
  if (shift < 0) return packet;
  packet.copyWithin(shift, 0, HEADER_BYTES);
  const rest = packet.subarray(shift);
  rest[0] = (rest[0] ?? 0) & 0xe0;
  return rest;
}

/** How far `to` is ahead of `from` in the circle of 2^16: -32,768 to 32,767. */
export function sequenceStep(from: number, to: number): number {
  return ((to - from) << 16) >> 16;
}

/** How far `to` is ahead of `from` in the circle of 2^32. */
export function timestampStep(from: number, to: number): number {
  return (to - from) | 0;
}

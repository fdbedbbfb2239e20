import { HEADER_BYTES, writeHeader } from '../packet.ts';

export interface PacketFields {
  readonly payloadType?: number;
  readonly marker?: boolean;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc?: number;
  readonly payload?: Uint8Array;
}

/** A packet of 20 ms of A-law, unless it is said otherwise. */
export function makePacket({ payloadType = 8, marker = false, sequence, timestamp, ssrc = 0x1234, payload = new Uint8Array(160).fill(0x55) }: PacketFields): Uint8Array {
  const packet = new Uint8Array(HEADER_BYTES + payload.length);
  writeHeader(packet, payloadType, marker, sequence & 0xffff, timestamp >>> 0, ssrc);
  packet.set(payload, HEADER_BYTES);
  return packet;
}

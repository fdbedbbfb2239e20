import { readUint16, readUint32, writeUint16, writeUint32 } from './packet.ts';
import { secureRandom, type Random } from './random.ts';
import type { Timers } from '../timers.ts';

/** What a receiver tells of one source (RFC 3550 6.4.1). */
export interface ReportBlock {
  readonly ssrc: number;
  /** In 256ths, since the report before. */
  readonly fractionLost: number;
  /** Less than zero where packets came twice. */
  readonly lost: number;
  readonly extendedHighest: number;
  /** In units of the timestamp. */
  readonly jitter: number;
  /** The middle of the NTP time of the last sender report that came; 0 where none came. */
  readonly lastReport: number;
  /** How long ago that was, in 65,536ths of a second. */
  readonly sinceLastReport: number;
}

/** What a sender tells of itself (RFC 3550 6.4.1). */
export interface SenderInfo {
  readonly ntp: NtpTime;
  readonly timestamp: number;
  readonly packets: number;
  readonly octets: number;
}

export type RtcpPacket =
  | { readonly kind: 'senderReport'; readonly ssrc: number; readonly sender: SenderInfo; readonly reports: readonly ReportBlock[] }
  | { readonly kind: 'receiverReport'; readonly ssrc: number; readonly reports: readonly ReportBlock[] }
  | { readonly kind: 'description'; readonly ssrc: number; readonly cname: string }
  | { readonly kind: 'bye'; readonly ssrcs: readonly number[] }
  /** Feedback, APP, XR and whatever comes later: length and source are all that is read. */
  | { readonly kind: 'other'; readonly type: number; readonly ssrc: number };

export interface NtpTime {
  readonly seconds: number;
  readonly fraction: number;
}

const SENDER_REPORT = 200;
const RECEIVER_REPORT = 201;
const DESCRIPTION = 202;
const BYE = 203;
const CNAME = 1;
const BLOCK_BYTES = 24;
const SENDER_BYTES = 20;
const MAX_BLOCKS = 31;
/** Seconds from 1900 to 1970 (RFC 3550 4). */
const NTP_EPOCH = 2_208_988_800;
/** What an Ethernet can carry: more is not composed. */
const MAX_BYTES = 1_400;

export function ntpTime(unixMs: number): NtpTime {
  const seconds = Math.floor(unixMs / 1_000);
  return { seconds: (seconds + NTP_EPOCH) >>> 0, fraction: Math.floor((unixMs / 1_000 - seconds) * 2 ** 32) >>> 0 };
}

/** The middle 32 bits, in which reports refer to one another (RFC 3550 6.4.1). */
export function middleOf({ seconds, fraction }: NtpTime): number {
  return (((seconds & 0xffff) << 16) | (fraction >>> 16)) >>> 0;
}

/** The round trip that a report block tells, with the middle of the time at which it came (RFC 3550 6.4.1, figure 2); undefined where it tells none. */
export function roundTripMs({ lastReport, sinceLastReport }: ReportBlock, arrived: number): number | undefined {
  if (lastReport === 0) return undefined;
  // A clock that stepped, or a peer that miscounts, can make it negative: then it is next to nothing.
  const trip = (arrived - lastReport - sinceLastReport) | 0;
  return (Math.max(0, trip) * 1_000) / 65_536;
}

/** Writes packets one behind the other, as they are sent (RFC 3550 6.1): a report first, a description after it. */
export function composeRtcp(packets: readonly RtcpPacket[]): Uint8Array {
  const bytes = new Uint8Array(MAX_BYTES);
  let length = 0;
  for (const packet of packets) length = writePacket(bytes, length, packet);
  return bytes.subarray(0, length);
}

function writePacket(bytes: Uint8Array, start: number, packet: RtcpPacket): number {
  switch (packet.kind) {
    case 'senderReport': {
      const { sender } = packet;
      writeUint32(bytes, start + 4, packet.ssrc);
      writeUint32(bytes, start + 8, sender.ntp.seconds);
      writeUint32(bytes, start + 12, sender.ntp.fraction);
      writeUint32(bytes, start + 16, sender.timestamp);
      writeUint32(bytes, start + 20, sender.packets);
      writeUint32(bytes, start + 24, sender.octets);
      return writeReports(bytes, start, SENDER_REPORT, start + 8 + SENDER_BYTES, packet.reports);
    }
    case 'receiverReport':
      writeUint32(bytes, start + 4, packet.ssrc);
      return writeReports(bytes, start, RECEIVER_REPORT, start + 8, packet.reports);
    case 'description': {
      const name = new TextEncoder().encode(packet.cname).subarray(0, 255);
      writeUint32(bytes, start + 4, packet.ssrc);
      bytes[start + 8] = CNAME;
      bytes[start + 9] = name.length;
      bytes.set(name, start + 10);
      // One zero at least ends the items, and the chunk fills its last word (RFC 3550 6.5).
      return writeStart(bytes, start, 1, DESCRIPTION, 4 * Math.floor((start + 10 + name.length) / 4) + 4);
    }
    case 'bye': {
      const ssrcs = packet.ssrcs.slice(0, MAX_BLOCKS);
      for (const [i, ssrc] of ssrcs.entries()) writeUint32(bytes, start + 4 + 4 * i, ssrc);
      return writeStart(bytes, start, ssrcs.length, BYE, start + 4 + 4 * ssrcs.length);
    }
    case 'other':
      writeUint32(bytes, start + 4, packet.ssrc);
      return writeStart(bytes, start, 0, packet.type, start + 8);
    default:
      return packet satisfies never;
  }
}

function writeStart(bytes: Uint8Array, start: number, count: number, type: number, end: number): number {
  bytes[start] = 0x80 | count;
  bytes[start + 1] = type;
  writeUint16(bytes, start + 2, (end - start) / 4 - 1);
  return end;
}

function writeReports(bytes: Uint8Array, start: number, type: number, from: number, reports: readonly ReportBlock[]): number {
  const blocks = reports.slice(0, MAX_BLOCKS);
  let at = from;
  for (const block of blocks) {
    // 24 bits with a sign, held at its ends instead of wrapped (RFC 3550 A.3).
    const lost = Math.max(-0x800000, Math.min(0x7fffff, block.lost));
    writeUint32(bytes, at, block.ssrc);
    writeUint32(bytes, at + 4, ((block.fractionLost & 0xff) << 24) | (lost & 0xffffff));
    writeUint32(bytes, at + 8, block.extendedHighest);
    writeUint32(bytes, at + 12, block.jitter);
    writeUint32(bytes, at + 16, block.lastReport);
    writeUint32(bytes, at + 20, block.sinceLastReport);
    at += BLOCK_BYTES;
  }
  return writeStart(bytes, start, blocks.length, type, at);
}

/**
 * Reads a compound of packets; undefined where it does not add up (RFC 3550 A.2). A compound of reduced size (RFC 5506) and
 * one without a description are read as well: both are seen in the wild, and nothing depends on the form.
 */
export function readRtcp(datagram: Uint8Array): readonly RtcpPacket[] | undefined {
  const packets: RtcpPacket[] = [];
  let at = 0;
  while (at < datagram.length) {
    if (at + 4 > datagram.length || (datagram[at] ?? 0) >> 6 !== 2) return undefined;
    const end = at + 4 + 4 * readUint16(datagram, at + 2);
    if (end > datagram.length) return undefined;
    const packet = readPacket(datagram, at, end);
    if (packet === undefined) return undefined;
    packets.push(packet);
    at = end;
  }
  return packets.length === 0 ? undefined : packets;
}

function readPacket(bytes: Uint8Array, at: number, end: number): RtcpPacket | undefined {
  const count = (bytes[at] ?? 0) & 0x1f;
  const type = bytes[at + 1] ?? 0;
  if (type === BYE) {
    if (at + 4 + 4 * count > end) return undefined;
    return { kind: 'bye', ssrcs: Array.from({ length: count }, (_, i) => readUint32(bytes, at + 4 + 4 * i)) };
  }
  if (type === DESCRIPTION) return readDescription(bytes, at, end, count);
  const ssrc = at + 8 <= end ? readUint32(bytes, at + 4) : 0;
  if (type !== SENDER_REPORT && type !== RECEIVER_REPORT) return { kind: 'other', type, ssrc };
  const from = at + 8 + (type === SENDER_REPORT ? SENDER_BYTES : 0);
  if (from + BLOCK_BYTES * count > end) return undefined;
  const reports = Array.from({ length: count }, (_, i) => readBlock(bytes, from + BLOCK_BYTES * i));
  if (type === RECEIVER_REPORT) return { kind: 'receiverReport', ssrc, reports };
  const sender = {
    ntp: { seconds: readUint32(bytes, at + 8), fraction: readUint32(bytes, at + 12) }, timestamp: readUint32(bytes, at + 16),
    packets: readUint32(bytes, at + 20), octets: readUint32(bytes, at + 24),
  };
  return { kind: 'senderReport', ssrc, sender, reports };
}

function readBlock(bytes: Uint8Array, at: number): ReportBlock {
  return {
    ssrc: readUint32(bytes, at), fractionLost: bytes[at + 4] ?? 0, lost: (readUint32(bytes, at + 4) << 8) >> 8,
    extendedHighest: readUint32(bytes, at + 8), jitter: readUint32(bytes, at + 12),
    lastReport: readUint32(bytes, at + 16), sinceLastReport: readUint32(bytes, at + 20),
  };
}

/** The first source's name: a peer of a call has one; a mixer's others are nobody's concern here. */
function readDescription(bytes: Uint8Array, at: number, end: number, count: number): RtcpPacket | undefined {
  if (count === 0) return { kind: 'other', type: DESCRIPTION, ssrc: 0 };
  if (at + 8 > end) return undefined;
  const ssrc = readUint32(bytes, at + 4);
  let cname = '';
  for (let item = at + 8; item < end && bytes[item] !== 0;) {
    const from = item + 2;
    const next = from + (bytes[item + 1] ?? 0);
    if (next > end) return undefined;
    if (bytes[item] === CNAME) cname = new TextDecoder().decode(bytes.subarray(from, next));
    item = next;
  }
  return { kind: 'description', ssrc, cname };
}

export interface ReportScheduleOptions {
  readonly timers: Timers;
  readonly report: () => void;
  readonly intervalMs?: number;
  readonly random?: Random;
}

/**
 * Reports at the interval of RFC 3550 6.2, which for the two parties of a call is the least one: every 5 s, each time between
 * half and one and a half of it, so that parties do not fall into step, and half of it before the first. What the RFC
 * does besides (reconsideration, a share of the bandwidth) is for large sessions. Answers what ends it.
 */
export function scheduleReports({ timers, report, intervalMs = 5_000, random = secureRandom }: ReportScheduleOptions): () => void {
  let cancel = (): void => undefined;
  const wait = (ms: number): void => {
    cancel = timers.after(ms * (0.5 + random()), () => {
      wait(intervalMs);
      report();
    });
  };
  wait(intervalMs / 2);
  return () => { cancel(); };
}

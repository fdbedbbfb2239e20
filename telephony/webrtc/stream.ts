import { payloadTypeOf, sequenceOf, setSequence, setSsrc, ssrcOf, timestampOf } from '../rtp/packet.ts';
import { middleOf, roundTripMs, type NtpTime, type ReportBlock, type RtcpPacket, type SenderInfo } from '../rtp/rtcp.ts';
import { Reception } from '../rtp/sequence.ts';
import { receives, sends, type Direction } from '../sdp/section.ts';

/** What was agreed on for one stream. */
export interface StreamTerms {
  readonly clockRate: number;
  readonly payloadTypes: ReadonlySet<number>;
  /** Of our side. */
  readonly direction: Direction;
}

/** How a stream fares. */
export interface StreamFigures {
  readonly sent: number;
  readonly received: number;
  readonly lost: number;
  readonly jitterMs: number;
  /** What the other side said of ours last: the share lost, and its jitter; undefined before it has. */
  readonly theirs?: { readonly fractionLost: number; readonly lost: number; readonly jitterMs: number };
  readonly roundTripMs?: number;
}

/** One stream of packets in both directions, and its accounts. */
export interface Stream {
  /** By which the other side knows what we send. */
  readonly ssrc: number;
  readonly terms: () => StreamTerms | undefined;
  readonly agree: (terms: StreamTerms) => void;
  /** Counts a packet that came; false where it is not to be handed on. */
  readonly take: (packet: Uint8Array) => boolean;
  /** Sends a packet under the SSRC that was announced; its header is as it was afterwards. */
  readonly send: (packet: Uint8Array) => void;
  readonly takeReport: (report: RtcpPacket, ntp: NtpTime) => void;
  /** What there is to report: of ours, if anything was sent, and of theirs, if anything came (RFC 3550 6.4). */
  readonly report: (ntp: NtpTime) => RtcpPacket;
  /** Whose stream it is that came last; 0 before one came. */
  readonly theirs: () => number;
  readonly figures: () => StreamFigures;
}

const RTP_HEADER_BYTES = 12;

export function createStream(ssrc: number, now: () => number, write: (packet: Uint8Array) => void): Stream {
  let terms: StreamTerms | undefined;
  let reception: Reception | undefined;
  let theirs = 0;
  /** Whose packets we send, and what is added to their numbers so that they go on where another's ended. */
  let source = -1;
  let offset = 0;
  let sequence = -1;
  let timestamp = 0;
  let sentAt = 0;
  let packets = 0;
  let octets = 0;
  let reported = 0;
  let senderReport = 0;
  let senderReportAt = 0;
  let said: ReportBlock | undefined;
  let roundTrip: number | undefined;

  const senderInfo = (ntp: NtpTime, clockRate: number): SenderInfo => ({
    ntp, packets, octets,
    // Where the sound stands now, not when the last packet went (RFC 3550 6.4.1).
    timestamp: (timestamp + Math.round(((now() - sentAt) * clockRate) / 1_000)) >>> 0,
  });

  return {
    ssrc,
    terms: () => terms,
    agree: (next) => {
      if (terms?.clockRate !== next.clockRate) reception = undefined;
      terms = next;
    },
    take: (packet) => {
      if (terms === undefined || !terms.payloadTypes.has(payloadTypeOf(packet))) return false;
      const from = ssrcOf(packet);
      if (reception === undefined || from !== theirs) {
        reception = new Reception(terms.clockRate);
        theirs = from;
      }
      reception.receive(sequenceOf(packet), timestampOf(packet), now());
      // Who is held may go on sending for a while; nobody listens.
      return receives(terms.direction);
    },
    send: (packet) => {
      if (terms === undefined || packet.length < RTP_HEADER_BYTES || !sends(terms.direction) || !terms.payloadTypes.has(payloadTypeOf(packet))) return;
      const [from, number] = [ssrcOf(packet), sequenceOf(packet)];
      // Another source begins anywhere; the cipher takes no number twice, and the listener no jump (RFC 3711 9.1, RFC 3550 5.1).
      if (from !== source) {
        offset = sequence === -1 ? 0 : (sequence + 1 - number) & 0xffff;
        source = from;
      }
      const mine = (number + offset) & 0xffff;
      if (sequence === -1 || ((mine - sequence) & 0xffff) < 0x8000) {
        sequence = mine;
        timestamp = timestampOf(packet);
      }
      sentAt = now();
      packets = (packets + 1) >>> 0;
      octets = (octets + packet.length - RTP_HEADER_BYTES) >>> 0;
      setSequence(packet, mine);
      setSsrc(packet, ssrc);
      write(packet);
      setSequence(packet, number);
      setSsrc(packet, from);
    },
    takeReport: (report, ntp) => {
      if (report.kind !== 'senderReport' && report.kind !== 'receiverReport') return;
      if (report.kind === 'senderReport' && report.ssrc === theirs) {
        senderReport = middleOf(report.sender.ntp);
        senderReportAt = now();
      }
      const block = report.reports.find((one) => one.ssrc === ssrc);
      if (block === undefined) return;
      said = block;
      roundTrip = roundTripMs(block, middleOf(ntp)) ?? roundTrip;
    },
    report: (ntp) => {
      const reports: ReportBlock[] = reception === undefined ? [] : [{
        ssrc: theirs, fractionLost: reception.takeFractionLost(), lost: reception.lost, extendedHighest: reception.extendedHighest, jitter: reception.jitter,
        lastReport: senderReport, sinceLastReport: senderReport === 0 ? 0 : Math.round((now() - senderReportAt) * 65.536) >>> 0,
      }];
      // Who has not sent anything since the last report but one is a receiver (RFC 3550 6.4).
      const isSending = packets !== reported;
      reported = packets;
      if (!isSending || terms === undefined) return { kind: 'receiverReport', ssrc, reports };
      return { kind: 'senderReport', ssrc, sender: senderInfo(ntp, terms.clockRate), reports };
    },
    theirs: () => theirs,
    figures: () => ({
      sent: packets, received: reception?.received ?? 0, lost: reception?.lost ?? 0, jitterMs: reception?.jitterMs ?? 0,
      ...(said === undefined || terms === undefined ? {} : { theirs: { fractionLost: said.fractionLost / 256, lost: said.lost, jitterMs: (said.jitter * 1_000) / terms.clockRate } }),
      ...(roundTrip === undefined ? {} : { roundTripMs: roundTrip }),
    }),
  };
}

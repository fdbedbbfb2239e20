import { HEADER_BYTES, ssrcOf, timestampOf } from './packet.ts';
import { secureRandom, type Random } from './random.ts';
import { composeRtcp, middleOf, ntpTime, readRtcp, roundTripMs, type ReportBlock, type RtcpPacket } from './rtcp.ts';
import { Reception } from './sequence.ts';

export interface ControlOptions {
  readonly clockRate: number;
  readonly cname: string;
  /** What is to be added to the time of `nowMs`, so that it is the time since 1970. */
  readonly epochMs: number;
  readonly random?: Random;
}

/** What the peer says of the sound it gets (RFC 3550 6.4.1). */
export interface PeerReport {
  /** The share of packets lost, 0 to 1, since its report before. */
  readonly lossShare: number;
  readonly lost: number;
  readonly jitterMs: number;
}

/** What RTCP needs to know of both directions of one end, and what it tells: counts what goes and comes, makes and reads reports. */
export class Control {
  #clockRate: number;
  readonly #cname: string;
  readonly #epochMs: number;
  /** Our own source, as long as none has sent. */
  #ssrc: number;
  #sent = 0;
  #sentOctets = 0;
  #sentBeforeReport = 0;
  #lastTimestamp = 0;
  #lastSentMs = 0;
  #remoteSsrc = -1;
  #reception: Reception;
  /** Of sources that sent before. */
  #receivedBefore = 0;
  #lostBefore = 0;
  #remoteReport = 0;
  #remoteReportMs = 0;
  #roundTripMs: number | undefined;
  #peer: PeerReport | undefined;
  #byes = 0;

  constructor({ clockRate, cname, epochMs, random = secureRandom }: ControlOptions) {
    this.#clockRate = clockRate;
    this.#cname = cname;
    this.#epochMs = epochMs;
    this.#ssrc = Math.floor(random() * 2 ** 32) >>> 0;
    this.#reception = new Reception(clockRate);
  }

  get ssrc(): number { return this.#ssrc; }
  /** Of the source that came last. */
  get remoteSsrc(): number | undefined { return this.#remoteSsrc === -1 ? undefined : this.#remoteSsrc; }
  get sent(): number { return this.#sent; }
  get received(): number { return this.#receivedBefore + this.#reception.received; }
  get lost(): number { return this.#lostBefore + Math.max(0, this.#reception.lost); }
  get reception(): Reception { return this.#reception; }
  get roundTripMs(): number | undefined { return this.#roundTripMs; }
  get peer(): PeerReport | undefined { return this.#peer; }
  get byes(): number { return this.#byes; }

  setClockRate(clockRate: number): void {
    if (clockRate === this.#clockRate) return;
    this.#clockRate = clockRate;
    this.#forget();
  }

  #forget(): void {
    this.#receivedBefore = this.received;
    this.#lostBefore = this.lost;
    this.#remoteReport = 0;
    this.#reception = new Reception(this.#clockRate);
  }

  noteSent(packet: Uint8Array, nowMs: number): void {
    this.#ssrc = ssrcOf(packet);
    this.#sent += 1;
    this.#sentOctets += packet.length - HEADER_BYTES;
    this.#lastTimestamp = timestampOf(packet);
    this.#lastSentMs = nowMs;
  }

  /** The statistics of the source that a packet is of. */
  receptionOf(ssrc: number): Reception {
    if (ssrc === this.#remoteSsrc) return this.#reception;
    this.#remoteSsrc = ssrc;
    this.#forget();
    return this.#reception;
  }

  /** The report that is due (RFC 3550 6.4): of a sender who has sent since the last, otherwise of a receiver; with a farewell at the end. */
  compose(nowMs: number, isBye = false): Uint8Array {
    const ssrc = this.#ssrc;
    const reports = this.#reception.isStarted ? [this.#block(nowMs)] : [];
    const report: RtcpPacket = this.#sent === this.#sentBeforeReport
      ? { kind: 'receiverReport', ssrc, reports }
      : { kind: 'senderReport', ssrc, reports, sender: this.#sender(nowMs) };
    this.#sentBeforeReport = this.#sent;
    const description: RtcpPacket = { kind: 'description', ssrc, cname: this.#cname };
    return composeRtcp(isBye ? [report, description, { kind: 'bye', ssrcs: [ssrc] }] : [report, description]);
  }

  #sender(nowMs: number): Extract<RtcpPacket, { kind: 'senderReport' }>['sender'] {
    // The same instant by both clocks (RFC 3550 6.4.1), not the timestamp of a packet.
    const passed = Math.round(((nowMs - this.#lastSentMs) * this.#clockRate) / 1_000);
    return { ntp: ntpTime(this.#epochMs + nowMs), timestamp: (this.#lastTimestamp + passed) >>> 0, packets: this.#sent, octets: this.#sentOctets };
  }

  #block(nowMs: number): ReportBlock {
    const reception = this.#reception;
    const since = this.#remoteReport === 0 ? 0 : Math.round(((nowMs - this.#remoteReportMs) * 65_536) / 1_000);
    return {
      ssrc: this.#remoteSsrc, fractionLost: reception.takeFractionLost(), lost: reception.lost, extendedHighest: reception.extendedHighest,
      jitter: reception.jitter, lastReport: this.#remoteReport, sinceLastReport: since,
    };
  }

  /** Takes in what the peer reports; false where that is not RTCP. */
  read(datagram: Uint8Array, nowMs: number): boolean {
    const packets = readRtcp(datagram);
    if (packets === undefined) return false;
    for (const packet of packets) this.#take(packet, nowMs);
    return true;
  }

  #take(packet: RtcpPacket, nowMs: number): void {
    if (packet.kind === 'bye') this.#byes += 1;
    if (packet.kind !== 'senderReport' && packet.kind !== 'receiverReport') return;
    if (packet.kind === 'senderReport' && packet.ssrc === this.#remoteSsrc) {
      this.#remoteReport = middleOf(packet.sender.ntp);
      this.#remoteReportMs = nowMs;
    }
    for (const block of packet.reports) {
      if (block.ssrc !== this.#ssrc) continue;
      this.#peer = { lossShare: block.fractionLost / 256, lost: block.lost, jitterMs: (block.jitter * 1_000) / this.#clockRate };
      this.#roundTripMs = roundTripMs(block, middleOf(ntpTime(this.#epochMs + nowMs))) ?? this.#roundTripMs;
    }
  }
}

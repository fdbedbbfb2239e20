import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { payloadTypeOf, sequenceOf, ssrcOf, timestampOf, writeHeader } from '../rtp/packet.ts';
import { middleOf, ntpTime, type RtcpPacket } from '../rtp/rtcp.ts';
import { createStream, type StreamTerms } from './stream.ts';

const TERMS: StreamTerms = { clockRate: 8_000, payloadTypes: new Set([0, 126]), direction: 'sendrecv' };
const OURS = 77;

function packetOf(sequence: number, ssrc: number, payloadType = 0, timestamp = sequence * 160): Uint8Array {
  const packet = new Uint8Array(172);
  writeHeader(packet, payloadType, false, sequence & 0xffff, timestamp, ssrc);
  return packet;
}

function setUp(terms: StreamTerms | 'none' = TERMS) {
  let now = 1_000;
  const written: { readonly sequence: number; readonly ssrc: number; readonly payloadType: number; readonly timestamp: number }[] = [];
  const stream = createStream(OURS, () => now, (packet) => {
    written.push({ sequence: sequenceOf(packet), ssrc: ssrcOf(packet), payloadType: payloadTypeOf(packet), timestamp: timestampOf(packet) });
  });
  if (terms !== 'none') stream.agree(terms);
  return { stream, written, pass: (ms: number) => { now += ms; } };
}

describe('a stream', () => {
  it('goes out under the SSRC that was announced, and leaves what it was given as it was', () => {
    const { stream, written } = setUp();
    const packet = packetOf(500, 4711);
    const before = Uint8Array.from(packet);
    stream.send(packet);
    assert.deepEqual(written, [{ sequence: 500, ssrc: OURS, payloadType: 0, timestamp: 80_000 }]);
    assert.deepEqual(packet, before);
  });

  it('goes on where it was when its source changes, forwards and backwards and around the end', () => {
    const { stream, written } = setUp();
    for (const [first, ssrc] of [[65_534, 1], [60_000, 2], [3, 3]] as const) for (let i = 0; i < 4; i += 1) stream.send(packetOf(first + i, ssrc));
    assert.deepEqual(written.map(({ sequence }) => sequence), [65_534, 65_535, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('keeps losses and disorder of its source', () => {
    const { stream, written } = setUp();
    for (const sequence of [10, 11, 14, 13]) stream.send(packetOf(sequence, 1));
    stream.send(packetOf(900, 2));
    assert.deepEqual(written.map(({ sequence }) => sequence), [10, 11, 14, 13, 15]);
  });

  it('sends events under their own payload type, and nothing that was not agreed on', () => {
    const { stream, written } = setUp();
    stream.send(packetOf(1, 1, 126));
    stream.send(packetOf(2, 1, 8));
    stream.send(new Uint8Array(5));
    assert.deepEqual(written.map(({ payloadType }) => payloadType), [126]);
  });

  it('says and hears nothing before anything is agreed on, nor against the direction', () => {
    const early = setUp('none');
    early.stream.send(packetOf(1, 1));
    assert.deepEqual([early.written.length, early.stream.take(packetOf(1, 9))], [0, false]);
    for (const [direction, sent, taken] of [['sendonly', 1, false], ['recvonly', 0, true], ['inactive', 0, false]] as const) {
      const { stream, written } = setUp({ ...TERMS, direction });
      stream.send(packetOf(1, 1));
      assert.deepEqual([written.length, stream.take(packetOf(1, 9))], [sent, taken], direction);
    }
  });

  it('takes what was agreed on only', () => {
    const { stream } = setUp();
    assert.deepEqual([0, 126, 8].map((payloadType, i) => stream.take(packetOf(i, 9, payloadType))), [true, true, false]);
    assert.equal(stream.theirs(), 9);
  });

  it('reports what it sent and what came', () => {
    const { stream, pass } = setUp();
    for (let i = 0; i < 10; i += 1) {
      stream.send(packetOf(i, 1));
      if (i !== 4) stream.take(packetOf(i, 9));
      pass(20);
    }
    const report = stream.report(ntpTime(5_000)) as Extract<RtcpPacket, { kind: 'senderReport' }>;
    assert.equal(report.kind, 'senderReport');
    assert.deepEqual([report.sender.packets, report.sender.octets, report.sender.timestamp], [10, 1_600, 9 * 160 + 160]);
    assert.deepEqual([report.reports[0]?.ssrc, report.reports[0]?.lost, report.reports[0]?.fractionLost], [9, 1, 25]);
    // Nothing was sent since.
    assert.equal(stream.report(ntpTime(6_000)).kind, 'receiverReport');
  });

  it('learns from reports how it arrives, and how long the way is', () => {
    const { stream } = setUp();
    const theirs = ntpTime(10_000);
    stream.take(packetOf(1, 9));
    stream.takeReport({ kind: 'senderReport', ssrc: 9, sender: { ntp: theirs, timestamp: 0, packets: 1, octets: 160 }, reports: [] }, ntpTime(10_010));
    assert.equal(stream.report(ntpTime(10_020)).kind, 'receiverReport');
    const block = { ssrc: OURS, fractionLost: 64, lost: 5, extendedHighest: 100, jitter: 16, lastReport: middleOf(ntpTime(20_000)), sinceLastReport: 65_536 };
    stream.takeReport({ kind: 'receiverReport', ssrc: 9, reports: [{ ...block, ssrc: 1, lost: 99 }, block] }, ntpTime(21_100));
    const { theirs: said, roundTripMs } = stream.figures();
    assert.deepEqual(said, { fractionLost: 0.25, lost: 5, jitterMs: 2 });
    assert.ok(roundTripMs !== undefined && Math.abs(roundTripMs - 100) < 1);
  });
});

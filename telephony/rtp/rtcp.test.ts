import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { composeRtcp, middleOf, ntpTime, readRtcp, roundTripMs, scheduleReports, type ReportBlock, type RtcpPacket } from './rtcp.ts';
import { virtualTimers } from '../testing/virtual-timers.ts';

/** Objects as the reader makes them. */
const plain = { noNullPrototype: true };
const word = fc.integer({ min: 0, max: 0xffffffff });
const block: fc.Arbitrary<ReportBlock> = fc.record({
  ssrc: word, fractionLost: fc.integer({ min: 0, max: 255 }), lost: fc.integer({ min: -0x800000, max: 0x7fffff }),
  extendedHighest: word, jitter: word, lastReport: word, sinceLastReport: word,
}, plain);
const packet: fc.Arbitrary<RtcpPacket> = fc.oneof(
  fc.record({
    kind: fc.constant('senderReport' as const), ssrc: word, reports: fc.array(block, { maxLength: 3 }),
    sender: fc.record({ ntp: fc.record({ seconds: word, fraction: word }, plain), timestamp: word, packets: word, octets: word }, plain),
  }, plain),
  fc.record({ kind: fc.constant('receiverReport' as const), ssrc: word, reports: fc.array(block, { maxLength: 3 }) }, plain),
  fc.record({ kind: fc.constant('description' as const), ssrc: word, cname: fc.string({ maxLength: 40 }) }, plain),
  fc.record({ kind: fc.constant('bye' as const), ssrcs: fc.array(word, { maxLength: 3 }) }, plain),
  fc.record({ kind: fc.constant('other' as const), type: fc.integer({ min: 204, max: 223 }), ssrc: word }, plain),
);

describe('RTCP', () => {
  it('is read as it was composed', () => {
    fc.assert(fc.property(fc.array(packet, { minLength: 1, maxLength: 4 }), (packets) => {
      const bytes = composeRtcp(packets);
      assert.equal(bytes.length % 4, 0);
      assert.deepEqual(readRtcp(bytes), packets);
    }));
  });

  it('reads a sender report with a name as others write it', () => {
    const bytes = Buffer.from('80c8000600000001e5a1b2c340000000000003200000000a0000064081ca0004000000010106616240632e6400000000', 'hex');
    assert.deepEqual(readRtcp(bytes), [
      { kind: 'senderReport', ssrc: 1, reports: [], sender: { ntp: { seconds: 0xe5a1b2c3, fraction: 0x40000000 }, timestamp: 800, packets: 10, octets: 1_600 } },
      { kind: 'description', ssrc: 1, cname: 'ab@c.d' },
    ]);
  });

  it('passes over what it does not know', () => {
    const feedback = Uint8Array.of(0x8f, 206, 0, 3, 0, 0, 0, 9, 0, 0, 0, 1, 1, 2, 3, 4);
    assert.deepEqual(readRtcp(feedback), [{ kind: 'other', type: 206, ssrc: 9 }]);
  });

  it('refuses what does not add up, and stands whatever comes', () => {
    const good = composeRtcp([{ kind: 'bye', ssrcs: [1] }]);
    assert.equal(readRtcp(new Uint8Array(0)), undefined);
    assert.equal(readRtcp(good.subarray(0, 6)), undefined);
    assert.equal(readRtcp(Uint8Array.of(0x9f, 201, 0, 1, 0, 0, 0, 1)), undefined, 'more blocks than bytes');
    assert.equal(readRtcp(Uint8Array.of(0x81, 202, 0, 2, 0, 0, 0, 1, 1, 200, 0, 0)), undefined, 'a name beyond the end');
    fc.assert(fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
      if (bytes.length > 0) bytes[0] = 0x80 | ((bytes[0] ?? 0) & 0x3f);
      readRtcp(bytes);
    }));
  });

  it('tells time as NTP does', () => {
    const time = ntpTime(Date.UTC(2036, 1, 7, 6, 28, 15, 500));
    assert.deepEqual(time, { seconds: 0xffffffff, fraction: 0x80000000 });
    assert.equal(middleOf(time), 0xffff8000);
    assert.deepEqual(ntpTime(Date.UTC(2036, 1, 7, 6, 28, 16)), { seconds: 0, fraction: 0 });
  });

  it('finds the round trip of the example of RFC 3550 6.4.1', () => {
    const report = { ssrc: 0, fractionLost: 0, lost: 0, extendedHighest: 0, jitter: 0, lastReport: 0xb7052000, sinceLastReport: 0x00054000 };
    assert.equal(roundTripMs(report, 0xb7108000), 6_125);
    assert.equal(roundTripMs({ ...report, lastReport: 0 }, 0xb7108000), undefined);
    assert.equal(roundTripMs(report, 0xb7052000), 0);
  });
});

describe('the schedule of reports', () => {
  it('reports at intervals that spread around five seconds, until it ends', async () => {
    const timers = virtualTimers();
    const spread = [0, 0.999, 0.5, 0, 0, 0];
    const times: number[] = [];
    const end = scheduleReports({ timers, random: () => spread.shift() ?? 0, report: () => { times.push(Math.round(timers.now())); } });
    await timers.advance(16_500);
    assert.deepEqual(times, [1_250, 8_745, 13_745, 16_245]);
    end();
    assert.equal(timers.pending(), 0);
  });
});

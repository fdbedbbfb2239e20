import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  HEADER_BYTES, hasExtension, hasMarker, hasPadding, isRtp, isRtpHeader, kindOf, payloadLength, payloadOffset, payloadTypeOf, sequenceOf, sequenceStep,
  setMarker, setPayloadType, setSequence, setSsrc, setTimestamp, ssrcOf, timestampOf, timestampStep, withoutExtras, writeHeader,
} from './packet.ts';

/** Two contributing sources, an extension of one word, three bytes of payload and two of padding. */
const full = Uint8Array.of(
  0xb2, 0x88, 0x12, 0x34, 0x89, 0xab, 0xcd, 0xef, 0xfe, 0xdc, 0xba, 0x98, 0, 0, 0, 1, 0, 0, 0, 2, 0xbe, 0xde, 0, 1, 0x10, 0xff, 0, 0, 7, 8, 9, 0, 2,
);

describe('an RTP packet', () => {
  it('is read field by field', () => {
    assert.ok(isRtp(full));
    assert.ok(hasPadding(full) && hasExtension(full) && hasMarker(full));
    assert.equal(payloadTypeOf(full), 8);
    assert.equal(sequenceOf(full), 0x1234);
    assert.equal(timestampOf(full), 0x89abcdef);
    assert.equal(ssrcOf(full), 0xfedcba98);
    assert.equal(payloadOffset(full), 28);
    assert.equal(payloadLength(full), 3);
  });

  it('is written as it is read', () => {
    const packet = new Uint8Array(HEADER_BYTES);
    writeHeader(packet, 101, true, 65_535, 0xffffffff, 0x80000001);
    assert.deepEqual([payloadTypeOf(packet), hasMarker(packet), sequenceOf(packet), timestampOf(packet), ssrcOf(packet)], [101, true, 65_535, 0xffffffff, 0x80000001]);
    setMarker(packet, false);
    setPayloadType(packet, 8);
    setSequence(packet, 65_536);
    setTimestamp(packet, 2 ** 32 + 5);
    setSsrc(packet, 7);
    assert.deepEqual([payloadTypeOf(packet), hasMarker(packet), sequenceOf(packet), timestampOf(packet), ssrcOf(packet)], [8, false, 0, 5, 7]);
  });

  it('is refused where its parts do not fit', () => {
    const changed = (at: number, value: number): Uint8Array => { const copy = full.slice(); copy[at] = value; return copy; };
    assert.ok(!isRtp(full.subarray(0, 11)), 'no whole header');
    assert.ok(!isRtp(changed(0, 0x32)), 'another version');
    assert.ok(!isRtp(changed(0, 0xbf)), 'more contributing sources than bytes');
    assert.ok(!isRtp(changed(23, 200)), 'an extension beyond the end');
    assert.ok(!isRtp(changed(32, 0)), 'padding of nothing');
    assert.ok(!isRtp(changed(32, 6)), 'padding beyond the payload');
    assert.ok(isRtp(changed(32, 5)), 'nothing but padding');
    assert.ok(isRtpHeader(changed(32, 6)), 'padding is not looked at before it is decrypted');
  });

  it('never reads beyond its end, whatever it is', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      const offset = payloadOffset(bytes);
      const length = payloadLength(bytes);
      if (isRtp(bytes)) assert.ok(offset >= HEADER_BYTES && length >= 0 && offset + length <= bytes.length);
      withoutExtras(bytes.slice());
      kindOf(bytes);
    }));
  });

  it('loses contributing sources and extension, and keeps the rest', () => {
    const packet = withoutExtras(full.slice());
    assert.equal(packet.length, HEADER_BYTES + 5);
    assert.deepEqual([...packet.subarray(payloadOffset(packet), payloadOffset(packet) + payloadLength(packet))], [7, 8, 9]);
    assert.deepEqual([hasExtension(packet), hasPadding(packet), hasMarker(packet), sequenceOf(packet), ssrcOf(packet)], [false, true, true, 0x1234, 0xfedcba98]);
    assert.equal(withoutExtras(packet), packet);
  });
});

describe('a datagram', () => {
  it('is told apart by its first bytes', () => {
    const kinds: readonly (readonly [string, readonly number[]])[] = [
      ['stun', [0, 1]], ['stun', [3]], ['unknown', [4]], ['zrtp', [16]], ['dtls', [20]], ['dtls', [63]], ['turn', [64]], ['unknown', [80]], ['unknown', []],
      ['rtp', [0x80, 8]], ['rtp', [0x80, 0x80 | 8]], ['rtp', [0x80, 191]], ['rtcp', [0x80, 192]], ['rtcp', [0x81, 200]], ['rtcp', [0x80, 223]], ['rtp', [0x80, 224]],
      ['unknown', [192, 200]],
    ];
    for (const [kind, bytes] of kinds) assert.equal(kindOf(Uint8Array.from(bytes)), kind, bytes.join(' '));
  });
});

describe('steps', () => {
  it('go the shorter way around', () => {
    assert.deepEqual([sequenceStep(65_535, 0), sequenceStep(0, 65_535), sequenceStep(5, 9)], [1, -1, 4]);
    assert.deepEqual([timestampStep(0xffffffff, 159), timestampStep(10, 0xfffffff0)], [160, -26]);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { composeRtcp } from '../rtp/rtcp.ts';
import { asksForPicture, writePictureLoss } from './picture.ts';

const REPORT = composeRtcp([{ kind: 'receiverReport', ssrc: 7, reports: [] }]);
/** RFC 5104 4.3.1.1: two entries, the second of them ours. */
const INTRA = Buffer.from('84ce0006000000070000000000000001010000000000004d01000000', 'hex');

describe('asking for a whole picture', () => {
  it('is read in a compound, wherever it stands, and only for whom it is meant', () => {
    const loss = Buffer.concat([REPORT, writePictureLoss(7, 77)]);
    assert.equal(asksForPicture(loss, 77), true);
    assert.equal(asksForPicture(loss, 7), false);
    assert.equal(asksForPicture(Buffer.concat([REPORT, INTRA]), 77), true);
    assert.equal(asksForPicture(INTRA, 78), false);
    assert.equal(asksForPicture(REPORT, 7), false);
  });

  it('ends, whatever is read', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 120 }), fc.nat(120), (bytes, cut) => {
      asksForPicture(bytes, 77);
      const broken = Buffer.concat([REPORT, INTRA, Buffer.from(bytes)]).subarray(0, cut);
      asksForPicture(broken, 77);
    }), { numRuns: 1_000 });
  });
});

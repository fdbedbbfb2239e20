import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readBindingRequest, writeBindingRequest, writeBindingSuccess, writeRoleConflict, writeUnknownAttributes } from './stun.ts';

/** RFC 5769 2.1. */
const SAMPLE = Buffer.from(`
  00010058 2112a442 b7e7a701 bc34d686 fa87dfae
  80220010 5354554e 20746573 7420636c 69656e74
  00240004 6e0001ff
  80290008 932ff9b1 51263b36
  00060009 6576746a 3a683676 59202020
  00080014 9aeaa70c bfd8cb56 781ef2b5 b2d3f249 c1b571a2
  80280004 e57a3bcf`.replaceAll(/\s/g, ''), 'hex');
const PASSWORD = 'VOkJxbRl1RmTxUk/WvJxBt';

describe('STUN for the passive side of ICE', () => {
  it('reads the sample request of RFC 5769', () => {
    const request = readBindingRequest(SAMPLE);
    assert.ok(request !== undefined);
    assert.equal(request.asked, 'evtj');
    assert.equal(request.asking, 'h6vY');
    assert.equal(request.isControlled, true);
    assert.equal(request.isNominating, false);
    assert.deepEqual(request.unknown, []);
    assert.equal(request.isIntact(PASSWORD), true);
    assert.equal(request.isIntact('another password 123456'), false);
  });

  it('tells addresses of both families as the sample responses of RFC 5769 do', () => {
    const request = readBindingRequest(SAMPLE);
    assert.ok(request !== undefined);
    const ipv4 = writeBindingSuccess(request, { address: '192.0.2.1', port: 32853 }, PASSWORD);
    assert.ok(ipv4.includes(Buffer.from('002000080001a147e112a643', 'hex')));
    const ipv6 = writeBindingSuccess(request, { address: '2001:db8:1234:5678:11:2233:4455:6677', port: 32853 }, PASSWORD);
    assert.ok(ipv6.includes(Buffer.from('002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9', 'hex')));
    const both = writeBindingSuccess(request, { address: '::ffff:192.0.2.1', port: 32853 }, PASSWORD);
    assert.deepEqual(both, ipv4);
    assert.ok(writeBindingSuccess(request, { address: 'fe80::1%eth0', port: 1 }, PASSWORD).length > ipv4.length);
  });

  it('reads what it writes, and takes nothing that was changed on the way', () => {
    const written = writeBindingRequest(Buffer.alloc(12, 5), 'ours:theirs', PASSWORD, { isNominating: true });
    const request = readBindingRequest(written);
    assert.deepEqual({ asked: request?.asked, asking: request?.asking, isNominating: request?.isNominating, isControlled: request?.isControlled },
      { asked: 'ours', asking: 'theirs', isNominating: true, isControlled: false });
    // The proof covers all but the checksum behind it, which is eight bytes.
    for (let bit = 0; bit < (written.length - 8) * 8; bit += 1) {
      const changed = Buffer.from(written);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.notEqual(readBindingRequest(changed)?.isIntact(PASSWORD), true, `bit ${bit}`);
    }
  });

  it('does not believe what stands behind the integrity', () => {
    const honest = writeBindingRequest(Buffer.alloc(12, 5), 'ours:theirs', PASSWORD);
    // Without the checksum, and with the wish to be nominated behind the proof.
    const forged = Buffer.concat([honest.subarray(0, -8), Buffer.of(0, 0x25, 0, 0)]);
    forged.writeUInt16BE(forged.length - 20, 2);
    const request = readBindingRequest(forged);
    assert.equal(request?.isNominating, false);
  });

  it('names the attributes that must be understood and are not', () => {
    const request = { transaction: Buffer.alloc(12), asked: '', asking: '', isNominating: false, isControlled: false, unknown: [0x7001, 2], isIntact: () => true };
    assert.ok(writeUnknownAttributes(request, PASSWORD).includes(Buffer.from('000a000470010002', 'hex')));
    assert.ok(writeRoleConflict(request, PASSWORD).includes(Buffer.from('00000457', 'hex')));
  });

  it('survives whatever else comes', () => {
    const head = Buffer.from('000100002112a442', 'hex');
    fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), fc.boolean(), (bytes, isAlike) => {
      const datagram = Buffer.from(bytes);
      if (isAlike && datagram.length >= 20) {
        head.copy(datagram);
        datagram.writeUInt16BE(datagram.length - 20, 2);
      }
      assert.notEqual(readBindingRequest(datagram)?.isIntact(PASSWORD), true);
    }), { numRuns: 2_000 });
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { canonicalAddress, isLocalAddress, isSendable } from './address.ts';

describe('an address', () => {
  it('has one way to be written', () => {
    assert.equal(canonicalAddress('192.0.2.1'), '192.0.2.1');
    assert.equal(canonicalAddress('2001:DB8:0:0::1'), '2001:db8::1');
    assert.equal(canonicalAddress('::FFFF:192.0.2.1'), '192.0.2.1');
    assert.equal(canonicalAddress('::ffff:c000:201'), '192.0.2.1');
    for (const none of ['', 'example.com', '192.0.2', '1.2.3.4:5', ':::']) assert.equal(canonicalAddress(none), '');
  });

  it('may be one that is not reached from everywhere', () => {
    for (const address of ['10.1.2.3', '172.31.0.1', '192.168.1.1', '100.64.9.9', '169.254.1.1', '127.0.0.1', 'fd00::1', 'fe80::1', '::1']) assert.ok(isLocalAddress(address), address);
    for (const address of ['172.32.0.1', '100.128.0.1', '8.8.8.8', '2001:db8::1', 'nobody']) assert.ok(!isLocalAddress(address), address);
  });

  it('is sent to only where it is one host', () => {
    assert.ok(isSendable('192.0.2.1', 5_004) && isSendable('2001:db8::1', 1));
    for (const address of ['0.0.0.0', '::', '224.0.0.1', '255.255.255.255', 'ff02::1', 'example.com', '']) assert.ok(!isSendable(address, 5_004), address);
    for (const port of [0, -1, 65_536, 1.5, Number.NaN]) assert.ok(!isSendable('192.0.2.1', port));
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isPrivate, isWithin, LOOPBACK, readIp, readNetwork, readNetworks, sourceOf } from './networks.ts';

describe('networks', () => {
  it('reads addresses of both versions, zones and mapped ones', () => {
    assert.deepEqual(readIp('192.0.2.1'), [0xc0000201]);
    assert.deepEqual(readIp('::ffff:192.0.2.1'), [0xc0000201]);
    assert.deepEqual(readIp('2001:db8::1'), [0x20010db8, 0, 0, 1]);
    assert.deepEqual(readIp('fe80::1%eth0'), [0xfe800000, 0, 0, 1]);
    assert.deepEqual(readIp('::'), [0, 0, 0, 0]);
    assert.deepEqual(readIp('1:2:3:4:5:6:7:8'), [0x10002, 0x30004, 0x50006, 0x70008]);
    for (const text of ['', 'example.com', '1.2.3', '1.2.3.4.5', '256.1.1.1', ':::', '2001:db8::1::2', '01.2.3.4']) assert.equal(readIp(text), undefined, text);
  });

  it('says what lies within a network', () => {
    const cases: readonly [network: string, address: string, isIn: boolean][] = [
      ['192.0.2.0/24', '192.0.2.255', true], ['192.0.2.0/24', '192.0.3.0', false], ['192.0.2.7', '192.0.2.7', true], ['192.0.2.7', '192.0.2.8', false],
      ['0.0.0.0/0', '8.8.8.8', true], ['0.0.0.0/0', '::1', false], ['128.0.0.0/1', '255.0.0.1', true], ['128.0.0.0/1', '127.0.0.1', false],
      ['2001:db8::/33', '2001:db8:7fff::1', true], ['2001:db8::/33', '2001:db8:8000::1', false], ['::ffff:10.0.0.1', '10.0.0.1', true], ['10.0.0.0/8', '::ffff:10.9.9.9', true],
    ];
    for (const [network, address, isIn] of cases) assert.equal(isWithin(readNetworks([network]), address), isIn, `${address} in ${network}`);
  });

  it('does not take for a network what is none', () => {
    for (const text of ['10.0.0.0/33', '10.0.0.0/', '10.0.0.0/-1', '10.0.0.0/8/8', '::/129', 'x/8', '10.0.0.0/1e1']) assert.equal(readNetwork(text), undefined, text);
  });

  it('knows private addresses and this machine', () => {
    for (const address of ['10.1.2.3', '172.31.0.1', '192.168.1.1', '100.64.0.1', '127.0.0.1', '::1', 'fd00::1', 'fe80::1']) assert.equal(isPrivate(address), true, address);
    for (const address of ['172.32.0.1', '8.8.8.8', '2001:db8::1']) assert.equal(isPrivate(address), false, address);
    assert.equal(isWithin(readNetworks(LOOPBACK), '127.8.8.8'), true);
  });

  it('takes the /64 of an IPv6 address for one source', () => {
    assert.equal(sourceOf('192.0.2.1'), '192.0.2.1');
    assert.equal(sourceOf('::ffff:192.0.2.1'), '192.0.2.1');
    assert.equal(sourceOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64');
    assert.equal(sourceOf('2001:db8:1:2::ffff'), '2001:db8:1:2::/64');
    assert.notEqual(sourceOf('2001:db8:1:3::1'), sourceOf('2001:db8:1:2::1'));
  });

  it('takes all spellings of an IPv6 address for the same', () => {
    fc.assert(fc.property(fc.ipV6(), (address) => {
      assert.deepEqual(readIp(address), readIp(new URL(`http://[${address}]/`).hostname.slice(1, -1)), address);
      assert.deepEqual(readIp(address.toUpperCase()), readIp(address.toLowerCase()));
    }));
  });

  it('finds every address in the network of its own first bits, and not in that of others', () => {
    fc.assert(fc.property(fc.ipV4(), fc.integer({ min: 1, max: 32 }), (address, bits) => {
      const [word = 0] = readIp(address) ?? [];
      const flipped = (word ^ (2 ** (32 - bits))) >>> 0;
      const other = [24, 16, 8, 0].map((shift) => (flipped >>> shift) & 255).join('.');
      assert.equal(isWithin(readNetworks([`${address}/${bits}`]), address), true);
      assert.equal(isWithin(readNetworks([`${address}/${bits}`]), other), false);
    }));
    fc.assert(fc.property(fc.ipV6(), (address) => { assert.equal(isWithin(readNetworks([sourceOf(address)]), address) || readIp(address)?.length === 1, true); }));
  });
});

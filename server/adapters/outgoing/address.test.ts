import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createAddressPolicy } from './address.ts';

const strict = createAddressPolicy([]);

const forbidden: readonly [address: string, why: string][] = [
  ['127.0.0.1', 'loopback'], ['127.255.255.255', 'loopback'], ['0.0.0.0', 'unspecified'], ['0.1.2.3', 'unspecified'],
  ['10.0.0.1', 'private'], ['172.16.0.1', 'private'], ['172.31.255.255', 'private'], ['192.168.1.1', 'private'],
  ['169.254.169.254', 'linkLocal'], ['100.64.0.1', 'carrierGradeNat'], ['100.127.255.255', 'carrierGradeNat'],
  ['198.18.0.1', 'reserved'], ['192.0.0.8', 'reserved'], ['192.0.2.1', 'reserved'], ['203.0.113.9', 'reserved'], ['240.0.0.1', 'reserved'],
  ['224.0.0.1', 'multicast'], ['239.255.255.250', 'multicast'], ['255.255.255.255', 'broadcast'],
  ['::', 'unspecified'], ['::1', 'loopback'], ['fe80::1', 'linkLocal'], ['fe80::1%eth0', 'no address'], ['fc00::1', 'uniqueLocal'], ['fd12:3456::1', 'uniqueLocal'],
  ['fec0::1', 'deprecatedSiteLocal'], ['ff02::1', 'multicast'], ['100::1', 'discard'], ['2001:db8::1', 'reserved'], ['3fff::1', 'reserved'], ['2001:2::1', 'benchmarking'],
  ['::ffff:127.0.0.1', 'loopback'], ['::ffff:a00:1', 'private'], ['::ffff:169.254.169.254', 'linkLocal'],
  ['64:ff9b::7f00:1', 'loopback'], ['64:ff9b::10.0.0.1', 'private'], ['64:ff9b:1::808:808', 'rfc6052'],
  ['2002:7f00:1::', '6to4'], ['2002:808:808::1', '6to4'], ['2001:0:4136:e378::1', 'teredo'], ['::ffff:0:127.0.0.1', 'rfc6145'],
  ['::127.0.0.1', 'not global'], ['::a00:1', 'not global'], ['4000::1', 'not global'], ['5f00::1', 'segmentRouting'],
  ['localhost', 'no address'], ['', 'no address'],
];

for (const [address, why] of forbidden) test(`${address || 'nothing'} is refused: ${why}`, () => assert.equal(strict.refusal(address), why));

for (const address of ['8.8.8.8', '93.184.216.34', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a00:1450:4001::64', '::ffff:8.8.8.8', '64:ff9b::8.8.8.8']) {
  test(`${address} may be called`, () => assert.equal(strict.refusal(address), undefined));
}

test('private networks that the settings name may be called, and no others', () => {
  const policy = createAddressPolicy(['10.1.0.0/16', 'fd00::/64', '192.168.1.7']);
  assert.equal(policy.refusal('10.1.2.3'), undefined);
  assert.equal(policy.refusal('::ffff:10.1.2.3'), undefined);
  assert.equal(policy.refusal('fd00::5'), undefined);
  assert.equal(policy.refusal('192.168.1.7'), undefined);
  assert.equal(policy.refusal('192.168.1.8'), 'private');
  assert.equal(policy.refusal('10.2.0.1'), 'private');
  assert.equal(policy.refusal('fd00:1::1'), 'uniqueLocal');
  assert.equal(policy.refusal('127.0.0.1'), 'loopback');
});

test('all private networks at once, but never multicast nor the unspecified address', () => {
  const policy = createAddressPolicy(true);
  assert.equal(policy.refusal('127.0.0.1'), undefined);
  assert.equal(policy.refusal('169.254.1.1'), undefined);
  assert.equal(policy.refusal('::1'), undefined);
  assert.equal(policy.refusal('0.0.0.0'), 'unspecified');
  assert.equal(policy.refusal('::ffff:0.0.0.0'), 'unspecified');
  assert.equal(policy.refusal('224.0.0.1'), 'multicast');
});

test('a setting that is no network is refused', () => {
  for (const text of ['10.0.0.0/33', 'example.com', '10.0.0', '']) assert.throws(() => createAddressPolicy([text]), /is no network/);
});

test('an IPv4 address is judged alike in every form that leads to it', () => {
  fc.assert(fc.property(fc.ipV4(), (address) => {
    const expected = strict.refusal(address);
    assert.equal(strict.refusal(`::ffff:${address}`), expected);
    assert.equal(strict.refusal(`64:ff9b::${address}`), expected);
  }));
});

test('any text gets an answer', () => {
  fc.assert(fc.property(fc.oneof(fc.ipV6(), fc.ipV4Extended(), fc.string()), (text) => {
    assert.ok(['string', 'undefined'].includes(typeof strict.refusal(text)));
  }));
});

import { BlockList, isIP, SocketAddress } from 'node:net';

/** One way to write each address, so that they can be compared: '' for what is none. An IPv4 address in an IPv6 one is itself (RFC 4291 2.5.5.2). */
export function canonicalAddress(address: string): string {
  const family = isIP(address);
  if (family !== 6) return family === 4 ? address : '';
  const [text = ''] = new SocketAddress({ address, family: 'ipv6' }).address.split('%');
  const mapped = text.startsWith('::ffff:') ? text.slice('::ffff:'.length) : '';
  return isIP(mapped) === 4 ? mapped : text;
}

/** Addresses that are not reached from everywhere, so that their owner may be seen under another one (RFC 1918, 6598, 3927, 4193, 4291). */
const local = new BlockList();
/** Addresses that are many, or nobody: sound is not sent to them. */
const unsendable = new BlockList();

local.addSubnet('10.0.0.0', 8, 'ipv4');
local.addSubnet('172.16.0.0', 12, 'ipv4');
local.addSubnet('192.168.0.0', 16, 'ipv4');
local.addSubnet('100.64.0.0', 10, 'ipv4');
local.addSubnet('169.254.0.0', 16, 'ipv4');
local.addSubnet('127.0.0.0', 8, 'ipv4');
local.addSubnet('fc00::', 7, 'ipv6');
local.addSubnet('fe80::', 10, 'ipv6');
local.addAddress('::1', 'ipv6');
unsendable.addSubnet('0.0.0.0', 8, 'ipv4');
unsendable.addSubnet('224.0.0.0', 3, 'ipv4');
unsendable.addSubnet('ff00::', 8, 'ipv6');
unsendable.addAddress('::', 'ipv6');

export function isLocalAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && local.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/** Whether sound can go there: one host and a port of it. Hold in the old way has neither (RFC 2543 B.5). */
export function isSendable(address: string, port: number): boolean {
  const family = isIP(address);
  if (family === 0 || !Number.isInteger(port) || port < 1 || port > 65_535) return false;
  return !unsendable.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

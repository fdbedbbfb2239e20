import ipaddr from 'ipaddr.js';
import { StartError } from '../../start-error.ts';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = [Address, number];

/** Which addresses Parley may call: the public ones, and those private ones that the settings name. */
export interface AddressPolicy {
  /** Why the address must not be called; undefined when it may. */
  readonly refusal: (address: string) => string | undefined;
}

/** Nobody answers there for itself, whatever the settings say. */
const NEVER: readonly string[] = ['unspecified', 'broadcast', 'multicast'];

/** RFC 4291: all of today's public IPv6. What lies outside embeds IPv4 addresses, is private, or is nobody's. */
const GLOBAL_UNICAST: Network = [ipaddr.IPv6.parse('2000::'), 3];

/** RFC 6052: behind NAT64 this is what public IPv4 servers look like. */
const NAT64: Network = [ipaddr.IPv6.parse('64:ff9b::'), 96];

/** RFC 4291 2.5.5.1, deprecated; ipaddr.js takes it for the IPv4 address itself, the system does not. */
const IPV4_COMPATIBLE = /^::\d+\.\d/;

/** `allowPrivate`: networks such as `10.1.0.0/16` that may be called, or true for all of them. */
export function createAddressPolicy(allowPrivate: readonly string[] | boolean): AddressPolicy {
  const allowed = typeof allowPrivate === 'boolean' ? [] : allowPrivate.map(readNetwork);
  return {
    refusal: (text) => {
      // A zone names an interface of this machine: such an address is never somebody else's.
      if (text.includes('%') || !ipaddr.isValid(text)) return 'no address';
      if (IPV4_COMPATIBLE.test(text)) return 'not global';
      const address = innermost(ipaddr.parse(text));
      const range = address.range();
      if (NEVER.includes(range)) return range;
      if (allowPrivate === true || allowed.some((network) => lies(address, network))) return undefined;
      if (range !== 'unicast') return range;
      return address.kind() === 'ipv6' && !lies(address, GLOBAL_UNICAST) ? 'not global' : undefined;
    },
  };
}

/** The IPv4 address that IPv4-mapped and NAT64 addresses stand for; other embeddings (6to4, Teredo) are special ranges. */
function innermost(address: Address): Address {
  if (address instanceof ipaddr.IPv4) return address;
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  if (lies(address, NAT64)) return new ipaddr.IPv4(address.toByteArray().slice(12));
  return address;
}

function lies(address: Address, [network, bits]: Network): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}

function readNetwork(text: string): Network {
  const cidr = text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`;
  if (!(cidr.includes(':') ? ipaddr.IPv6.isValidCIDR(cidr) : ipaddr.IPv4.isValidCIDRFourPartDecimal(cidr))) {
    throw new StartError(
      `"${text}" in PARLEY_OUTGOING_PRIVATE is no network.`, 'Write networks such as 10.1.0.0/16, or single addresses, separated by commas.',
    );
  }
  const [address, bits] = ipaddr.parseCIDR(cidr);
  return [address, bits];
}

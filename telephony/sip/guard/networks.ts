import { isIPv6 } from 'node:net';

/** A range of addresses, such as 192.0.2.0/24, or one address. */
export interface Network {
  /** One word of 32 bits for IPv4, four for IPv6. */
  readonly words: readonly number[];
  readonly bits: number;
}

/** This machine itself. */
export const LOOPBACK: readonly string[] = ['127.0.0.0/8', '::1/128'];

/** Addresses that mean something in their own network only (RFC 1918, 6598, 3927, 4193, 4291), this machine's among them. */
const PRIVATE = [
  '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16', '0.0.0.0/8', ...LOOPBACK, 'fc00::/7', 'fe80::/10', '::/128',
];

const IPV4_BITS = 32;
const IPV6_BITS = 128;

/** Reads what is asked for with each message; -1 for anything else, leading zeros among it, which some read as octal. */
function ipv4Word(text: string): number {
  let word = 0;
  let byte = -1;
  let bytes = 1;
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit === -2) {
      if (byte === -1) return -1;
      word = word * 256 + byte;
      byte = -1;
      bytes += 1;
    } else if (digit < 0 || digit > 9 || byte === 0) return -1;
    else byte = byte === -1 ? digit : byte * 10 + digit;
    if (byte > 255) return -1;
  }
  return bytes === 4 && byte !== -1 ? word * 256 + byte : -1;
}

/** Of a text that is known to be an address. */
function ipv6Words(text: string): readonly number[] {
  const groups: number[] = [];
  let group = 0;
  let hasDigits = false;
  let gap = -1;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 58) {
      if (hasDigits) groups.push(group);
      else gap = groups.length;
      group = 0;
      hasDigits = false;
      start = at + 1;
    } else if (code === 46) {
      const word = ipv4Word(text.slice(start));
      groups.push(Math.floor(word / 65_536));
      group = word % 65_536;
      break;
    } else {
      group = group * 16 + (code < 58 ? code - 48 : (code | 32) - 87);
      hasDigits = true;
    }
  }
  if (hasDigits) groups.push(group);
  if (gap !== -1) groups.splice(gap, 0, ...ZEROES.slice(groups.length));
  return [pair(groups, 0), pair(groups, 2), pair(groups, 4), pair(groups, 6)];
}

const ZEROES: readonly number[] = [0, 0, 0, 0, 0, 0, 0, 0];
const pair = (groups: readonly number[], at: number): number => (groups[at] ?? 0) * 65_536 + (groups[at + 1] ?? 0);

/** The words of an address; an IPv4 address that is written as IPv6 is one of IPv4. */
export function readIp(address: string): readonly number[] | undefined {
  const word = ipv4Word(address);
  if (word !== -1) return [word];
  const zone = address.indexOf('%');
  const text = zone === -1 ? address : address.slice(0, zone);
  if (!isIPv6(text)) return undefined;
  const words = ipv6Words(text);
  const [first, second, third, fourth = 0] = words;
  return first === 0 && second === 0 && third === 0xffff ? [fourth] : words;
}

export function readNetwork(text: string): Network | undefined {
  const slash = text.indexOf('/');
  const words = readIp(slash === -1 ? text : text.slice(0, slash));
  if (words === undefined) return undefined;
  const most = words.length === 1 ? IPV4_BITS : IPV6_BITS;
  if (slash === -1) return { words, bits: most };
  const length = text.slice(slash + 1);
  const bits = Number(length);
  return /^\d{1,3}$/.test(length) && bits <= most ? { words, bits } : undefined;
}

/** Those that can be read; the others are the business of whoever checks the settings. */
export function readNetworks(texts: readonly string[]): readonly Network[] {
  return texts.flatMap((text) => readNetwork(text) ?? []);
}

function holds({ words, bits }: Network, address: readonly number[]): boolean {
  if (words.length !== address.length) return false;
  for (let at = 0; at * 32 < bits; at += 1) {
    // The bits of both that differ, without those beyond the network's.
    const shift = Math.max(0, 32 - (bits - at * 32));
    if (((words[at] ?? 0) ^ (address[at] ?? 0)) >>> shift !== 0) return false;
  }
  return true;
}

export function isWithin(networks: readonly Network[], address: string): boolean {
  if (networks.length === 0) return false;
  const words = readIp(address);
  if (words === undefined) return false;
  for (const network of networks) if (holds(network, words)) return true;
  return false;
}

const privateNetworks = readNetworks(PRIVATE);

export function isPrivate(address: string): boolean {
  return isWithin(privateNetworks, address);
}

/** Whom an address stands for: itself for IPv4; for IPv6 its /64, which a subscriber is given at least, with all that is in it (RFC 6177). */
export function sourceOf(address: string): string {
  if (!address.includes(':')) return address;
  const words = readIp(address);
  if (words === undefined) return address;
  if (words.length === 1) return [24, 16, 8, 0].map((shift) => ((words[0] ?? 0) >>> shift) & 255).join('.');
  const [first = 0, second = 0] = words;
  return `${(first >>> 16).toString(16)}:${(first & 0xffff).toString(16)}:${(second >>> 16).toString(16)}:${(second & 0xffff).toString(16)}::/64`;
}

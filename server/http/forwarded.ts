import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Who asks, and for what, as proxies that are trusted tell it. */
export interface Forwarded {
  /** Where the request began. */
  readonly address: string;
  readonly isSecure: boolean;
  /** Name and port under which the client found us. */
  readonly host: string | undefined;
}

const MAPPED = '::ffff:';
/** More proxies than anybody has in a row. */
const MOST_HOPS = 20;

const plain = (address: string): string => (address.startsWith(MAPPED) && address.includes('.') ? address.slice(MAPPED.length) : address);

/** Of several proxies each adds what it has seen behind what it was told. */
function lastOf(header: string | string[] | undefined): string | undefined {
  const last = (Array.isArray(header) ? header.join(',') : header)?.split(',').at(-1)?.trim();
  return last === '' ? undefined : last;
}

/** Reads what the listener reads of requests, for what does not go through it: the upgrades to WebSocket. */
export function createForwarding(trustedProxies: readonly string[]): (request: IncomingMessage) => Forwarded {
  const trusted = new BlockList();
  for (const proxy of trustedProxies) {
    const [address = '', bits] = proxy.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(bits), family);
  }
  const isTrusted = (address: string): boolean => isIP(address) !== 0 && trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

  return ({ socket, headers }) => {
    const near = plain(socket.remoteAddress ?? '');
    const isEncrypted = 'encrypted' in socket && socket.encrypted === true;
    if (!isTrusted(near)) return { address: near, isSecure: isEncrypted, host: headers.host };
    const given = headers['x-forwarded-for'];
    const hops = (Array.isArray(given) ? given.join(',') : given ?? '').split(',').map((hop) => plain(hop.trim())).filter((hop) => hop !== '').slice(-MOST_HOPS);
    let address = near;
    for (let hop = hops.pop(); hop !== undefined && isTrusted(address); hop = hops.pop()) address = hop;
    const scheme = lastOf(headers['x-forwarded-proto']);
    return { address, isSecure: scheme === undefined ? isEncrypted : scheme.toLowerCase() === 'https', host: lastOf(headers['x-forwarded-host']) ?? headers.host };
  };
}

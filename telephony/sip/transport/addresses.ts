import { BlockList, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Timers } from '../../timers.ts';
import type { Place } from './channel.ts';

/** Peers of IPv4 on a socket of both families show up as `::ffff:192.0.2.1`; they are the same peers. */
export function plainAddress(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice('::ffff:'.length) : address;
}

export function isAny(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

export function hostAndPort({ address, port }: Place): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

interface Network {
  readonly address: string;
  readonly isInternal: boolean;
  readonly isIPv6: boolean;
  readonly members: BlockList;
}

/** What others are told of where we listen, when that is not what the socket says: the outer address of a router, say. */
export interface Advertised {
  readonly address: string;
  readonly port?: number;
}

/** Where a peer reaches what is bound to a place. */
export type LocalPlaces = (bound: Place, remote: string, advertised?: Advertised) => Place;

/** Interfaces come and go, seldom. */
const FRESH_MS = 10_000;

export function createLocalPlaces({ now }: Pick<Timers, 'now'>): LocalPlaces {
  let networks: readonly Network[] = [];
  let readAt = -Infinity;

  const current = (): readonly Network[] => {
    if (now() - readAt > FRESH_MS) {
      networks = readNetworks();
      readAt = now();
    }
    return networks;
  };

  return (bound, remote, advertised) => {
    if (advertised === undefined && !isAny(bound.address)) return bound;
    const family = isIPv6(remote) ? 'ipv6' : 'ipv4';
    const near = current().find(({ members }) => members.check(remote, family));
    // Who is in a network of ours need not go by way of the router, and often cannot.
    if (near !== undefined) return { address: isAny(bound.address) ? near.address : bound.address, port: bound.port };
    if (advertised !== undefined) return { address: advertised.address, port: advertised.port ?? bound.port };
    const outer = current().find((network) => network.isIPv6 === (family === 'ipv6') && !network.isInternal);
    return { address: outer?.address ?? (family === 'ipv6' ? '::1' : '127.0.0.1'), port: bound.port };
  };
}

function readNetworks(): readonly Network[] {
  return Object.values(networkInterfaces()).flatMap((addresses) => (addresses ?? []).map(({ address, cidr, family, internal }) => {
    const members = new BlockList();
    const [base, prefix] = (cidr ?? '').split('/');
    if (base !== undefined && prefix !== undefined) members.addSubnet(base, Number(prefix), family === 'IPv6' ? 'ipv6' : 'ipv4');
    return { address, isInternal: internal, isIPv6: family === 'IPv6', members };
  }));
}

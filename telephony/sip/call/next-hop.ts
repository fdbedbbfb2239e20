import { isIP } from 'node:net';
import { isPrivate } from '../guard/networks.ts';
import { readUri } from '../message/uri.ts';
import type { Channel, Target, TransportKind } from '../transport/channel.ts';

const KINDS: Readonly<Record<string, TransportKind>> = { udp: 'UDP', tcp: 'TCP', tls: 'TLS', ws: 'WS', wss: 'WSS' };
const DEFAULT_PORT: Readonly<Record<TransportKind, number>> = { UDP: 5060, TCP: 5060, TLS: 5061, WS: 80, WSS: 443 };

export interface Hop {
  /** The first route, or the other end itself (RFC 3261 12.2.1.1). */
  readonly uri: string;
  /** By which the other end was heard last. */
  readonly channel: Channel;
  /** By which target that channel was reached, where it was. */
  readonly reached?: Target | undefined;
  /** The other end comes from elsewhere than it says, or has registered by this channel. */
  readonly isBehindNat: boolean;
}

/**
 * Where the next request of a dialog goes: undefined for the channel by which the other end was heard. By RFC 3261 it is the
 * address in the URI, but that of a telephone behind a translator, of a browser (RFC 7118 5) or of a carrier that names its
 * inner network leads nowhere, and where it leads to the peer that we have, the connection to it is used again.
 */
export function nextHop({ uri, channel, reached, isBehindNat }: Hop): Target | undefined {
  if (channel.kind === 'WS' || channel.kind === 'WSS') return undefined;
  const read = readUri(uri);
  if (read === undefined || read.host === '' || read.host.endsWith('.invalid')) return undefined;
  const kind = KINDS[read.params.get('transport')?.toLowerCase() ?? ''] ?? (read.scheme === 'sips' ? 'TLS' : channel.kind);
  // A browser's address behind a proxy that has not put itself into the route.
  if (kind === 'WS' || kind === 'WSS') return undefined;
  const target: Target = { kind, host: read.host, ...(read.port === undefined ? {} : { port: read.port }) };
  // A connection that is closed may be opened again, though not by way of a translator.
  if (!channel.isOpen()) return isPrivate(read.host) && !isPrivate(channel.remote.address) ? undefined : target;
  if (reached !== undefined && isSameTarget(reached, target)) return undefined;
  if (isIP(read.host) === 0) return target;
  const port = read.port ?? DEFAULT_PORT[kind];
  if (read.host === channel.remote.address && kind === channel.kind) {
    // A connection comes from a port of its own, and so does whatever a translator lets through.
    if (port === channel.remote.port || channel.kind !== 'UDP' || isBehindNat) return undefined;
    return target;
  }
  return isPrivate(read.host) && (isBehindNat || !isPrivate(channel.remote.address)) ? undefined : target;
}

function isSameTarget(one: Target, other: Target): boolean {
  return one.kind === other.kind && one.host.toLowerCase() === other.host && (one.port ?? DEFAULT_PORT[one.kind]) === (other.port ?? DEFAULT_PORT[other.kind]);
}

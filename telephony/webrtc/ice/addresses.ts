import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Where a socket that is bound to this address can be reached, as far as it can be seen from here. */
export function addressesOf(bound: string): readonly string[] {
  if (bound !== '0.0.0.0' && bound !== '::') return [bound];
  const isWanted = (address: string): boolean => isIPv6(address) === (bound === '::') && !address.toLowerCase().startsWith('fe80:');
  const own = Object.values(networkInterfaces()).flatMap((list) => list ?? []).filter(({ internal, address }) => !internal && isWanted(address));
  if (own.length === 0) return [bound === '::' ? '::1' : '127.0.0.1'];
  return own.map(({ address }) => address);
}

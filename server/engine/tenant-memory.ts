import type { Writer } from './writer.ts';

/** Of a tenant, what was read of the database and has not changed since. */
export type Remembered<T> = (vdnId: number) => Promise<T>;

const MAX_TENANTS = 1000;

/** Reads something of each tenant once, and again after a change of one of the nouns: for queries that come many times a second. */
export function rememberByTenant<T>(
  writer: Pick<Writer, 'subscribe'>, nouns: readonly string[], read: (vdnId: number) => Promise<T>, maxTenants = MAX_TENANTS,
): Remembered<T> {
  const tenants = new Map<number, Promise<T>>();
  writer.subscribe(({ vdnId, change }) => {
    // Also what is just being read: it may be old by now, and serves only those who asked before the change.
    if (nouns.includes(change.what)) tenants.delete(vdnId);
  });
  return (vdnId) => {
    const known = tenants.get(vdnId);
    if (known !== undefined) return known;
    const reading = read(vdnId);
    const [oldest] = tenants.keys();
    if (tenants.size >= maxTenants && oldest !== undefined) tenants.delete(oldest);
    tenants.set(vdnId, reading);
    reading.catch(() => { if (tenants.get(vdnId) === reading) tenants.delete(vdnId); });
    return reading;
  };
}

import type { Context } from '@parley/contract/handler.ts';
import { createRateLimit } from '../../security/rate-limit.ts';

/** Flow control (13.2.3.1, 0300008 and 0300009): so much one tenant may ask for. */
export interface Flow {
  /** False where it has asked too often. */
  readonly query: (context: Pick<Context, 'vdnId' | 'now'>) => boolean;
  /** The same for what has a file in its reply: also how many go on at once is counted. */
  readonly download: (context: Pick<Context, 'vdnId' | 'now' | 'onSent'>) => boolean;
}

const QUERIES_A_SECOND = 50;
const DOWNLOADS_A_SECOND = 50;
const DOWNLOADS_AT_ONCE = 32;

export function createFlow(): Flow {
  const [queries, downloads] = [createRateLimit(QUERIES_A_SECOND, 1000), createRateLimit(DOWNLOADS_A_SECOND, 1000)];
  const going = new Map<number, number>();
  return {
    query: ({ vdnId, now }) => queries.take(String(vdnId), now),
    download: ({ vdnId, now, onSent }) => {
      const count = going.get(vdnId) ?? 0;
      if (count >= DOWNLOADS_AT_ONCE || !downloads.take(String(vdnId), now)) return false;
      going.set(vdnId, count + 1);
      onSent(() => {
        const left = (going.get(vdnId) ?? 1) - 1;
        if (left === 0) going.delete(vdnId);
        else going.set(vdnId, left);
      });
      return true;
    },
  };
}

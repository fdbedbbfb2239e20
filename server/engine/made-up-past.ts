import type { Happened } from '@parley/core/centre/event.ts';
import type { Database } from '../database/connect.ts';
import type { Projector } from './projector.ts';

/** Before anything that a journal numbers. */
const FIRST = -10_000_000_000;
const AT_ONCE = 5000;

/**
 * Writes a past that was made up (sim/past.ts) to the rows that follow the journal, as if it had happened: for demonstrations, and for
 * tables as large as they are after years. Nothing of it is journaled. Answers how many events there were.
 */
export async function writePast(db: Database, vdnId: number, past: Iterable<Happened>, projectors: readonly Pick<Projector, 'put'>[]): Promise<number> {
  let seq = FIRST;
  let page: { readonly seq: number; readonly at: number; readonly event: Happened['event'] }[] = [];
  const write = async (): Promise<void> => {
    const events = page;
    page = [];
    await db.transaction().execute(async (tx) => {
      for (const projector of projectors) await projector.put(tx, vdnId, events);
    });
  };
  for (const { at, event } of past) {
    page.push({ seq, at, event });
    seq += 1;
    if (page.length >= AT_ONCE) await write();
  }
  await write();
  return seq - FIRST;
}

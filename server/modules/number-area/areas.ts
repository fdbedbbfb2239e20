import { buildAreaIndex, findArea, type AreaAnswer, type AreaIndex, type AreaRecord } from '@parley/core/number-area/lookup.ts';
import type { PhoneNumber } from '@parley/core/number-area/phone-number.ts';
import type { Database } from '../../database/connect.ts';
import type { Writer } from '../../engine/writer.ts';
import { readShippedAreas } from './data/read-data.ts';
import { readImported } from './store.ts';

/** What is known of numbers, in memory: the shipped set and the imported one, which wins. */
export interface Areas {
  readonly find: (number: PhoneNumber) => Promise<AreaAnswer | undefined>;
  readonly prefixes: () => Promise<number>;
  /** Builds the index now, so that the next caller need not wait for it. */
  readonly prepare: () => Promise<void>;
}

/** The noun under which an import is recorded. */
export const NUMBER_AREA = 'number-area';

export function createAreas({ db, writer }: { readonly db: Database; readonly writer: Pick<Writer, 'subscribe'> }): Areas {
  let index: Promise<AreaIndex> | undefined;
  writer.subscribe(({ change }) => { if (change.what === NUMBER_AREA) index = undefined; });

  const build = async (): Promise<AreaIndex> => {
    const records: AreaRecord[] = [...readShippedAreas()];
    for await (const page of readImported(db)) for (const record of page) records.push(record);
    return buildAreaIndex(records);
  };

  const current = async (): Promise<AreaIndex> => {
    const building = index ??= build();
    try {
      return await building;
    } catch (error) {
      // What failed is tried again by the next caller.
      if (index === building) index = undefined;
      throw error;
    }
  };

  return {
    find: async (number) => findArea(await current(), number),
    prefixes: async () => (await current()).prefixes,
    prepare: async () => { await current(); },
  };
}

export interface Page<T, K> {
  readonly items: readonly T[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: K;
}

/** A page of what `search` finds. It is asked for one more than the page holds, which tells whether there is another page. */
export async function pageOf<T, K>(limit: number, search: (limit: number) => Promise<readonly T[]>, keyOf: (item: T) => K): Promise<Page<T, K>> {
  const found = await search(limit + 1);
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, ...(found.length > limit && last !== undefined ? { next: keyOf(last) } : {}) };
}

import { putBounded } from './bounded-map.ts';

/** What was read a moment ago and is believed for a moment, because every request asks for it. */
export interface Believed<K, V> {
  /** What is believed under this name, or else what `read` answers; that there is nothing is not believed. */
  readonly get: (name: K, read: () => Promise<V | undefined>) => Promise<V | undefined>;
  /** To be called when a change of what these names stand for has been committed. */
  readonly forget: (names: readonly K[]) => void;
}

export interface BelievedOptions {
  readonly clock: () => number;
  readonly maxEntries: number;
}

/** Short enough that another process's change is heard of in time. */
const BELIEVED_MS = 2000;

export function createBelieved<K, V>({ clock, maxEntries }: BelievedOptions): Believed<K, V> {
  const entries = new Map<K, { readonly value: V; readonly readAt: number }>();
  let changes = 0;
  return {
    get: async (name, read) => {
      const now = clock();
      const known = entries.get(name);
      if (known !== undefined && now - known.readAt < BELIEVED_MS) return known.value;
      entries.delete(name);
      const before = changes;
      const value = await read();
      // What was read while a change came between may be old: it answers this request, but is not believed any longer.
      if (value !== undefined && changes === before) putBounded(entries, name, { value, readAt: now }, maxEntries);
      return value;
    },
    forget: (names) => {
      changes += 1;
      for (const name of names) entries.delete(name);
    },
  };
}

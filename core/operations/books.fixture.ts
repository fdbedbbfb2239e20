import type { Rig } from '../centre/centre.fixture.ts';
import { emptyBooks, type Books } from './books.ts';
import { FOLDED, foldOperations, type FoldedEvent } from './fold.ts';
import type { Operation } from './operation.ts';

const folded: ReadonlySet<string> = new Set(FOLDED);
export const isFolded = (event: { readonly type: string }): event is FoldedEvent => folded.has(event.type);

/** The books of a contact centre in a test, which follow what happens there. */
export interface Account {
  readonly books: () => Books;
  readonly rows: Operation[];
  readonly follow: () => void;
}

/** `persists`: between two events the books are what a process that has died would find. */
export function accountOf(rig: Rig, { persists = false } = {}): Account {
  let books = emptyBooks();
  let seen = 0;
  const rows: Operation[] = [];
  const stored = (): Books => ({
    desks: new Map(JSON.parse(JSON.stringify([...books.desks])) as [number, never][]), calls: new Map(JSON.parse(JSON.stringify([...books.calls])) as [string, never][]),
  });
  return {
    rows, books: () => books,
    follow: () => {
      for (; seen < rig.happened.length; seen += 1) {
        const { at, event } = rig.happened[seen] ?? {};
        if (at === undefined || event === undefined || !isFolded(event)) continue;
        rows.push(...foldOperations(books, { seq: seen + 1, at, event }));
        if (persists) books = stored();
      }
    },
  };
}

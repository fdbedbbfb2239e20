import type { Delivered, Message, Messages } from '../engine/messages.ts';

/** Channels in a test: what agents write stands in a book. */
export interface MessageBook extends Messages {
  readonly written: (Message & { readonly vdnId: number })[];
  /** What is answered instead, if anything. */
  answer: () => Promise<Delivered> | undefined;
}

export function createMessageBook(): MessageBook {
  const book: MessageBook = {
    written: [],
    answer: () => undefined,
    deliver: (vdnId, message) => {
      const instead = book.answer();
      if (instead !== undefined) return instead;
      book.written.push({ vdnId, ...message });
      return Promise.resolve({ ok: true });
    },
  };
  return book;
}

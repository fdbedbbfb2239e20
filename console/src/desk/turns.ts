export interface Turns {
  /**
   * Does it once what was asked for before is done. Answers undefined, and does nothing, where the same is on its way or waits already, as of a button that is pressed twice;
   * without a name each is another.
   */
  readonly take: <T>(work: () => Promise<T>, name?: string) => Promise<T> | undefined;
}

/** One thing at a time, and nothing lost: what is shown may tell of something that is still on its way, so that the next is asked for before its end. */
export function createTurns(): Turns {
  const named = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    take: (work, name) => {
      if (name !== undefined) {
        if (named.has(name)) return undefined;
        named.add(name);
      }
      const turn = last.then(work).finally(() => { if (name !== undefined) named.delete(name); });
      // Whoever has asked for it hears that it failed; the next has its turn all the same.
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}

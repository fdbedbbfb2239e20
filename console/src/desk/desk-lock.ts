import type { DeskLock } from './keeper.ts';

/** Web Locks: one page of all that a browser shows of Parley has the lock, until it gives it up, is closed or is robbed of it. */
export function createDeskLock(name: string, locks: LockManager | undefined): DeskLock {
  // Pages that are not served safely have none, and no microphone either.
  if (locks === undefined) return { take: () => Promise.resolve(true), onFree: () => undefined, release: () => undefined };
  let giveUp: (() => void) | undefined;

  return {
    take: (onLost, { isStolen = false } = {}) => {
      if (giveUp !== undefined) return Promise.resolve(true);
      const { promise: taken, resolve: answer } = Promise.withResolvers<boolean>();
      const { promise: until, resolve: end } = Promise.withResolvers<void>();
      locks.request(name, isStolen ? { steal: true } : { ifAvailable: true }, async (lock) => {
        answer(lock !== null);
        if (lock === null) return;
        giveUp = end;
        await until;
      }).catch(() => {
        // Another page has stolen it.
        if (giveUp !== end) return;
        giveUp = undefined;
        onLost();
      });
      return taken;
    },
    onFree: (listener) => { void locks.request(name, () => undefined).then(listener, () => undefined); },
    release: () => {
      giveUp?.();
      giveUp = undefined;
    },
  };
}

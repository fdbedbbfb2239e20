import { useState } from 'react';
import { useNotice } from '../show/notice.ts';

export interface Doing {
  /** Does it, and says so where it did not work. */
  readonly run: (work: () => Promise<unknown>) => Promise<boolean>;
  readonly isBusy: boolean;
}

/** One thing at a time: a second click on a button does nothing while the first is on its way. */
export function useDoing(): Doing {
  const notice = useNotice();
  const [isBusy, setBusy] = useState(false);
  return {
    isBusy,
    run: async (work) => {
      if (isBusy) return false;
      setBusy(true);
      try {
        await work();
        return true;
      } catch (error) {
        notice.failed(error);
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}

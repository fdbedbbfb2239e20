import { useState } from 'react';
import { useNotice } from '../show/notice.ts';
import { createTurns } from './turns.ts';

export interface Doing {
  /** Does it, in turn, and says so where it did not work. What has the same name as something on its way is left: a second click on a button does nothing. */
  readonly run: (work: () => Promise<unknown>, name?: string) => Promise<boolean>;
  /** The same, but each time that it is asked for. */
  readonly runEach: (work: () => Promise<unknown>) => Promise<boolean>;
  readonly isBusy: boolean;
}

const THE_ONE = '';

export function useDoing(): Doing {
  const notice = useNotice();
  const [{ take }] = useState(createTurns);
  const [count, setCount] = useState(0);
  const done = async (turn: Promise<unknown> | undefined): Promise<boolean> => {
    if (turn === undefined) return false;
    setCount((before) => before + 1);
    try {
      await turn;
      return true;
    } catch (error) {
      notice.failed(error);
      return false;
    } finally {
      setCount((before) => before - 1);
    }
  };
  return { isBusy: count > 0, run: (work, name = THE_ONE) => done(take(work, name)), runEach: (work) => done(take(work)) };
}

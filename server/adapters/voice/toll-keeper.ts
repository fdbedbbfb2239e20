import type { Timers } from '../../../telephony/timers.ts';
import type { KeptTolls, TollBook } from '../../engine/toll-book.ts';
import type { Tolls } from './tolls.ts';

export interface TollKeeperDependencies {
  readonly tolls: Pick<Tolls, 'changed' | 'counts' | 'restore'>;
  readonly book: TollBook;
  readonly timers: Timers;
  readonly onFault: (message: string, details: Readonly<Record<string, unknown>>) => void;
}

/** Writes behind what tenants have used of their limits: whoever makes the process end wins half a second by it. */
export interface TollKeeper {
  /** Resolves when what was kept counts again, or could not be read; it is tried again then. */
  readonly open: () => Promise<void>;
  /** Writes the rest. */
  readonly close: () => Promise<void>;
}

const WRITE_MS = 500;
/** Of calls that only go on, something is written every so many times. */
const TALK_EVERY = 10;

export function createTollKeeper({ tolls, book, timers, onFault }: TollKeeperDependencies): TollKeeper {
  let isRead = false;
  let isFaulty = false;
  let turns = 0;
  let callOff: () => void = () => undefined;
  let working: Promise<void> = Promise.resolve();
  let isClosed = false;
  /** What could not be written yet. */
  const due = new Set<number>();

  const read = async (): Promise<void> => {
    for (const [vdnId, counts] of await book.read()) tolls.restore(vdnId, counts);
    // What was kept must count before anything takes its place.
    isRead = true;
  };

  const write = async (talking: boolean): Promise<void> => {
    for (const vdnId of tolls.changed(talking)) due.add(vdnId);
    if (due.size === 0) return;
    const written = new Map<number, KeptTolls>([...due].map((vdnId) => [vdnId, tolls.counts(vdnId)]));
    due.clear();
    try {
      await book.write(written);
    } catch (error) {
      for (const vdnId of written.keys()) due.add(vdnId);
      throw error;
    }
  };

  const work = async (talking: boolean): Promise<void> => {
    try {
      if (!isRead) await read();
      await write(talking);
      isFaulty = false;
    } catch (error) {
      if (!isFaulty) onFault('what tenants have used of their toll limits cannot be kept', { error });
      isFaulty = true;
    }
  };

  const turn = async (): Promise<void> => {
    turns += 1;
    await work(turns % TALK_EVERY === 0);
    if (!isClosed) next();
  };

  function next(): void {
    callOff = timers.after(WRITE_MS, () => { working = turn(); });
  }

  return {
    open: async () => {
      await work(false);
      next();
    },
    close: async () => {
      isClosed = true;
      callOff();
      await working;
      await work(true);
    },
  };
}

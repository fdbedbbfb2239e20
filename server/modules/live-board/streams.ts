import { errors } from '@parley/contract/admin/family.ts';
import type { Caller } from '@parley/contract/handler.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';

/** As many pages as anybody has open; and of all accounts together. */
const PER_ACCOUNT = 20;
const ALTOGETHER = 5000;

type Who = Pick<Caller, 'vdnId' | 'home' | 'account'>;

/** Streams that are open, so that nobody opens them without end. */
export interface Streams {
  readonly refusalOf: (caller: Who) => Refusal | undefined;
  /** Counts one, until what it answers is called. */
  readonly enter: (caller: Who) => () => void;
}

export function createStreams(): Streams {
  const open = new Map<string, number>();
  let all = 0;
  const keyOf = ({ vdnId, home = vdnId, account = '' }: Who): string => `${home}:${account}`;
  const count = (key: string, by: 1 | -1): void => {
    const streams = (open.get(key) ?? 0) + by;
    if (streams > 0) open.set(key, streams);
    else open.delete(key);
    all += by;
  };
  return {
    refusalOf: (caller) => {
      if (all >= ALTOGETHER) return refuse(errors.overloaded);
      return (open.get(keyOf(caller)) ?? 0) >= PER_ACCOUNT ? refuse(errors.tooMany) : undefined;
    },
    enter: (caller) => {
      const key = keyOf(caller);
      count(key, 1);
      return () => { count(key, -1); };
    },
  };
}

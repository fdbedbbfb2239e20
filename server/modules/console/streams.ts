import { errors } from '@parley/contract/admin/family.ts';
import { asEventStream, type Caller, type EventStream } from '@parley/contract/handler.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import type { StillIn } from './session.ts';

/** As many pages as anybody has open; and of all accounts together. */
const PER_ACCOUNT = 20;
const ALTOGETHER = 5000;

/** Takes an event by its name, and what it tells as JSON. */
export type Tell = (name: string, json: string) => void;

export interface Streams {
  /** A stream of what `follow` tells, until the session is over or its reader has gone, which ends what `follow` answers; with `once` of the first event alone. */
  readonly open: (caller: Caller, once: boolean, follow: (tell: Tell) => () => void) => EventStream | Refusal;
}

export interface StreamsDependencies {
  readonly stillIn: StillIn;
  /** How often a stream is looked after; every 15 s unless told. */
  readonly beatMs?: number | undefined;
}

/** Streams of one kind, of which nobody opens more without end. */
export function createStreams({ stillIn, beatMs }: StreamsDependencies): Streams {
  const open = new Map<string, number>();
  let all = 0;
  const count = (key: string, by: 1 | -1): void => {
    const streams = (open.get(key) ?? 0) + by;
    if (streams > 0) open.set(key, streams);
    else open.delete(key);
    all += by;
  };
  return {
    open: (caller, once, follow) => {
      const { vdnId, home = vdnId, account = '' } = caller;
      const key = `${home}:${account}`;
      if (all >= ALTOGETHER) return refuse(errors.overloaded);
      if ((open.get(key) ?? 0) >= PER_ACCOUNT) return refuse(errors.tooMany);
      return asEventStream({
        beatMs, mayGoOn: () => stillIn(caller),
        open: (sink) => {
          count(key, 1);
          const stop = follow((name, json) => {
            sink.send(name, json);
            if (once) sink.end();
          });
          return () => {
            count(key, -1);
            stop();
          };
        },
      });
    },
  };
}

import { errors } from '@parley/contract/admin/family.ts';
import { followLive } from '@parley/contract/admin/live.ts';
import { asEventStream, handle, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse } from '@parley/contract/refusal.ts';
import type { StillIn, ViewerOf } from '../console/index.ts';
import type { Board } from './board.ts';

export interface LiveBoardDependencies {
  readonly board: Pick<Board, 'follow'>;
  readonly viewerOf: ViewerOf;
  readonly stillIn: StillIn;
  /** How often a stream is looked after; every 15 s unless told. */
  readonly beatMs?: number | undefined;
}

/** As many pages as anybody has open; and of all accounts together. */
const PER_ACCOUNT = 20;
const ALTOGETHER = 5000;

/** The stream of what queues and agents do. */
export function liveBoardHandlers({ board, viewerOf, stillIn, beatMs }: LiveBoardDependencies): readonly Handler[] {
  const open = new Map<string, number>();
  let all = 0;
  const count = (account: string, by: 1 | -1): void => {
    const streams = (open.get(account) ?? 0) + by;
    if (streams > 0) open.set(account, streams);
    else open.delete(account);
    all += by;
  };

  return [
    handle(followLive, async ({ once = false }, context) => {
      const viewer = await viewerOf(context);
      if (isRefusal(viewer)) return viewer;
      const { caller } = context;
      const account = `${caller.home ?? caller.vdnId}:${caller.account ?? ''}`;
      if (all >= ALTOGETHER) return refuse(errors.overloaded);
      if ((open.get(account) ?? 0) >= PER_ACCOUNT) return refuse(errors.tooMany);
      return asEventStream({
        beatMs, mayGoOn: () => stillIn(caller),
        open: (sink) => {
          count(account, 1);
          const stop = board.follow(viewer.vdnId, {
            own: viewer.own,
            tell: (name, json) => {
              sink.send(name, json);
              if (once) sink.end();
            },
          });
          return () => {
            count(account, -1);
            stop();
          };
        },
      });
    }),
  ];
}

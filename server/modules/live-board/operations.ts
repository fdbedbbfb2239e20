import { followLive } from '@parley/contract/admin/live.ts';
import { asEventStream, handle, type Handler } from '@parley/contract/handler.ts';
import { isRefusal } from '@parley/contract/refusal.ts';
import type { StillIn, ViewerOf } from '../console/index.ts';
import type { Board } from './board.ts';
import { createStreams } from './streams.ts';

export interface LiveBoardDependencies {
  readonly board: Pick<Board, 'follow'>;
  readonly viewerOf: ViewerOf;
  readonly stillIn: StillIn;
  /** How often a stream is looked after; every 15 s unless told. */
  readonly beatMs?: number | undefined;
}

/** The stream of what queues and agents do. */
export function liveBoardHandlers({ board, viewerOf, stillIn, beatMs }: LiveBoardDependencies): readonly Handler[] {
  const streams = createStreams();
  return [
    handle(followLive, async ({ once = false }, context) => {
      const viewer = await viewerOf(context);
      if (isRefusal(viewer)) return viewer;
      const { caller } = context;
      const refusal = streams.refusalOf(caller);
      if (refusal !== undefined) return refusal;
      return asEventStream({
        beatMs, mayGoOn: () => stillIn(caller),
        open: (sink) => {
          const leave = streams.enter(caller);
          const stop = board.follow(viewer.vdnId, {
            own: viewer.own,
            tell: (name, json) => {
              sink.send(name, json);
              if (once) sink.end();
            },
          });
          return () => {
            leave();
            stop();
          };
        },
      });
    }),
  ];
}

import { followLive } from '@parley/contract/admin/live.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { isRefusal } from '@parley/contract/refusal.ts';
import type { Streams, ViewerOf } from '../console/index.ts';
import type { Board } from './board.ts';

export interface LiveBoardDependencies {
  readonly board: Pick<Board, 'follow'>;
  readonly viewerOf: ViewerOf;
  readonly streams: Streams;
}

/** The stream of what queues and agents do. */
export function liveBoardHandlers({ board, viewerOf, streams }: LiveBoardDependencies): readonly Handler[] {
  return [
    handle(followLive, async ({ once = false }, context) => {
      const viewer = await viewerOf(context);
      if (isRefusal(viewer)) return viewer;
      return streams.open(context.caller, once, (tell) => board.follow(viewer.vdnId, { own: viewer.own, tell }));
    }),
  ];
}

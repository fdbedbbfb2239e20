import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { faultOf } from './fault.ts';
import { expire } from './session.ts';

const FRESH_MS = 5000;
const TRIES_OFFLINE = 3;
const AGAIN_MS = 3000;

function noticeEnd(error: unknown): void {
  if (faultOf(error).isSessionOver) expire();
}

/** What has been read of the server. A refusal stays one however often it is asked; a line that is down is tried again. */
export const kept = new QueryClient({
  queryCache: new QueryCache({ onError: noticeEnd }),
  mutationCache: new MutationCache({ onError: noticeEnd }),
  defaultOptions: {
    // What cannot be done now is told so, and not done of itself some time later.
    mutations: { networkMode: 'always' },
    queries: {
      staleTime: FRESH_MS,
      retry: (failures, error) => faultOf(error).isOffline && failures < TRIES_OFFLINE,
      // Where the server is away, pages ask until it is back.
      refetchInterval: ({ state: { error } }) => (error !== null && faultOf(error).isOffline ? AGAIN_MS : false),
    },
  },
});

import { hearRecording, watchRecording, type listRecordings } from '@parley/contract/admin/recording.ts';
import { createClient } from '@parley/contract/client.ts';
import type { Input, Operation, OperationParts, Result } from '@parley/contract/operation.ts';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { TSchema } from 'typebox';
import { keyOf } from '../session/asking.ts';
import { clientOptions, Refused } from '../session/client.ts';

export type Recording = Result<typeof listRecordings>['recordings'][number];
export type Sides = 'mixed' | 'apart';

/** An hour of both sides is more than a hundred megabytes. */
const PATIENCE_MS = 600_000;
const KEPT_MS = 120_000;
const files = createClient({ ...clientOptions, timeoutMs: PATIENCE_MS });

/** What operations answer that is not JSON. It is fetched with the headers of the session, which the elements of a page cannot send. */
function useMedia<Parts extends OperationParts, R extends TSchema>(op: Operation<Parts, R>, input: Input<Operation<Parts, R>>): UseQueryResult<Blob> {
  return useQuery({
    queryKey: keyOf(op, input as object), staleTime: Number.POSITIVE_INFINITY, gcTime: KEPT_MS,
    queryFn: async () => {
      const { ok, status, body, bytes, headers } = await files.call(op, input);
      if (!ok) throw new Refused(op.id, status, body);
      return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: headers.get('content-type') ?? '' });
    },
  });
}

export const useSound = (id: number, sides: Sides): UseQueryResult<Blob> => useMedia(hearRecording, { id, sides });
export const useVideo = (id: number): UseQueryResult<Blob> => useMedia(watchRecording, { id });

/** What a recording is called when it is saved. */
export const fileNameOf = ({ id, callId, workNo }: Recording, file: Blob): string =>
  `recording-${callId}-${workNo}-${id}.${file.type.startsWith('audio/wav') ? 'wav' : file.type.startsWith('video/mp4') ? 'mp4' : 'webm'}`;

import { useInfiniteQuery, useMutation, useQuery, useQueryClient, type InfiniteData, type UseInfiniteQueryResult, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import type { TSchema } from 'typebox';
import type { Input, Operation, OperationParts, Result } from '@parley/contract/operation.ts';
import { api, tenantNow } from './client.ts';

/* How pages ask the server: every read and change is an operation of the contract, typed by its declaration. */

export interface AskOptions {
  /** Asked again so often while the page is looked at. */
  readonly everyMs?: number;
  readonly enabled?: boolean;
}

/** What a kept answer goes by; the tenant is a part of it, as operators change theirs. */
export const keyOf = (op: Pick<Operation, 'id'>, input?: object): readonly unknown[] => (input === undefined ? [op.id] : [op.id, tenantNow() ?? 0, input]);

/** Reads by an operation, keeps the answer, and asks again when somebody comes back to the page. */
export function useAsked<Parts extends OperationParts, R extends TSchema>(
  op: Operation<Parts, R>, input: Input<Operation<Parts, R>>, { everyMs, enabled = true }: AskOptions = {},
): UseQueryResult<Result<Operation<Parts, R>>> {
  return useQuery({
    queryKey: keyOf(op, input as object), enabled, queryFn: () => api.ask(op, input),
    ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
  });
}

/** Reads page by page, of operations whose reply says in `next` what to send for the next one. */
export function useAskedByPage<Parts extends OperationParts, R extends TSchema>(
  op: Operation<Parts, R>, input: Input<Operation<Parts, R>>, cursor: 'before' | 'after' | 'olderThan', { everyMs, enabled = true }: AskOptions = {},
): UseInfiniteQueryResult<InfiniteData<Result<Operation<Parts, R>>>> {
  return useInfiniteQuery({
    queryKey: [...keyOf(op, input as object), 'pages'], enabled,
    queryFn: ({ pageParam }) => api.ask(op, (pageParam === undefined ? input : { ...(input as object), [cursor]: pageParam }) as Input<Operation<Parts, R>>),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (page as { readonly next?: string }).next,
    ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
  });
}

/** Changes something by an operation; what was read by these operations is asked for again. */
export function useChange<Parts extends OperationParts, R extends TSchema>(
  op: Operation<Parts, R>, touched: readonly Pick<Operation, 'id'>[] = [],
): UseMutationResult<Result<Operation<Parts, R>>, unknown, Input<Operation<Parts, R>>> {
  const kept = useQueryClient();
  return useMutation({
    mutationFn: (input) => api.ask(op, input),
    onSuccess: async () => { await Promise.all(touched.map((one) => kept.invalidateQueries({ queryKey: keyOf(one) }))); },
  });
}

/** Reads to the end what is answered in parts: `read` is told how many have been passed. */
export async function readAll<Row>(read: (passed: number) => Promise<{ readonly rows: readonly Row[]; readonly total: number }>): Promise<readonly Row[]> {
  const all: Row[] = [];
  for (;;) {
    const { rows, total } = await read(all.length);
    all.push(...rows);
    if (rows.length === 0 || all.length >= total) return all;
  }
}

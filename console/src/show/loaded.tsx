import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { FaultAlert } from './fault-alert.tsx';

export interface LoadedProps<T> {
  readonly query: UseQueryResult<T>;
  readonly children: (data: T) => ReactNode;
  /** What stands there while nothing is known yet. */
  readonly waiting?: ReactNode;
}

const LINES = [1, 2, 3, 4];

/** What has been read, or what stands in its place until it is there or when it cannot be. What was read before stays to be seen under a fault. */
export function Loaded<T>({ query, children, waiting }: LoadedProps<T>) {
  const { data, error, refetch } = query;
  return (
    <>
      {error !== null && <FaultAlert error={error} onRetry={() => { void refetch(); }} />}
      {data === undefined && error === null && (waiting ?? <Stack gap="sm" aria-busy>{LINES.map((line) => <Skeleton key={line} height={32} />)}</Stack>)}
      {data !== undefined && children(data)}
    </>
  );
}

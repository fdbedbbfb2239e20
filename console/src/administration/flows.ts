import { listIvrFlows } from '@parley/contract/admin/ivr-flow.ts';
import type { Result } from '@parley/contract/operation.ts';
import type { UseQueryResult } from '@tanstack/react-query';
import { useAsked } from '../session/asking.ts';

/** The flows to which numbers and queues can lead. */
export const useFlows = (): UseQueryResult<Result<typeof listIvrFlows>> => useAsked(listIvrFlows, {});

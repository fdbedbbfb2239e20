import { checkIvrFlowDefinition } from '@parley/contract/admin/ivr-flow.ts';
import type { Result } from '@parley/contract/operation.ts';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { createContext, use, useMemo } from 'react';
import { keyOf } from '../../session/asking.ts';
import { api } from '../../session/client.ts';
import { useTold } from '../../told/told.ts';
import type { Kinds } from '../graph/control.ts';
import { graphOf, type Definition, type Graph } from '../graph/graph.ts';
import type { Things } from './things.ts';

export type Fault = Result<typeof checkIvrFlowDefinition>['faults'][number];

/** What all parts of the designer see of the flow, and do to it. */
export interface Design {
  readonly definition: Definition;
  readonly graph: Graph;
  readonly kinds: Kinds;
  readonly things: Things;
  readonly faults: readonly Fault[];
  readonly mayChange: boolean;
  readonly selected: readonly string[];
  /** `about`: what the change is about, when going on with it is the same step. */
  readonly change: (definition: Definition, about?: string) => void;
  readonly select: (ids: readonly string[]) => void;
  /** Selects a node and brings it, and the field, before the eyes. */
  readonly show: (id: string, field?: string) => void;
  readonly remove: (ids: readonly string[]) => void;
}

export const DesignContext = createContext<Design | undefined>(undefined);

export function useDesign(): Design {
  const design = use(DesignContext);
  if (design === undefined) throw new Error('this is a part of the designer');
  return design;
}

export const useGraph = (definition: Definition, kinds: Kinds): Graph => useMemo(() => graphOf(definition, kinds), [definition, kinds]);

const PAUSE_MS = 350;

export interface Check {
  /** Undefined where nobody knows yet. */
  readonly faults: readonly Fault[] | undefined;
  readonly isChecking: boolean;
  readonly isUnknown: boolean;
}

/** Lets the server say what is wrong, whenever there has been a pause in what is done. */
export function useCheck(flow: number, definition: Definition, revision: number): Check {
  const state = useMemo(() => ({ definition, revision }), [definition, revision]);
  const [settled] = useDebouncedValue(state, PAUSE_MS);
  const { data, isFetching, error } = useQuery({
    queryKey: [...keyOf(checkIvrFlowDefinition), flow, settled.revision], gcTime: 0, staleTime: Infinity, placeholderData: keepPreviousData,
    queryFn: () => api.ask(checkIvrFlowDefinition, { definition: settled.definition }),
  });
  const told = useTold();
  const faults = useMemo(() => data?.faults.map((fault) => ({ ...fault, message: told(fault.message) })), [data, told]);
  return { faults, isChecking: isFetching || settled !== state, isUnknown: error !== null };
}

import { createContext, use } from 'react';
import { fieldOf, isWithin, type Json, type Path } from '../graph/json.ts';
import type { Fault } from '../designer/design.ts';

/** The node, or the flow itself, whose fields are edited. */
export interface NodeForm {
  /** Kind of the node; empty for the flow itself. */
  readonly type: string;
  readonly value: Json;
  readonly faults: readonly Fault[];
  readonly mayChange: boolean;
  readonly variables: readonly string[];
  readonly set: (path: Path, value: unknown) => void;
}

export const NodeFormContext = createContext<NodeForm | undefined>(undefined);

export function useNodeForm(): NodeForm {
  const form = use(NodeFormContext);
  if (form === undefined) throw new Error('a field belongs to a node');
  return form;
}

/** What is wrong with a field, in words: itself, or with all that is in it. */
export function faultText(faults: readonly Fault[], path: Path, isWhole = false): string | undefined {
  const at = fieldOf(path);
  const wrong = faults.filter(({ field }) => (isWhole ? isWithin(field, at) : field === at)).map(({ field, message }) => (field === at ? message : `${field.slice(at.length).replace(/^\./, '')} ${message}`));
  return wrong.length === 0 ? undefined : wrong.join('; ');
}

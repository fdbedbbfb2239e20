import type { TSchema } from 'typebox';
import type { Operation } from '@parley/contract/operation.ts';

/** What the contract says a field of a request must be. */
export interface Limits {
  readonly isNeeded: boolean;
  readonly minLength: number;
  readonly maxLength: number | undefined;
  readonly pattern: RegExp | undefined;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
}

/** What is wrong with what was typed. */
export type Flaw =
  | { readonly kind: 'missing' | 'form' }
  | { readonly kind: 'tooShort' | 'tooLong' | 'tooSmall' | 'tooLarge'; readonly limit: number };

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly required?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

const NOTHING: Limits = { isNeeded: false, minLength: 0, maxLength: undefined, pattern: undefined, minimum: undefined, maximum: undefined };

function find(shape: Shape, [first = '', ...rest]: readonly string[]): { readonly field: Shape; readonly isNeeded: boolean } | undefined {
  if (shape.items !== undefined) return find(shape.items, rest);
  const field = shape.properties?.[first];
  if (field === undefined) return undefined;
  return rest.length === 0 ? { field, isNeeded: shape.required?.includes(first) ?? false } : find(field, rest);
}

/** The limits of a field by its name, such as `account`, `limits.agents` or `skills.0.agentWeight`; a name that the request does not have is a mistake of the page. */
export function limitsOf({ id, request }: Pick<Operation, 'id' | 'request'>, name: string): Limits {
  const parts: readonly (TSchema | undefined)[] = [request.body, request.query, request.path];
  const found = parts.map((part) => part && find(part as Shape, name.split('.'))).find((one) => one !== undefined);
  if (found === undefined) throw new Error(`${id} has no field ${name}`);
  const { field: { minLength = 0, maxLength, pattern, minimum, maximum }, isNeeded } = found;
  return { ...NOTHING, isNeeded, minLength, maxLength, pattern: pattern === undefined ? undefined : new RegExp(pattern), minimum, maximum };
}

/** What is wrong with a value, if anything; what is left empty is wrong only where it is needed. */
export function flawOf({ isNeeded, minLength, maxLength, pattern, minimum, maximum }: Limits, value: unknown): Flaw | undefined {
  if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) {
    return isNeeded && (minLength > 0 || minimum !== undefined || typeof value !== 'string') ? { kind: 'missing' } : undefined;
  }
  if (typeof value === 'number') {
    if (minimum !== undefined && value < minimum) return { kind: 'tooSmall', limit: minimum };
    return maximum !== undefined && value > maximum ? { kind: 'tooLarge', limit: maximum } : undefined;
  }
  if (typeof value !== 'string') return undefined;
  if (value.length < minLength) return { kind: 'tooShort', limit: minLength };
  if (maxLength !== undefined && value.length > maxLength) return { kind: 'tooLong', limit: maxLength };
  return pattern === undefined || pattern.test(value) ? undefined : { kind: 'form' };
}

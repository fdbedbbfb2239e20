import type { Json } from './json.ts';

/* What a designer shows for a field follows from its JSON Schema and its `x-kind`: kinds of nodes that are new to this page can be edited all the same. */

export interface Schema {
  readonly type?: string;
  readonly 'x-kind'?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly propertyNames?: { readonly pattern?: string };
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
}

export const REFERENCES = ['queue', 'agent', 'flow', 'voiceFile', 'key'] as const;
export type ReferenceKind = (typeof REFERENCES)[number];

/** A piece of a prompt: a text, or an object that is known by the one field that it must have. */
export interface Variant {
  readonly name: string;
  readonly schema: Schema;
}

export type Control =
  | { readonly kind: 'text'; readonly max: number; readonly means: string | undefined }
  | { readonly kind: 'number'; readonly min: number | undefined; readonly max: number | undefined; readonly isWhole: boolean; readonly isSeconds: boolean }
  | { readonly kind: 'flag' }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'node' }
  | { readonly kind: 'variable' }
  | { readonly kind: 'expression'; readonly isCondition: boolean }
  /** `mayCompute`: a text with variables may stand in its place; `isText`: ids are texts. */
  | { readonly kind: 'reference'; readonly of: ReferenceKind; readonly mayCompute: boolean; readonly isText: boolean }
  | { readonly kind: 'prompt'; readonly variants: readonly Variant[]; readonly max: number }
  | { readonly kind: 'list'; readonly of: Schema; readonly max: number }
  | { readonly kind: 'table'; readonly of: Schema; readonly names: RegExp; readonly max: number }
  | { readonly kind: 'group'; readonly schema: Schema }
  | { readonly kind: 'json' };

const isReference = (kind: string | undefined): kind is ReferenceKind => REFERENCES.some((one) => one === kind);
const MANY = 1000;

const variantsOf = ({ anyOf = [] }: Schema): readonly Variant[] =>
  anyOf.filter(({ type }) => type !== 'array').map((schema) => ({ name: schema.type === 'object' ? schema.required?.[0] ?? '' : 'text', schema }));

/** By what a field means, where it says so; undefined where its form has to tell. */
function controlByKind(schema: Schema): Control | undefined {
  const kind = schema['x-kind'];
  if (isReference(kind)) return { kind: 'reference', of: kind, mayCompute: schema.anyOf?.some(({ type }) => type === 'string') ?? false, isText: schema.type === 'string' };
  if (kind === 'node' || kind === 'variable' || kind === 'json') return { kind };
  if (kind === 'expression' || kind === 'condition') return { kind: 'expression', isCondition: kind === 'condition' };
  if (kind === 'prompt') return { kind, variants: variantsOf(schema), max: schema.anyOf?.find(({ type }) => type === 'array')?.maxItems ?? 1 };
  return undefined;
}

export function controlOf(schema: Schema): Control {
  const byKind = controlByKind(schema);
  if (byKind !== undefined) return byKind;
  if (schema.enum !== undefined) return { kind: 'choice', values: schema.enum };
  switch (schema.type ?? 'any') {
    case 'string':
      return { kind: 'text', max: schema.maxLength ?? MANY, means: schema['x-kind'] };
    case 'integer':
    case 'number':
      return { kind: 'number', min: schema.minimum, max: schema.maximum, isWhole: schema.type === 'integer', isSeconds: schema['x-kind'] === 'seconds' };
    case 'boolean':
      return { kind: 'flag' };
    case 'array':
      return schema.items === undefined ? { kind: 'json' } : { kind: 'list', of: schema.items, max: schema.maxItems ?? MANY };
    case 'object':
      if (schema.properties !== undefined) return { kind: 'group', schema };
      if (typeof schema.additionalProperties === 'object') {
        return { kind: 'table', of: schema.additionalProperties, names: new RegExp(schema.propertyNames?.pattern ?? ''), max: schema.maxProperties ?? MANY };
      }
      return { kind: 'json' };
    default:
      return { kind: 'json' };
  }
}

export interface Field {
  readonly name: string;
  readonly schema: Schema;
  readonly control: Control;
  readonly isRequired: boolean;
}

export const fieldsIn = ({ properties = {}, required = [] }: Schema): readonly Field[] =>
  Object.entries(properties).map(([name, schema]) => ({ name, schema, control: controlOf(schema), isRequired: required.includes(name) }));

/** The kinds of nodes there are, by name, and the fields of a flow itself. */
export interface Kinds {
  readonly flow: Schema;
  readonly types: ReadonlyMap<string, NodeKind>;
}

export interface NodeKind {
  readonly type: string;
  readonly summary: string;
  readonly fields: Schema;
}

export const kindsOf = ({ flow, types }: { readonly flow: object; readonly types: readonly { readonly type: string; readonly summary: string; readonly fields: object }[] }): Kinds =>
  ({ flow, types: new Map(types.map((one) => [one.type, { ...one, fields: one.fields }])) });

/** What must be there begins so, that there is something to fill in: a list with one item, a table of ways with one key. */
export function beginningOf({ fields }: NodeKind): Json {
  const begun: [string, unknown][] = [];
  for (const { name, control, isRequired } of fieldsIn(fields)) {
    if (!isRequired) continue;
    if (control.kind === 'list') begun.push([name, [controlOf(control.of).kind === 'group' ? {} : '']]);
    if (control.kind === 'table') begun.push([name, controlOf(control.of).kind === 'node' && control.names.test('1') ? { 1: '' } : {}]);
  }
  return Object.fromEntries(begun);
}

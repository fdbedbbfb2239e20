import { controlOf, fieldsIn, type Kinds, type Schema } from './control.ts';
import { fieldOf, jsonOf, textOf, valueAt, withValue, type Json, type Path } from './json.ts';

/* A flow as boxes and ways between them. The definition is what is kept and changed; the graph follows from it. */

export type Definition = Json;

/** The flow itself among its nodes: no node can have this id. */
export const FLOW = '';

/** A way out: from a node, or from the flow itself. */
export interface Way {
  readonly owner: string;
  readonly path: Path;
  readonly field: string;
  /** Where it leads; undefined where it leads nowhere yet. */
  readonly to: string | undefined;
  /** Whether it may lead nowhere. */
  readonly isOptional: boolean;
  /** Whether it is there by its name alone, as the key of a choice is, and stays when it leads nowhere. */
  readonly isEntry: boolean;
  /** What tells it from its neighbours: the key of a choice, the condition of a case. */
  readonly label: string | undefined;
}

export interface Box {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly node: Json;
  readonly ways: readonly Way[];
}

export interface Graph {
  readonly boxes: readonly Box[];
  /** Those that lead to a box that is there. */
  readonly edges: readonly (Way & { readonly to: string })[];
}

export const nodesOf = (definition: Definition): Readonly<Record<string, Json>> =>
  Object.fromEntries(Object.entries(jsonOf(definition['nodes'])).map(([id, node]) => [id, jsonOf(node)]));

type Found = Pick<Way, 'path' | 'isOptional' | 'isEntry' | 'label'>;
type Manner = Omit<Found, 'path'>;

/** The texts of a group beside its way, such as the condition of a case. */
const besides = (schema: Schema, value: unknown): string =>
  fieldsIn(schema).filter(({ control }) => control.kind !== 'node').map(({ name }) => textOf(jsonOf(value)[name])).filter((text) => text !== '').join(' ');

function waysIn(schema: Schema, value: unknown, path: Path, manner: Manner): readonly Found[] {
  const control = controlOf(schema);
  if (control.kind === 'node') return [{ path, ...manner }];
  if (control.kind === 'group') {
    const label = path.length === 0 ? undefined : manner.label ?? besides(schema, value);
    return fieldsIn(control.schema).flatMap((field) => waysIn(field.schema, jsonOf(value)[field.name], [...path, field.name], { isOptional: !field.isRequired, isEntry: false, label }));
  }
  if (control.kind === 'list') return (Array.isArray(value) ? value : []).flatMap((item: unknown, index) => waysIn(control.of, item, [...path, index], { ...ENTRY, label: undefined }));
  if (control.kind === 'table') return Object.entries(jsonOf(value)).flatMap(([name, item]) => waysIn(control.of, item, [...path, name], { ...ENTRY, label: name }));
  return [];
}

const ENTRY = { isOptional: false, isEntry: true };

/** All ways out of a node or flow, those among them that lead nowhere yet. */
export function waysOf(schema: Schema, owner: string, value: Json): readonly Way[] {
  return waysIn(schema, value, [], { isOptional: false, isEntry: false, label: undefined }).map((found) => {
    const to = textOf(valueAt(value, found.path));
    return { ...found, owner, field: fieldOf(found.path), to: to === '' ? undefined : to };
  });
}

const NO_FIELDS: Schema = { type: 'object', properties: {} };

export function boxOf(id: string, node: Json, kinds: Kinds): Box {
  const type = textOf(node['type']);
  return { id, type, title: textOf(node['title']), node, ways: waysOf(kinds.types.get(type)?.fields ?? NO_FIELDS, id, node) };
}

/** The flow itself comes first, as the box from which calls come in. */
export function graphOf(definition: Definition, kinds: Kinds): Graph {
  const nodes = Object.entries(nodesOf(definition)).map(([id, node]) => boxOf(id, node, kinds));
  const boxes = [{ id: FLOW, type: FLOW, title: '', node: definition, ways: waysOf(kinds.flow, FLOW, definition) }, ...nodes];
  const there = new Set(nodes.map(({ id }) => id));
  const edges = boxes.flatMap(({ ways }) => ways).flatMap((way) => (way.to !== undefined && there.has(way.to) ? [{ ...way, to: way.to }] : []));
  return { boxes, edges };
}

/** Gives a field of a node, or of the flow itself, another value; undefined takes it away. */
export const withField = (definition: Definition, owner: string, path: Path, value: unknown): Definition =>
  withValue(definition, owner === FLOW ? path : ['nodes', owner, ...path], value) as Definition;

/** Lets a way lead to a node, or nowhere. */
export const connected = (definition: Definition, { owner, path, isEntry }: Pick<Way, 'owner' | 'path' | 'isEntry'>, to: string | undefined): Definition =>
  withField(definition, owner, path, to ?? (isEntry ? '' : undefined));

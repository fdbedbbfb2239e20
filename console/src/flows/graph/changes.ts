import { beginningOf, type Kinds, type NodeKind } from './control.ts';
import { connected, FLOW, graphOf, nodesOf, type Definition, type Way } from './graph.ts';
import { isSame, jsonOf, renamed, without, type Json } from './json.ts';

/* What a designer does to a flow. Each change answers a new definition, whether or not it can be run as it is then. */

const NODE_ID = /^[A-Za-z0-9][\w-]{0,63}$/;

export type WrongId = 'form' | 'taken';

export function wrongId(definition: Definition, from: string, to: string): WrongId | undefined {
  if (!NODE_ID.test(to)) return 'form';
  return to !== from && Object.hasOwn(nodesOf(definition), to) ? 'taken' : undefined;
}

export function freshId(definition: Definition, wanted: string): string {
  const nodes = nodesOf(definition);
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? wanted : `${wanted}${count}`;
    if (!Object.hasOwn(nodes, id)) return id;
  }
}

export interface Spot {
  readonly x: number;
  readonly y: number;
}

const whole = ({ x, y }: Spot): Spot => ({ x: Math.round(x), y: Math.round(y) });

/** Adds a node of a kind; the first one of a flow is where it starts. */
export function added(definition: Definition, kind: NodeKind, spot?: Spot): { readonly definition: Definition; readonly id: string } {
  const id = freshId(definition, kind.type);
  const isFirst = Object.keys(nodesOf(definition)).length === 0;
  const node = { type: kind.type, ...beginningOf(kind), ...(spot && whole(spot)) };
  return { id, definition: { ...(isFirst ? { start: id } : {}), ...definition, nodes: { ...jsonOf(definition['nodes']), [id]: node } } };
}

/** The same node once more, with ways to where the first one leads. */
export function copied(definition: Definition, id: string, aside: Spot): { readonly definition: Definition; readonly id: string } | undefined {
  const node = nodesOf(definition)[id];
  if (node === undefined) return undefined;
  const copy = freshId(definition, id);
  const { x, y } = node;
  const moved = typeof x === 'number' && typeof y === 'number' ? whole({ x: x + aside.x, y: y + aside.y }) : {};
  return { id: copy, definition: { ...definition, nodes: { ...jsonOf(definition['nodes']), [copy]: { ...node, ...moved } } } };
}

const waysTo = (definition: Definition, kinds: Kinds, ids: ReadonlySet<string>): readonly Way[] =>
  graphOf(definition, kinds).boxes.flatMap(({ ways }) => ways).filter(({ to }) => to !== undefined && ids.has(to));

/** Gives a node another id; all ways that lead to it follow. */
export function withId(definition: Definition, kinds: Kinds, from: string, to: string): Definition {
  const following = waysTo(definition, kinds, new Set([from])).reduce((changed, way) => connected(changed, way, to), definition);
  return { ...following, nodes: renamed(jsonOf(following['nodes']), from, to) };
}

/** Takes nodes away; the ways that led to them lead nowhere now, and are told. */
export function withoutNodes(definition: Definition, kinds: Kinds, ids: readonly string[]): { readonly definition: Definition; readonly opened: readonly Way[] } {
  const gone = new Set(ids);
  const opened = waysTo(definition, kinds, gone).filter(({ owner }) => !gone.has(owner));
  const open = opened.reduce((changed, way) => connected(changed, way, undefined), definition);
  return { opened, definition: { ...open, nodes: ids.reduce<Json>((nodes, id) => without(nodes, id), jsonOf(open['nodes'])) } };
}

/** Where nodes are drawn is kept for all of them or for none. */
export const placed = (definition: Definition, spots: ReadonlyMap<string, Spot>): Definition => ({
  ...definition,
  nodes: Object.fromEntries(Object.entries(nodesOf(definition)).map(([id, node]) => {
    const spot = spots.get(id);
    return [id, spot === undefined ? node : { ...node, ...whole(spot) }];
  })),
});

export const unplaced = (definition: Definition): Definition =>
  ({ ...definition, nodes: Object.fromEntries(Object.entries(nodesOf(definition)).map(([id, node]) => [id, without(without(node, 'x'), 'y')])) });

/** Where nodes were drawn by somebody; undefined where that is not known of each. */
export function spotsIn(definition: Definition): ReadonlyMap<string, Spot> | undefined {
  const spots = new Map<string, Spot>();
  for (const [id, { x, y }] of Object.entries(nodesOf(definition))) {
    if (typeof x !== 'number' || typeof y !== 'number') return undefined;
    spots.set(id, { x, y });
  }
  return spots;
}

/** What two definitions differ in: ids of nodes, where `FLOW` is what is said of the flow itself. */
export interface Differences {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

export function differencesBetween(before: Definition, after: Definition): Differences {
  const [old, now] = [nodesOf(before), nodesOf(after)];
  const isOwnSame = isSame(without(before, 'nodes'), without(after, 'nodes'));
  return {
    added: Object.keys(now).filter((id) => !Object.hasOwn(old, id)),
    removed: Object.keys(old).filter((id) => !Object.hasOwn(now, id)),
    changed: [...(isOwnSame ? [] : [FLOW]), ...Object.entries(now).filter(([id, node]) => Object.hasOwn(old, id) && !isSame(node, old[id])).map(([id]) => id)],
  };
}

/** The names of the variables that a flow has, for those who use them. */
export function variablesIn(definition: Definition, kinds: Kinds): readonly string[] {
  const names = new Set(Object.keys(jsonOf(definition['variables'])));
  for (const node of Object.values(nodesOf(definition))) {
    const kind = kinds.types.get(String(node['type']));
    for (const [name, schema] of Object.entries(kind?.fields.properties ?? {})) {
      const value = node[name];
      if (schema['x-kind'] === 'variable' && typeof value === 'string') names.add(value);
      // Parts of a reply are kept by the names of the variables that they go into.
      if (name === 'into' && schema.type === 'object') for (const one of Object.keys(jsonOf(value))) names.add(one);
    }
  }
  return [...names].toSorted();
}


import { Graph as Ranked, layout } from '@dagrejs/dagre';
import { spotsIn, type Spot } from './changes.ts';
import { FLOW, type Box, type Definition, type Graph, type Way } from './graph.ts';

/* Where boxes are drawn. They are of one width, and as high as what they say, so that they can be placed before they are drawn. */

export const BOX_WIDTH = 230;
export const HEAD_HEIGHT = 44;
export const SUMMARY_HEIGHT = 42;
export const WAY_HEIGHT = 24;
export const FLOW_WIDTH = 132;
const FOOT_HEIGHT = 6;
const GAP = 40;
const AROUND = 13;
/** How much more it counts that a box is near to where callers come from, than to the others that lead to it. */
const NEAR = 12;

/** Ways that may lead nowhere and do are drawn only where somebody looks closer. */
export const isDrawn = ({ to, isOptional }: Way): boolean => to !== undefined || !isOptional;

export function sizeOf({ id, ways }: Box, hasSummary: boolean): { readonly width: number; readonly height: number } {
  const rows = ways.filter(isDrawn).length * WAY_HEIGHT;
  return id === FLOW
    ? { width: FLOW_WIDTH, height: HEAD_HEIGHT + rows + FOOT_HEIGHT }
    : { width: BOX_WIDTH, height: HEAD_HEIGHT + (hasSummary ? SUMMARY_HEIGHT : 0) + rows + FOOT_HEIGHT };
}

/** Names in the layout are never empty. */
const named = (id: string): string => `#${id}`;

export interface Layout {
  readonly spots: ReadonlyMap<string, Spot>;
  /** Where ways pass between the boxes of a column, by their ids: long ones go around what stands in between. */
  readonly bends: ReadonlyMap<string, readonly Spot[]>;
}

export const wayId = ({ owner, field }: Pick<Way, 'owner' | 'field'>): string => `${owner}/${field}`;

/** From left to right, as calls go. What no way leads to stands below the rest. */
export function laidOut({ boxes, edges }: Graph, hasSummary: (box: Box) => boolean): Layout {
  const ranked = new Ranked<{ rankdir: string; nodesep: number; ranksep: number }, { width: number; height: number; x?: number; y?: number }, { weight: number; minlen: number; points?: Spot[] }>({ multigraph: true });
  ranked.setGraph({ rankdir: 'LR', nodesep: 26, ranksep: 72 });
  const reached = reachedIn(edges);
  const drawn = edges.filter(({ owner }) => reached.has(owner));
  // A box to which one other leads stands close behind it, however far it is from where it leads itself.
  const owners = Map.groupBy(drawn, ({ to }) => to);
  const isSingle = (to: string): boolean => new Set(owners.get(to)?.map(({ owner }) => owner)).size === 1;
  for (const box of boxes) if (reached.has(box.id)) ranked.setNode(named(box.id), { ...sizeOf(box, hasSummary(box)) });
  for (const { owner, field, to } of drawn) ranked.setEdge(named(owner), named(to), { weight: isSingle(to) ? NEAR : 1, minlen: 1 }, field);
  layout(ranked);
  const spots = new Map<string, Spot>();
  const columns = new Set<number>();
  let bottom = 0;
  for (const box of boxes) {
    if (!reached.has(box.id)) continue;
    const { width, height } = sizeOf(box, hasSummary(box));
    const { x = 0, y = 0 } = ranked.node(named(box.id));
    spots.set(box.id, { x: x - width / 2, y: y - height / 2 });
    columns.add(Math.round(x));
    bottom = Math.max(bottom, y + height / 2);
  }
  let across = 0;
  for (const box of boxes) {
    if (reached.has(box.id)) continue;
    spots.set(box.id, { x: across, y: bottom + GAP });
    across += BOX_WIDTH + GAP;
  }
  const bendsOf = ({ owner, to, field }: Graph['edges'][number]): readonly Spot[] => {
    const { x = 0, y = 0, height } = ranked.node(named(owner));
    // Who is led back to where they are goes around below.
    if (owner === to) return [{ x, y: y + height / 2 + AROUND }];
    return (ranked.edge(named(owner), named(to), field).points ?? []).filter((at) => columns.has(Math.round(at.x)));
  };
  const bends = new Map(drawn.map((way) => [wayId(way), bendsOf(way)]));
  return { spots, bends };
}

/** The boxes that callers can come to. */
function reachedIn(edges: Graph['edges']): ReadonlySet<string> {
  const reached = new Set([FLOW]);
  // A set goes on with what is put into it while it is walked.
  for (const id of reached) for (const { owner, to } of edges) if (owner === id) reached.add(to);
  return reached;
}

/** Where somebody has drawn the nodes, else where they are laid out. */
export function layoutOf(definition: Definition, graph: Graph, hasSummary: (box: Box) => boolean): Layout {
  const drawn = spotsIn(definition);
  if (drawn === undefined || drawn.size === 0) return laidOut(graph, hasSummary);
  const first = drawn.get(String(definition['start'])) ?? drawn.values().next().value ?? { x: 0, y: 0 };
  return { spots: new Map([...drawn, [FLOW, { x: first.x - FLOW_WIDTH - 90, y: first.y }]]), bends: new Map() };
}

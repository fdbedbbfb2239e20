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

/** Ways that may lead nowhere and do are drawn only where somebody looks closer. */
export const isDrawn = ({ to, isOptional }: Way): boolean => to !== undefined || !isOptional;

export function sizeOf({ id, ways }: Box, hasSummary: boolean): { readonly width: number; readonly height: number } {
  const rows = ways.filter(isDrawn).length * WAY_HEIGHT;
  return id === FLOW
    ? { width: FLOW_WIDTH, height: HEAD_HEIGHT + rows + FOOT_HEIGHT }
    : { width: BOX_WIDTH, height: HEAD_HEIGHT + (hasSummary ? SUMMARY_HEIGHT : 0) + rows + FOOT_HEIGHT };
}

/** From left to right, as calls go. What no way leads to stands below the rest. */
export function laidOut({ boxes, edges }: Graph, hasSummary: (box: Box) => boolean): ReadonlyMap<string, Spot> {
  const ranked = new Ranked<{ rankdir: string; nodesep: number; ranksep: number }, { width: number; height: number; x?: number; y?: number }, object>({ multigraph: true });
  ranked.setGraph({ rankdir: 'LR', nodesep: 28, ranksep: 90 });
  const reached = reachedIn({ boxes, edges });
  for (const box of boxes) if (reached.has(box.id)) ranked.setNode(box.id, { ...sizeOf(box, hasSummary(box)) });
  for (const { owner, field, to } of edges) if (reached.has(owner)) ranked.setEdge(owner, to, {}, field);
  layout(ranked);
  const spots = new Map<string, Spot>();
  let bottom = 0;
  for (const box of boxes) {
    if (!reached.has(box.id)) continue;
    const { width, height } = sizeOf(box, hasSummary(box));
    const { x = 0, y = 0 } = ranked.node(box.id);
    spots.set(box.id, { x: x - width / 2, y: y - height / 2 });
    bottom = Math.max(bottom, y + height / 2);
  }
  let across = 0;
  for (const box of boxes) {
    if (reached.has(box.id)) continue;
    spots.set(box.id, { x: across, y: bottom + GAP });
    across += BOX_WIDTH + GAP;
  }
  return spots;
}

function reachedIn({ edges }: Graph): ReadonlySet<string> {
  const reached = new Set([FLOW]);
  // A set goes on with what is put into it while it is walked.
  for (const id of reached) for (const { owner, to } of edges) if (owner === id) reached.add(to);
  return reached;
}

/** Where somebody has drawn the nodes, else where they are laid out. */
export function spotsOf(definition: Definition, graph: Graph, hasSummary: (box: Box) => boolean): ReadonlyMap<string, Spot> {
  const drawn = spotsIn(definition);
  if (drawn === undefined || drawn.size === 0) return laidOut(graph, hasSummary);
  const first = drawn.get(String(definition['start'])) ?? drawn.values().next().value ?? { x: 0, y: 0 };
  return new Map([...drawn, [FLOW, { x: first.x - FLOW_WIDTH - 90, y: first.y }]]);
}

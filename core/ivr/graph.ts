import type { Edge } from './reading.ts';

export interface GraphNode {
  readonly id: string;
  readonly waits: boolean;
  readonly edges: readonly Edge[];
}

/** The nodes to which ways lead from these. */
export function reachedFrom(starts: readonly string[], nodes: ReadonlyMap<string, GraphNode>): ReadonlySet<string> {
  const reached = new Set<string>();
  const next = [...starts];
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    const node = nodes.get(id);
    if (node === undefined || reached.has(id)) continue;
    reached.add(id);
    next.push(...node.edges.map(({ to }) => to));
  }
  return reached;
}

/** Whether the call goes this way without anything having been waited for: a prompt that fails does so at once. */
const isQuick = ({ waits }: GraphNode, { field }: Edge): boolean => !waits || field === 'error';

/** A circle that a call would run through without end nor pause, as the ids of its nodes. */
export function circleIn(nodes: ReadonlyMap<string, GraphNode>): readonly string[] | undefined {
  const done = new Set<string>();
  for (const start of nodes.keys()) {
    // Depth first, by a stack of our own: definitions may be long chains.
    const path: { readonly node: GraphNode; readonly ways: Iterator<Edge> }[] = [];
    const onPath = new Set<string>();
    const enter = (id: string): void => {
      const node = nodes.get(id);
      if (node === undefined || done.has(id)) return;
      onPath.add(id);
      path.push({ node, ways: node.edges.filter((edge) => isQuick(node, edge)).values() });
    };
    enter(start);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { done: isThrough, value: edge } = top.ways.next();
      if (isThrough === true) {
        done.add(top.node.id);
        onPath.delete(top.node.id);
        path.pop();
      } else if (onPath.has(edge.to)) {
        return path.slice(path.findIndex(({ node }) => node.id === edge.to)).map(({ node }) => node.id);
      } else enter(edge.to);
    }
  }
  return undefined;
}

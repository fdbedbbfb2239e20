import { MarkerType } from '@xyflow/react';
import { useMemo } from 'react';
import { useText } from '../../text/catalogue.ts';
import { FLOW, type Box } from '../graph/graph.ts';
import { layoutOf, sizeOf, wayId } from '../graph/layout.ts';
import { summaryOf } from '../graph/summary.ts';
import { nodeTexts, typeText } from '../node-texts.ts';
import { useDesign } from './design.ts';
import { designerTexts } from './designer-texts.ts';
import { inkOf } from './look.ts';
import type { BoxNode } from './node-box.tsx';
import type { WayEdge } from './way-line.tsx';
import { wayText } from './way-text.ts';

/** The flow itself needs a name among those of the diagram; no node can have this one. */
const OWN = '#flow';
const NEAR = inkOf('indigo');

export const drawnId = (id: string): string => (id === FLOW ? OWN : id);
export const ownerOf = (drawn: string): string => (drawn === OWN ? FLOW : drawn);

export interface Drawing {
  readonly nodes: readonly BoxNode[];
  readonly edges: readonly WayEdge[];
}

/** What the diagram shows, as its library wants it. */
export function useDrawing(): Drawing {
  const { definition, graph, kinds, things: { nameOf }, faults, mayChange, selected } = useDesign();
  const text = useText(designerTexts);
  const names = useText(nodeTexts);

  const summaries = useMemo(() => new Map(graph.boxes.map((box) => [box.id, box.id === FLOW ? '' : summaryOf(box, kinds, nameOf)])), [graph, kinds, nameOf]);
  const hasSummary = (box: Box): boolean => (summaries.get(box.id) ?? '') !== '';
  // What is typed into a node moves nothing.
  const form = JSON.stringify([graph.boxes.map((box) => [box.id, box.node['x'], box.node['y'], sizeOf(box, hasSummary(box)).height]), graph.edges.map(({ owner, field, to }) => [owner, field, to]), definition['start']]);
  const { spots, bends } = useMemo(() => layoutOf(definition, graph, hasSummary), [form]);

  const nodes = useMemo(() => {
    const there = new Set(graph.boxes.map(({ id }) => id));
    return graph.boxes.map((box): BoxNode => {
      const { width, height } = sizeOf(box, hasSummary(box));
      const wrong = faults.filter(({ node = FLOW }) => node === box.id).map(({ field, message }) => `${field} ${message}`);
      const summary = summaries.get(box.id) ?? '';
      return {
        id: drawnId(box.id), type: 'box', position: spots.get(box.id) ?? { x: 0, y: 0 }, width, height,
        draggable: mayChange && box.id !== FLOW, deletable: mayChange && box.id !== FLOW, connectable: mayChange,
        data: { box, summary, faults: wrong, broken: new Set(box.ways.filter(({ to }) => to !== undefined && !there.has(to)).map(({ field }) => field)) },
        ariaLabel: [box.id === FLOW ? text.startsHere : `${typeText(names, box.type)} ${box.title || box.id}`, summary, wrong.length === 0 ? '' : text.problems(wrong.length)].filter((part) => part !== '').join(', '),
      };
    });
  }, [graph, spots, faults, summaries, mayChange, text, names]);

  const edges = useMemo((): WayEdge[] => {
    const types = new Map(graph.boxes.map(({ id, type }) => [id, type]));
    return graph.edges.map((edge): WayEdge => {
      const name = wayText(names, text, types.get(edge.owner) ?? '', edge);
      const isNear = selected.includes(edge.owner) || selected.includes(edge.to);
      return {
        id: wayId(edge), source: drawnId(edge.owner), sourceHandle: edge.field, target: edge.to, type: 'way', data: { bends: bends.get(wayId(edge)) ?? [] }, deletable: mayChange, reconnectable: mayChange ? 'target' : false,
        // Each way is named where it leaves its box; on the line too where one looks closer.
        ...(isNear ? { label: name, zIndex: 1 } : {}),
        style: { ...(isNear ? { stroke: NEAR, strokeWidth: 2 } : {}), ...(edge.isOptional ? { strokeDasharray: '5 4' } : {}) },
        ariaLabel: `${edge.owner} ${name} → ${edge.to}`, markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16, ...(isNear ? { color: NEAR } : {}) },
      };
    });
  }, [graph, bends, selected, mayChange, names, text]);

  return { nodes, edges };
}

import '@xyflow/react/dist/style.css';
import { useComputedColorScheme } from '@mantine/core';
import {
  applyNodeChanges, Background, Controls, MiniMap, Panel, ReactFlow, useReactFlow, type Connection, type Edge, type EdgeChange, type EdgeTypes, type FinalConnectionState, type NodeChange, type NodeTypes,
} from '@xyflow/react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useText } from '../../text/catalogue.ts';
import { added, placed, spotsIn, type Spot } from '../graph/changes.ts';
import { connected, FLOW, type Way } from '../graph/graph.ts';
import { BOX_WIDTH } from '../graph/layout.ts';
import type { NodeKind } from '../graph/control.ts';
import { useDesign } from './design.ts';
import { designerTexts } from './designer-texts.ts';
import { drawnId, ownerOf, useDrawing } from './drawing.ts';
import { lookOf } from './look.ts';
import { NodeBox, type BoxNode } from './node-box.tsx';
import classes from './node-box.module.css';
import { AddMenu, KindMenu } from './palette.tsx';
import { WayLine } from './way-line.tsx';

const NODE_TYPES: NodeTypes = { box: NodeBox };
const EDGE_TYPES: EdgeTypes = { way: WayLine };
const SHOW_MS = 250;
const MARGIN = 24;
/** Texts cannot be read when they are smaller. */
const READABLE = 0.7;
const FIT = { padding: 0.12, maxZoom: 1 };

interface Dropped {
  readonly way: Way;
  /** Where on the screen, and where in the diagram. */
  readonly at: Spot;
  readonly spot: Spot;
}

export interface CanvasProps {
  /** The node that is to be brought before the eyes; another number for each time. */
  readonly shown: { readonly id: string; readonly time: number } | undefined;
  readonly children?: ReactNode;
}

/** The flow as a diagram, in which it can be changed. */
export function Canvas({ shown, children }: CanvasProps) {
  const design = useDesign();
  const { definition, graph, kinds, mayChange, selected, change, select, remove } = design;
  const text = useText(designerTexts);
  const drawing = useDrawing();
  const scheme = useComputedColorScheme('light');
  const { screenToFlowPosition, setCenter, getNode, getViewport, setViewport } = useReactFlow();
  const area = useRef<HTMLDivElement>(null);
  const [nodes, setNodes] = useState<BoxNode[]>([]);
  const [selectedEdge, setSelectedEdge] = useState<string>();
  const [dropped, setDropped] = useState<Dropped>();

  // What has been measured of a box stays, whatever is said of it anew.
  useEffect(() => {
    setNodes((before) => {
      const old = new Map(before.map((node) => [node.id, node]));
      return drawing.nodes.map((node) => {
        const measured = old.get(node.id)?.measured;
        return { ...node, selected: selected.includes(ownerOf(node.id)), ...(measured === undefined ? {} : { measured }) };
      });
    });
  }, [drawing.nodes, selected]);

  useEffect(() => {
    if (shown === undefined) return;
    const node = getNode(drawnId(shown.id));
    if (node !== undefined) void setCenter(node.position.x + BOX_WIDTH / 2, node.position.y + 60, { zoom: Math.max(getViewport().zoom, 0.8), duration: SHOW_MS });
  }, [shown]);

  // A box that is chosen is not left behind the panel that comes up for it.
  useEffect(() => {
    const [only] = selected;
    if (only === undefined || selected.length > 1) return undefined;
    const frame = requestAnimationFrame(() => {
      const box = area.current?.querySelector(`[data-id="${CSS.escape(drawnId(only))}"]`)?.getBoundingClientRect();
      const whole = area.current?.getBoundingClientRect();
      if (box === undefined || whole === undefined || box.right < whole.right) return;
      const { x, y, zoom } = getViewport();
      void setViewport({ x: x - (box.right - whole.right) - MARGIN, y, zoom }, { duration: SHOW_MS });
    });
    return () => { cancelAnimationFrame(frame); };
  }, [selected]);

  const wayAt = (owner: string | null, field: string | null | undefined): Way | undefined =>
    graph.boxes.find(({ id }) => id === ownerOf(owner ?? ''))?.ways.find((way) => way.field === field);

  const onNodesChange = (changes: NodeChange<BoxNode>[]): void => {
    setNodes((before) => applyNodeChanges(changes.filter(({ type }) => type !== 'remove' && type !== 'select'), before));
    const selections = changes.filter((one) => one.type === 'select');
    if (selections.length > 0) {
      const off = new Set(selections.filter((one) => !one.selected).map(({ id }) => ownerOf(id)));
      const on = selections.filter((one) => one.selected).map(({ id }) => ownerOf(id));
      select([...selected.filter((id) => !off.has(id) && !on.includes(id)), ...on]);
    }
    // Arrow keys move what is selected without anything being dragged.
    const moved = changes.filter((one) => one.type === 'position').filter(({ dragging, position }) => dragging === false && position !== undefined);
    if (moved.length > 0) place(new Map(moved.flatMap(({ id, position }) => (position === undefined ? [] : [[ownerOf(id), position]]))), 'moved');
  };

  /** Where one box is put by hand, the others stay where they are. */
  const place = (moved: ReadonlyMap<string, Spot>, about?: string): void => {
    const spots = new Map(nodes.map(({ id, position }) => [ownerOf(id), moved.get(ownerOf(id)) ?? position]));
    if ([...moved].some(([id, { x, y }]) => isElsewhere(graph.boxes.find((box) => box.id === id)?.node, x, y))) change(placed(definition, spots), about);
  };

  const onEdgesChange = (changes: EdgeChange[]): void => {
    for (const one of changes) if (one.type === 'select') setSelectedEdge((before) => (one.selected ? one.id : before === one.id ? undefined : before));
  };

  const connect = ({ source, sourceHandle, target }: Connection): void => {
    const way = wayAt(source, sourceHandle);
    if (way !== undefined && ownerOf(target) !== FLOW) change(connected(definition, way, target));
  };

  const onConnectEnd = (event: MouseEvent | TouchEvent, { isValid, fromNode, fromHandle, toNode }: FinalConnectionState): void => {
    const way = wayAt(fromNode?.id ?? null, fromHandle?.id);
    if (isValid === true || toNode !== null || way === undefined) return;
    const { clientX, clientY } = 'changedTouches' in event ? event.changedTouches[0] ?? { clientX: 0, clientY: 0 } : event;
    const at = { x: clientX, y: clientY };
    setDropped({ way, at, spot: screenToFlowPosition(at) });
  };

  const addAt = (kind: NodeKind, spot: Spot | undefined, way?: Way): void => {
    const { definition: grown, id } = added(definition, kind, spotsIn(definition) === undefined ? undefined : spot);
    change(way === undefined ? grown : connected(grown, way, id));
    if (way === undefined) design.show(id);
    else select([id]);
    setDropped(undefined);
  };

  const onDelete = ({ nodes: gone, edges: cut }: { readonly nodes: readonly BoxNode[]; readonly edges: readonly Edge[] }): void => {
    if (gone.length > 0) {
      remove(gone.map(({ id }) => ownerOf(id)));
      return;
    }
    change(cut.reduce((changed, { source, sourceHandle }) => {
      const way = wayAt(source, sourceHandle);
      return way === undefined ? changed : connected(changed, way, undefined);
    }, definition));
  };

  return (
    <div ref={area} className={classes['canvas']} role="region" aria-label={text.diagram}>
      <ReactFlow
        nodes={nodes} edges={drawing.edges.map((edge) => ({ ...edge, selected: edge.id === selectedEdge }))} nodeTypes={NODE_TYPES} edgeTypes={EDGE_TYPES} colorMode={scheme} minZoom={0.1} maxZoom={1.6}
        onNodesChange={onNodesChange} onEdgesChange={onEdgesChange} onConnect={connect} onConnectEnd={onConnectEnd} onDelete={onDelete}
        onReconnect={(_edge, connection) => { connect(connection); }} nodesConnectable={mayChange} edgesFocusable={false} deleteKeyCode={mayChange ? ['Delete', 'Backspace'] : null}
        connectionRadius={40} elevateNodesOnSelect onPaneClick={() => { select([]); }}
        ariaLabelConfig={{ 'controls.zoomIn.ariaLabel': text.zoomIn, 'controls.zoomOut.ariaLabel': text.zoomOut, 'controls.fitView.ariaLabel': text.fit, 'minimap.ariaLabel': text.map, 'node.a11yDescription.default': text.keys, 'node.a11yDescription.keyboardDisabled': text.keys, 'node.a11yDescription.ariaLiveMessage': () => text.moved }}
      >
        <Background />
        <Controls showInteractive={false} fitViewOptions={FIT} />
        <MiniMap pannable zoomable nodeColor={(node) => `var(--mantine-color-${lookOf((node as BoxNode).data.box.type).color}-filled)`} style={{ width: 140, height: 90 }} />
        {mayChange && <Panel position="top-left"><AddMenu kinds={kinds} onChoose={(kind) => { addAt(kind, centreOf(area.current, screenToFlowPosition)); }} /></Panel>}
        {children}
      </ReactFlow>
      {dropped !== undefined && <KindMenu kinds={kinds} at={dropped.at} onChoose={(kind) => { addAt(kind, dropped.spot, dropped.way); }} onClose={() => { setDropped(undefined); }} />}
      <Opening isReady={nodes.length > 0} height={area.current?.clientHeight ?? 0} />
    </div>
  );
}

const isElsewhere = (node: Readonly<Record<string, unknown>> | undefined, x: number, y: number): boolean => node?.['x'] !== Math.round(x) || node['y'] !== Math.round(y);

/** The middle of what is seen of the diagram. */
function centreOf(area: Element | null, toFlow: (at: Spot) => Spot): Spot {
  const { left = 0, top = 0, width = 0, height = 0 } = area?.getBoundingClientRect() ?? {};
  const { x, y } = toFlow({ x: left + width / 2, y: top + height / 2 });
  return { x: x - BOX_WIDTH / 2, y: y - 60 };
}

/** Shows the whole of the flow at first; of one too large to be read like that, where it begins. */
function Opening({ isReady, height }: { readonly isReady: boolean; readonly height: number }) {
  const { fitView, getNode, getViewport, setViewport } = useReactFlow();
  useEffect(() => {
    if (!isReady) return;
    requestAnimationFrame(() => {
      void fitView(FIT).then(() => {
        const start = getNode(drawnId(FLOW));
        if (getViewport().zoom >= READABLE || start === undefined) return true;
        return setViewport({ x: MARGIN - start.position.x * READABLE, y: height / 2 - start.position.y * READABLE, zoom: READABLE });
      });
    });
  }, [isReady]);
  return null;
}

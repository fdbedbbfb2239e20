import { BaseEdge, type Edge, type EdgeProps } from '@xyflow/react';
import type { Spot } from '../graph/changes.ts';
import { lineThrough } from '../graph/line.ts';

export type WayEdge = Edge<{
  /** Where it passes between boxes. */
  readonly bends: readonly Spot[];
}, 'way'>;

/** A way as a line that goes around the boxes between its ends. */
export function WayLine({ sourceX, sourceY, targetX, targetY, data, label, markerEnd, style, interactionWidth }: EdgeProps<WayEdge>) {
  const { path, middle } = lineThrough({ x: sourceX, y: sourceY }, data?.bends ?? [], { x: targetX, y: targetY });
  return <BaseEdge path={path} label={label} labelX={middle.x} labelY={middle.y} markerEnd={markerEnd} style={style} interactionWidth={interactionWidth} />;
}

import type { Spot } from './changes.ts';
import { BOX_WIDTH } from './layout.ts';

interface Bend extends Spot {
  /** 1 to the right, -1 to the left. */
  readonly toward: 1 | -1;
}

const LEAST_CURVE = 36;

/** The line of a way: out of its box to the right, straight through each column that it passes, and into the other box from the left. */
export function lineThrough(from: Spot, bends: readonly Spot[], to: Spot): { readonly path: string; readonly middle: Spot } {
  const toward = to.x >= from.x ? 1 : -1;
  const half = (BOX_WIDTH / 2) * toward;
  // Two ends of each straight piece; the curves are in between.
  const ends: readonly Bend[] = [
    { ...from, toward: 1 }, ...bends.flatMap(({ x, y }): readonly Bend[] => [{ x: x - half, y, toward }, { x: x + half, y, toward }]), { ...to, toward: 1 },
  ];
  const pieces = ends.slice(1).map((end, index) => {
    const { x, y, toward: out } = ends[index] ?? end;
    if (index % 2 === 1) return `L ${end.x} ${end.y}`;
    const curve = Math.max(LEAST_CURVE, Math.abs(end.x - x) / 2);
    return `C ${x + curve * out} ${y} ${end.x - curve * end.toward} ${end.y} ${end.x} ${end.y}`;
  });
  const first = ends[1] ?? to;
  return { path: `M ${from.x} ${from.y} ${pieces.join(' ')}`, middle: { x: (from.x + first.x) / 2, y: (from.y + first.y) / 2 } };
}

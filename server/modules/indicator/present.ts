import type { Asked } from '@parley/core/indicator/catalogue.ts';
import type { Measures } from '@parley/core/indicator/measure.ts';
import { clockIn } from '@parley/core/time/zone.ts';
import type { FigureRow } from './store.ts';
import type { SpanFigures } from './reading.ts';

export interface Value {
  readonly id: string;
  readonly val: string | Record<string, string>;
}

export interface WholeValue {
  readonly id: string;
  readonly val: string;
}

const NOTHING: Measures = {};

const byObject = (rows: readonly FigureRow[]): ReadonlyMap<number, readonly FigureRow[]> => Map.groupBy(rows, ({ object }) => object);

/** The figures of whoever is asked about; those of nothing where nothing was counted. */
export function wholeValues(asked: readonly Asked[], { live, settled }: SpanFigures): (object: number) => WholeValue[] {
  const [now, then] = [byObject(live), byObject(settled)];
  return (object) => asked.map(({ as, indicator }) => ({ id: as, val: indicator.of((indicator.settled ? then : now).get(object)?.[0]?.measures ?? NOTHING) }));
}

/** `2020-08-24 10:30:00.0`, in UTC. */
const partName = (at: number): string => `${clockIn('UTC', at)}.0`;

/** A figure for each part of the day in which there is something to count. */
export function partValues(asked: readonly Asked[], { live, settled }: SpanFigures): (object: number) => Value[] {
  const [now, then] = [byObject(live), byObject(settled)];
  return (object) => asked.map(({ as, indicator }) => ({
    id: as, val: Object.fromEntries(((indicator.settled ? then : now).get(object) ?? []).map(({ at, measures }) => [partName(at), indicator.of(measures)])),
  }));
}

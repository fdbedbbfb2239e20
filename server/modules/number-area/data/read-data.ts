import { readFileSync } from 'node:fs';
import { parseAreaCsv } from '@parley/core/number-area/area-csv.ts';
import { buildAreaIndex, type AreaIndex, type AreaRecord } from '@parley/core/number-area/lookup.ts';

/** Carriers first and places last: where two files name one prefix, the one that knows more wins. */
const SHIPPED_FILES = ['carriers.csv', 'landlines.csv', 'mobiles.csv'] as const;

export type ShippedFile = (typeof SHIPPED_FILES)[number];

let records: readonly AreaRecord[] | undefined;
let index: AreaIndex | undefined;

/** The rows of one shipped file. A line that does not read is a fault of ours, so it throws. */
export function readShippedFile(name: ShippedFile): readonly AreaRecord[] {
  const read = parseAreaCsv(readFileSync(new URL(name, import.meta.url), 'utf8'));
  const [first] = read.refused;
  if (first) throw new Error(`${name}:${first.line}: ${first.reason}`);
  return read.records;
}

/** All shipped rows, read once. An imported set goes behind them into `buildAreaIndex`, so that its rows win. */
export function readShippedAreas(): readonly AreaRecord[] {
  records ??= SHIPPED_FILES.flatMap(readShippedFile);
  return records;
}

/** The index over the shipped rows alone, built once. */
export function shippedAreaIndex(): AreaIndex {
  index ??= buildAreaIndex(readShippedAreas());
  return index;
}

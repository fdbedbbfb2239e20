import { setImmediate as othersTurn } from 'node:timers/promises';
import { startAreaCsv, type AreaCsv } from '@parley/core/number-area/area-csv.ts';
import type { AreaRecord } from '@parley/core/number-area/lookup.ts';

const LINES_A_TURN = 2000;

/** Reads an area set a few lines at a time, so that calls and requests go on while a full one is read. */
export async function readAreaCsv(text: string): Promise<AreaCsv> {
  const reader = startAreaCsv();
  const records: AreaRecord[] = [];
  let lines = 0;
  for (let from = 0; from < text.length && reader.isOpen(); ) {
    const end = text.indexOf('\n', from);
    const record = reader.push(text.slice(from, end < 0 ? undefined : end));
    if (record !== undefined) records.push(record);
    from = end < 0 ? text.length : end + 1;
    lines += 1;
    if (lines % LINES_A_TURN === 0) await othersTurn();
  }
  return { records, ...reader.end() };
}

/* Tables as files for spreadsheets (RFC 4180). */

export type Cell = string | number;

/** By which programs know that it is UTF-8. */
const MARK = '\uFEFF';
/** What a spreadsheet would take for a formula, in a text. */
const FORMULA = /^[=+\-@\t\r]/;

/** Numbers are told plain, so that they can be reckoned with. */
function written(cell: Cell): string {
  if (typeof cell === 'number') return String(cell);
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvOf = (rows: readonly (readonly Cell[])[]): string => MARK + rows.map((row) => `${row.map(written).join(',')}\r\n`).join('');

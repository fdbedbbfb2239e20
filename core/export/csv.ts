/** What a column holds: nothing is nothing between two commas. */
export type Field = string | number | null;

const TO_QUOTE = /[",\r\n]/;

/** One line of RFC 4180, which ends with a line feed. */
export function csvLine(fields: readonly Field[]): string {
  let line = '';
  for (const [index, field] of fields.entries()) {
    if (index > 0) line += ',';
    if (field === null) continue;
    line += typeof field === 'string' && TO_QUOTE.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
  }
  return `${line}\n`;
}

/** Codes of a flow's own are as good as any; these look like no number that somebody might dial. */
const FIRST = 70_001;

/** A code that no flow has yet, for a new one. */
export function freeCode(taken: readonly string[]): string {
  for (let code = FIRST; ; code += 1) if (!taken.includes(String(code))) return String(code);
}

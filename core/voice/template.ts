/** A piece of a spoken notification: fixed text, or a variable that each notification fills in (5.4.5). */
export type Piece =
  | { readonly kind: 'fixed'; readonly text: string }
  | { readonly kind: 'text'; readonly length: number }
  | { readonly kind: 'number'; readonly length: number }
  | { readonly kind: 'date' }
  | { readonly kind: 'time' };

export type TemplateReading = { readonly ok: true; readonly pieces: readonly Piece[] } | { readonly ok: false; readonly message: string };

const MAX_BYTES = 500;
/** A variable takes up to 32 bytes, so a longer one could never be filled. */
const MAX_VARIABLE = 32;
/** 14.3, return code 15: a notification takes ten values; a template with more variables could never be spoken. */
const MAX_VARIABLES = 10;

const SIZED = /^(TXT|NUM)_([1-9]\d?)$/;
const SENTENCE_END = /[.!?。！？]/;

const VARIABLES = `there are \${TXT_n} and \${NUM_n} with n from 1 to ${MAX_VARIABLE}, \${DATE} and \${TIME}`;

const utf8 = new TextEncoder();

/** Reads a template of 5.4.5, or tells what is wrong with it. */
export function readTemplate(content: string): TemplateReading {
  const wrong = (message: string): TemplateReading => ({ ok: false, message });
  const bytes = utf8.encode(content).length;
  if (bytes > MAX_BYTES) return wrong(`the text has ${bytes} bytes, more than ${MAX_BYTES}`);
  if (content.includes('#{')) return wrong('variables begin with ${, not with #{');
  const pieces: Piece[] = [];
  let at = 0;
  while (at < content.length) {
    const open = content.indexOf('${', at);
    if (open !== at) pieces.push({ kind: 'fixed', text: content.slice(at, open === -1 ? undefined : open) });
    if (open === -1) break;
    const close = content.indexOf('}', open);
    if (close === -1) return wrong('a variable that begins with ${ must end with }');
    const name = content.slice(open + 2, close);
    const variable = readVariable(name);
    if (variable === undefined) return wrong(`\${${name}} is no variable; ${VARIABLES}`);
    pieces.push(variable);
    at = close + 1;
  }
  const rule = brokenRule(pieces);
  return rule === undefined ? { ok: true, pieces } : wrong(rule);
}

function readVariable(name: string): Piece | undefined {
  if (name === 'DATE') return { kind: 'date' };
  if (name === 'TIME') return { kind: 'time' };
  const [, kind, digits] = SIZED.exec(name) ?? [];
  const length = Number(digits);
  if (kind === undefined || length > MAX_VARIABLE) return undefined;
  return { kind: kind === 'TXT' ? 'text' : 'number', length };
}

const isVariable = ({ kind }: Piece): boolean => kind !== 'fixed';

function brokenRule(pieces: readonly Piece[]): string | undefined {
  const first = pieces.find((piece) => piece.kind !== 'fixed' || piece.text.trim() !== '');
  if (first === undefined) return 'the text says nothing';
  if (isVariable(first)) return 'the text must not begin with a variable';
  const count = pieces.filter(isVariable).length;
  if (count > MAX_VARIABLES) return `there are ${count} variables, more than ${MAX_VARIABLES}`;
  return pieces.some((piece, index) => isMoment(piece) && !isWellSeparated(piece, pieces.slice(index + 1)))
    ? '${TIME} and ${DATE} in one sentence must be separated by " on " and nothing else' : undefined;
}

const isMoment = ({ kind }: Piece): boolean => kind === 'date' || kind === 'time';

/**
 * 5.4.5: a time and a date are separated by " on ". That is said of two that name one moment; so other variables, or the
 * end of a sentence, between them set them apart as well.
 */
function isWellSeparated(piece: Piece, following: readonly Piece[]): boolean {
  const [next, afterNext] = following;
  if (next === undefined) return true;
  const between = next.kind === 'fixed' ? next.text : '';
  const other = next.kind === 'fixed' ? afterNext : next;
  if (other === undefined || !isMoment(other) || other.kind === piece.kind) return true;
  return between === ' on ' || SENTENCE_END.test(between);
}

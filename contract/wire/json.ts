/** The outcome of reading a body; `value` is `undefined` for an empty one. */
export type JsonReading =
  | { ok: true; value: unknown }
  | { ok: false; reason: 'malformed' | 'too-deep'; message: string };

export interface JsonLimits {
  /** How many arrays and objects may stand within each other: `[]` is one level, a bare value none. */
  maxDepth: number;
}

const decoder = new TextDecoder('utf-8', { fatal: true });
const encoder = new TextEncoder();

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ZERO = 0x30;
const NINE = 0x39;
const LETTER_U = 0x75;
/** `{` and `[`, as `}` and `]`, differ in one bit. */
const CASE_BIT = 0x20;
const OPENING = 0x7b;
const CLOSING = 0x7d;

/** The fewest digits of an integer that a double may not hold: 2^53 has sixteen. */
const UNSAFE_DIGITS = 16;

interface Survey {
  tooDeep: boolean;
  /** Whether a run of digits outside strings is long enough for an integer beyond 2^53. */
  mayHoldLargeInteger: boolean;
  /** Whether some string spells one of the characters of `__proto__` as an escape. */
  mayHideKey: boolean;
}

/**
 * One pass over the bytes before they are parsed. Of malformed text it may say anything, since the parser refuses that.
 */
function surveyJson(bytes: Uint8Array, maxDepth: number): Survey {
  const survey: Survey = { tooDeep: false, mayHoldLargeInteger: false, mayHideKey: false };
  const end = bytes.length;
  let depth = 0;
  let digits = 0;
  for (let index = 0; index < end; index++) {
    const byte = bytes[index] ?? 0;
    if (byte >= ZERO && byte <= NINE) {
      digits++;
      if (digits === UNSAFE_DIGITS) survey.mayHoldLargeInteger = true;
      continue;
    }
    digits = 0;
    if (byte === QUOTE) {
      for (index++; index < end; index++) {
        const inner = bytes[index] ?? 0;
        if (inner === QUOTE) break;
        if (inner !== BACKSLASH) continue;
        index++;
        // The characters of `__proto__` lie in U+0050 to U+007F.
        if (bytes[index] === LETTER_U && bytes[index + 1] === ZERO && bytes[index + 2] === ZERO) {
          const third = bytes[index + 3] ?? 0;
          if (third >= ZERO + 5 && third <= ZERO + 7) survey.mayHideKey = true;
        }
      }
    } else if ((byte | CASE_BIT) === OPENING) {
      depth++;
      if (depth > maxDepth) {
        survey.tooDeep = true;
        return survey;
      }
    } else if ((byte | CASE_BIT) === CLOSING) {
      depth--;
    }
  }
  return survey;
}

function isIntegerLiteral(source: string): boolean {
  return !source.includes('.') && !source.includes('e') && !source.includes('E');
}

/** Drops `__proto__` and keeps the digits of what a double would round. */
function reviveCarefully(key: string, value: unknown, context?: { source?: string }): unknown {
  if (key === '__proto__') return undefined;
  const source = context?.source;
  if (typeof value !== 'number' || source === undefined || Number.isSafeInteger(value)) return value;
  return isIntegerLiteral(source) ? source : value;
}

function isBlank(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    // The white space of RFC 8259 2 and no other.
    const code = text.charCodeAt(index);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return false;
  }
  return true;
}

/** The parser's own words may quote the text, and with it a password, so only the place is taken from them. */
function explainSyntaxError(error: SyntaxError): string {
  const place = / at position \d+/.exec(error.message);
  return `it breaks the rules${place === null ? '' : place[0]}`;
}

function refuseDepth(limits: JsonLimits): JsonReading {
  return { ok: false, reason: 'too-deep', message: `it nests deeper than ${limits.maxDepth} levels` };
}

/**
 * Reads JSON without losing a digit: an integer beyond 2^53 - 1 arrives as the string of its digits, since clients send
 * the API's ids of 19 and 20 digits bare (12.2.16.6 prints `qualityId` so). `__proto__` keys are dropped, wherever they
 * stand.
 */
export function readJson(body: Uint8Array | string, limits: JsonLimits): JsonReading {
  const survey = surveyJson(typeof body === 'string' ? encoder.encode(body) : body, limits.maxDepth);
  if (survey.tooDeep) return refuseDepth(limits);
  let text: string;
  try {
    if (typeof body === 'string') text = body.startsWith('\uFEFF') ? body.slice(1) : body;
    else text = decoder.decode(body);
  } catch {
    return { ok: false, reason: 'malformed', message: 'it is not valid UTF-8' };
  }
  if (isBlank(text)) return { ok: true, value: undefined };
  try {
    const careful = survey.mayHoldLargeInteger || survey.mayHideKey || text.includes('__proto__');
    const value: unknown = careful ? JSON.parse(text, reviveCarefully) : JSON.parse(text);
    return { ok: true, value };
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, reason: 'malformed', message: explainSyntaxError(error) };
    // The reviver recurses, so a caller that allows thousands of levels may still run out of stack.
    if (error instanceof RangeError) return refuseDepth(limits);
    throw error;
  }
}

declare global {
  // TypeScript's library does not know it yet; Node has it since 22.
  interface JSON {
    rawJSON(text: string): unknown;
  }
}

function writeDigits(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? JSON.rawJSON(value.toString()) : value;
}

/**
 * `JSON.stringify` that writes a bigint as its digits. What JSON has no text for, such as `undefined`, is the empty
 * body.
 */
export function writeJson(value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    // A replacer costs every value a call, so it is used only where the plain way met a bigint; a cycle throws again.
    if (!(error instanceof TypeError)) throw error;
    text = JSON.stringify(value, writeDigits);
  }
  return text ?? '';
}

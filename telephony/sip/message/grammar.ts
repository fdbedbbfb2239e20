/** The pieces of RFC 3261 25.1 that many header fields are made of. None of them looks at a character more than twice. */

function tableOf(extra: string): Uint8Array {
  const table = new Uint8Array(128);
  for (let code = 48; code <= 57; code += 1) table[code] = 1;
  for (let code = 65; code <= 90; code += 1) table[code] = table[code + 32] = 1;
  for (const character of extra) table[character.charCodeAt(0)] = 1;
  return table;
}

const TOKEN = tableOf('-.!%*_+`\'~');

/** Whether every character is a letter, a digit or one of the others that are named. */
export function setOf(extra: string): (code: number) => boolean {
  const table = tableOf(extra);
  return (code) => table[code] === 1;
}

export function isTokenCode(code: number): boolean {
  return TOKEN[code] === 1;
}

export function isToken(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (TOKEN[text.charCodeAt(at)] !== 1) return false;
  return text !== '';
}

export const isBlank = (code: number): boolean => code === 32 || code === 9;

/** The index of the first character from there on that is neither a space nor a tab. */
export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && isBlank(text.charCodeAt(at))) at += 1;
  return at;
}

/** Without the spaces and tabs around it: `trim` would take more, a byte order mark among it. */
export function trimBlanks(text: string, from = 0, to: number = text.length): string {
  let end = to;
  const start = skipBlanks(text, from);
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Lower case of ASCII that is lower case most of the time. */
export function lower(text: string): string {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 97 && code > 64) return text.toLowerCase();
  }
  return text;
}

const isControl = (code: number): boolean => code < 32 || code === 127;

/** Without control characters, which texts of the network may hold (RFC 4475 3.1.1.2) and which screens and databases do not take. */
export function printable(text: string): string {
  let kept = '';
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (!isControl(text.charCodeAt(at))) continue;
    kept += text.slice(start, at);
    start = at + 1;
  }
  return start === 0 ? text : kept + text.slice(start);
}

/** A quoted text as it is written. */
export function quote(text: string): string {
  return `"${printable(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** The quoted text that begins there, and the index after its end. */
export function readQuoted(text: string, from: number): { readonly value: string; readonly end: number } | undefined {
  let value = '';
  let start = from + 1;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 34) return { value: value + text.slice(start, at), end: at + 1 };
    if (code !== 92) continue;
    value += text.slice(start, at);
    start = at + 1;
    at += 1;
  }
  return undefined;
}

/** The most that any number of a header field may be: those beyond it are taken as this (RFC 3261 20.19, RFC 4475 3.1.2.4). */
export const GREATEST = 4_294_967_295;

export function isDigits(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return text !== '';
}

/** The number that a text of digits stands for, such as that of Expires, Min-Expires or Retry-After. */
export function readNumber(text: string): number | undefined {
  const digits = trimBlanks(text);
  return isDigits(digits) ? Math.min(Number(digits), GREATEST) : undefined;
}

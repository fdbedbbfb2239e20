import { isTokenCode, lower, quote, readQuoted, setOf, skipBlanks, trimBlanks } from './grammar.ts';

/** Parameters of a header field's value, by their names in lower case; those without a value have an empty one. */
export type Params = ReadonlyMap<string, string>;

export const NO_PARAMS: Params = new Map();

const SEMICOLON = 59;

/** What a value that is not quoted may hold: more than a token or a host, but nothing that means something around it. */
function isValueCode(code: number): boolean {
  return code > 32 && code !== SEMICOLON && code !== 34 && code !== 44 && code !== 60 && code !== 62 && code !== 127;
}

/**
 * Reads the parameters that follow from there on, each with its semicolon, to the end of the text. Of two with the same
 * name the first one counts. Semicolons with nothing after them are passed over unless that is to be an error.
 */
export function readParams(text: string, from: number, empty: 'passed' | 'refused' = 'passed'): Params | undefined {
  let at = skipBlanks(text, from);
  if (at === text.length) return NO_PARAMS;
  const params = new Map<string, string>();
  while (at < text.length) {
    if (text.charCodeAt(at) !== SEMICOLON) return undefined;
    at = skipBlanks(text, at + 1);
    const start = at;
    while (at < text.length && isTokenCode(text.charCodeAt(at))) at += 1;
    if (at === start) {
      if (empty === 'refused') return undefined;
      continue;
    }
    const name = lower(text.slice(start, at));
    at = skipBlanks(text, at);
    let value = '';
    if (text.charCodeAt(at) === 61) {
      at = skipBlanks(text, at + 1);
      if (text.charCodeAt(at) === 34) {
        const quoted = readQuoted(text, at);
        if (quoted === undefined) return undefined;
        ({ value, end: at } = quoted);
      } else {
        const begin = at;
        while (at < text.length && isValueCode(text.charCodeAt(at))) at += 1;
        value = text.slice(begin, at);
      }
      at = skipBlanks(text, at);
    }
    if (!params.has(name)) params.set(name, value);
  }
  return params;
}

const isBareCode = setOf('-.!%*_+`\'~[]:');

function isBare(value: string): boolean {
  for (let at = 0; at < value.length; at += 1) if (!isBareCode(value.charCodeAt(at))) return false;
  return true;
}

export function writeParams(params: Params): string {
  let text = '';
  for (const [name, value] of params) text += value === '' ? `;${name}` : `;${name}=${isBare(value) ? value : quote(value)}`;
  return text;
}

/** A value with parameters behind it, as Content-Type, Event, Reason, Replaces, Session-Expires and others have. */
export interface ValueWithParams {
  readonly value: string;
  readonly params: Params;
}

export function readValue(text: string): ValueWithParams | undefined {
  const end = text.indexOf(';');
  const value = trimBlanks(text, 0, end === -1 ? text.length : end);
  const params = end === -1 ? NO_PARAMS : readParams(text, end);
  return value === '' || params === undefined ? undefined : { value, params };
}

export function writeValue({ value, params }: ValueWithParams): string {
  return value + writeParams(params);
}

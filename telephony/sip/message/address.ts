import { closedUri } from './escapes.ts';
import { printable, quote, readQuoted, skipBlanks, trimBlanks } from './grammar.ts';
import type { Headers } from './headers.ts';
import { NO_PARAMS, readParams, writeParams, type Params } from './params.ts';
import { isUri } from './uri.ts';

/** One value of From, To, Contact, Route, Record-Route, Refer-To and the like (RFC 3261 20.10). */
export interface Address {
  /** The name, as people may read it. */
  readonly display?: string;
  /** As it was written, whatever its scheme. */
  readonly uri: string;
  /** Those of the header field, not those of the URI. */
  readonly params: Params;
}

const QUOTE = 34;
const OPENING = 60;

/**
 * Reads one value. What stands before the brackets need not be tokens, as RFC 3261 25.1 has it: many devices write names
 * with letters and commas of their own there (RFC 4475 3.1.2.15), and blanks within the brackets (3.1.2.14).
 */
export function readAddress(text: string): Address | undefined {
  let at = skipBlanks(text, 0);
  let display = '';
  if (text.charCodeAt(at) === QUOTE) {
    const quoted = readQuoted(text, at);
    if (quoted === undefined) return undefined;
    display = printable(quoted.value);
    at = skipBlanks(text, quoted.end);
    if (text.charCodeAt(at) !== OPENING) return undefined;
  } else {
    const opening = text.indexOf('<', at);
    if (opening === -1) return readBareAddress(text, at);
    display = printable(trimBlanks(text, at, opening));
    if (display.includes('"')) return undefined;
    at = opening;
  }
  const closing = text.indexOf('>', at);
  if (closing === -1) return undefined;
  const uri = trimBlanks(text, at + 1, closing);
  const params = readParams(text, closing + 1);
  if (params === undefined || !isUri(uri)) return undefined;
  return display === '' ? { uri, params } : { display, uri, params };
}

/** Without brackets, parameters are those of the header field, and the URI has neither comma nor question mark (RFC 3261 20). */
function readBareAddress(text: string, from: number): Address | undefined {
  const semicolon = text.indexOf(';', from);
  const uri = trimBlanks(text, from, semicolon === -1 ? text.length : semicolon);
  const params = semicolon === -1 ? NO_PARAMS : readParams(text, semicolon);
  return params === undefined || uri.includes('?') || uri.includes(',') || !isUri(uri) ? undefined : { uri, params };
}

export function writeAddress({ display, uri, params }: Address): string {
  return `${display === undefined || display === '' ? '' : `${quote(display)} `}<${closedUri(uri)}>${writeParams(params)}`;
}

/** The tag of a From or To (RFC 3261 19.3). */
export function tagOf(text: string | undefined): string | undefined {
  const tag = text === undefined ? undefined : readAddress(text)?.params.get('tag');
  return tag === '' ? undefined : tag;
}

/** The values of a header that can be read, in their order. */
export function readAddresses(headers: Headers, name: string): readonly Address[] {
  return headers.list(name).flatMap((value) => readAddress(value) ?? []);
}

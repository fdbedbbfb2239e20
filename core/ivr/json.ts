import { LIMITS } from './limits.ts';
import { isRecord, type Place } from './reading.ts';
import { readTemplate, render, type Lookup, type Template } from './template.ts';

/** JSON in which texts may have variables. */
export type JsonTemplate =
  | { readonly kind: 'text'; readonly text: Template }
  | { readonly kind: 'plain'; readonly value: number | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly JsonTemplate[] }
  | { readonly kind: 'object'; readonly fields: readonly (readonly [string, JsonTemplate])[] };

const MAX_DEPTH = 16;

export function readJsonTemplate(value: unknown, place: Place, depth = 0): JsonTemplate | undefined {
  if (depth > MAX_DEPTH) return place.fault(`must not nest deeper than ${MAX_DEPTH} levels`);
  if (typeof value === 'string') {
    const text = readTemplate(value, place);
    return text && { kind: 'text', text };
  }
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return { kind: 'plain', value };
  if (Array.isArray(value)) {
    const items = value.map((item: unknown, index) => readJsonTemplate(item, place.inside(index), depth + 1));
    return { kind: 'list', items: items.filter((item) => item !== undefined) };
  }
  if (!isRecord(value)) return place.fault('must be JSON');
  const fields: [string, JsonTemplate][] = [];
  for (const [name, item] of Object.entries(value)) {
    const read = readJsonTemplate(item, place.inside(name), depth + 1);
    if (read !== undefined) fields.push([name, read]);
  }
  return { kind: 'object', fields };
}

/** The JSON text, into which no value can bring more than itself. */
export function renderJson(template: JsonTemplate, lookup: Lookup): string {
  switch (template.kind) {
    case 'text':
      return JSON.stringify(render(template.text, lookup));
    case 'plain':
      return JSON.stringify(template.value);
    case 'list':
      return `[${template.items.map((item) => renderJson(item, lookup)).join(',')}]`;
    case 'object':
      return `{${template.fields.map(([name, item]) => `${JSON.stringify(name)}:${renderJson(item, lookup)}`).join(',')}}`;
    default:
      return template satisfies never;
  }
}

/** Numbers too large for a double keep their digits, as text. */
const keepDigits = ((_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
  (typeof value === 'number' && !Number.isSafeInteger(value) && context?.source !== undefined && /^-?\d+$/.test(context.source) ? context.source : value)) as (key: string, value: unknown) => unknown;

/** What a reply says; undefined where it is no JSON. */
export function parseReply(body: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(body, keepDigits) as unknown };
  } catch (error) {
    // Nested too deeply to be walked through is as bad as not to be read at all.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A place in a reply: `customer.orders[0].state`; a single dot is the reply as a whole. */
export type JsonPath = readonly (string | number)[];

const PATH = /^[A-Za-z_$][\w$-]{0,63}(?:\.[A-Za-z_$][\w$-]{0,63}|\[\d{1,4}\]){0,15}$/;
const ROOTED = /^\[\d{1,4}\](?:\.[A-Za-z_$][\w$-]{0,63}|\[\d{1,4}\]){0,15}$/;

export function readJsonPath(text: unknown, place: Place): JsonPath | undefined {
  if (text === '.') return [];
  if (typeof text !== 'string' || text.length > LIMITS.expression || (!PATH.test(text) && !ROOTED.test(text))) return place.fault('must be a path such as customer.orders[0].state');
  return [...text.matchAll(/([A-Za-z_$][\w$-]*)|\[(\d+)\]/g)].map(([, name, index]) => name ?? Number(index));
}

/** What stands there, as text; empty where there is nothing. Objects and lists are given as JSON. */
export function textAt(reply: unknown, path: JsonPath): string {
  let here = reply;
  for (const step of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return '';
    here = (here as Readonly<Record<string | number, unknown>>)[step];
  }
  if (here === null || here === undefined) return '';
  return typeof here === 'string' ? here : JSON.stringify(here);
}

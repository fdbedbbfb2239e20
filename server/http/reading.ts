import { Compile } from 'typebox/compile';
import type { TObject, TSchema } from 'typebox';
import type { FieldFault } from '@parley/contract/operation.ts';

/**
 * Reading of request fields by their schema: names match without regard to case, scalars are taken as text or as
 * numbers, null and (for what is not free text) empty text mean absent, wrappers are taken off, unknown fields are dropped.
 * What is left is then validated strictly.
 */
export type Reading = { readonly ok: true; readonly value: Record<string, unknown> } | ({ readonly ok: false } & FieldFault);

type Reader = (value: unknown) => unknown;

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Record<string, JsonSchema>;
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly patternProperties?: Record<string, JsonSchema>;
  readonly 'x-also'?: readonly string[];
}

/** Wrappers that the reference's tables draw around bodies and its examples leave away. */
const WRAPPERS = ['requestparam', 'requestparams', 'requestbody', 'queryparam', 'body', 'schema', 'request', 'param', 'params'];

const NUMERAL = /^-?\d{1,16}(\.\d{1,10})?$/;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readText(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

function readNumber(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const trimmed = value.trim();
  return NUMERAL.test(trimmed) ? Number(trimmed) : value;
}

function readFlag(value: unknown): unknown {
  if (typeof value === 'string') {
    const lower = value.trim().toLowerCase();
    if (lower === 'true' || lower === '1') return true;
    if (lower === 'false' || lower === '0') return false;
  }
  if (value === 1) return true;
  if (value === 0) return false;
  return value;
}

function readerOf(schema: JsonSchema): Reader {
  const types = [schema.type ?? []].flat();
  if (types.includes('object')) return objectReader(schema);
  if (types.includes('array')) {
    const item = readerOf(schema.items ?? {});
    return (value) => (Array.isArray(value) ? value.map(item) : value);
  }
  if (types.includes('string')) return readText;
  if (types.includes('integer') || types.includes('number')) return readNumber;
  if (types.includes('boolean')) return readFlag;
  return (value) => value;
}

/** Fields that a schema takes without naming them, as a record does. */
function otherReader({ additionalProperties, patternProperties }: JsonSchema): Reader | undefined {
  const [pattern] = Object.values(patternProperties ?? {});
  if (pattern !== undefined) return readerOf(pattern);
  if (additionalProperties === undefined || additionalProperties === false) return undefined;
  return additionalProperties === true ? (value) => value : readerOf(additionalProperties);
}

/** "Left blank" is how the reference says that a choice is not made, such as the device of a Release (5.2.1). */
function takesEmptyText(schema: JsonSchema): boolean {
  const types = [schema.type ?? []].flat();
  if (types.length === 0) return true;
  return types.includes('string') && (schema.enum === undefined || schema.enum.includes(''));
}

function objectReader(schema: JsonSchema): Reader {
  const fields = new Map<string, { name: string; read: Reader; emptyIsAbsent: boolean }>();
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const field = { name, read: readerOf(property), emptyIsAbsent: !takesEmptyText(property) };
    for (const spelling of [name, ...(property['x-also'] ?? [])]) fields.set(spelling.toLowerCase(), field);
  }
  const readOther = otherReader(schema);
  return (value) => {
    if (!isObject(value)) return value;
    const read: Record<string, unknown> = {};
    for (const [key, given] of Object.entries(value)) {
      const field = fields.get(key.toLowerCase());
      if (field === undefined) {
        if (readOther !== undefined) read[key] = readOther(given);
        continue;
      }
      if (given === null || given === undefined || (given === '' && field.emptyIsAbsent)) continue;
      // The exact spelling wins over a variant of it.
      if (Object.hasOwn(read, field.name) && key !== field.name) continue;
      read[field.name] = field.read(given);
    }
    return read;
  };
}

function unwrap(value: unknown, schema: JsonSchema): unknown {
  if (!isObject(value)) return value;
  const own = new Set(Object.entries(schema.properties ?? {}).flatMap(([name, property]) => [name, ...(property['x-also'] ?? [])]).map((name) => name.toLowerCase()));
  const keys = Object.keys(value);
  if (keys.some((key) => own.has(key.toLowerCase()))) return value;
  const wrapper = keys.find((key) => WRAPPERS.includes(key.toLowerCase()) && isObject(value[key]));
  return wrapper === undefined ? value : value[wrapper];
}

/** PostgreSQL holds neither NUL nor half a surrogate pair in text and JSON, so both are refused at the door. */
const isUnstorable = (text: string): boolean => text.includes('\0') || !text.isWellFormed();

function findUnstorable(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') return isUnstorable(value) ? path : undefined;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const found = findUnstorable(item, `${path}[${index}]`);
      if (found !== undefined) return found;
    }
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (isUnstorable(key)) return path === '' ? 'a field name' : `a field name in ${path}`;
      const found = findUnstorable(item, path === '' ? key : `${path}.${key}`);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

const fieldName = (pointer: string): string =>
  pointer.split('/').slice(1).reduce((name, step) => (/^\d+$/.test(step) ? `${name}[${step}]` : name === '' ? step : `${name}.${step}`), '');

interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message: string;
  readonly params: { readonly requiredProperties?: readonly string[]; readonly allowedValues?: readonly unknown[] };
}

const FAULTS: Readonly<Record<string, FieldFault['why']>> = { minLength: 'tooShort', minItems: 'tooShort', maxLength: 'tooLong', maxItems: 'tooLong' };

const valueAt = (value: unknown, pointer: string): unknown =>
  pointer.split('/').slice(1).reduce<unknown>((inner, step) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[step] : undefined), value);

function describe(error: SchemaError, value: unknown): FieldFault {
  const at = fieldName(error.instancePath);
  if (error.keyword === 'required') {
    const missing = error.params.requiredProperties?.[0] ?? '';
    const field = at === '' ? missing : `${at}.${missing}`;
    return { why: 'missing', field, message: `${field} is missing` };
  }
  const field = at === '' ? 'body' : at;
  const why = valueAt(value, error.instancePath) === '' ? 'empty' : FAULTS[error.keyword] ?? 'form';
  // The pattern itself is for programs, which find it in the document.
  if (error.keyword === 'pattern') return { why, field, message: `${field} is not of the form that the contract asks for` };
  if (error.keyword === 'enum') return { why, field, message: `${field} must be one of ${(error.params.allowedValues ?? []).join(', ')}` };
  return { why, field, message: `${field} ${error.message}` };
}

/** The reading of one part of a request: its body, its query or its path. Compiled when it is first asked for, as most operations are never called in most places. */
export function compileReading(schema: TObject, part: 'body' | 'query' | 'path'): (value: unknown) => Reading {
  let compiled: ReturnType<typeof compileNow> | undefined;
  return (raw) => {
    compiled ??= compileNow(schema, part);
    return compiled(raw);
  };
}

function compileNow(schema: TObject, part: 'body' | 'query' | 'path'): (value: unknown) => Reading {
  const json = schema as unknown as JsonSchema;
  const read = readerOf(json);
  const validator = Compile(schema as TSchema);
  return (raw) => {
    const given = raw === undefined || raw === null ? {} : part === 'body' ? unwrap(raw, json) : raw;
    if (!isObject(given)) return { ok: false, why: 'form', field: 'body', message: 'the body must be a JSON object' };
    const value = read(given) as Record<string, unknown>;
    if (!validator.Check(value)) {
      const [error] = validator.Errors(value) as unknown as SchemaError[];
      const fault = error === undefined ? { why: 'form' as const, field: part, message: `the ${part} is not valid` } : describe(error, value);
      return { ok: false, ...fault, ...(part === 'body' && (raw === undefined || raw === null) ? { why: 'noBody' } : {}) };
    }
    const unstorable = findUnstorable(value, '');
    if (unstorable === undefined) return { ok: true, value };
    return { ok: false, why: 'form', field: unstorable, message: `${unstorable} must be Unicode text without NUL characters` };
  };
}

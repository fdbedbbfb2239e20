import { isCondition, type Expression } from './expression.ts';
import { readExpression } from './expression-syntax.ts';
import { wrongName } from './names.ts';
import { isRecord, type Place, type ReferenceKind } from './reading.ts';
import { readTemplate, type Template } from './template.ts';

/** One field of a node: how it is read, and what a designer is told of it. */
export interface Field<T> {
  readonly isOptional: boolean;
  /** JSON Schema, with `x-kind` where the form alone does not say what it means. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Undefined where it is wrong, which has been told to the place then. */
  readonly read: (value: unknown, place: Place) => T | undefined;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;

/** What a node is that was read without fault. */
export type Values<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

const field = <T>(schema: Field<T>['schema'], read: Field<T>['read']): Field<T> => ({ isOptional: false, schema, read });

/** Reads what is said of each field, and refuses what has no field. */
export function readFields(fields: Fields, given: Readonly<Record<string, unknown>>, place: Place, besides: readonly string[] = []): Readonly<Record<string, unknown>> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(fields, name) && !besides.includes(name)) place.inside(name).fault('is not known here');
  }
  const values: Record<string, unknown> = {};
  for (const [name, declared] of Object.entries(fields)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value !== undefined) values[name] = declared.read(value, place.inside(name));
    else if (declared.isOptional) values[name] = declared.read(undefined, place.inside(name));
    else place.inside(name).fault('is missing');
  }
  return values;
}

export function optional<T>(of: Field<T>): Field<T | undefined> {
  return { isOptional: true, schema: of.schema, read: (value, place) => (value === undefined ? undefined : of.read(value, place)) };
}

export function withDefault<T>(of: Field<T>, standard: T): Field<T> {
  return { isOptional: true, schema: { ...of.schema, default: standard }, read: (value, place) => (value === undefined ? standard : of.read(value, place)) };
}

interface TextOptions {
  readonly max: number;
  readonly pattern?: RegExp;
  /** What the pattern asks for, in words. */
  readonly form?: string;
}

export function text({ max, pattern, form }: TextOptions): Field<string> {
  return field({ type: 'string', maxLength: max, ...(pattern === undefined ? {} : { pattern: pattern.source }) }, (value, place) => {
    if (typeof value !== 'string') return place.fault('must be text');
    if (value.length > max) return place.fault(`must not be longer than ${max} characters`);
    return pattern === undefined || pattern.test(value) ? value : place.fault(`must be ${form ?? `of the form ${pattern.source}`}`);
  });
}

export function integer(min: number, max: number): Field<number> {
  return field({ type: 'integer', minimum: min, maximum: max }, (value, place) =>
    (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max ? value : place.fault(`must be a whole number from ${min} to ${max}`)));
}

/** A time in seconds, which may have tenths. */
export function seconds(min: number, max: number): Field<number> {
  return field({ type: 'number', minimum: min, maximum: max, 'x-kind': 'seconds' }, (value, place) =>
    (typeof value === 'number' && value >= min && value <= max ? value : place.fault(`must be a number of seconds from ${min} to ${max}`)));
}

export const flag: Field<boolean> = field({ type: 'boolean' }, (value, place) => (typeof value === 'boolean' ? value : place.fault('must be true or false')));

export function oneOf<const T extends readonly string[]>(values: T): Field<T[number]> {
  return field({ type: 'string', enum: values }, (value, place) =>
    (typeof value === 'string' && values.includes(value) ? value : place.fault(`must be one of ${values.join(', ')}`)));
}

/** Where the call goes on: the id of another node. */
export const target: Field<string> = field({ type: 'string', 'x-kind': 'node' }, (value, place) => {
  if (typeof value !== 'string' || value === '') return place.fault('must be the id of a node');
  place.reading.edges.push({ field: place.field, to: value });
  return value;
});

export function template(max: number, mayFormat = false): Field<Template> {
  return field({ type: 'string', maxLength: max, 'x-kind': mayFormat ? 'spoken' : 'template' }, (value, place) => {
    if (typeof value !== 'string') return place.fault('must be text');
    if (value.length > max) return place.fault(`must not be longer than ${max} characters`);
    return readTemplate(value, place, mayFormat);
  });
}

export const expression: Field<Expression> = field({ type: 'string', 'x-kind': 'expression' }, (value, place) =>
  (typeof value === 'string' ? readExpression(value, place) : place.fault('must be an expression')));

export const condition: Field<Expression> = field({ type: 'string', 'x-kind': 'condition' }, (value, place) => {
  const read = expression.read(value, place);
  return read === undefined || isCondition(read) ? read : place.fault('must be a condition, which is true or false');
});

/** A variable that is given a value. */
export const variable: Field<string> = field({ type: 'string', 'x-kind': 'variable' }, (value, place) => {
  const wrong = typeof value === 'string' ? wrongName(value) : 'must be the name of a variable';
  if (typeof value !== 'string' || wrong !== undefined) return place.fault(wrong ?? '');
  place.reading.assigned.add(value);
  return value;
});

/** The number of something of the tenant's. */
export function reference(kind: Extract<ReferenceKind, 'queue' | 'flow' | 'agent'>): Field<number> {
  const of = integer(1, 2 ** 31 - 1);
  return field({ ...of.schema, 'x-kind': kind }, (value, place) => {
    const id = of.read(value, place);
    if (id !== undefined) place.reading.references.push({ kind, id: String(id), place });
    return id;
  });
}

/** The same, or a text with variables that comes to such a number. */
export function referenceOrTemplate(kind: Extract<ReferenceKind, 'queue' | 'agent'>): Field<number | Template> {
  const [fixed, computed] = [reference(kind), template(200)];
  return field({ anyOf: [fixed.schema, computed.schema], 'x-kind': kind }, (value, place) => (typeof value === 'string' ? computed : fixed).read(value, place));
}

export function namedReference(kind: Extract<ReferenceKind, 'voiceFile' | 'key'>): Field<string> {
  const of = text({ max: 64, pattern: /^\S+$/, form: 'a name without blanks' });
  return field({ ...of.schema, 'x-kind': kind }, (value, place) => {
    const id = of.read(value, place);
    if (id !== undefined) place.reading.references.push({ kind, id, place });
    return id;
  });
}

export function list<T>(of: Field<T>, min: number, max: number): Field<readonly T[]> {
  return field({ type: 'array', items: of.schema, minItems: min, maxItems: max }, (value, place) => {
    if (!Array.isArray(value) || value.length < min || value.length > max) return place.fault(`must be a list of ${min} to ${max}`);
    return value.map((item: unknown, index) => of.read(item, place.inside(index)) as T);
  });
}

export function group<F extends Fields>(fields: F): Field<Values<F>> {
  return field(schemaOf(fields), (value, place) => (isRecord(value) ? readFields(fields, value, place) as Values<F> : place.fault('must be an object')));
}

/** Named values: of keys, headers or variables. */
export function table<T>(of: Field<T>, { max, key, form }: { readonly max: number; readonly key: RegExp; readonly form: string }): Field<Readonly<Record<string, T>>> {
  return field({ type: 'object', additionalProperties: of.schema, maxProperties: max, propertyNames: { pattern: key.source } }, (value, place) => {
    if (!isRecord(value)) return place.fault('must be an object');
    const entries = Object.entries(value);
    if (entries.length > max) return place.fault(`must not have more than ${max} entries`);
    const read: [string, T][] = [];
    for (const [name, item] of entries) {
      if (!key.test(name)) place.inside(name.slice(0, 40)).fault(`must be named by ${form}`);
      else read.push([name, of.read(item, place.inside(name)) as T]);
    }
    return Object.fromEntries(read);
  });
}

export function schemaOf(fields: Fields): Readonly<Record<string, unknown>> {
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema])),
    required: Object.entries(fields).filter(([, { isOptional }]) => !isOptional).map(([name]) => name),
    additionalProperties: false,
  };
}

import { Type, type Static, type TObject, type TProperties, type TSchema, type TUnsafe } from 'typebox';

/**
 * The few words in which operations describe their fields. All of them accept a scalar as text or as a number, as the
 * reference wavers between the two; the reading of requests (server/http/reading.ts) sees to it.
 */

const INT32 = 2 ** 31 - 1;

interface TextOptions {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  /** Other names under which clients send the field; letter case never matters. */
  readonly also?: readonly string[];
  readonly examples?: readonly unknown[];
}

const also = (names: readonly string[] | undefined): object => (names === undefined ? {} : { 'x-also': names });

export function text(description: string, options: TextOptions = {}) {
  const { min, max = 1000, pattern } = options;
  return Type.String({
    description,
    maxLength: max,
    ...(min === undefined ? {} : { minLength: min }),
    ...(pattern === undefined ? {} : { pattern }),
    ...also(options.also),
  });
}

/** Text that must hold something beside blanks. */
export function word(description: string, options: TextOptions = {}) {
  return text(description, { min: 1, pattern: '\\S', ...options });
}

interface RangeOptions {
  readonly min?: number;
  readonly max?: number;
  readonly also?: readonly string[];
}

export function integer(description: string, { min = -INT32, max = INT32, also: names }: RangeOptions = {}) {
  return Type.Integer({ description, minimum: min, maximum: max, ...also(names) });
}

/** Milliseconds since 1970. */
export function timestamp(description: string) {
  return Type.Integer({ description, minimum: 0, maximum: 8.64e15 });
}

export function flag(description: string) {
  return Type.Boolean({ description });
}

/** A long id: digits that a double could not hold, so it is text inside and out. */
export function longId(description: string, options: { readonly also?: readonly string[] } = {}) {
  return text(description, { min: 1, max: 24, ...options });
}

export function oneOf<const T extends readonly string[]>(
  values: T, description: string, options: { readonly also?: readonly string[] } = {},
): TUnsafe<T[number]> {
  return Type.Unsafe<T[number]>({ type: 'string', enum: [...values], description, ...also(options.also) });
}

export function integerOf<const T extends readonly number[]>(
  values: T, description: string, options: { readonly also?: readonly string[] } = {},
): TUnsafe<T[number]> {
  return Type.Unsafe<T[number]>({ type: 'integer', enum: [...values], description, ...also(options.also) });
}

export function list<S extends TSchema>(items: S, description: string, { min = 0, max = 1000, also: names }: RangeOptions = {}) {
  return Type.Array(items, { description, minItems: min, maxItems: max, ...also(names) });
}

export function object<P extends TProperties>(properties: P, description?: string): TObject<P> {
  return Type.Object(properties, description === undefined ? {} : { description });
}

export function nullable<S extends TSchema>(schema: S): TUnsafe<Static<S> | null> {
  const { type = 'object', enum: values } = schema as { readonly type?: string; readonly enum?: readonly unknown[] };
  return Type.Unsafe<Static<S> | null>({ ...schema, type: [type, 'null'], ...(values === undefined ? {} : { enum: [...values, null] }) });
}

export const optional = Type.Optional;

/** An operation that has nothing to say beside its outcome. */
export const nothing = Type.Object({});

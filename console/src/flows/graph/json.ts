/* Places in JSON: read and changed without touching what was there before. */

export type Json = Readonly<Record<string, unknown>>;
export type Path = readonly (string | number)[];

export const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
export const jsonOf = (value: unknown): Json => (isJson(value) ? value : {});
export const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '');

/** As the server names fields when it says what is wrong: `cases[0].to`. */
export const fieldOf = (path: Path): string =>
  path.reduce<string>((field, step) => (typeof step === 'number' ? `${field}[${step}]` : field === '' ? step : `${field}.${step}`), '');

/** Whether a field stands in another, or is it. */
export const isWithin = (field: string, outer: string): boolean => field === outer || field.startsWith(`${outer}.`) || field.startsWith(`${outer}[`);

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((here, step) => (typeof here === 'object' && here !== null && Object.hasOwn(here, step) ? (here as Readonly<Record<string | number, unknown>>)[step] : undefined), value);
}

export function without(json: Json, name: string): Json {
  const { [name]: _left, ...others } = json;
  return others;
}

/** With another value at a place; undefined takes away what is there. */
export function withValue(value: unknown, path: Path, next: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return next;
  if (typeof step === 'number') {
    const list: readonly unknown[] = Array.isArray(value) ? value : [];
    const inner = withValue(list[step], rest, next);
    if (inner === undefined) return list.toSpliced(step, 1);
    return step < list.length ? list.with(step, inner) : [...list, inner];
  }
  const json = jsonOf(value);
  const inner = withValue(json[step], rest, next);
  return inner === undefined ? without(json, step) : { ...json, [step]: inner };
}

/** Renames a property where it stands. */
export const renamed = (json: Json, from: string, to: string): Json => Object.fromEntries(Object.entries(json).map(([name, value]) => [name === from ? to : name, value]));

/** The same JSON, in whatever order its names stand. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null || Array.isArray(one) !== Array.isArray(other)) return false;
  const [names, others] = [Object.keys(one), Object.keys(other)];
  return names.length === others.length && names.every((name) => Object.hasOwn(other, name) && isSame((one as Json)[name], (other as Json)[name]));
}

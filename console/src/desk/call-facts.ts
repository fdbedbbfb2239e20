/* Data of a call: what flows and colleagues have written, of whatever form. */

export const MOST_BYTES = 16_384;

export type Fact = readonly [name: string, value: string];

/** JSON as a table, names joined by dots where one thing is in another; undefined of anything else. */
export function factsOf(data: string): readonly Fact[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    // Text then, as most of it is.
    return undefined;
  }
  return typeof value === 'object' && value !== null ? flat('', value) : undefined;
}

const flat = (prefix: string, value: object): readonly Fact[] => Object.entries(value).flatMap(([key, inner]): readonly Fact[] => {
  const name = prefix === '' ? key : `${prefix}.${key}`;
  if (typeof inner === 'object' && inner !== null) return flat(name, inner as object);
  return [[name, inner === null ? '' : String(inner)]];
});

export const fits = (data: string): boolean => new TextEncoder().encode(data).length <= MOST_BYTES;

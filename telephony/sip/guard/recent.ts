/** What was asked for lately, by name; of more than there is room for, what nobody has asked for the longest is forgotten. */
export interface Recent<Value> {
  /** What has this name; made where there is none. */
  readonly of: (name: string) => Value;
  readonly find: (name: string) => Value | undefined;
  readonly size: () => number;
}

/** Two generations: a full one becomes the old one, and what is asked for comes over. Costs less on each message than an exact order. */
export function createRecent<Value extends object>(most: number, make: () => Value): Recent<Value> {
  const half = Math.max(1, Math.floor(most / 2));
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();

  const put = (name: string, value: Value): Value => {
    if (young.size >= half) {
      old = young;
      young = new Map();
    }
    young.set(name, value);
    return value;
  };
  const find = (name: string): Value | undefined => {
    const fresh = young.get(name);
    if (fresh !== undefined) return fresh;
    const kept = old.get(name);
    if (kept === undefined) return undefined;
    old.delete(name);
    return put(name, kept);
  };
  return { find, of: (name) => find(name) ?? put(name, make()), size: () => young.size + old.size };
}

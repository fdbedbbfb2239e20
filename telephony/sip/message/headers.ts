/** Compact forms (RFC 3261 7.3.3 and those registered since). */
const COMPACT: Readonly<Record<string, string>> = {
  a: 'Accept-Contact', b: 'Referred-By', c: 'Content-Type', d: 'Request-Disposition', e: 'Content-Encoding', f: 'From', i: 'Call-ID', j: 'Reject-Contact',
  k: 'Supported', l: 'Content-Length', m: 'Contact', o: 'Event', r: 'Refer-To', s: 'Subject', t: 'To', u: 'Allow-Events', v: 'Via', x: 'Session-Expires',
};

const keys = new Map<string, string>(Object.entries(COMPACT).map(([short, long]) => [short, long.toLowerCase()]));

/** Names that come again and again need not be lowered each time. */
const MOST_KEYS = 500;

/** What a name is looked up by: without regard to case, and compact forms as their long ones. */
function keyOf(name: string): string {
  const known = keys.get(name);
  if (known !== undefined) return known;
  const lower = name.toLowerCase();
  // Not by COMPACT itself, which as an object answers to names such as "constructor" too.
  const key = keys.get(lower) ?? lower;
  if (keys.size < MOST_KEYS) keys.set(name, key);
  return key;
}

/** The header fields of a message, in the order in which they stand. */
export class Headers {
  readonly #fields: { readonly key: string; readonly name: string; value: string }[] = [];

  /** The value of the first field of that name. */
  get(name: string): string | undefined {
    const key = keyOf(name);
    for (const field of this.#fields) if (field.key === key) return field.value;
    return undefined;
  }

  /** The values of all fields of that name, a field each, unsplit. */
  all(name: string): readonly string[] {
    const key = keyOf(name);
    const values: string[] = [];
    for (const field of this.#fields) if (field.key === key) values.push(field.value);
    return values;
  }

  /** The values of all fields of that name, those in one field split at its commas (RFC 3261 7.3.1). Not for credentials and challenges, nor for dates. */
  list(name: string): readonly string[] {
    const values = this.all(name);
    return values.some((value) => value.includes(',')) ? values.flatMap(splitAtCommas) : values;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** How many fields of that name there are. */
  count(name: string): number {
    const key = keyOf(name);
    let count = 0;
    for (const field of this.#fields) if (field.key === key) count += 1;
    return count;
  }

  append(name: string, value: string): this {
    this.#fields.push({ key: keyOf(name), name, value });
    return this;
  }

  /** Puts a field before all others: a Via, a Record-Route. */
  prepend(name: string, value: string): this {
    this.#fields.unshift({ key: keyOf(name), name, value });
    return this;
  }

  /** Gives the first field of that name this value and removes the others; appends it where there is none. */
  set(name: string, value: string): this {
    const key = keyOf(name);
    const first = this.#fields.find((field) => field.key === key);
    if (first === undefined) return this.append(name, value);
    first.value = value;
    this.#keep((field) => field === first || field.key !== key);
    return this;
  }

  remove(name: string): this {
    const key = keyOf(name);
    this.#keep((field) => field.key !== key);
    return this;
  }

  /** Appends all fields of these names that another message has. */
  copy(from: Headers, ...names: readonly string[]): this {
    for (const name of names) for (const value of from.all(name)) this.append(name, value);
    return this;
  }

  clone(): Headers {
    const copy = new Headers();
    for (const { key, name, value } of this.#fields) copy.#fields.push({ key, name, value });
    return copy;
  }

  * [Symbol.iterator](): IterableIterator<readonly [name: string, value: string]> {
    for (const { name, value } of this.#fields) yield [name, value];
  }

  #keep(isKept: (field: { readonly key: string }) => boolean): void {
    const kept = this.#fields.filter(isKept);
    this.#fields.length = 0;
    this.#fields.push(...kept);
  }
}

/** Splits at commas that stand neither in a quoted text nor between angle brackets. */
export function splitAtCommas(value: string): string[] {
  const parts: string[] = [];
  let isQuoted = false;
  let isBracketed = false;
  let start = 0;
  for (let at = 0; at < value.length; at += 1) {
    const character = value[at];
    if (isQuoted) {
      if (character === '\\') at += 1;
      else if (character === '"') isQuoted = false;
    } else if (character === '"') isQuoted = true;
    else if (character === '<') isBracketed = true;
    else if (character === '>') isBracketed = false;
    else if (character === ',' && !isBracketed) {
      parts.push(value.slice(start, at).trim());
      start = at + 1;
    }
  }
  parts.push(value.slice(start).trim());
  return parts.filter((part) => part !== '');
}

/**
 * Bencode, in which rtpengine is spoken to (its ng protocol): whole numbers, texts, lists, and dictionaries. Dictionaries are
 * maps, as their keys come from outside and must not reach a prototype.
 */
export type Bencoded = number | string | readonly Bencoded[] | Dictionary;
export type Dictionary = ReadonlyMap<string, Bencoded>;

/** What is written; absent values are left out of dictionaries. */
export type Encodable = number | string | readonly Encodable[] | { readonly [key: string]: Encodable | undefined };

/** Deeper than anything that rtpengine says; each level is a call on the stack. */
const MOST_LEVELS = 16;
/** Lengths and numbers have no more digits than a safe integer. */
const MOST_DIGITS = 16;

const COLON = 0x3a;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const END = 0x65;
const NUMBER = 0x69;
const LIST = 0x6c;
const DICTIONARY = 0x64;

export function writeBencode(value: Encodable): Buffer {
  const parts: (string | Buffer)[] = [];
  write(value, parts);
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
}

function write(value: Encodable, parts: (string | Buffer)[]): void {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new RangeError(`Bencode has whole numbers only: ${value}`);
    parts.push(`i${value}e`);
  } else if (typeof value === 'string') parts.push(`${Buffer.byteLength(value)}:${value}`);
  else if (isList(value)) {
    parts.push('l');
    for (const item of value) write(item, parts);
    parts.push('e');
  } else {
    parts.push('d');
    // In the order of their bytes; for the names that rtpengine has that is the order of their characters.
    for (const [key, item] of Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))) {
      if (item === undefined) continue;
      write(key, parts);
      write(item, parts);
    }
    parts.push('e');
  }
}

const isList = (value: Encodable): value is readonly Encodable[] => Array.isArray(value);

/** Reads one value that takes all the bytes; undefined for anything else. Whatever comes, it is done in one pass. */
export function readBencode(bytes: Uint8Array): Bencoded | undefined {
  const reader = new Reader(bytes);
  const value = reader.value(0);
  return reader.at === bytes.length ? value : undefined;
}

class Reader {
  readonly bytes: Buffer;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  value(level: number): Bencoded | undefined {
    const first = this.bytes[this.at];
    if (first === undefined || level > MOST_LEVELS) return undefined;
    if (first >= ZERO && first <= NINE) return this.text();
    this.at += 1;
    if (first === NUMBER) return this.digits(END);
    if (first === LIST) return this.list(level);
    return first === DICTIONARY ? this.dictionary(level) : undefined;
  }

  private digits(end: number): number | undefined {
    const from = this.at;
    const isNegative = this.bytes[from] === MINUS;
    const first = isNegative ? from + 1 : from;
    let at = first;
    let number = 0;
    for (; at - first <= MOST_DIGITS; at += 1) {
      const byte = this.bytes[at];
      if (byte === end) break;
      if (byte === undefined || byte < ZERO || byte > NINE) return undefined;
      number = number * 10 + (byte - ZERO);
    }
    if (at === first || this.bytes[at] !== end || !Number.isSafeInteger(number)) return undefined;
    this.at = at + 1;
    return isNegative && number !== 0 ? -number : number;
  }

  private text(): string | undefined {
    const length = this.digits(COLON);
    if (length === undefined || length < 0 || length > this.bytes.length - this.at) return undefined;
    const from = this.at;
    this.at += length;
    return this.bytes.toString('utf8', from, this.at);
  }

  private list(level: number): Bencoded[] | undefined {
    const items: Bencoded[] = [];
    while (this.bytes[this.at] !== END) {
      const item = this.value(level + 1);
      if (item === undefined) return undefined;
      items.push(item);
    }
    this.at += 1;
    return items;
  }

  private dictionary(level: number): Dictionary | undefined {
    const items = new Map<string, Bencoded>();
    while (this.bytes[this.at] !== END) {
      const key = this.text();
      const item = key === undefined ? undefined : this.value(level + 1);
      if (key === undefined || item === undefined) return undefined;
      items.set(key, item);
    }
    this.at += 1;
    return items;
  }
}

export const isDictionary = (value: Bencoded | undefined): value is Dictionary => value instanceof Map;

export function textOf(from: Bencoded | undefined, key: string): string | undefined {
  const value = isDictionary(from) ? from.get(key) : undefined;
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(from: Bencoded | undefined, key: string): number | undefined {
  const value = isDictionary(from) ? from.get(key) : undefined;
  return typeof value === 'number' ? value : undefined;
}

export function dictionaryOf(from: Bencoded | undefined, key: string): Dictionary | undefined {
  const value = isDictionary(from) ? from.get(key) : undefined;
  return isDictionary(value) ? value : undefined;
}

export function listOf(from: Bencoded | undefined, key: string): readonly Bencoded[] {
  const value = isDictionary(from) ? from.get(key) : undefined;
  return Array.isArray(value) ? value : [];
}

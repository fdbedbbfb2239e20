import { prefixKey, prefixKind, type AreaRecord } from './lookup.ts';

/** Why a line of an area set was refused. Those in the second group end the reading of the file. */
export type AreaLineRefusal =
  | 'line-too-long'
  | 'bad-quote'
  | 'wrong-field-count'
  | 'bad-prefix'
  | 'duplicate-prefix'
  | 'bad-area-code'
  | 'bad-city-code'
  | 'bad-post-code'
  | 'bad-text'
  | 'isp-missing'
  // The file as a whole.
  | 'header-missing'
  | 'header-column-missing'
  | 'header-column-twice'
  | 'too-many-lines';

export interface RefusedLine {
  readonly line: number;
  readonly reason: AreaLineRefusal;
}

export interface AreaCsv {
  readonly records: readonly AreaRecord[];
  /** The first refused lines, no more of them than the limit says. */
  readonly refused: readonly RefusedLine[];
  /** How many lines were refused in all. */
  readonly refusedCount: number;
  /** False when the reading ended before the file did. */
  readonly complete: boolean;
}

export interface AreaCsvLimits {
  readonly lines: number;
  readonly lineLength: number;
  readonly refused: number;
}

export interface AreaCsvReader {
  /** Takes one line without its line break; gives its record, or undefined for a header, a blank or a refused line. */
  readonly push: (line: string) => AreaRecord | undefined;
  /** False from the refusal on that ends the reading of the file. */
  readonly isOpen: () => boolean;
  readonly end: () => Omit<AreaCsv, 'records'>;
}

/** Twice the seven-digit prefixes there are today, so that a full set fits and a wrong file ends. */
const AREA_CSV_LIMITS: AreaCsvLimits = { lines: 1_000_000, lineLength: 1_000, refused: 1_000 };

const COLUMNS = ['prefix', 'areaCode', 'province', 'city', 'cityCode', 'isp', 'postCode'] as const;
const LONGEST_FIELD = 64;
const DIALLING_CODE = '0(?:10|2\\d|[3-9]\\d\\d)';
const AREA_CODE = /^(?:[1-9]\d{5})?$/;
const CITY_CODE = new RegExp(`^(?:${DIALLING_CODE}(?:/${DIALLING_CODE})*)?$`);
const POST_CODE = /^(?:\d{6}(?:\/\d{6})*)?$/;

/** Reads a whole text at once: the shipped files, and tests. */
export function parseAreaCsv(text: string, limits: Partial<AreaCsvLimits> = {}): AreaCsv {
  const reader = startAreaCsv(limits);
  const records: AreaRecord[] = [];
  for (let from = 0; from < text.length && reader.isOpen(); ) {
    const end = text.indexOf('\n', from);
    const record = reader.push(text.slice(from, end < 0 ? undefined : end));
    if (record) records.push(record);
    from = end < 0 ? text.length : end + 1;
  }
  return { records, ...reader.end() };
}

/** The reader beneath, for an importer that lets others have their turn between the lines. */
export function startAreaCsv(overrides: Partial<AreaCsvLimits> = {}): AreaCsvReader {
  const limits = { ...AREA_CSV_LIMITS, ...overrides };
  const refused: RefusedLine[] = [];
  const seen = new Set<number>();
  const interned = new Map<string, string>();
  let order: readonly number[] | undefined;
  let width = 0;
  let line = 0;
  let refusedCount = 0;
  let complete = true;

  const refuse = (reason: AreaLineRefusal): undefined => {
    refusedCount += 1;
    if (refused.length < limits.refused) refused.push({ line, reason });
    return undefined;
  };
  const abandon = (reason: AreaLineRefusal): undefined => {
    complete = false;
    return refuse(reason);
  };
  const intern = (value: string): string => {
    const known = interned.get(value);
    if (known !== undefined) return known;
    // A slice keeps the text it was cut from alive; the few distinct names are copied instead.
    const copy = Array.from(value).join('');
    interned.set(copy, copy);
    return copy;
  };
  const readHeader = (fields: readonly string[]): undefined => {
    const names = fields.map((field) => field.trim().toLowerCase());
    const places = COLUMNS.map((column) => names.indexOf(column.toLowerCase()));
    if (!names.includes('prefix')) return abandon('header-missing');
    if (places.includes(-1)) return abandon('header-column-missing');
    if (COLUMNS.some((column, at) => names.lastIndexOf(column.toLowerCase()) !== places[at])) {
      return abandon('header-column-twice');
    }
    order = places;
    width = fields.length;
    return undefined;
  };
  const readRecord = (fields: readonly string[], places: readonly number[]): AreaRecord | undefined => {
    if (fields.length !== width) return refuse('wrong-field-count');
    const [prefix = '', areaCode = '', province = '', city = '', cityCode = '', isp = '', postCode = ''] = places.map(
      (at) => fields[at]?.trim() ?? '',
    );
    const kind = prefixKind(prefix);
    if (kind === undefined) return refuse('bad-prefix');
    if (!AREA_CODE.test(areaCode)) return refuse('bad-area-code');
    if (cityCode.length > LONGEST_FIELD || !CITY_CODE.test(cityCode)) return refuse('bad-city-code');
    if (postCode.length > LONGEST_FIELD || !POST_CODE.test(postCode)) return refuse('bad-post-code');
    if (!isName(province) || !isName(city) || !isName(isp)) return refuse('bad-text');
    if (kind === 'mobile' && isp === '') return refuse('isp-missing');
    const key = prefixKey(prefix);
    if (seen.has(key)) return refuse('duplicate-prefix');
    seen.add(key);
    return {
      prefix,
      areaCode: intern(areaCode),
      province: intern(province),
      city: intern(city),
      cityCode: intern(cityCode),
      isp: intern(isp),
      postCode: intern(postCode),
    };
  };

  return {
    push(raw) {
      if (!complete) return undefined;
      line += 1;
      if (line > limits.lines) return abandon('too-many-lines');
      if (raw.length > limits.lineLength) return order ? refuse('line-too-long') : abandon('header-missing');
      const text = (line === 1 ? raw.replace(/^\uFEFF/, '') : raw).replace(/\r$/, '');
      if (text.trim() === '') return undefined;
      const fields = splitFields(text);
      if (fields === undefined) return order ? refuse('bad-quote') : abandon('header-missing');
      return order ? readRecord(fields, order) : readHeader(fields);
    },
    isOpen: () => complete,
    end() {
      if (order === undefined && complete) abandon('header-missing');
      return { refused, refusedCount, complete };
    },
  };
}

function isName(text: string): boolean {
  return text.length <= LONGEST_FIELD && !/\p{Cc}/u.test(text);
}

/** The fields of a line (RFC 4180, but a quoted field ends on its own line), or undefined when its quotes differ. */
function splitFields(text: string): string[] | undefined {
  if (!text.includes('"')) return text.split(',');
  const fields: string[] = [];
  let at = 0;
  while (at <= text.length) {
    const field = text[at] === '"' ? quotedField(text, at) : bareField(text, at);
    if (field === undefined) return undefined;
    fields.push(field.value);
    at = field.end + 1;
  }
  return fields;
}

interface Field {
  readonly value: string;
  /** Where the comma after it stands, or the end of the line. */
  readonly end: number;
}

function bareField(text: string, from: number): Field | undefined {
  const comma = text.indexOf(',', from);
  const end = comma < 0 ? text.length : comma;
  const value = text.slice(from, end);
  return value.includes('"') ? undefined : { value, end };
}

function quotedField(text: string, from: number): Field | undefined {
  let value = '';
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return undefined;
    value += text.slice(at, quote);
    const next = text[quote + 1];
    if (next === undefined || next === ',') return { value, end: quote + 1 };
    if (next !== '"') return undefined;
    value += '"';
    at = quote + 2;
  }
}

import { areaCodeOf, MOBILE_PREFIX_LENGTH, type PhoneNumber } from './phone-number.ts';

/** One row of an area set: what is known of every number that begins with the prefix. Empty means not known (5.3.6). */
export interface AreaRecord {
  /** 3 to 7 digits of a mobile, or the area code of a landline with up to five digits of the exchange. */
  readonly prefix: string;
  /** Six digits, GB/T 2260. */
  readonly areaCode: string;
  readonly province: string;
  readonly city: string;
  /** The dialling code, several joined by '/'. */
  readonly cityCode: string;
  readonly isp: string;
  /** Six digits, several joined by '/'. */
  readonly postCode: string;
}

type Place = Omit<AreaRecord, 'prefix'>;

/** What 5.3.6 answers. `known` says whether the place is known, or no more than the carrier of the number segment. */
export interface AreaAnswer extends Place {
  readonly phoneNo: string;
  readonly known: 'place' | 'carrier';
}

/** Read it by `findArea` alone: its shape is a matter of memory and changes with the measurements. */
export interface AreaIndex {
  readonly prefixes: number;
  readonly places: readonly Place[];
  readonly pages: ReadonlyMap<number, Uint32Array>;
  readonly others: ReadonlyMap<number, number>;
}

const LANDLINE_ISP = 'unknown';

const PAGE_SIZE = 10_000;
const SHORTEST_MOBILE_PREFIX = 3;
const LONGEST_LANDLINE_PREFIX = 8;

export function prefixKind(prefix: string): PhoneNumber['kind'] | undefined {
  if (/^1[3-9]\d{1,5}$/.test(prefix)) return 'mobile';
  if (/^0\d{2,7}$/.test(prefix) && areaCodeOf(prefix) !== undefined) return 'landline';
  return undefined;
}

/** Landline prefixes keep their length by a leading 1. No mobile prefix begins with 10, so the two never meet. */
export function prefixKey(prefix: string): number {
  return Number(prefix.startsWith('0') ? `1${prefix}` : prefix);
}

/**
 * Builds the index; of two records with one prefix the later wins, so an imported set goes behind the shipped one.
 * Seven-digit mobile prefixes lie in pages of 10,000 slots a segment (130 to 199), made when first used; a slot names
 * one of the distinct places.
 */
export function buildAreaIndex(records: Iterable<AreaRecord>): AreaIndex {
  const places: Place[] = [];
  const placeNumbers = new Map<string, number>();
  const pages = new Map<number, Uint32Array>();
  const others = new Map<number, number>();
  let inPages = 0;
  for (const record of records) {
    const { prefix, areaCode, province, city, cityCode, isp, postCode } = record;
    const kind = prefixKind(prefix);
    if (kind === undefined) throw new RangeError(`Not a prefix of a mobile or a landline: ${JSON.stringify(prefix)}`);
    const place: Place = { areaCode, province, city, cityCode, isp: kind === 'landline' ? LANDLINE_ISP : isp, postCode };
    const name = [place.areaCode, province, city, cityCode, place.isp, postCode].join('\n');
    let number = placeNumbers.get(name);
    if (number === undefined) {
      number = places.push(place) - 1;
      placeNumbers.set(name, number);
    }
    const key = prefixKey(prefix);
    if (kind === 'mobile' && prefix.length === MOBILE_PREFIX_LENGTH) {
      const page = pageOf(pages, Math.floor(key / PAGE_SIZE));
      if (page[key % PAGE_SIZE] === 0) inPages += 1;
      // Slots count from 1, so that the 0 a page is born with means nothing is known.
      page[key % PAGE_SIZE] = number + 1;
    } else {
      others.set(key, number);
    }
  }
  return { prefixes: inPages + others.size, places, pages, others };
}

function pageOf(pages: Map<number, Uint32Array>, segment: number): Uint32Array {
  let page = pages.get(segment);
  if (page === undefined) {
    page = new Uint32Array(PAGE_SIZE);
    pages.set(segment, page);
  }
  return page;
}

/**
 * The home area of a number (5.3.6), or undefined when no prefix of it is known. A mobile is looked up by its first
 * seven digits, then by the longest shorter prefix; a landline by the longest prefix from its area code on.
 */
export function findArea(index: AreaIndex, number: PhoneNumber): AreaAnswer | undefined {
  if (number.kind === 'landline') {
    const place = longestMatch(index, number.digits, LONGEST_LANDLINE_PREFIX, number.areaCode.length);
    return place && answer(number.areaCode, place);
  }
  const key = prefixKey(number.prefix);
  const slot = index.pages.get(Math.floor(key / PAGE_SIZE))?.[key % PAGE_SIZE] ?? 0;
  const exact = slot === 0 ? undefined : index.places[slot - 1];
  const place = exact ?? longestMatch(index, number.prefix, MOBILE_PREFIX_LENGTH - 1, SHORTEST_MOBILE_PREFIX);
  return place && answer(number.prefix, place);
}

function longestMatch(index: AreaIndex, digits: string, longest: number, shortest: number): Place | undefined {
  for (let length = Math.min(longest, digits.length); length >= shortest; length -= 1) {
    const found = index.others.get(prefixKey(digits.slice(0, length)));
    if (found !== undefined) return index.places[found];
  }
  return undefined;
}

function answer(phoneNo: string, place: Place): AreaAnswer {
  const known = place.areaCode !== '' || place.province !== '' || place.city !== '' ? 'place' : 'carrier';
  return { ...place, phoneNo, known };
}

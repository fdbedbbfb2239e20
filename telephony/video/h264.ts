import { readUint16 } from '../rtp/packet.ts';
import { formOf } from './h264-parameters.ts';
import { join, MAX_PICTURE_BYTES, type Gatherer } from './picture.ts';

/** Kinds of units (ITU-T H.264 table 7-1; RFC 6184 5.2). */
const WHOLE_PICTURE = 5;
const SEQUENCE = 7;
const PICTURE = 8;
const DELIMITER = 9;
const LAST_SINGLE = 23;
const SEVERAL = 24;
const FRAGMENT = 28;

const kindOf = (byte: number | undefined): number => (byte ?? 0) & 0x1f;
/** One picture is in as many units as it has slices, and a few beside them. */
const MAX_UNITS = 600;

/** Each unit behind its length, as they are in files (ISO 14496-15 5.3.4.2). */
function framed(units: readonly Uint8Array[]): Uint8Array {
  const parts = units.flatMap(({ length }, index) => [Uint8Array.of(length >>> 24, length >>> 16, length >>> 8, length), units[index] ?? new Uint8Array()]);
  return join(parts, parts.reduce((sum, { length }) => sum + length, 0));
}

/** RFC 6184 5.6 to 5.8, as far as packetization modes 0 and 1 go. */
export function createH264Gatherer(): Gatherer {
  /** The last ones that came: not every whole picture brings them along. */
  let sequence: Uint8Array | undefined;
  let picture: Uint8Array | undefined;
  let units: Uint8Array[] = [];
  /** A unit that comes in fragments. */
  let open: Uint8Array[] | undefined;
  let bytes = 0;

  const keep = (unit: Uint8Array): boolean => {
    if (unit.length === 0 || units.length >= MAX_UNITS) return false;
    const kind = kindOf(unit[0]);
    if (kind === 0 || kind > LAST_SINGLE) return false;
    if (kind === SEQUENCE) sequence = unit;
    else if (kind === PICTURE) picture = unit;
    if (kind !== DELIMITER) units.push(unit);
    return true;
  };

  /** RFC 6184 5.7.1. */
  const several = (payload: Uint8Array): boolean => {
    let at = 1;
    while (at + 2 <= payload.length) {
      const end = at + 2 + readUint16(payload, at);
      if (end > payload.length || !keep(payload.slice(at + 2, end))) return false;
      at = end;
    }
    return at === payload.length && at > 1;
  };

  /** RFC 6184 5.8. */
  const fragment = (payload: Uint8Array): boolean => {
    const [indicator = 0, header = 0] = payload;
    const [isFirst, isLast] = [(header & 0x80) !== 0, (header & 0x40) !== 0];
    // One that begins and ends here would be no fragment, and must not come.
    if (payload.length < 3 || (isFirst && isLast) || isFirst !== (open === undefined)) return false;
    open ??= [Uint8Array.of((indicator & 0xe0) | kindOf(header))];
    open.push(payload.slice(2));
    if (!isLast) return true;
    const whole = join(open, open.reduce((sum, { length }) => sum + length, 0));
    open = undefined;
    return keep(whole);
  };

  const gather = (payload: Uint8Array): boolean => {
    const [first] = payload;
    // Whoever could not read it says so by the first bit (RFC 6184 5.3).
    if (first === undefined || (first & 0x80) !== 0) return false;
    bytes += payload.length;
    if (bytes > MAX_PICTURE_BYTES) return false;
    const kind = kindOf(first);
    if (kind === FRAGMENT) return fragment(payload);
    if (open !== undefined) return false;
    return kind === SEVERAL ? several(payload) : keep(payload.slice());
  };

  const finish: Gatherer['finish'] = () => {
    const [gathered, isWhole] = [units, open === undefined];
    units = [];
    open = undefined;
    bytes = 0;
    if (!isWhole) return undefined;
    const kinds = new Set(gathered.map(([byte]) => kindOf(byte)));
    if (![1, 2, 3, 4, WHOLE_PICTURE].some((kind) => kinds.has(kind))) return 'nothing';
    if (!kinds.has(WHOLE_PICTURE)) return { data: framed(gathered), form: undefined };
    const form = sequence === undefined || picture === undefined ? undefined : formOf(sequence, picture);
    if (form === undefined || sequence === undefined || picture === undefined) return undefined;
    // They are in the pictures too: others may come in the course of a call, as pictures become larger or smaller.
    const before = [...(kinds.has(SEQUENCE) ? [] : [sequence]), ...(kinds.has(PICTURE) ? [] : [picture])];
    return { data: framed([...before, ...gathered]), form };
  };

  return { knowsBeginning: false, add: gather, finish };
}

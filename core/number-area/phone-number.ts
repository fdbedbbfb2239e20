/** A number of mainland China as 5.3.6 asks for it, cut down to the digits that decide its home area. */
export type PhoneNumber =
  | { readonly kind: 'mobile'; readonly prefix: string }
  | { readonly kind: 'landline'; readonly areaCode: string; readonly digits: string };

/** Why a text is not a number whose home area can be asked for. */
export type NumberRefusal =
  | 'empty'
  | 'too-long'
  | 'bad-character'
  | 'foreign'
  | 'masked-prefix'
  | 'wrong-length'
  | 'unknown-area-code'
  | 'area-code-missing'
  | 'service-number';

export type ParsedNumber =
  | { readonly ok: true; readonly number: PhoneNumber }
  | { readonly ok: false; readonly reason: NumberRefusal };

export const MOBILE_PREFIX_LENGTH = 7;

const LONGEST_TEXT = 40;
const MOBILE_LENGTH = 11;
const LONGEST_SUBSCRIBER = 8;
const SHORTEST_INTERNATIONAL = 11;
const AREA_CODE = /^0(?:10|2\d|[3-9]\d\d)/;

/**
 * Reads a mobile number or a landline with its area code, as 5.3.6 takes them: spaces, hyphens and brackets are
 * ignored, `+86`, `0086` and `86` are allowed, and digits that do not decide the area may be masked. A mask says
 * nothing of how many digits it hides: the section's own `13020017****` is a mobile of twelve characters.
 */
export function parseNumber(text: string): ParsedNumber {
  if (text.length > LONGEST_TEXT) return refuse('too-long');
  const compact = text.replace(/[\s()-]/g, '');
  if (compact === '') return refuse('empty');
  if (!/^\+?[\d*]+$/.test(compact)) return refuse('bad-character');
  const national = nationalForm(compact);
  if (typeof national !== 'string') return national;
  if (national.startsWith('1')) return parseMobile(national);
  if (national.startsWith('0')) return parseLandline(national);
  return refuse(national === '' ? 'empty' : national.startsWith('*') ? 'masked-prefix' : 'area-code-missing');
}

function nationalForm(compact: string): string | ParsedNumber {
  if (compact.startsWith('+86')) return withTrunkZero(compact.slice(3));
  if (compact.startsWith('0086')) return withTrunkZero(compact.slice(4));
  if (compact.startsWith('+') || compact.startsWith('00')) return refuse('foreign');
  // A short text in 86 is a local number such as 8610 5555; only a whole number can carry the code without a sign.
  if (compact.startsWith('86') && compact.length >= SHORTEST_INTERNATIONAL) return withTrunkZero(compact.slice(2));
  return compact;
}

/** International forms leave the trunk 0 of a landline out (E.164); no mobile begins with 10 or 2 to 9. */
function withTrunkZero(digits: string): string {
  return /^(?:10|[2-9])/.test(digits) ? `0${digits}` : digits;
}

function parseMobile(digits: string): ParsedNumber {
  const prefix = digits.slice(0, MOBILE_PREFIX_LENGTH);
  if (prefix.includes('*')) return refuse('masked-prefix');
  if (!/^1[3-9]/.test(digits)) return refuse('service-number');
  const shown = digits.replaceAll('*', '').length;
  if (shown === digits.length ? shown !== MOBILE_LENGTH : shown >= MOBILE_LENGTH) return refuse('wrong-length');
  return { ok: true, number: { kind: 'mobile', prefix } };
}

function parseLandline(digits: string): ParsedNumber {
  const areaCode = areaCodeOf(digits);
  if (areaCode === undefined) return refuse(digits.slice(0, 4).includes('*') ? 'masked-prefix' : 'unknown-area-code');
  const masked = digits.indexOf('*');
  const shown = digits.replaceAll('*', '').length - areaCode.length;
  if (masked >= 0) {
    if (shown >= LONGEST_SUBSCRIBER) return refuse('wrong-length');
    return { ok: true, number: { kind: 'landline', areaCode, digits: digits.slice(0, masked) } };
  }
  if (shown !== 0 && shown !== LONGEST_SUBSCRIBER - 1 && shown !== LONGEST_SUBSCRIBER) return refuse('wrong-length');
  return { ok: true, number: { kind: 'landline', areaCode, digits } };
}

function refuse(reason: NumberRefusal): ParsedNumber {
  return { ok: false, reason };
}

/** The area code a text begins with, or undefined when it begins with none. */
export function areaCodeOf(digits: string): string | undefined {
  return AREA_CODE.exec(digits)?.[0];
}

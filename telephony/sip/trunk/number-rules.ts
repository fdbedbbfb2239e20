/** How numbers are written in one place of the world: 86, 0 and 00 in China. */
export interface Numbering {
  readonly country: string;
  /** What stands before national numbers; nothing in some countries. */
  readonly national: string;
  readonly international: string;
}

/**
 * What is done to a number that fits. Patterns know digits, +, * and # as themselves, X for any digit, Z for 1 to 9, N for 2 to 9,
 * and at their end . for at least one thing more and ! for anything more or nothing.
 */
export interface NumberRule {
  readonly pattern: string;
  /** How many characters go from the beginning. */
  readonly strip?: number;
  /** What comes before the rest then. */
  readonly prepend?: string;
}

/** How numbers are to look: +4930123, 4930123, 030123 (00 and the country before those of other countries), or as they come. */
export type NumberForm = 'plus' | 'digits' | 'national' | 'asGiven';

export interface NumberPlan {
  readonly form?: NumberForm;
  /** Applied to the number in that form. The first that fits decides; where there are rules and none fits, the number is not served. */
  readonly rules?: readonly NumberRule[];
}

const LONGEST = 40;
const PATTERN = /^[0-9+*#XZN]{0,40}[.!]?$/;
const NUMBER = /^\+?[0-9*#]{1,40}$/;
const SEPARATORS = /[ ()./-]/g;
const ZERO = 48;
const NINE = 57;

export function isPattern(text: string): boolean {
  return text !== '' && PATTERN.test(text);
}

/** Looks at each character once. */
export function fits(pattern: string, number: string): boolean {
  for (let at = 0; at < pattern.length; at += 1) {
    const wanted = pattern[at];
    if (wanted === '!') return true;
    if (wanted === '.') return number.length > at;
    const code = number.charCodeAt(at);
    const isDigit = code >= ZERO && code <= NINE;
    const least = wanted === 'X' ? ZERO : wanted === 'Z' ? ZERO + 1 : wanted === 'N' ? ZERO + 2 : undefined;
    if (least === undefined ? number[at] !== wanted : !isDigit || code < least) return false;
  }
  return number.length === pattern.length;
}

/** A number without what only eyes need; undefined where it cannot be dialled. */
export function plainNumber(text: string): string | undefined {
  if (text.length > 2 * LONGEST) return undefined;
  const number = text.replace(SEPARATORS, '');
  return NUMBER.test(number) ? number : undefined;
}

/** With the country's number after a +. Short numbers, and those of the subscriber's own area, have no such form and stay as they are. */
export function toE164(number: string, { country, national, international }: Numbering): string {
  if (number.startsWith('+')) return number;
  if (international !== '' && number.startsWith(international)) return `+${number.slice(international.length)}`;
  if (national !== '' && number.startsWith(national)) return `+${country}${number.slice(national.length)}`;
  return number;
}

function inForm(number: string, form: NumberForm, numbering: Numbering | undefined): string {
  if (form === 'asGiven') return number;
  const full = numbering === undefined ? number : toE164(number, numbering);
  if (!full.startsWith('+') || form === 'plus') return full;
  const digits = full.slice(1);
  if (form === 'digits' || numbering === undefined) return digits;
  return digits.startsWith(numbering.country) ? `${numbering.national}${digits.slice(numbering.country.length)}` : `${numbering.international}${digits}`;
}

/** A number as the plan wants it, or undefined where the plan does not serve it. */
export function applyPlan(text: string, { form = 'asGiven', rules = [] }: NumberPlan, numbering?: Numbering): string | undefined {
  const number = plainNumber(text);
  if (number === undefined) return undefined;
  const formed = inForm(number, form, numbering);
  if (rules.length === 0) return formed;
  const rule = rules.find(({ pattern }) => fits(pattern, formed));
  return rule === undefined ? undefined : plainNumber(`${rule.prepend ?? ''}${formed.slice(rule.strip ?? 0)}`);
}

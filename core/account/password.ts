const DAY_MS = 86_400_000;

/** Rules of account passwords (5.1.1, 5.1.3); the longest length and the memory for old ones are Parley's own. */
export const PASSWORD = { min: 8, max: 64, validMs: 90 * DAY_MS, restMs: DAY_MS, remembered: 5 } as const;

/** The special characters that 5.1.1 prints; where its scan has `\ ,` other editions have `\|,`. */
const SPECIALS = '~`!@#$%^*()-+_=\\|,/<>?;:"\'[]{}&';

const CLASSES: readonly (readonly [name: string, holds: (character: string) => boolean])[] = [
  ['an upper-case letter', (character) => character >= 'A' && character <= 'Z'],
  ['a lower-case letter', (character) => character >= 'a' && character <= 'z'],
  ['a digit', (character) => character >= '0' && character <= '9'],
  [`one of ${SPECIALS}`, (character) => SPECIALS.includes(character)],
];

const reversed = (text: string): string => Array.from(text).toReversed().join('');

/** What is wrong with a new password, in words, or undefined. */
export function checkPassword(password: string, account: string): string | undefined {
  const characters = Array.from(password);
  if (characters.length < PASSWORD.min) return `the password needs at least ${PASSWORD.min} characters`;
  if (characters.length > PASSWORD.max) return `the password must not have more than ${PASSWORD.max} characters`;
  if (/\p{Cc}/u.test(password)) return 'the password must not hold control characters';
  const missing = CLASSES.find(([, holds]) => !characters.some(holds));
  if (missing !== undefined) return `the password needs ${missing[0]}`;
  const [given, name] = [password.toLowerCase(), account.toLowerCase()];
  if (given === name || given === reversed(name)) return 'the password must not be the account name, nor that name backwards';
  return undefined;
}

/** 5.1.1: a password is valid for 90 days. */
export const passwordExpired = (changedAt: number, now: number): boolean => now - changedAt >= PASSWORD.validMs;

/** Clocks of several nodes may differ by so much. */
const CLOCK_SKEW_MS = 60_000;

/** A password that others know opens nothing but the changing of it, so it is as old as one that has expired. */
export const expiredAt = (at: number): number => at - PASSWORD.validMs - CLOCK_SKEW_MS;

/** Milliseconds until the password may be changed again (5.1.3: once within 24 hours). The one an account was born with does not count. */
export function restsFor({ createdAt, changedAt }: { readonly createdAt: number; readonly changedAt: number }, now: number): number {
  return changedAt === createdAt ? 0 : Math.max(0, changedAt + PASSWORD.restMs - now);
}

const PHONE_SPECIALS = '~@^*_{+}?';
const PHONE_PASSWORD = /^[A-Za-z0-9~@^*_{+}?]{8,16}$/;

/** What is wrong with a new password of a SIP phone (5.1.8), in words, or undefined. */
export function checkPhonePassword(password: string): string | undefined {
  if (!PHONE_PASSWORD.test(password)) return `8 to 16 letters, digits and characters of ${PHONE_SPECIALS} are needed`;
  const classes = [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((set) => set.test(password)).length;
  return classes < 3 ? `three of upper case, lower case, digits and ${PHONE_SPECIALS} are needed` : undefined;
}

/** 6.1.1.16: the password with which a work number signs in. How many are remembered is Parley's own to say, as the section leaves it to the WAS. */
export const CTI_PASSWORD = { min: 8, max: 32, remembered: 5, run: 3 } as const;

const CHARACTERS = /^[\x21-\x7e]*$/;
const CLASSES = [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/] as const;

/** What is wrong with a new CTI password, in words, or undefined. */
export function checkCtiPassword(password: string, workNo: number): string | undefined {
  const { min, max, run } = CTI_PASSWORD;
  if (password.length < min || password.length > max) return `${min} to ${max} characters are needed`;
  if (!CHARACTERS.test(password)) return 'letters from A to Z, digits and special characters are taken, without blanks';
  if (/(.)\1/.test(password)) return 'no character may stand twice in a row';
  const number = String(workNo);
  for (let start = 0; start + run <= number.length; start += 1) {
    const part = number.slice(start, start + run);
    if (password.includes(part)) return `${part} is a part of the work number`;
  }
  const classes = CLASSES.filter((set) => set.test(password)).length;
  return classes < 3 ? 'three of upper case, lower case, digits and special characters are needed' : undefined;
}

const DAY_MS = 86_400_000;

/** Days for which a password is good yet, the present one counted whole; undefined where it is good for ever (6.1.1.1 timeRemaining). */
export function daysLeft(setAt: number, days: number, now: number): number | undefined {
  return days === 0 ? undefined : Math.max(0, Math.ceil((setAt + days * DAY_MS - now) / DAY_MS));
}

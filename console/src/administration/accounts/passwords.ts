const LETTERS = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz', '23456789'] as const;
const ACCOUNT_SPECIALS = '!@#$%*-_=+?';
const ACCOUNT_LENGTH = 14;

type Below = (limit: number) => number;

/** Even chances for each: what does not divide is drawn again. */
const secureBelow: Below = (limit) => {
  const fair = Math.floor(2 ** 32 / limit) * limit;
  for (;;) {
    const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
    if (drawn < fair) return drawn % limit;
  }
};

const oneOf = (characters: string, below: Below): string => characters.charAt(below(characters.length));

/** A password by the rules of 5.1.1: one of each class at least, none of the characters that look alike, in any order. */
export function makeAccountPassword(below: Below = secureBelow): string {
  const classes = [...LETTERS, ACCOUNT_SPECIALS];
  const drawn = [...classes, ...Array.from({ length: ACCOUNT_LENGTH - classes.length }, () => classes.join(''))].map((characters) => oneOf(characters, below));
  for (let left = drawn.length - 1; left > 0; left -= 1) {
    const other = below(left + 1);
    [drawn[left], drawn[other]] = [drawn[other] ?? '', drawn[left] ?? ''];
  }
  return drawn.join('');
}

const SHORTEST = 8;

/** Whether a password that was typed can keep the rules of 5.1.1: eight characters, of all four classes. The server has the last word. */
export const isStrong = (password: string): boolean =>
  password.length >= SHORTEST && [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9\s]/].every((one) => one.test(password));

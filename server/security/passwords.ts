import { argon2, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/**
 * Account passwords are kept as Argon2id hashes in the usual PHC form. 7 MiB, five passes and one lane are one of OWASP's
 * equally strong choices, and the one that costs a small machine the least memory; the parameters stand in the hash, so
 * that they can be raised later.
 */
const PARAMETERS = { memory: 7 * 1024, passes: 5, parallelism: 1, tagLength: 32 };
const derive = promisify(argon2);

export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await derive('argon2id', { message: Buffer.from(password, 'utf8'), nonce, ...PARAMETERS });
  const { memory, passes, parallelism } = PARAMETERS;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${nonce.toString('base64url')}$${tag.toString('base64url')}`;
}

const PHC = /^\$argon2id\$v=19\$m=(\d{1,8}),t=(\d{1,3}),p=(\d{1,3})\$([\w-]{8,64})\$([\w-]{8,128})$/;

export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const parts = PHC.exec(hash);
  if (parts === null) return false;
  const [, memory, passes, parallelism, nonce = '', tag = ''] = parts;
  const expected = Buffer.from(tag, 'base64url');
  const actual = await derive('argon2id', {
    message: Buffer.from(password, 'utf8'), nonce: Buffer.from(nonce, 'base64url'),
    memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism), tagLength: expected.length,
  });
  return timingSafeEqual(actual, expected);
}

let decoy: Promise<string> | undefined;

/** Takes as long as a real check, so that an unknown account cannot be told from a wrong password by time. */
export async function verifyNobody(password: string): Promise<false> {
  decoy ??= hashPassword(randomBytes(16).toString('hex'));
  await verifyPassword(password, await decoy);
  return false;
}

const CLASSES = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789'] as const;

/** A random password with upper case, lower case and digits, and no two equal characters in a row. */
export function generatePassword(length: number): string {
  const all = CLASSES.join('');
  for (;;) {
    const characters = Array.from({ length }, () => all.charAt(randomInt(all.length)));
    const password = characters.join('');
    const varied = CLASSES.every((set) => characters.some((character) => set.includes(character)));
    if (varied && !/(.)\1/.test(password)) return password;
  }
}

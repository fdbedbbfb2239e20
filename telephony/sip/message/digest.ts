import { hash, timingSafeEqual } from 'node:crypto';
import type { Challenge, Credentials } from './challenge.ts';
import type { Nonces } from './nonces.ts';

/** What RFC 8760 2.1 names for SIP. */
const HASHES = { 'MD5': 'md5', 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256' } as const;

export type DigestAlgorithm = keyof typeof HASHES;

/** Hashes of user, realm and password, which are kept in the place of a password: one for each algorithm that is used. */
export type Ha1s = Readonly<Partial<Record<DigestAlgorithm, string>>>;

/** Who answers a challenge. */
export type DigestUser = { readonly user: string } & ({ readonly password: string } | { readonly ha1s: Ha1s });

/** The algorithm of a challenge or of credentials, and whether it is the variety that hashes the nonces into the password's hash. */
function readAlgorithm(text = 'MD5'): { readonly algorithm: DigestAlgorithm; readonly isSession: boolean } | undefined {
  const name = text.toUpperCase();
  const isSession = name.endsWith('-SESS');
  const plain = isSession ? name.slice(0, -5) : name;
  return plain === 'MD5' || plain === 'SHA-256' || plain === 'SHA-512-256' ? { algorithm: plain, isSession } : undefined;
}

/** What stands for a password in all that is computed (RFC 7616 3.4.2). */
export function ha1Of(algorithm: DigestAlgorithm, user: string, realm: string, password: string): string {
  return hash(HASHES[algorithm], `${user}:${realm}:${password}`);
}

type Signed = Pick<Credentials, 'nonce' | 'uri' | 'qop' | 'nc' | 'cnonce'>;

/** RFC 7616 3.4.1; without a quality of protection that of RFC 2069. */
function responseOf(algorithm: DigestAlgorithm, ha1: string, method: string, { nonce, uri, qop, nc = '', cnonce = '' }: Signed): string {
  const ha2 = hash(HASHES[algorithm], `${method}:${uri}`);
  return hash(HASHES[algorithm], qop === undefined ? `${ha1}:${nonce}:${ha2}` : `${ha1}:${nonce}:${nc}:${cnonce}:${qop}:${ha2}`);
}

/** The first challenge that can be answered: servers name the best one first (RFC 8760 2.4). */
export function chooseChallenge(challenges: readonly Challenge[]): Challenge | undefined {
  return challenges.find(({ algorithm, qop }) => readAlgorithm(algorithm) !== undefined && (qop.length === 0 || qop.includes('auth')));
}

/** Nothing, if its algorithm or all its qualities of protection are unknown, or if there is no hash of the password for it. */
export function answerChallenge(
  challenge: Challenge, who: DigestUser, method: string, uri: string, cnonce: string, nc: number,
): Credentials | undefined {
  const known = readAlgorithm(challenge.algorithm);
  if (known === undefined || chooseChallenge([challenge]) === undefined) return undefined;
  const { algorithm, isSession } = known;
  const { realm, nonce } = challenge;
  const stored = 'password' in who ? ha1Of(algorithm, who.user, realm, who.password) : who.ha1s[algorithm];
  if (stored === undefined) return undefined;
  const ha1 = isSession ? hash(HASHES[algorithm], `${stored}:${nonce}:${cnonce}`) : stored;
  const protection = challenge.qop.length === 0 ? {} : { qop: 'auth', nc: nc.toString(16).padStart(8, '0') };
  return {
    username: who.user, realm, nonce, uri,
    response: responseOf(algorithm, ha1, method, { nonce, uri, cnonce, ...protection }),
    ...(challenge.algorithm === undefined ? {} : { algorithm: challenge.algorithm }),
    ...(challenge.opaque === undefined ? {} : { opaque: challenge.opaque }),
    ...protection,
    ...(isSession || challenge.qop.length > 0 ? { cnonce } : {}),
  };
}

export interface CredentialsCheck {
  readonly credentials: Credentials;
  readonly method: string;
  /** That of our challenge. */
  readonly realm: string;
  /** What is kept of the user's password; nothing for users that there are not, which takes as long. */
  readonly ha1s: Ha1s | undefined;
  readonly nonces: Nonces;
}

/**
 * `wrong`: the user or the password. `stale`: both are right, but the nonce is not ours, too old or was used already: one
 * asks again with `stale=true`, and nobody is asked for the password (RFC 7616 3.3). `unfit`: nothing that we asked for.
 */
export type CredentialsVerdict = 'right' | 'wrong' | 'stale' | 'unfit';

const HEXADECIMAL_NC = /^[0-9a-f]{8}$/i;

export function checkCredentials({ credentials, method, realm, ha1s, nonces }: CredentialsCheck): CredentialsVerdict {
  const known = readAlgorithm(credentials.algorithm);
  const { qop, nc, cnonce } = credentials;
  if (credentials.realm !== realm || known === undefined || known.isSession) return 'unfit';
  if (qop !== undefined && (qop.toLowerCase() !== 'auth' || nc === undefined || cnonce === undefined || !HEXADECIMAL_NC.test(nc))) return 'unfit';

  const { algorithm } = known;
  const ha1 = ha1s?.[algorithm];
  const expected = responseOf(algorithm, ha1 ?? 'nobody', method, credentials);
  if (!isEqual(expected, credentials.response.toLowerCase()) || ha1 === undefined) return 'wrong';
  // Only now, so that nobody who does not know the password uses up counts of those who do.
  return nonces.use(credentials.nonce, qop === undefined || nc === undefined ? undefined : Number.parseInt(nc, 16)) ? 'right' : 'stale';
}

function isEqual(one: string, other: string): boolean {
  const a = Buffer.from(one);
  const b = Buffer.from(other);
  return a.length === b.length && timingSafeEqual(a, b);
}

export interface ChallengeOffer {
  readonly realm: string;
  readonly nonces: Nonces;
  /** Best first, those only for which hashes of passwords are kept. */
  readonly algorithms: readonly DigestAlgorithm[];
  readonly stale?: boolean;
}

/** The challenges of a 401 or 407, a header field each in this order (RFC 8760 2.3). `auth-int` is not offered: hardly any device has it. */
export function challengesOf({ realm, nonces, algorithms, stale = false }: ChallengeOffer): readonly Challenge[] {
  return algorithms.map((algorithm) => ({ realm, nonce: nonces.issue(), algorithm, qop: ['auth'], stale }));
}

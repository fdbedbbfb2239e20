import { createHmac, randomBytes } from 'node:crypto';
import type { Timers } from '../../timers.ts';
import { sourceOf } from '../guard/networks.ts';
import { readAddress } from '../message/address.ts';
import { readCredentials, writeChallenge, type Credentials } from '../message/challenge.ts';
import { challengesOf, checkCredentials, ha1Of, type CredentialsVerdict, type DigestAlgorithm, type Ha1s } from '../message/digest.ts';
import type { SipRequest } from '../message/message.ts';
import type { Nonces } from '../message/nonces.ts';
import { readUri } from '../message/uri.ts';
import type { Channel } from '../transport/channel.ts';
import type { Account } from './binding.ts';
import { settled } from './deadline.ts';

/** What is kept of an account: hashes of its password, or the password itself, or several of which any one will do. */
export type AccountSecret = ({ readonly ha1s: Ha1s } | { readonly password: string } | { readonly passwords: readonly string[] }) & {
  /** Whose address-of-record these credentials are for, where it is not the name in them. */
  readonly user?: string;
};

/** Looks up an account by the name in its credentials. It has to take as long for one that there is not. */
export type Accounts = (user: string, realm: string) => Promise<AccountSecret | undefined>;

/** The realm of the users of a domain; nothing, if the domain is none of ours. */
export type RealmOf = (domain: string) => string | undefined;

export type Checked =
  | { readonly kind: 'ok'; readonly account: Account }
  /** 401, with a WWW-Authenticate for each of these, in this order. */
  | { readonly kind: 'challenge'; readonly challenges: readonly string[] }
  /** 400: no user in the header; 403: somebody else's; 404: a domain that is none of ours; 503: nobody knows at the moment. */
  | { readonly kind: 'denied'; readonly status: 400 | 403 | 404 | 503 };

export interface ChallengerDependencies {
  readonly timers: Timers;
  readonly realm: string | RealmOf;
  readonly nonces: Nonces;
  readonly accounts: Accounts;
  /**
   * Best first (RFC 8760 2.3). MD5 alone if it is left out: many devices look at the first challenge only and know nothing else, and
   * others give up when one of several is unknown to them.
   */
  readonly algorithms?: readonly DigestAlgorithm[] | ((channel: Channel) => readonly DigestAlgorithm[]);
  readonly onFault?: (channel: Channel, fault: 'badCredentials' | 'unknownUser') => void;
  readonly onSuccess?: (channel: Channel, account: Account) => void;
  /** What binds nonces to those who were sent them. */
  readonly secret?: Uint8Array;
}

/** Asks who somebody is (RFC 3261 22). */
export interface Challenger {
  /** The user in that header has to be the one who has authenticated. Not for ACK and CANCEL, which cannot be challenged (22.1). */
  readonly check: (request: SipRequest, channel: Channel, header?: 'From' | 'To') => Promise<Checked>;
}

const LOOKUP_MS = 5000;
/** How many may be looked up at once. */
const MOST_LOOKUPS = 1000;
/** Some devices answer each of several challenges. */
const MOST_CREDENTIALS = 4;
/** Each that an account has makes a guess at it as much likelier to be right, and its check as much longer. */
const MOST_PASSWORDS = 4;
const LONGEST_NAME = 256;
const MARK_LENGTH = 12;

function passwordsOf(secretOf: AccountSecret | undefined): readonly string[] {
  if (secretOf === undefined || 'ha1s' in secretOf) return [];
  return 'password' in secretOf ? [secretOf.password] : secretOf.passwords.slice(0, MOST_PASSWORDS);
}

export function createChallenger({
  timers, realm, nonces, accounts, algorithms = ['MD5'], onFault, onSuccess, secret = randomBytes(32),
}: ChallengerDependencies): Challenger {
  const realmOf: RealmOf = typeof realm === 'string' ? () => realm : realm;
  let lookups = 0;

  /** What only somebody at that address has been told, unless it was overheard. */
  const markOf = ({ remote }: Channel): string => createHmac('sha256', secret).update(sourceOf(remote.address)).digest('base64url').slice(0, MARK_LENGTH);

  /** Nonces that are good at one address only, so that a wrong answer is the fault of who is there, and nobody else's in his name. */
  const noncesFor = (mark: string): Nonces => ({
    issue: () => `${nonces.issue()}.${mark}`,
    use: (nonce, count) => nonce.endsWith(`.${mark}`) && nonces.use(nonce.slice(0, -mark.length - 1), count),
    remembered: nonces.remembered,
  });

  const challenge = (named: string, channel: Channel, own: Nonces, stale: boolean): Checked => {
    const offered = typeof algorithms === 'function' ? algorithms(channel) : algorithms;
    return { kind: 'challenge', challenges: challengesOf({ realm: named, nonces: own, algorithms: offered, stale }).map(writeChallenge) };
  };

  const credentialsOf = ({ headers }: SipRequest, named: string): Credentials | undefined => {
    for (const value of headers.all('Authorization').slice(0, MOST_CREDENTIALS)) {
      const credentials = readCredentials(value);
      if (credentials?.realm === named && credentials.username.length <= LONGEST_NAME) return credentials;
    }
    return undefined;
  };

  const find = async (username: string, named: string): Promise<AccountSecret | undefined | 'unknown'> => {
    if (lookups >= MOST_LOOKUPS) return 'unknown';
    lookups += 1;
    try {
      return await settled(accounts(username, named), LOOKUP_MS, timers) ?? undefined;
    } catch {
      // It is the business of the accounts to report their faults; whoever calls is to try again.
      return 'unknown';
    } finally {
      lookups -= 1;
    }
  };

  /** By any one of which the credentials may be right. Made for those whom there is not as well, so that it takes as long. */
  const hashesOf = (secretOf: AccountSecret | undefined, { username, algorithm = 'MD5' }: Credentials, named: string): readonly (Ha1s | undefined)[] => {
    const name: DigestAlgorithm = algorithm.toUpperCase() === 'SHA-256' ? 'SHA-256' : algorithm.toUpperCase() === 'SHA-512-256' ? 'SHA-512-256' : 'MD5';
    const passwords = passwordsOf(secretOf);
    const made = (passwords.length === 0 ? ['nobody'] : passwords).map((password): Ha1s => ({ [name]: ha1Of(name, username, named, password) }));
    if (secretOf !== undefined && 'ha1s' in secretOf) return [secretOf.ha1s];
    return passwords.length === 0 ? [undefined] : made;
  };

  const verdictOn = (credentials: Credentials, method: string, named: string, secretOf: AccountSecret | undefined, own: Nonces): CredentialsVerdict => {
    for (const ha1s of hashesOf(secretOf, credentials, named)) {
      const verdict = checkCredentials({ credentials, method, realm: named, ha1s, nonces: own });
      if (verdict !== 'wrong') return verdict;
    }
    return 'wrong';
  };

  return {
    check: async (request, channel, header = 'From') => {
      const address = readAddress(request.headers.get(header) ?? '');
      const uri = address === undefined ? undefined : readUri(address.uri);
      if (uri === undefined || uri.scheme === 'tel' || uri.user === '' || uri.user.length > LONGEST_NAME) return { kind: 'denied', status: 400 };
      const named = realmOf(uri.host);
      if (named === undefined) return { kind: 'denied', status: 404 };

      const mark = markOf(channel);
      const own = noncesFor(mark);
      const credentials = credentialsOf(request, named);
      if (credentials === undefined) return challenge(named, channel, own, false);
      // Not even looked at: it answers what we have said to somebody else, or before we began anew.
      if (!credentials.nonce.endsWith(`.${mark}`)) return challenge(named, channel, own, true);

      const secretOf = await find(credentials.username, named);
      if (secretOf === 'unknown') return { kind: 'denied', status: 503 };
      const verdict = verdictOn(credentials, request.method, named, secretOf, own);
      if (verdict === 'wrong') onFault?.(channel, secretOf === undefined ? 'unknownUser' : 'badCredentials');
      if (verdict !== 'right') return challenge(named, channel, own, verdict === 'stale');

      const account = { user: secretOf?.user ?? credentials.username, realm: named };
      onSuccess?.(channel, account);
      return account.user === uri.user ? { kind: 'ok', account } : { kind: 'denied', status: 403 };
    },
  };
}

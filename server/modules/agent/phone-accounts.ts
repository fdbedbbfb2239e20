import type { Database } from '../../database/connect.ts';
import type { Writer } from '../../engine/writer.ts';
import { putBounded } from '../../security/bounded-map.ts';
import type { Vault } from '../../security/vault.ts';
import { tokenEnds, tokensOf } from './phone-token.ts';
import { openSipPassword } from './secrets.ts';
import { findSipPhones, type SipPhone } from './store.ts';

/** Phones as a registrar needs to know them: by number, in the whole installation. */
export interface PhoneAccounts {
  /** The passwords with which a phone may register; none where there is no such phone, or its tenant is switched off. */
  readonly sipSecretsOf: (number: string) => Promise<readonly string[]>;
  /** Whether it is the number of an agent's phone, of whatever tenant. */
  readonly isPhone: (number: string) => Promise<boolean>;
  /** 6.1.1.26: a temporary password of the phone with which the agent has signed in. */
  readonly tokenFor: (vdnId: number, workNo: number) => Promise<PhoneToken>;
}

export type PhoneToken =
  | { readonly ok: true; readonly number: string; readonly token: string; /** With the session, if that ends before. */ readonly expiresAt: number }
  | { readonly ok: false; readonly why: 'notSignedIn' | 'notOwnPhone' };

export interface PhoneAccountsDependencies {
  readonly db: Database;
  readonly vault: Vault;
  readonly clock: () => number;
  readonly writer: Pick<Writer, 'subscribe'>;
  readonly tenantEnabled: (vdnId: number) => Promise<boolean>;
  /** What an agent who is signed in has signed in with. */
  readonly sessionOf: (vdnId: number, workNo: number) => Promise<{ readonly session: string; readonly phone: string } | undefined>;
  readonly maxRemembered?: number;
}

const MAX_REMEMBERED = 100_000;
/** Who scans asks for numbers of nobody's: they must not push those of phones out. */
const MAX_STRANGERS = 10_000;
/** Of one that is looked up while agents change. */
const MOST_READINGS = 3;
/** What is none cannot be a phone's, so that nobody need look: PostgreSQL would not take every text. */
const NUMBER = /^[!-~]{1,32}$/;

/** Looks up many at a time: what is asked for during a query waits for the next one, so that after a restart not each phone costs one. */
function readInBatches(db: Database): (number: string) => Promise<SipPhone | undefined> {
  let last: Promise<unknown> = Promise.resolve();
  let gathering: { readonly numbers: Set<string>; readonly found: Promise<ReadonlyMap<string, SipPhone>> } | undefined;
  const gather = () => {
    const numbers = new Set<string>();
    const found = last.then(async () => {
      gathering = undefined;
      return new Map((await findSipPhones(db, [...numbers])).map((phone) => [phone.sipNumber, phone]));
    });
    last = found.catch(() => undefined);
    return { numbers, found };
  };
  return async (number) => {
    gathering ??= gather();
    gathering.numbers.add(number);
    return (await gathering.found).get(number);
  };
}

/** Registrations come in storms, so what is known of phones is kept, sealed, until it changes. */
export function createPhoneAccounts({
  db, vault, clock, writer, tenantEnabled, sessionOf, maxRemembered = MAX_REMEMBERED,
}: PhoneAccountsDependencies): PhoneAccounts {
  const phones = new Map<string, SipPhone>();
  const strangers = new Map<string, true>();
  const read = readInBatches(db);
  let changes = 0;

  writer.subscribe(({ change: { what, before, after } }) => {
    if (what !== 'agent') return;
    changes += 1;
    if (before === null) strangers.clear();
    const { sipNumber } = (before ?? after ?? {}) as { readonly sipNumber?: string };
    if (sipNumber !== undefined) phones.delete(sipNumber);
  });

  const find = async (number: string): Promise<SipPhone | undefined> => {
    if (!NUMBER.test(number)) return undefined;
    for (let reading = 1; ; reading += 1) {
      const known = phones.get(number);
      if (known !== undefined || strangers.has(number)) return known;
      const sawChanges = changes;
      const phone = await read(number);
      if (changes === sawChanges) {
        if (phone === undefined) putBounded(strangers, number, true, MAX_STRANGERS);
        else putBounded(phones, number, phone, maxRemembered);
        return phone;
      }
      // What was read while a change came between may be old, and an old password must open nothing: it is read again.
      if (reading >= MOST_READINGS) return phone;
    }
  };

  const tokensIn = (phone: SipPhone, session: string): readonly [string, string] => tokensOf(vault, { ...phone, session }, clock());

  return {
    sipSecretsOf: async (number) => {
      const phone = await find(number);
      if (phone === undefined || !(await tenantEnabled(phone.vdnId))) return [];
      const signedIn = await sessionOf(phone.vdnId, phone.workNo);
      return [openSipPassword(vault, phone), ...(signedIn?.phone === number ? tokensIn(phone, signedIn.session) : [])];
    },
    isPhone: async (number) => await find(number) !== undefined,
    tokenFor: async (vdnId, workNo) => {
      const signedIn = await sessionOf(vdnId, workNo);
      if (signedIn === undefined) return { ok: false, why: 'notSignedIn' };
      const phone = await find(signedIn.phone);
      // With another's phone one may sign in, and hears its calls there; to register as it one would have to be its owner.
      if (phone?.vdnId !== vdnId || phone.workNo !== workNo) return { ok: false, why: 'notOwnPhone' };
      return { ok: true, number: phone.sipNumber, token: tokensIn(phone, signedIn.session)[0], expiresAt: tokenEnds(clock()) };
    },
  };
}

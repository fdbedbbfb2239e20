import type { Vault } from '../../security/vault.ts';

/** What a temporary password of a phone (6.1.1.26) is good for. */
export interface TokenOf {
  readonly vdnId: number;
  readonly workNo: number;
  /** Of the agent who has signed in with the phone. */
  readonly session: string;
  /** The phone's lasting password as it is sealed: another one ends the tokens as well. */
  readonly sipPassword: Uint8Array;
}

/**
 * 6.1.1.26 says of no time for which a token is good. A phone shows its password again with each refresh of its registration, so a token
 * must outlast a shift; it ends with the session, and after this time and what is left of the one before at the latest.
 */
const PERIOD_MS = 12 * 60 * 60_000;
/** 144 bits, in as many characters as any phone takes. */
const LENGTH = 24;

/** Until when a token that is given now is good at the latest. */
export const tokenEnds = (now: number): number => (Math.floor(now / PERIOD_MS) + 2) * PERIOD_MS;

/**
 * The token of now, and the one before it that is still good. As GUIDs are, they are kept nowhere: each is a keyed digest of the session,
 * so that they survive a restart, as sessions and registrations do.
 */
export function tokensOf(vault: Pick<Vault, 'fingerprint'>, { vdnId, workNo, session, sipPassword }: TokenOf, now: number): readonly [present: string, former: string] {
  const period = Math.floor(now / PERIOD_MS);
  const tokenOf = (which: number): string =>
    vault.fingerprint(`${vdnId}:${workNo}:${session}:${which}:${Buffer.from(sipPassword).toString('base64')}`, 'phone token').slice(0, LENGTH);
  return [tokenOf(period), tokenOf(period - 1)];
}

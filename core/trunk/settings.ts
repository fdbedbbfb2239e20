/** Who is asked for a password, and by which name. */
export interface Login {
  readonly user: string;
  readonly password: string;
}

export interface NumberPlan {
  readonly form?: 'plus' | 'digits' | 'national' | 'asGiven';
  readonly rules?: readonly { readonly pattern: string; readonly strip?: number; readonly prepend?: string }[];
}

/** A way to the telephone network, as it is configured. What its fields mean stands in `contract/admin/trunk.ts`. */
export interface TrunkSettings {
  readonly name: string;
  readonly priority?: number;
  readonly peers: readonly { readonly host: string; readonly port?: number; readonly kind: 'UDP' | 'TCP' | 'TLS'; readonly priority?: number; readonly weight?: number }[];
  readonly networks?: readonly string[];
  readonly domain?: string;
  readonly numbering?: { readonly country: string; readonly national: string; readonly international: string };
  readonly called?: NumberPlan;
  readonly caller?: NumberPlan;
  readonly incomingCalled?: NumberPlan;
  readonly incomingCaller?: NumberPlan;
  readonly limits?: { readonly calls?: number; readonly callsPerSecond?: number };
  readonly codecs?: readonly ('PCMA' | 'PCMU' | 'G722' | 'opus')[];
  readonly healthMs?: number;
  readonly registration?: Login & { readonly domain?: string; readonly account?: string; readonly expiresMs?: number };
  readonly credentials?: Login;
  readonly inbound?: Login;
}

/** The parts that have a password. */
export const LOGINS = ['registration', 'credentials', 'inbound'] as const;

type LoginName = (typeof LOGINS)[number];
export type Passwords = Readonly<Partial<Record<LoginName, string>>>;

type Without<L> = L extends object ? Omit<L, 'password'> : L;
/** The same without passwords: what is shown, and may stand in an audit trail. */
export type OpenSettings = Omit<TrunkSettings, LoginName> & { readonly [Name in LoginName]?: Without<TrunkSettings[Name]> };
/** What somebody wants it to be; a password that is left out is to stay as it is. */
export type TrunkDraft = Omit<TrunkSettings, LoginName> & { readonly [Name in LoginName]?: Without<TrunkSettings[Name]> & { readonly password?: string } };

export interface Kept {
  readonly settings: OpenSettings;
  readonly passwords: Passwords;
}

export type Taken = { readonly ok: true; readonly kept: Kept } | { readonly ok: false; readonly missing: `${LoginName}.password` };

/** Takes a draft apart. The password of before is good for the same user only: it would be no other's. */
export function takeDraft(draft: TrunkDraft, before?: Kept): Taken {
  const settings: Record<string, unknown> = { ...draft };
  const passwords: Partial<Record<LoginName, string>> = {};
  for (const name of LOGINS) {
    const login = draft[name];
    if (login === undefined) continue;
    const { password: given, ...open } = login;
    const stays = before?.settings[name]?.user === open.user ? before.passwords[name] : undefined;
    const password = given ?? stays;
    if (password === undefined) return { ok: false, missing: `${name}.password` };
    settings[name] = open;
    passwords[name] = password;
  }
  return { ok: true, kept: { settings: settings as unknown as OpenSettings, passwords } };
}

/** Puts together what was taken apart. */
export function wholeOf({ settings, passwords }: Kept): TrunkSettings {
  const whole: Record<string, unknown> = { ...settings };
  for (const name of LOGINS) if (settings[name] !== undefined) whole[name] = { ...settings[name], password: passwords[name] ?? '' };
  return whole as unknown as TrunkSettings;
}

/** Whose passwords are others than before: what an audit trail may say of them. */
export function passwordsChanged(before: Passwords, after: Passwords): readonly LoginName[] {
  return LOGINS.filter((name) => before[name] !== after[name]);
}

const byPriority = (one: Pick<TrunkSettings, 'priority' | 'name'>, other: Pick<TrunkSettings, 'priority' | 'name'>): number =>
  (one.priority ?? 0) - (other.priority ?? 0) || (one.name < other.name ? -1 : one.name > other.name ? 1 : 0);

/** In the order in which they are tried. */
export function inOrder<T>(trunks: readonly T[], settingsOf: (trunk: T) => Pick<TrunkSettings, 'priority' | 'name'>): readonly T[] {
  return trunks.toSorted((one, other) => byPriority(settingsOf(one), settingsOf(other)));
}

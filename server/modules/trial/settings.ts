import type { Database } from '../../database/connect.ts';
import { INSTALLATION } from '@parley/core/tenant/settings.ts';

/** What operators have said of trials; the rest is as it is unless told. */
export interface TrialChanges {
  readonly enabled?: boolean | undefined;
  readonly days?: number | undefined;
  readonly mailsPerDay?: number | undefined;
  readonly phoneAddress?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly portalUrl?: string | undefined;
}

export type TrialSettings = { readonly [Name in keyof TrialChanges]-?: NonNullable<TrialChanges[Name]> };

export interface Unsaid {
  /** Whether mail leaves the machine. */
  readonly leaves: boolean;
  readonly portalUrl: string;
}

/** The mail folder keeps letters to telephones too: whoever reads it knows what to do with them. */
const PHONE_IN_FOLDER = '{phone}@phone.invalid';

export const settingsOf = (changes: TrialChanges, { leaves, portalUrl }: Unsaid): TrialSettings => ({
  enabled: changes.enabled ?? !leaves, days: changes.days ?? 30, mailsPerDay: changes.mailsPerDay ?? 100,
  phoneAddress: changes.phoneAddress ?? (leaves ? '' : PHONE_IN_FOLDER), timeZone: changes.timeZone ?? 'UTC', portalUrl: changes.portalUrl ?? portalUrl,
});

export async function readChanges(db: Database): Promise<TrialChanges> {
  return (await db.selectFrom('trial_setting').select('settings').where('vdn_id', '=', INSTALLATION).executeTakeFirst())?.settings ?? {};
}

export async function saveChanges(tx: Database, changes: TrialChanges): Promise<void> {
  const settings = JSON.stringify(changes);
  await tx.insertInto('trial_setting').values({ vdn_id: INSTALLATION, settings }).onConflict((conflict) => conflict.column('vdn_id').doUpdateSet({ settings })).execute();
}

/** Mail is counted by days in UTC, as the installation has no zone of its own. */
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

export async function mailsOn(db: Database, at: number): Promise<number> {
  return (await db.selectFrom('trial_mail_day').select('mails').where('vdn_id', '=', INSTALLATION).where('day', '=', dayOf(at)).executeTakeFirst())?.mails ?? 0;
}

/** Takes one letter of the day's; false when they are used up. */
export async function takeMail(db: Database, at: number, most: number): Promise<boolean> {
  if (most < 1) return false;
  const day = dayOf(at);
  const taken = await db.insertInto('trial_mail_day').values({ vdn_id: INSTALLATION, day, mails: 1 })
    .onConflict((conflict) => conflict.columns(['vdn_id', 'day']).doUpdateSet((eb) => ({ mails: eb('trial_mail_day.mails', '+', 1) })).where('trial_mail_day.mails', '<', most))
    .returning('mails').executeTakeFirst();
  return taken !== undefined;
}

export async function forgetMailDays(db: Database, before: number): Promise<void> {
  await db.deleteFrom('trial_mail_day').where('day', '<', dayOf(before)).execute();
}

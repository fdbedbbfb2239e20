import { INSTALLATION } from '@parley/core/tenant/settings.ts';
import type { Database } from '../../database/connect.ts';

/* One-time codes (17.2), and who is being dealt with (17.3 005). What stands in the tables is marks, from which nobody learns a number. */

export const CODE_LIFE_MS = 10 * 60_000;
export const RESEND_MS = 60_000;
export const MOST_ATTEMPTS = 5;
const CLAIM_MS = 60_000;

export interface NewCode {
  readonly phoneMark: string;
  readonly emailMark: string | null;
  readonly codeMark: string;
}

/** Puts a code in the place of an older one; answers in how many milliseconds it may be, or 0 when it has been done. */
export async function putCode(db: Database, { phoneMark, emailMark, codeMark }: NewCode, at: number): Promise<number> {
  const code = { email_mark: emailMark, code_mark: codeMark, attempts: 0, sent_at: at, expires_at: at + CODE_LIFE_MS };
  const put = await db.insertInto('trial_code').values({ vdn_id: INSTALLATION, phone_mark: phoneMark, ...code })
    .onConflict((conflict) => conflict.columns(['vdn_id', 'phone_mark']).doUpdateSet(code).where('trial_code.sent_at', '<=', at - RESEND_MS))
    .returning('sent_at').executeTakeFirst();
  if (put !== undefined) return 0;
  const { sent_at: sentAt = at } = await of(db, phoneMark).select('sent_at').executeTakeFirst() ?? {};
  return Math.max(1, sentAt + RESEND_MS - at);
}

const of = (db: Database, phoneMark: string) => db.selectFrom('trial_code').where('vdn_id', '=', INSTALLATION).where('phone_mark', '=', phoneMark);

export async function removeCode(db: Database, phoneMark: string): Promise<void> {
  await db.deleteFrom('trial_code').where('vdn_id', '=', INSTALLATION).where('phone_mark', '=', phoneMark).execute();
}

/** Uses up one try and answers what would be right; undefined where no try is left. Tries at once are counted as tries in a row are. */
export async function takeAttempt(db: Database, phoneMark: string, at: number): Promise<{ readonly codeMark: string; readonly emailMark: string | null } | undefined> {
  const row = await db.updateTable('trial_code').set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('vdn_id', '=', INSTALLATION).where('phone_mark', '=', phoneMark).where('expires_at', '>', at).where('attempts', '<', MOST_ATTEMPTS)
    .returning(['code_mark', 'email_mark']).executeTakeFirst();
  return row && { codeMark: row.code_mark, emailMark: row.email_mark };
}

/** Who knows the code has all tries again: what kept the trial from being given may pass. */
export async function forgiveAttempts(db: Database, phoneMark: string): Promise<void> {
  await db.updateTable('trial_code').set({ attempts: 0 }).where('vdn_id', '=', INSTALLATION).where('phone_mark', '=', phoneMark).execute();
}

/** Takes all of these in hand, or none; one that was taken and not given back is free again after a minute. */
export async function claim(db: Database, marks: readonly string[], at: number): Promise<boolean> {
  // In one order, so that no two wait for one another.
  const rows = [...new Set(marks)].toSorted((one, other) => (one < other ? -1 : 1)).map((mark) => ({ vdn_id: INSTALLATION, mark, claimed_at: at }));
  const foreign = Symbol('claimed by another');
  try {
    await db.transaction().execute(async (tx) => {
      const claimed = await tx.insertInto('trial_claim').values(rows)
        .onConflict((conflict) => conflict.columns(['vdn_id', 'mark']).doUpdateSet({ claimed_at: at }).where('trial_claim.claimed_at', '<=', at - CLAIM_MS))
        .returning('mark').execute();
      if (claimed.length < rows.length) throw foreign;
    });
    return true;
  } catch (error) {
    if (error === foreign) return false;
    throw error;
  }
}

export async function giveBack(db: Database, marks: readonly string[]): Promise<void> {
  await db.deleteFrom('trial_claim').where('vdn_id', '=', INSTALLATION).where('mark', 'in', [...marks]).execute();
}

export async function forgetCodes(db: Database, at: number): Promise<void> {
  await db.deleteFrom('trial_code').where('expires_at', '<=', at).execute();
  await db.deleteFrom('trial_claim').where('claimed_at', '<=', at - CLAIM_MS).execute();
}

import type { Selectable } from 'kysely';
import { accountOf } from '@parley/core/access/user-id.ts';
import type { Database } from '../../database/connect.ts';
import type { AppSettingTable } from '../../database/tables.ts';

/** What the mobile app remembers of one of its users (6.4). */
export interface AppSetting {
  readonly id: string;
  readonly userId: string;
  readonly callType: '0' | '1' | '2' | null;
  readonly callerPresent: readonly string[];
  readonly callNumber: readonly string[];
  readonly callNumberDefault: string | null;
  readonly callerPresentDefault: string | null;
}

const fromRow = (row: Selectable<AppSettingTable>): AppSetting => ({
  id: row.id, userId: row.user_id, callType: row.call_type as AppSetting['callType'], callerPresent: row.caller_present, callNumber: row.call_number,
  callNumberDefault: row.call_number_default, callerPresentDefault: row.caller_present_default,
});

const toRow = (setting: AppSetting) => ({
  id: setting.id, user_id: setting.userId, call_type: setting.callType, caller_present: JSON.stringify(setting.callerPresent),
  call_number: JSON.stringify(setting.callNumber), call_number_default: setting.callNumberDefault, caller_present_default: setting.callerPresentDefault,
});

export async function findAppSetting(db: Database, vdnId: number, userId: string): Promise<AppSetting | undefined> {
  const row = await db.selectFrom('app_setting').selectAll().where('vdn_id', '=', vdnId).where('user_id', '=', userId).executeTakeFirst();
  return row && fromRow(row);
}

export async function insertAppSetting(db: Database, vdnId: number, setting: AppSetting): Promise<void> {
  await db.insertInto('app_setting').values({ vdn_id: vdnId, ...toRow(setting) }).execute();
}

export async function updateAppSetting(db: Database, vdnId: number, setting: AppSetting): Promise<void> {
  await db.updateTable('app_setting').set(toRow(setting)).where('vdn_id', '=', vdnId).where('id', '=', setting.id).execute();
}

export async function deleteAppSetting(db: Database, vdnId: number, userId: string): Promise<void> {
  await db.deleteFrom('app_setting').where('vdn_id', '=', vdnId).where('user_id', '=', userId).execute();
}

/** Settings of the subjects themselves go; a subject's number among somebody else's settings is taken out. */
export async function eraseAppSettings(db: Database, vdnId: number, subjects: readonly string[]): Promise<number> {
  const erased = new Set(subjects);
  const rows = (await db.selectFrom('app_setting').selectAll().where('vdn_id', '=', vdnId).execute()).map(fromRow);
  let count = 0;
  for (const setting of rows) {
    if (erased.has(setting.userId) || erased.has(accountOf(vdnId, setting.userId))) {
      await deleteAppSetting(db, vdnId, setting.userId);
      count += 1;
      continue;
    }
    const kept: AppSetting = {
      ...setting,
      callerPresent: setting.callerPresent.filter((value) => !erased.has(value)),
      callNumber: setting.callNumber.filter((value) => !erased.has(value)),
      callNumberDefault: setting.callNumberDefault !== null && erased.has(setting.callNumberDefault) ? null : setting.callNumberDefault,
      callerPresentDefault: setting.callerPresentDefault !== null && erased.has(setting.callerPresentDefault) ? null : setting.callerPresentDefault,
    };
    if (JSON.stringify(kept) === JSON.stringify(setting)) continue;
    await updateAppSetting(db, vdnId, kept);
    count += 1;
  }
  return count;
}

import {
  appSettingErrors as errors, appSettingsCreate, appSettingsDelete, appSettingsQuery, appSettingsUpdate,
} from '@parley/contract/configuration/app-setting.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';
import type { Database } from '../../database/connect.ts';
import type { Ids } from '../../engine/ids.ts';
import type { Writer } from '../../engine/writer.ts';
import type { Eraser } from '../erasure/index.ts';
import { deleteAppSetting, eraseAppSettings, findAppSetting, insertAppSetting, updateAppSetting, type AppSetting } from './store.ts';

export interface AppSettingDependencies {
  readonly db: Database;
  readonly writer: Writer;
  readonly ids: Ids;
  /** The agent account that a user id names, if it names one. */
  readonly agentAccount: (db: Database, vdnId: number, userId: string) => Promise<string | undefined>;
}

const WHAT = 'app-setting';

/** What journal and audit trail say of a setting: no numbers and no person, so that an erasure (5.1.13) need not reach the journal. */
const describe = ({ id, callType }: AppSetting): object => ({ id, callType });

export function appSettingHandlers({ db, writer, ids, agentAccount }: AppSettingDependencies): readonly Handler[] {
  return [
    handle(appSettingsCreate, (input, { vdnId, by }) =>
      writer.write(vdnId, by, async ({ tx, record }) => {
        if (await findAppSetting(tx, vdnId, input.userId) !== undefined) return refuse(errors.appSettingExists, { userId: input.userId });
        const setting: AppSetting = {
          id: ids.next(), userId: input.userId, callType: input.callType ?? null,
          callerPresent: input.callerPresent ?? [], callNumber: input.callNumber ?? [],
          callNumberDefault: input.callNumberDefault ?? null, callerPresentDefault: input.callerPresentDefault ?? null,
        };
        await insertAppSetting(tx, vdnId, setting);
        record({ what: WHAT, id: setting.id, before: null, after: describe(setting) });
        return { id: setting.id };
      })),

    handle(appSettingsUpdate, (input, { vdnId, by }) =>
      writer.write(vdnId, by, async ({ tx, record }) => {
        const before = await findAppSetting(tx, vdnId, input.userId);
        if (before === undefined) return refuse(errors.appSettingUnknown, { userId: input.userId });
        if (before.id !== input.id) return refuse(errors.appSettingMismatch, { id: input.id, userId: input.userId });
        const after: AppSetting = { ...before, ...input };
        await updateAppSetting(tx, vdnId, after);
        record({ what: WHAT, id: after.id, before: describe(before), after: describe(after) });
        return { id: after.id };
      })),

    handle(appSettingsQuery, async (input, { vdnId }) => {
      const setting = await findAppSetting(db, vdnId, input.userId);
      if (setting === undefined) return refuse(errors.appSettingUnknown, { userId: input.userId });
      const agentName = await agentAccount(db, vdnId, setting.userId);
      return {
        id: setting.id, userId: setting.userId, callerPresent: [...setting.callerPresent], callNumber: [...setting.callNumber],
        ...(setting.callType === null ? {} : { callType: setting.callType }),
        ...(setting.callNumberDefault === null ? {} : { callNumberDefault: setting.callNumberDefault }),
        ...(setting.callerPresentDefault === null ? {} : { callerPresentDefault: setting.callerPresentDefault }),
        ...(agentName === undefined ? {} : { agentName }),
      };
    }),

    handle(appSettingsDelete, (input, { vdnId, by }) =>
      writer.write(vdnId, by, async ({ tx, record }) => {
        const before = await findAppSetting(tx, vdnId, input.userId);
        if (before === undefined) return refuse(errors.appSettingUnknown, { userId: input.userId });
        await deleteAppSetting(tx, vdnId, input.userId);
        record({ what: WHAT, id: before.id, before: describe(before), after: null });
        return {};
      })),
  ];
}

export const appSettingEraser: Eraser = {
  module: 'app-setting',
  tables: ['app_setting'],
  erase: async (db, vdnId, subjects) => ({ app_setting: await eraseAppSettings(db, vdnId, subjects) }),
};

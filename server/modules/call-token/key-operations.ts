import { errors } from '@parley/contract/admin/family.ts';
import { changeWidgetKey, createWidgetKey, deleteWidgetKey, listWidgetKeys } from '@parley/contract/admin/widget-key.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { readOrigin } from '@parley/core/widget/origin.ts';
import type { Database } from '../../database/connect.ts';
import type { Writer } from '../../engine/writer.ts';
import { newToken } from '../../security/vault.ts';
import { findKey, insertKey, listKeys, removeKey, updateKey, type WidgetKey } from './store.ts';

export interface WidgetKeyDependencies {
  readonly db: Database;
  readonly writer: Writer;
  /** Whose call a call to this number would be; undefined where it leads nowhere. */
  readonly tenantOf: (db: Database, called: string) => Promise<number | undefined>;
}

const MAX_KEYS = 200;
const CALLS_PER_MINUTE = 60;

/** As it is shown: the wire wants lists of its own. */
const shown = (key: WidgetKey) => ({ ...key, origins: [...key.origins], accessCodes: [...key.accessCodes] });

function readOrigins(given: readonly string[]): readonly string[] | Refusal {
  const origins = new Set<string>();
  for (const text of given) {
    const reading = readOrigin(text);
    if (!reading.ok) return refuse(errors.invalid, { field: 'origins', message: `origins: ${reading.message}` });
    origins.add(reading.origin);
  }
  return [...origins];
}

export function widgetKeyHandlers({ db, writer, tenantOf }: WidgetKeyDependencies): readonly Handler[] {
  const checkAccessCodes = async (tx: Database, vdnId: number, codes: readonly string[]): Promise<Refusal | undefined> => {
    for (const code of codes) {
      if (await tenantOf(tx, code) !== vdnId) {
        return refuse(errors.conflict, { field: 'accessCodes', message: `A call to ${code} would reach no called route of this tenant: make one first` });
      }
    }
    return undefined;
  };

  return [
    handle(listWidgetKeys, async (_input, { vdnId }) => ({ widgetKeys: (await listKeys(db, vdnId)).map(shown) })),

    handle(createWidgetKey, async (input, { vdnId, by }) => {
      const origins = readOrigins(input.origins);
      if (isRefusal(origins)) return origins;
      const accessCodes = [...new Set(input.accessCodes)];
      return writer.write(vdnId, by, async ({ tx, at, record }) => {
        if ((await listKeys(tx, vdnId)).length >= MAX_KEYS) return refuse(errors.conflict, { message: `No more widget keys: the limit of ${MAX_KEYS} is reached` });
        const wrong = await checkAccessCodes(tx, vdnId, accessCodes);
        if (wrong !== undefined) return wrong;
        const key: WidgetKey = {
          id: `wk-${newToken(12)}`, name: input.name, origins, accessCodes, callsPerMinute: input.callsPerMinute ?? CALLS_PER_MINUTE, enabled: input.enabled ?? true, createdAt: at,
        };
        await insertKey(tx, vdnId, key);
        record({ what: 'widget-key', id: key.id, before: null, after: key });
        return shown(key);
      });
    }),

    handle(changeWidgetKey, async ({ id, ...input }, { vdnId, by }) => {
      const origins = input.origins === undefined ? undefined : readOrigins(input.origins);
      if (isRefusal(origins)) return origins;
      const accessCodes = input.accessCodes === undefined ? undefined : [...new Set(input.accessCodes)];
      return writer.write(vdnId, by, async ({ tx, record }) => {
        const before = await findKey(tx, vdnId, id);
        if (before === undefined) return refuse(errors.notFound, { what: 'widget key', id });
        const wrong = accessCodes === undefined ? undefined : await checkAccessCodes(tx, vdnId, accessCodes);
        if (wrong !== undefined) return wrong;
        const after: WidgetKey = {
          ...before, name: input.name ?? before.name, origins: origins ?? before.origins, accessCodes: accessCodes ?? before.accessCodes,
          callsPerMinute: input.callsPerMinute ?? before.callsPerMinute, enabled: input.enabled ?? before.enabled,
        };
        await updateKey(tx, vdnId, after);
        record({ what: 'widget-key', id, before, after });
        return shown(after);
      });
    }),

    handle(deleteWidgetKey, async ({ id }, { vdnId, by }) => writer.write(vdnId, by, async ({ tx, record }) => {
      const before = await findKey(tx, vdnId, id);
      if (before === undefined) return refuse(errors.notFound, { what: 'widget key', id });
      await removeKey(tx, vdnId, id);
      record({ what: 'widget-key', id, before, after: null });
      return {};
    })),
  ];
}

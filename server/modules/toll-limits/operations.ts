import { errors } from '@parley/contract/admin/family.ts';
import { resetTollLimits, setTollLimits, showTollLimits } from '@parley/contract/admin/toll-limits.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import type { Result } from '@parley/contract/operation.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import { tollRulesOf, type TollSettings } from '@parley/core/call/toll-rules.ts';
import type { Database } from '../../database/connect.ts';
import type { Writer } from '../../engine/writer.ts';
import { NOUN } from './rule-book.ts';
import * as store from './store.ts';

/** What a tenant has used of its limits. */
export interface TollUsage {
  readonly calls: number;
  readonly callsLastMinute: number;
  readonly callsLastDay: number;
  readonly msLastDay: number;
}

export interface TollLimitDependencies {
  readonly db: Database;
  readonly writer: Writer;
  readonly isTenant: (tx: Database, vdnId: number) => Promise<boolean>;
  /** Absent while calls are simulated. */
  readonly usage?: ((vdnId: number) => TollUsage | undefined) | undefined;
}

const MINUTE_MS = 60_000;

const unknown = (vdnId: number): Refusal => refuse(errors.notFound, { what: 'tenant', id: vdnId });

export function tollLimitHandlers({ db, writer, isTenant, usage }: TollLimitDependencies): readonly Handler[] {
  const present = (vdnId: number, settings: TollSettings = {}): Result<typeof showTollLimits> => {
    const used = usage?.(vdnId);
    // The types of the contract know no `readonly` lists.
    return {
      vdnId, set: settings, inForce: tollRulesOf(settings),
      ...(used === undefined ? {} : {
        usage: { calls: used.calls, callsLastMinute: used.callsLastMinute, callsLastDay: used.callsLastDay, minutesLastDay: Math.floor(used.msLastDay / MINUTE_MS) },
      }),
    } as Result<typeof showTollLimits>;
  };

  return [
    handle(showTollLimits, async ({ vdnId }) => (await isTenant(db, vdnId) ? present(vdnId, await store.read(db, vdnId)) : unknown(vdnId))),

    handle(setTollLimits, async ({ vdnId, ...settings }, { by }) => {
      if (!await isTenant(db, vdnId)) return unknown(vdnId);
      // By the tenant's own writer, as its audit trail tells of what concerns it.
      return writer.write(vdnId, by, async ({ tx, record }) => {
        const before = await store.read(tx, vdnId) ?? null;
        await store.put(tx, vdnId, settings);
        record({ what: NOUN, id: String(vdnId), before, after: settings });
        return present(vdnId, settings);
      });
    }),

    handle(resetTollLimits, async ({ vdnId }, { by }) => {
      if (!await isTenant(db, vdnId)) return unknown(vdnId);
      return writer.write(vdnId, by, async ({ tx, record }) => {
        const before = await store.read(tx, vdnId);
        if (before === undefined) return {};
        await store.remove(tx, vdnId);
        record({ what: NOUN, id: String(vdnId), before, after: null });
        return {};
      });
    }),
  ];
}

import { tollRulesOf, type TollRules, type TollSettings } from '@parley/core/call/toll-rules.ts';
import type { Database } from '../../database/connect.ts';
import type { OnFault } from '../../engine/fault.ts';
import type { Writer } from '../../engine/writer.ts';
import { readAll } from './store.ts';

/** In the audit trail and among changes. */
export const NOUN = 'tollLimits';

/** The limits of all tenants, at hand for whoever dials. */
export interface TollRuleBook {
  readonly of: (vdnId: number) => TollRules;
  /** Resolves when what was set before is in force, or could not be read and will be later; until then there are the limits of all. */
  readonly open: () => Promise<void>;
}

export interface TollRuleBookDependencies {
  readonly db: Database;
  readonly writer: Pick<Writer, 'subscribe'>;
  readonly onFault: OnFault;
  readonly retryMs?: number;
}

const RETRY_MS = 5000;

export function createTollRuleBook({ db, writer, onFault, retryMs = RETRY_MS }: TollRuleBookDependencies): TollRuleBook {
  const rules = new Map<number, TollRules>();
  /** Tenants whose limits were changed since: what is read of them may be older. */
  const changed = new Set<number>();

  const put = (vdnId: number, settings: TollSettings | null): void => {
    if (settings === null) rules.delete(vdnId);
    else rules.set(vdnId, tollRulesOf(settings));
  };

  writer.subscribe(({ vdnId, change: { what, after } }) => {
    if (what !== NOUN) return;
    changed.add(vdnId);
    put(vdnId, after);
  });

  const open = async (): Promise<void> => {
    try {
      for (const [vdnId, settings] of await readAll(db)) if (!changed.has(vdnId)) put(vdnId, settings);
    } catch (error) {
      onFault('the toll limits of tenants could not be read; those for all hold meanwhile', { error });
      setTimeout(() => { void open(); }, retryMs).unref();
    }
  };

  return { open, of: (vdnId) => rules.get(vdnId) ?? tollRulesOf(undefined) };
}

import { isRefusal } from '@parley/contract/refusal.ts';
import { isFault, type Fault, type Group, type Groups } from '@parley/core/user-group/groups.ts';
import type { Database } from '../../database/connect.ts';
import type { Engine } from '../../engine/engine.ts';
import type { OnFault } from '../../engine/fault.ts';
import type { By, Change, Writer } from '../../engine/writer.ts';
import { readGroups, saveGroups } from './store.ts';

export interface GroupChangeDependencies {
  readonly writer: Pick<Writer, 'write'>;
  readonly engine: Pick<Engine, 'glance' | 'view'>;
  readonly listAgents: (db: Database, vdnId: number, workNos: readonly number[]) => Promise<readonly { readonly workNo: number }[]>;
  readonly onFault: OnFault;
}

/** Changes the groups of a tenant by what the core makes of them; `joining` are agents that there must be. */
export type ChangeGroups = (vdnId: number, by: By, decide: (groups: Groups, at: number) => Groups | Fault, joining?: readonly number[]) => Promise<Groups | Fault>;

/** What the audit trail says: a change for each group that is another one now. */
function changesOf(before: Groups, after: Groups): readonly Change[] {
  const was = new Map(before.map((group) => [group.id, group]));
  const is = new Map(after.map((group) => [group.id, group]));
  const change = (id: string): readonly Change[] => {
    const [old, next]: readonly (Group | null)[] = [was.get(id) ?? null, is.get(id) ?? null];
    return JSON.stringify(old) === JSON.stringify(next) ? [] : [{ what: 'user-group', id, before: old ?? null, after: next ?? null }];
  };
  return [...new Set([...was.keys(), ...is.keys()])].flatMap(change);
}

export function createGroupChanges({ writer, engine, listAgents, onFault }: GroupChangeDependencies): ChangeGroups {
  /** An inspection that is allowed no more is over before the caller hears of it, and not when something else happens. */
  const putInForce = async (vdnId: number): Promise<void> => {
    try {
      if (await engine.glance(vdnId, ({ agents }) => agents.size > 0)) await engine.view(vdnId, () => undefined);
    } catch (error) {
      // Whoever is let in again sees the change before anything else.
      onFault('a change of user groups is not in force yet', { vdnId, error });
    }
  };

  return async (vdnId, by, decide, joining = []) => {
    const outcome = await writer.write<Groups | Fault>(vdnId, by, async ({ tx, at, record }) => {
      if (joining.length > 0) {
        const there = new Set((await listAgents(tx, vdnId, joining)).map(({ workNo }) => workNo));
        const missing = joining.find((workNo) => !there.has(workNo));
        if (missing !== undefined) return { wrong: 'unknownAgent', workNo: missing };
      }
      const before = await readGroups(tx, vdnId);
      const after = decide(before, at);
      if (isFault(after)) return after;
      await saveGroups(tx, vdnId, before, after, at);
      for (const change of changesOf(before, after)) record(change);
      return after;
    });
    if (isRefusal(outcome)) throw new Error('a change of user groups has faults, and refuses nothing');
    if (!isFault(outcome)) await putInForce(vdnId);
    return outcome;
  };
}

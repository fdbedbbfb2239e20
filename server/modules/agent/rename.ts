import { isRefusal } from '@parley/contract/refusal.ts';
import type { By, Writer } from '../../engine/writer.ts';
import type { Accounts } from '../account/index.ts';
import { listAgents } from './store.ts';

export interface RenameDependencies {
  readonly writer: Pick<Writer, 'write'>;
  readonly accounts: Pick<Accounts, 'find' | 'update'>;
}

export type Renamed = 'done' | 'unknown' | 'administrator';

/** Renames an agent by its work number: the name stands with the account alone, from which all take it. */
export type RenameAgent = (vdnId: number, by: By, workNo: number, name: string) => Promise<Renamed>;

export const createRenameAgent = ({ writer, accounts }: RenameDependencies): RenameAgent => async (vdnId, by, workNo, name) => {
  const outcome = await writer.write<{ readonly renamed: Renamed }>(vdnId, by, async ({ tx, record }) => {
    const [agent] = await listAgents(tx, vdnId, [workNo]);
    const account = agent && await accounts.find(tx, vdnId, agent.account);
    if (agent === undefined || account === undefined) return { renamed: 'unknown' };
    // 12.3.4.11: the name of who administers the VDN is not the interface's to change.
    if (account.role === 'administrator' || account.role === 'operator') return { renamed: 'administrator' };
    await accounts.update(tx, vdnId, account.account, { name });
    // The trail says that personal data changed, never to what.
    record({ what: 'agent', id: String(workNo), before: agent, after: { ...agent, changed: ['userName'] } });
    return { renamed: 'done' };
  });
  if (isRefusal(outcome)) throw new Error('renaming an agent refuses nothing');
  return outcome.renamed;
};

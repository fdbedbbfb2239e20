import { unlockAccount } from '@parley/contract/admin/agent-account.ts';
import { errors } from '@parley/contract/admin/family.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';
import type { Writer } from '../../engine/writer.ts';
import type { Accounts } from './accounts.ts';

export interface AccountDependencies {
  readonly writer: Writer;
  readonly accounts: Accounts;
}

export function accountHandlers({ writer, accounts }: AccountDependencies): readonly Handler[] {
  return [
    handle(unlockAccount, (input, { vdnId, by }) => writer.write(vdnId, by, async ({ tx, record }) => {
      const found = await accounts.find(tx, vdnId, input.account);
      if (found === undefined) return refuse(errors.notFound, { what: 'account', id: input.account });
      await accounts.unlock(tx, vdnId, found.account);
      const { account, name, role, enabled } = found;
      record({ what: 'account', id: account, before: { lockedUntil: found.lockedUntil }, after: { lockedUntil: 0 } });
      return { account, name, role, enabled, lockedUntil: 0 };
    })),
  ];
}

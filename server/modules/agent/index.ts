import type { Handler } from '@parley/contract/handler.ts';
import type { Database } from '../../database/connect.ts';
import type { Live } from '../../engine/live.ts';
import type { Writer } from '../../engine/writer.ts';
import type { Vault } from '../../security/vault.ts';
import type { Tokens } from '../access/index.ts';
import type { Accounts } from '../account/index.ts';
import type { Tenants } from '../tenant/index.ts';
import { accountOperations } from './account-operations.ts';
import type { ListQueues } from './checks.ts';
import { phoneOperations } from './phone-operations.ts';
import { skillOperations } from './skill-operations.ts';
import { findAgent } from './store.ts';

export { accountAuthenticator } from './account-authenticator.ts';
export { createCtiPasswords, type CtiPasswords } from './cti-password.ts';
export { createPhoneAccounts, type PhoneAccounts } from './phone-accounts.ts';
export { endRegistrationsOfTenants } from './registrations.ts';
export { createRenameAgent, type RenameAgent } from './rename.ts';
export { agentsByWorkNo, findSignedAgent } from './sign-in.ts';
export { findAgent, findPhonesLike, listAgents, tenantOfPhone, tenantsOfAgent, type Agent } from './store.ts';

interface Address {
  readonly host: string;
  readonly port: number;
}

/** What agents need to know of their neighbours. */
export interface AgentDependencies {
  readonly db: Database;
  readonly writer: Writer;
  readonly vault: Vault;
  readonly accounts: Accounts;
  readonly tenants: Pick<Tenants, 'read' | 'takeWorkNo'>;
  readonly tokens: Pick<Tokens, 'revokeSubject'>;
  readonly live: Pick<Live, 'endAgent' | 'endRegistrations' | 'agentStatus'>;
  readonly addresses: { readonly service: Address; readonly sip: Address; readonly webrtc?: Address };
  readonly listQueues: ListQueues;
}

export function agentHandlers(deps: AgentDependencies): readonly Handler[] {
  return [...accountOperations(deps), ...skillOperations(deps), ...phoneOperations(deps)];
}

/** The work number that goes with an account, if one does. */
export async function workNoOf(db: Database, vdnId: number, account: string): Promise<number | undefined> {
  return (await findAgent(db, vdnId, account))?.workNo;
}

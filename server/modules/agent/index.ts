import type { Handler } from '@parley/contract/handler.ts';
import type { Database } from '../../database/connect.ts';
import type { Writer } from '../../engine/writer.ts';
import type { Live } from '../../engine/live.ts';
import type { Vault } from '../../security/vault.ts';
import type { Accounts } from '../account/accounts.ts';
import type { Tenants } from '../tenant/index.ts';

/** What agents need to know of queues. */
export interface AgentDependencies {
  readonly db: Database;
  readonly writer: Writer;
  readonly vault: Vault;
  readonly accounts: Accounts;
  readonly tenants: Tenants;
  readonly live: Live;
  readonly addresses: {
    readonly service: { readonly host: string; readonly port: number };
    readonly sip: { readonly host: string; readonly port: number };
    readonly webrtc: { readonly host: string; readonly port: number };
  };
  readonly listQueues: (db: Database, vdnId: number) => Promise<readonly { readonly id: number; readonly media: number }[]>;
}

export function agentHandlers(_deps: AgentDependencies): readonly Handler[] {
  return [];
}

import type { Handler } from '@parley/contract/handler.ts';
import type { Database } from '../../database/connect.ts';
import type { Writer } from '../../engine/writer.ts';
import type { Accounts } from '../account/accounts.ts';
import type { Tokens } from '../access/tokens.ts';
import type { Tenants } from '../tenant/index.ts';

export interface ConsoleDependencies {
  readonly db: Database;
  readonly writer: Writer;
  readonly accounts: Accounts;
  readonly tokens: Tokens;
  readonly tenants: Tenants;
}

export function consoleHandlers(_deps: ConsoleDependencies): readonly Handler[] {
  return [];
}

import { errors } from '@parley/contract/admin/family.ts';
import type { Context } from '@parley/contract/handler.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import type { Database } from '../../database/connect.ts';

/** Who looks at what is kept of a tenant, and how much of it there is for them to see. */
export interface Viewer {
  readonly vdnId: number;
  /** The agent whose account it is; undefined for those who are none in this tenant. */
  readonly agent: number | undefined;
  /** Whoever sees nothing but what is this agent's; undefined for those who see the tenant. */
  readonly own: number | undefined;
  /** Supervisors hear whom they may inspect, where they are agents themselves; administrators everybody. */
  readonly hears: 'everybody' | 'asAgent';
}

export type ViewerOf = (context: Pick<Context, 'caller' | 'vdnId'>) => Promise<Viewer | Refusal>;

export interface ViewerDependencies {
  readonly db: Database;
  readonly agentOf: (db: Database, vdnId: number, account: string) => Promise<number | undefined>;
}

export const createViewerOf = ({ db, agentOf }: ViewerDependencies): ViewerOf => async ({ caller, vdnId }) => {
  const { home = vdnId, account = '', role } = caller;
  // An operator who acts for a tenant is nobody of it, whoever has the same name there.
  const agent = home === vdnId ? await agentOf(db, vdnId, account) : undefined;
  if (role === 'agent' && agent === undefined) return refuse(errors.forbidden, { message: `the account ${account} belongs to no agent, so there is nothing of its own to see` });
  return { vdnId, agent, own: role === 'agent' ? agent : undefined, hears: role === 'agent' || (role === 'supervisor' && agent !== undefined) ? 'asAgent' : 'everybody' };
};

import type { AgentNames } from './present.ts';

export interface NameSources {
  readonly listAgents: (vdnId: number) => Promise<readonly { readonly workNo: number; readonly account: string }[]>;
  readonly listAccounts: (vdnId: number) => Promise<readonly { readonly account: string; readonly name: string }[]>;
}

/** The names of a tenant's agents, which stand with their accounts. */
export async function readAgentNames({ listAgents, listAccounts }: NameSources, vdnId: number): Promise<AgentNames> {
  const [agents, accounts] = await Promise.all([listAgents(vdnId), listAccounts(vdnId)]);
  const names = new Map(accounts.map(({ account, name }) => [account, name]));
  return new Map(agents.map(({ workNo, account }) => [workNo, names.get(account) ?? '']));
}

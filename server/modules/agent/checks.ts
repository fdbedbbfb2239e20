import { agentErrors } from '@parley/contract/configuration/agent-account.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { checkSkills, type Skill } from '@parley/core/agent/skills.ts';
import type { Database } from '../../database/connect.ts';
import type { Accounts, SignIn } from '../account/index.ts';

export type ListQueues = (db: Database, vdnId: number) => Promise<readonly { readonly id: number; readonly media: number }[]>;

/** Media types of the tenant's queues, by id. */
export async function mediaOf(listQueues: ListQueues, db: Database, vdnId: number): Promise<ReadonlyMap<number, number>> {
  return new Map((await listQueues(db, vdnId)).map((queue) => [queue.id, queue.media]));
}

/** Why an agent of this type may not have these skills, or undefined. */
export function refuseSkills(agentType: number, skills: readonly Pick<Skill, 'queueId'>[], media: ReadonlyMap<number, number>): Refusal | undefined {
  const problem = checkSkills(agentType, skills, media);
  if (problem === undefined) return undefined;
  const { queueId: id } = problem;
  if (problem.kind === 'unsuited') return refuse(agentErrors.agentQueueUnsuited, { id, media: problem.media, type: agentType });
  return refuse(problem.kind === 'unknown' ? agentErrors.agentQueueUnknown : agentErrors.agentQueueRepeated, { id });
}

/** Checks an account password, counting failures; the refusal where it is not right. Never to be called inside the writer. */
export async function verify(
  accounts: Pick<Accounts, 'signIn'>, vdnId: number, account: string, password: string, now: number,
): Promise<Extract<SignIn, { ok: true }> | Refusal> {
  const outcome = await accounts.signIn(vdnId, account, password, now);
  if (outcome.ok) return outcome;
  return refuse(outcome.why === 'locked' ? agentErrors.agentLocked : agentErrors.agentPasswordWrong);
}

/** The same where the password must be in force: one older than 90 days only serves to change it (5.1.1). */
export async function verifyValid(
  accounts: Pick<Accounts, 'signIn'>, vdnId: number, account: string, password: string, now: number,
): Promise<Extract<SignIn, { ok: true }> | Refusal> {
  const outcome = await verify(accounts, vdnId, account, password, now);
  return !isRefusal(outcome) && outcome.passwordExpired ? refuse(agentErrors.agentPasswordExpired) : outcome;
}

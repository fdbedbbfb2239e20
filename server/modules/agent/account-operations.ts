import { agentAccountCreate, agentAccountDelete, agentAccountQuery, agentAccountUpdate, agentErrors } from '@parley/contract/configuration/agent-account.ts';
import { errors } from '@parley/contract/configuration/family.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import type { Input } from '@parley/contract/operation.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { checkEmail } from '@parley/core/account/email.ts';
import { checkPassword, expiredAt } from '@parley/core/account/password.ts';
import { hashPassword } from '../../security/passwords.ts';
import type { Role } from '../account/index.ts';
import { mediaOf, refuseSkills, verify } from './checks.ts';
import type { AgentDependencies } from './index.ts';
import { takeFreeWorkNo, takeSipNumber } from './numbers.ts';
import { presentAgent, readSkills } from './present.ts';
import { newSecrets } from './secrets.ts';
import { countAgents, deleteAgent, findAgent, findAgents, insertAgent, searchAgents, updateAgent, type Agent } from './store.ts';

const MAX_PAGE = 1000;

/** 5.1.1 ccRoleId 3 is the inspector, who at the console is a supervisor. */
const roleFor = (ccRoleId: number): Role => (ccRoleId === 3 ? 'supervisor' : 'agent');

function refuseEmail(email: string | undefined): Refusal | undefined {
  const wrong = email === undefined ? undefined : checkEmail(email);
  return wrong === undefined ? undefined : refuse(errors.invalid, { field: 'email', message: `email: ${wrong}` });
}

const passwordRefused = (field: string, message: string): Refusal => refuse(agentErrors.agentPasswordRefused, { field, message });

type NewPassword = { readonly hash: string; readonly instead: number };

export function accountOperations(deps: AgentDependencies): readonly Handler[] {
  const { db, writer, vault, accounts, tenants, tokens, live, listQueues } = deps;

  /** Ends whatever the agent is doing, and what it and its phone are signed in with. */
  const putOut = async (vdnId: number, agent: Agent): Promise<void> => {
    await live.endAgent(vdnId, agent.workNo);
    await live.endRegistrations(vdnId, agent.sipNumber);
    await tokens.revokeSubject(vdnId, ['session', 'person'], agent.account);
  };

  /** Checks and hashes a new password outside the writer: it is slow, and a wrong old one counts also where all else is refused. */
  const prepare = async (vdnId: number, input: Input<typeof agentAccountUpdate>, now: number): Promise<NewPassword | undefined | Refusal> => {
    const { userAccount, oldPassWord: old = '', newPassWord: fresh = '' } = input;
    if (old === '' && fresh === '') return undefined;
    if (old === '' || fresh === '') {
      const field = old === '' ? 'oldPassWord' : 'newPassWord';
      return refuse(errors.invalid, { field, message: `${field} is missing: the password changes with both, the old and the new one` });
    }
    const verified = await verify(accounts, vdnId, userAccount, old, now);
    if (isRefusal(verified)) return verified;
    const refusal = await accounts.checkNewPassword(db, vdnId, userAccount, fresh, now);
    if (refusal !== undefined) return passwordRefused('newPassWord', String(refusal.details['message'] ?? ''));
    return { hash: await hashPassword(fresh), instead: verified.account.passwordChangedAt };
  };

  return [
    handle(agentAccountCreate, async (input, { vdnId, by, caller }) => {
      const refusal = refuseEmail(input.email);
      if (refusal !== undefined) return refusal;
      const weak = checkPassword(input.password, input.userAccount);
      if (weak !== undefined) return passwordRefused('password', weak);
      const skills = readSkills(input.skills ?? []);
      const passwordHash = await hashPassword(input.password);

      return writer.write(vdnId, by, async ({ tx, at, record }) => {
        if (await accounts.find(tx, vdnId, input.userAccount) !== undefined) return refuse(agentErrors.agentExists, { account: input.userAccount });
        const limit = (await tenants.read(tx, vdnId))?.limits['agents'];
        if (limit !== undefined && await countAgents(tx, vdnId) >= limit) return refuse(agentErrors.agentLimit, { limit });
        const unfit = skills.length === 0 ? undefined : refuseSkills(input.agentType, skills, await mediaOf(listQueues, tx, vdnId));
        if (unfit !== undefined) return unfit;
        const workNo = await takeFreeWorkNo(tx, vdnId, await tenants.takeWorkNo(tx, vdnId));
        if (workNo === undefined) return refuse(agentErrors.agentNumbersUsedUp);
        const agent: Agent = {
          workNo, account: input.userAccount, agentType: input.agentType, roleId: input.ccRoleId, sipNumber: await takeSipNumber(tx),
          transparentDisplay: input.transparentDisplayFlag ?? false, skills,
        };
        await accounts.insert(tx, vdnId, {
          account: agent.account, name: input.userName, role: roleFor(agent.roleId), email: input.email, phone: input.phone ?? '', passwordHash,
        }, at);
        // At the console an administrator has seen it. A program that makes an agent for a desktop of its own hands out none that must be changed first.
        if (caller.scheme === 'session') await accounts.setPassword(tx, vdnId, agent.account, passwordHash, expiredAt(at));
        await insertAgent(tx, vdnId, agent, newSecrets(vault, vdnId, workNo), at);
        record({ what: 'agent', id: String(workNo), before: null, after: agent });
        return { workNo };
      });
    }),

    handle(agentAccountDelete, async (input, { vdnId, by }) => {
      const agent = await findAgent(db, vdnId, input.userAccount);
      if (agent === undefined) return refuse(agentErrors.agentUnknown, { account: input.userAccount });
      // Before the write, so that a failure leaves an agent who can be deleted again; and after it, for what came between.
      // Never inside: the live side may need the writer to end a call.
      await putOut(vdnId, agent);
      const outcome = await writer.write(vdnId, by, async ({ tx, record }) => {
        const before = await findAgent(tx, vdnId, input.userAccount);
        if (before?.workNo !== agent.workNo) return refuse(agentErrors.agentUnknown, { account: input.userAccount });
        await deleteAgent(tx, vdnId, before.workNo);
        await accounts.remove(tx, vdnId, before.account);
        record({ what: 'agent', id: String(before.workNo), before, after: null });
        return {};
      });
      if (!isRefusal(outcome)) await putOut(vdnId, agent);
      return outcome;
    }),

    handle(agentAccountUpdate, async (input, { vdnId, by, now }) => {
      const { userAccount } = input;
      const wrong = refuseEmail(input.email);
      if (wrong !== undefined) return wrong;
      if (await findAgent(db, vdnId, userAccount) === undefined) return refuse(agentErrors.agentUnknown, { account: userAccount });
      const password = await prepare(vdnId, input, now);
      if (isRefusal(password)) return password;

      const outcome = await writer.write(vdnId, by, async ({ tx, at, record }) => {
        const before = await findAgent(tx, vdnId, userAccount);
        const account = await accounts.find(tx, vdnId, userAccount);
        if (before === undefined || account === undefined) return refuse(agentErrors.agentUnknown, { account: userAccount });
        // Two changes at once were both checked against the same old password: one of them comes too late.
        if (password !== undefined && account.passwordChangedAt !== password.instead) {
          return passwordRefused('newPassWord', 'the password was changed in the last 24 hours');
        }
        const after: Agent = {
          ...before,
          agentType: input.agentType ?? before.agentType,
          roleId: input.ccRoleId ?? before.roleId,
          transparentDisplay: input.transparentDisplayFlag ?? before.transparentDisplay,
          skills: input.skills === undefined ? before.skills : readSkills(input.skills),
        };
        if (input.skills !== undefined || after.agentType !== before.agentType) {
          const unfit = refuseSkills(after.agentType, after.skills, await mediaOf(listQueues, tx, vdnId));
          if (unfit !== undefined) return unfit;
        }
        await updateAgent(tx, vdnId, after);
        // What a person was made at the console, such as an administrator, is not for this operation to undo.
        const keepsRole = input.ccRoleId === undefined || !['agent', 'supervisor'].includes(account.role);
        await accounts.update(tx, vdnId, userAccount, {
          ...(input.userName === undefined ? {} : { name: input.userName }),
          ...(input.email === undefined ? {} : { email: input.email }),
          ...(input.phone === undefined ? {} : { phone: input.phone }),
          ...(keepsRole ? {} : { role: roleFor(after.roleId) }),
        });
        if (password !== undefined) await accounts.setPassword(tx, vdnId, userAccount, password.hash, at);
        // The trail says that personal data and passwords changed, never to what.
        const changed = (['userName', 'email', 'phone'] as const).filter((name) => input[name] !== undefined);
        record({ what: 'agent', id: String(after.workNo), before, after: { ...after, changed: [...changed, ...(password === undefined ? [] : ['password'])] } });
        return {};
      });
      // Whoever knew only the old password is to be signed in no longer.
      if (password !== undefined && !isRefusal(outcome)) await tokens.revokeSubject(vdnId, ['session', 'person'], userAccount);
      return outcome;
    }),

    handle(agentAccountQuery, async (input, { vdnId }) => {
      const { userAccount = '', pageNum, pageSize } = input;
      let found: { readonly total: number; readonly agents: readonly Agent[] };
      if (userAccount === '') {
        const missing = pageNum === undefined ? 'pageNum' : pageSize === undefined ? 'pageSize' : undefined;
        if (pageNum === undefined || pageSize === undefined) return refuse(errors.invalid, { field: missing ?? '', message: `${missing} is missing, as userAccount is` });
        if (pageNum < 0) return refuse(errors.invalid, { field: 'pageNum', message: 'pageNum must be 0 or more' });
        if (pageSize < 1 || pageSize > MAX_PAGE) return refuse(errors.invalid, { field: 'pageSize', message: `pageSize must be from 1 to ${MAX_PAGE}` });
        const filter = { types: input.agentType, transparentDisplay: input.transparentDisplayFlag };
        found = await searchAgents(db, vdnId, filter, { number: pageNum, size: pageSize });
      } else {
        const agents = await findAgents(db, vdnId, [userAccount]);
        found = { total: agents.length, agents };
      }
      const people = await accounts.findMany(db, vdnId, found.agents.map((agent) => agent.account));
      return { data: found.agents.map((agent) => presentAgent(agent, people.get(agent.account))), total: found.total };
    }),
  ];
}

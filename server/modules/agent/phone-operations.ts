import { resetPhonePassword } from '@parley/contract/admin/agent-account.ts';
import { errors } from '@parley/contract/admin/family.ts';
import { agentErrors } from '@parley/contract/configuration/agent-account.ts';
import { queryAgentInfo, queryAgentInfoByAccount, queryAgentLoginParams, querySysInfo } from '@parley/contract/configuration/agent-information.ts';
import { updateSipPhonePassword } from '@parley/contract/configuration/sip-phone.ts';
import { handle, type Context, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { checkPhonePassword } from '@parley/core/account/password.ts';
import type { Database } from '../../database/connect.ts';
import { verifyValid } from './checks.ts';
import type { AgentDependencies } from './index.ts';
import { makeSipPassword, openPhone, sealSipPassword, type Phone } from './secrets.ts';
import { findAgent, findPhone, listAgents, listPhones, saveSipPassword, type Agent } from './store.ts';

/** Replies with passwords in clear stay out of every cache on their way. */
const keepPrivate = ({ header }: Pick<Context, 'header'>): void => { header('Cache-Control', 'no-store'); };

export function phoneOperations({ db, writer, vault, accounts, live, addresses }: AgentDependencies): readonly Handler[] {
  const { service, sip, webrtc } = addresses;
  const openPhones = async (vdnId: number): Promise<readonly Phone[]> =>
    (await listPhones(db, vdnId)).map((sealed) => openPhone(vault, vdnId, sealed));

  /** From when it is answered, nothing registers by the password before, and nothing is registered by it. */
  const setPassword = async ({ vdnId, by }: Context, password: string, find: (tx: Database) => Promise<Agent | Refusal>): Promise<Agent | Refusal> => {
    const changed = await writer.write(vdnId, by, async ({ tx, record }) => {
      const agent = await find(tx);
      if (isRefusal(agent)) return agent;
      await saveSipPassword(tx, vdnId, agent.workNo, sealSipPassword(vault, vdnId, agent.workNo, password));
      record({ what: 'agent', id: String(agent.workNo), before: agent, after: { ...agent, changed: ['sipPassword'] } });
      return agent;
    });
    if (!isRefusal(changed)) await live.endRegistrations(vdnId, changed.sipNumber);
    return changed;
  };

  return [
    handle(updateSipPhonePassword, async (input, context) => {
      const { vdnId, now } = context;
      const { userAccount, newPhonePwd } = input;
      if (await findAgent(db, vdnId, userAccount) === undefined) return refuse(agentErrors.agentUnknown, { account: userAccount });
      const weak = checkPhonePassword(newPhonePwd);
      if (weak !== undefined) return refuse(agentErrors.agentPasswordRefused, { field: 'newPhonePwd', message: weak });
      const verified = await verifyValid(accounts, vdnId, userAccount, input.accountPwd, now);
      if (isRefusal(verified)) return verified;
      const agent = await setPassword(context, newPhonePwd, async (tx) => await findAgent(tx, vdnId, userAccount) ?? refuse(agentErrors.agentUnknown, { account: userAccount }));
      return isRefusal(agent) ? agent : {};
    }),

    handle(resetPhonePassword, async ({ workNo, password }, context) => {
      const weak = password === undefined ? undefined : checkPhonePassword(password);
      if (weak !== undefined) return refuse(errors.invalid, { field: 'password', message: weak });
      const chosen = password ?? makeSipPassword();
      const agent = await setPassword(context, chosen, async (tx) => (await listAgents(tx, context.vdnId, [workNo]))[0] ?? refuse(errors.notFound, { what: 'agent', id: workNo }));
      if (isRefusal(agent)) return agent;
      keepPrivate(context);
      return { workNo, sipAccount: agent.sipNumber, ...(password === undefined ? { password: chosen } : {}) };
    }),

    handle(querySysInfo, async (_input, context) => {
      keepPrivate(context);
      const phones = await openPhones(context.vdnId);
      return {
        serviceIp: service.host, servicelp: service.host, servicePort: service.port, sipServiceIp: sip.host, sipServicePort: sip.port,
        agents: phones.map(({ workNo, sipNumber, sipPassword, ctiPassword }) => ({ workNo, sipAccount: sipNumber, sipPwd: sipPassword, password: ctiPassword })),
      };
    }),

    handle(queryAgentInfo, async (_input, context) => {
      keepPrivate(context);
      const phones = await openPhones(context.vdnId);
      return {
        sipServiceIp: sip.host, sipServicePort: sip.port,
        agents: phones.map(({ workNo, account, sipNumber, sipPassword }) => ({ workNo, sipAccount: sipNumber, sipPwd: sipPassword, accountCode: account })),
      };
    }),

    handle(queryAgentLoginParams, async (input, context) => {
      const { vdnId, now } = context;
      keepPrivate(context);
      const verified = await verifyValid(accounts, vdnId, input.account, input.password, now);
      if (isRefusal(verified)) return verified;
      const sealed = await findPhone(db, vdnId, input.account);
      if (sealed === undefined) return refuse(agentErrors.agentUnknown, { account: input.account });
      const phone = openPhone(vault, vdnId, sealed);
      return {
        results: {
          workNo: String(phone.workNo), password: phone.ctiPassword, sipAccount: phone.sipNumber, sipPwd: phone.sipPassword,
          sipServerInfo: [
            { sipServiceIp: sip.host, sipServicePort: String(sip.port), type: '0' as const },
            ...(webrtc === undefined ? [] : [{ sipServiceIp: webrtc.host, sipServicePort: String(webrtc.port), type: '1' as const }]),
          ],
        },
      };
    }),

    handle(queryAgentInfoByAccount, async (input, { vdnId }) => {
      const agent = await findAgent(db, vdnId, input.accountCode);
      if (agent === undefined) return refuse(agentErrors.agentUnknown, { account: input.accountCode });
      return { data: { workNo: agent.workNo, agentType: agent.agentType, agentStatus: String(await live.agentStatus(vdnId, agent.workNo)) } };
    }),
  ];
}

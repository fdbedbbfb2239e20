import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TSchema } from 'typebox';
import { createAccessCode } from '@parley/contract/admin/access-code.ts';
import { createKey } from '@parley/contract/admin/key.ts';
import { createTenant, setTenantPassword } from '@parley/contract/admin/tenant.ts';
import { agentAccountCreate } from '@parley/contract/configuration/agent-account.ts';
import { querySysInfo } from '@parley/contract/configuration/agent-information.ts';
import { createCalledRoute } from '@parley/contract/configuration/called-route.ts';
import { createSkill } from '@parley/contract/configuration/queue.ts';
import type { Input, Operation, OperationParts, Result } from '@parley/contract/operation.ts';
import { isRefusal, refusalText } from '@parley/contract/refusal.ts';
import type { Parley } from '../compose.ts';
import { createPerform } from '../perform.ts';
import { generatePassword } from '../security/passwords.ts';
import type { OpenedWorld } from './world.ts';

export interface Demo {
  readonly file: string;
}

const TENANT_ID = 'demo';
const release = { transferType: 'Release' } as const;
const plainTreatment = { noAgents: release, busy: release, timeOut: release } as const;
const voiceTreatment = { ...plainTreatment, answerFunction: '0', waitVoice: { parameterType: 'Voice' } } as const;

const QUEUES = [
  { name: 'Sales', mediaTypeId: 5, skillParam: voiceTreatment },
  { name: 'Support', mediaTypeId: 5, skillParam: voiceTreatment },
  { name: 'Chat', mediaTypeId: 53, skillParam: plainTreatment },
] as const;

const AGENTS = [
  { account: 'alice.demo', name: 'Alice', role: 'agent', ccRoleId: 2 },
  { account: 'bob.demo', name: 'Bob', role: 'agent', ccRoleId: 2 },
  { account: 'carol.demo', name: 'Carol', role: 'agent', ccRoleId: 2 },
  { account: 'ida.demo', name: 'Ida', role: 'inspector', ccRoleId: 3 },
] as const;

const VERSATILE = 99;
const ACCESS_CODE = '1000';

/** The demo is set up as every user would set it up; nothing of it is refused. */
function performer(parley: Parley, clock: () => number) {
  const perform = createPerform({ handlers: () => parley.handlers, clock, actor: 'demo' });
  return async <Parts extends OperationParts, R extends TSchema>(op: Operation<Parts, R>, vdnId: number, input: Input<Operation<Parts, R>>): Promise<Result<Operation<Parts, R>>> => {
    const answer = await perform(op, vdnId, input);
    if (isRefusal(answer)) throw new Error(`the demo's ${op.id} was refused: ${refusalText(answer)}`);
    return answer;
  };
}

/** Makes the demo tenant where there is no tenant yet, and writes its secrets into demo.json; answers where they are. */
export async function ensureDemo({ db, clock, folder, addresses }: OpenedWorld, parley: Parley): Promise<Demo | undefined> {
  const file = join(folder, 'demo.json');
  if ((await parley.tenants.page(db, 0, 1)).length > 0) return existsSync(file) ? { file } : undefined;

  const perform = performer(parley, clock);
  // Most desktops that people try take the GUID at sign-in only.
  const tenant = await perform(createTenant, 0, { name: 'Demo', tenantId: TENANT_ID, guidMode: 'static' });
  const { vdnId } = tenant;
  const c5 = await perform(setTenantPassword, 0, { vdnId });
  const c1 = await perform(createKey, vdnId, { scheme: 'C1', label: 'demo' });
  const c2 = await perform(createKey, vdnId, { scheme: 'C2', label: 'demo' });
  const c3 = await perform(createKey, vdnId, { scheme: 'C3', label: 'demo' });

  const queues: { id: number; name: string }[] = [];
  for (const queue of QUEUES) {
    const { skillId } = await perform(createSkill, vdnId, { ...queue, description: `${queue.name} of the demo`, maxWaitTime: 120, maxWaitNum: 100, maxAgentWrapupTime: 10 });
    queues.push({ id: Number(skillId), name: queue.name });
  }

  const agents = [];
  for (const { account, name, role, ccRoleId } of AGENTS) {
    const accountPassword = `${generatePassword(12)}-7`;
    const { workNo } = await perform(agentAccountCreate, vdnId, {
      userAccount: account, userName: name, password: accountPassword, email: `${account}@example.com`, agentType: VERSATILE, ccRoleId,
      skills: queues.map(({ id }) => ({ skillId: id, agentWeight: 1, skillWeight: 1 })),
    });
    agents.push({ workNo: String(workNo), account, accountPassword, role });
  }
  const phones = (await perform(querySysInfo, vdnId, {})).agents;

  await perform(createAccessCode, vdnId, { code: ACCESS_CODE, media: 5, direction: 3, description: 'Demo hotline' });
  const [sales, support] = queues;
  await perform(createCalledRoute, vdnId, { accessCode: ACCESS_CODE, devicetype: 1, deviceid: sales?.id ?? 1 });
  await perform(createCalledRoute, vdnId, { accessCode: ACCESS_CODE, extCode: '2', devicetype: 1, deviceid: support?.id ?? 2 });

  const demo = {
    ccId: tenant.ccId, vdnId, tenantId: tenant.tenantId,
    c1: { appKey: c1.keyId, appSecret: c1.secret },
    c2: { accessKey: c2.keyId, secretKey: c2.secret },
    c3: { appKey: c3.keyId, appSecret: c3.secret },
    c5: { agentId: c5.configurationAgentId, password: c5.password },
    agents: agents.map((agent) => {
      const phone = phones.find(({ workNo }) => String(workNo) === agent.workNo);
      return { ...agent, password: phone?.password, phone: phone?.sipAccount, sipPassword: phone?.sipPwd };
    }),
    queues,
    accessCodes: [{ code: ACCESS_CODE, routesTo: sales?.name }, { code: `${ACCESS_CODE}2`, routesTo: support?.name }],
    trunk: addresses.sip,
  };
  writeFileSync(file, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  return { file };
}

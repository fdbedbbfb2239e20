import { randomBytes } from 'node:crypto';
import type { TSchema } from 'typebox';
import { createAccessCode } from '@parley/contract/admin/access-code.ts';
import { createTenant } from '@parley/contract/admin/tenant.ts';
import { setTollLimits } from '@parley/contract/admin/toll-limits.ts';
import { createUser } from '@parley/contract/admin/user.ts';
import { agentAccountCreate } from '@parley/contract/configuration/agent-account.ts';
import { querySysInfo } from '@parley/contract/configuration/agent-information.ts';
import { createCalledRoute } from '@parley/contract/configuration/called-route.ts';
import { createSkill } from '@parley/contract/configuration/queue.ts';
import type { Input, Operation, OperationParts, Result } from '@parley/contract/operation.ts';
import { isRefusal, refusalText, type Refusal } from '@parley/contract/refusal.ts';
import { generatePassword } from '../../security/passwords.ts';

/** Calls an operation as a request would. */
export type Perform = <Parts extends OperationParts, R extends TSchema>(
  op: Operation<Parts, R>, vdnId: number, input: Input<Operation<Parts, R>>,
) => Promise<Result<Operation<Parts, R>> | Refusal>;

export interface Wanted {
  readonly company: string;
  readonly email: string;
  readonly accessCode: string;
  readonly timeZone: string;
  /** Told as soon as there is a tenant, so that what fails behind it can be put away. */
  readonly onTenant: (vdnId: number) => void;
}

export interface TrialAgent {
  readonly account: string;
  readonly accountPassword: string;
  readonly workNo: number;
  readonly password: string;
  readonly phone: string;
  readonly phonePassword: string;
}

/** What a trial is made of, secrets and all. */
export interface TrialTenant {
  readonly vdnId: number;
  readonly tenantId: string;
  readonly administrator: string;
  readonly administratorPassword: string;
  readonly accessCode: string;
  readonly sip: { readonly host: string; readonly port: number };
  readonly agents: readonly TrialAgent[];
}

const AGENTS = ['Agent 1', 'Agent 2'] as const;
const VERSATILE = 99;
const VOICE = 5;
const IN_AND_OUT = 3;
const AGENT_ROLE = 2;
const LIMITS = { agents: 5, queues: 5, signedInAgents: 5, voiceChannels: 10 } as const;
/** Whoever has a telephone number and a mail address could else call anybody at the installation's expense. */
const NO_CALLS_OUTSIDE = { concurrentCalls: 0, callsPerMinute: 0, callsPerDay: 0, minutesPerDay: 0 } as const;
const release = { transferType: 'Release' } as const;

/** Sets a tenant up that takes calls at once. */
export async function provisionTrial(perform: Perform, { company, email, accessCode, timeZone, onTenant }: Wanted): Promise<TrialTenant> {
  const made = async <Parts extends OperationParts, R extends TSchema>(op: Operation<Parts, R>, vdnId: number, input: Input<Operation<Parts, R>>): Promise<Result<Operation<Parts, R>>> => {
    const answer = await perform(op, vdnId, input);
    if (isRefusal(answer)) throw new Error(`${op.id} was refused for a trial: ${refusalText(answer)}`);
    return answer;
  };

  const tenantId = `trial-${randomBytes(5).toString('hex')}`;
  const { vdnId } = await made(createTenant, 0, { name: company, tenantId, timeZone, limits: LIMITS });
  onTenant(vdnId);
  await made(setTollLimits, 0, { vdnId, ...NO_CALLS_OUTSIDE });
  const administrator = `admin.${tenantId}`;
  const { password: administratorPassword = '' } = await made(createUser, vdnId, { account: administrator, name: 'Administrator', role: 'administrator', email });
  const { skillId } = await made(createSkill, vdnId, {
    name: 'Trial', description: 'Queue of the trial', mediaTypeId: VOICE, maxWaitTime: 120, maxWaitNum: 20, maxAgentWrapupTime: 10,
    skillParam: { noAgents: release, busy: release, timeOut: release, answerFunction: '0', waitVoice: { parameterType: 'Voice' } },
  });
  const queue = Number(skillId);

  const accounts: { readonly account: string; readonly accountPassword: string; readonly workNo: number }[] = [];
  for (const [index, userName] of AGENTS.entries()) {
    const account = `agent${index + 1}.${tenantId}`;
    const accountPassword = `${generatePassword(14)}-7`;
    const { workNo } = await made(agentAccountCreate, vdnId, {
      userAccount: account, userName, password: accountPassword, email, agentType: VERSATILE, ccRoleId: AGENT_ROLE, skills: [{ skillId: queue, agentWeight: 1, skillWeight: 1 }],
    });
    accounts.push({ account, accountPassword, workNo });
  }
  const { agents: phones, sipServiceIp, sipServicePort } = await made(querySysInfo, vdnId, {});
  await made(createAccessCode, vdnId, { code: accessCode, media: VOICE, direction: IN_AND_OUT, description: 'Trial' });
  await made(createCalledRoute, vdnId, { accessCode, devicetype: 1, deviceid: queue });

  return {
    vdnId, tenantId, administrator, administratorPassword, accessCode, sip: { host: sipServiceIp, port: sipServicePort },
    agents: accounts.map((agent) => {
      const phone = phones.find(({ workNo }) => workNo === agent.workNo);
      return { ...agent, password: phone?.password ?? '', phone: phone?.sipAccount ?? '', phonePassword: phone?.sipPwd ?? '' };
    }),
  };
}

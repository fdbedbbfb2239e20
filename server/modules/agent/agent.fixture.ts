import assert from 'node:assert/strict';
import { createClient, withBearer } from '@parley/contract/client.ts';
import { agentAccountCreate, agentAccountQuery } from '@parley/contract/configuration/agent-account.ts';
import { querySysInfo } from '@parley/contract/configuration/agent-information.ts';
import { createSkill } from '@parley/contract/configuration/queue.ts';
import type { Input, Result } from '@parley/contract/operation.ts';
import { recorded } from '../../testing/operation-test.ts';
import type { TestServer, TestTenant } from '../../testing/server.ts';

/** What the tests of agents share. */
export type NewAgent = Input<typeof agentAccountCreate>;
export type ShownAgent = Result<typeof agentAccountQuery>['data'][number];

export const PASSWORD = 'Te$t1234';
export const DAY_MS = 86_400_000;
export const MINUTE_MS = 60_000;

export const newAgent = (userAccount: string, changes: Partial<NewAgent> = {}): NewAgent => ({
  userAccount, userName: 'Ann', password: PASSWORD, email: 'ann@example.com', agentType: 4, ccRoleId: 2, ...changes,
});

/** Creates an agent and answers its work number. */
export async function createAgent(tenant: TestTenant, userAccount: string, changes: Partial<NewAgent> = {}): Promise<number> {
  const { body } = await tenant.client.call(agentAccountCreate, newAgent(userAccount, changes));
  assert.equal(body['resultCode'], '0', String(body['resultMessage']));
  return body.workNo;
}

export async function showAgent(tenant: TestTenant, userAccount: string): Promise<ShownAgent | undefined> {
  return (await tenant.client.call(agentAccountQuery, { userAccount })).body.data[0];
}

const release = { transferType: 'Release' } as const;
const sound = { answerFunction: '0', waitVoice: { parameterType: 'Voice' } } as const;

/** Creates queues of these media types; their ids are 1, 2, and so on in a fresh tenant. */
export async function createQueues(tenant: TestTenant, ...media: readonly (5 | 53 | 19 | 2 | 18)[]): Promise<void> {
  for (const [index, mediaTypeId] of media.entries()) {
    const { body } = await tenant.client.call(createSkill, {
      mediaTypeId, description: 'a queue', name: `queue ${index + 1}`, maxWaitTime: 60, maxWaitNum: 10, maxAgentWrapupTime: 5,
      skillParam: { noAgents: release, busy: release, timeOut: release, ...(mediaTypeId === 5 || mediaTypeId === 19 ? sound : {}) },
    });
    assert.equal(body['returnCode'], '0', String(body['description']));
  }
}

export const skill = (skillId: number, agentWeight = 1, skillWeight = 1) => ({ skillId, agentWeight, skillWeight });

/** What a work number signs in with, as 5.1.9 shows it. */
export async function phoneOf(tenant: TestTenant, workNo: number): Promise<Result<typeof querySysInfo>['agents'][number] | undefined> {
  return (await tenant.client.call(querySysInfo, {})).body.agents.find((agent) => agent.workNo === workNo);
}

/** The tenant with a token of the present: the old one has expired when the clock has leapt. */
export async function reopen(server: TestServer, tenant: TestTenant): Promise<TestTenant> {
  const token = await server.parley.tokens.issue({ vdnId: tenant.vdnId, kind: 'C1', subject: tenant.appKey, lifeMs: 3_600_000 });
  return { ...tenant, client: recorded(createClient({ baseUrl: server.url, authorize: withBearer(token) }), server.parley) };
}

import assert from 'node:assert/strict';
import type { Reply } from '@parley/contract/client.ts';
import { createSkill } from '@parley/contract/configuration/queue.ts';
import type { Result } from '@parley/contract/operation.ts';
import { openDesk, type Desk } from './desk.ts';
import { startTestServer, type TestServer, type TestTenant } from './server.ts';

const release = { transferType: 'Release' } as const;

/** A tenant with voice queues and desks, for the tests of calls. */
export interface Floor {
  readonly server: TestServer;
  readonly tenant: TestTenant;
  readonly queue: number;
  /** A new agent of the queue, signed in, whose first events have been fetched. */
  readonly agent: (changes?: Parameters<Desk['signIn']>[0]) => Promise<Desk>;
  /** An agent in a call with a customer. */
  readonly talking: (changes?: Parameters<Desk['signIn']>[0]) => Promise<{ readonly desk: Desk; readonly agentid: number; readonly call: string }>;
  /** Takes agents out of service, so that the next test has the queue for itself. */
  readonly leave: (...desks: readonly Desk[]) => Promise<void>;
  /** Somebody calls in for the queue; answers the call's id. */
  readonly callIn: (caller?: string) => Promise<string>;
}

export const codeOf = (reply: { readonly body: unknown }): unknown => (reply.body as { retcode?: string }).retcode;

/** What stands in the reply's `result`; nothing does in a refusal's. */
export const resultOf = <Op>(reply: Reply<Op>): Result<Op> => (reply.body as unknown as { readonly result: Result<Op> }).result;

let legs = 0;

export async function openFloor(): Promise<Floor> {
  const server = await startTestServer();
  return newFloor(server, await server.tenant());
}

export async function newFloor(server: TestServer, tenant: TestTenant): Promise<Floor> {
  const { body } = await tenant.client.call(createSkill, {
    mediaTypeId: 5, description: 'a queue', name: 'sales', maxWaitTime: 60, maxWaitNum: 10, maxAgentWrapupTime: 5,
    skillParam: { noAgents: release, busy: release, timeOut: release, answerFunction: '0', waitVoice: { parameterType: 'Voice' } },
  });
  const queue = Number(body.skillId);
  assert.ok(queue > 0, JSON.stringify(body));
  const { engine } = server.parley.gateway;
  const { vdnId } = tenant;
  const agent: Floor['agent'] = async (changes = {}) => {
    const desk = await openDesk(server, tenant, { queues: [queue] });
    await desk.signIn(changes);
    await desk.until('AgentState_Ready');
    return desk;
  };
  const callIn: Floor['callIn'] = async (caller = '13800000001') => {
    legs += 1;
    const { result = '' } = await engine.send(vdnId, { kind: 'arrive', leg: `${vdnId}-in${legs}`, caller, called: '12345', to: { kind: 'queue', queue } });
    return result;
  };
  return {
    server, tenant, queue, agent, callIn,
    talking: async (changes = {}) => {
      const desk = await agent(changes);
      const call = await callIn();
      await desk.until('AgentEvent_Talking');
      return { desk, agentid: desk.workNo, call };
    },
    leave: async (...desks) => {
      for (const { workNo } of desks) await engine.send(vdnId, { kind: 'signOut', agent: workNo, force: true });
    },
  };
}

import assert from 'node:assert/strict';
import { createClient, withBearer, type Client } from '@parley/contract/client.ts';
import { listAgents } from '../modules/agent/index.ts';
import { recorded } from './operation-test.ts';
import type { TestServer } from './server.ts';

/** The console's session of an agent's own account. */
export interface AgentSession {
  readonly client: Client;
  readonly token: string;
  readonly account: string;
}

export async function agentSession({ world, parley, url }: TestServer, vdnId: number, workNo: number): Promise<AgentSession> {
  const [agent] = await listAgents(world.db, vdnId, [workNo]);
  assert.ok(agent !== undefined, `there is no agent ${workNo}`);
  const token = await parley.tokens.issue({ vdnId, kind: 'session', subject: agent.account, lifeMs: 3_600_000 });
  return { token, account: agent.account, client: recorded(createClient({ baseUrl: url, authorize: withBearer(token) }), parley) };
}

import assert from 'node:assert/strict';
import type { TSchema } from 'typebox';
import { createClient, type Client } from '@parley/contract/client.ts';
import { agentAccountCreate } from '@parley/contract/configuration/agent-account.ts';
import { querySysInfo } from '@parley/contract/configuration/agent-information.ts';
import { agentEventPoll } from '@parley/contract/gateway/agent-event.ts';
import { agentForceLogin, agentLogin } from '@parley/contract/gateway/agent-session.ts';
import type { AgentEvents, AgentEventType } from '@parley/contract/gateway/events.ts';
import type { Input, Operation, OperationParts } from '@parley/contract/operation.ts';
import { recorded } from './operation-test.ts';
import type { TestServer, TestTenant } from './server.ts';

export interface DeskEvent {
  readonly eventType: string;
  readonly workNo: string;
  readonly content: unknown;
}

/** An agent's desktop in a test: it signs in and polls, as clients of the field do. */
export interface Desk {
  readonly workNo: number;
  readonly password: string;
  readonly phone: string;
  /** Calls operations with the GUID of the sign-in. */
  readonly client: Client;
  readonly signIn: (changes?: Partial<Input<typeof agentLogin>>) => Promise<void>;
  readonly forceSignIn: (changes?: Partial<Input<typeof agentForceLogin>>) => Promise<void>;
  /** Calls an operation of this agent and answers its code. */
  readonly code: <Parts extends OperationParts, R extends TSchema>(op: Operation<Parts, R>, input?: object) => Promise<string>;
  /** The GUID now; `wear` puts on another one. */
  readonly guid: () => string;
  readonly wear: (guid: string) => void;
  /** Fetches the next event, or undefined when none came. */
  readonly poll: () => Promise<DeskEvent | undefined>;
  /** Polls until nothing more comes, and answers the types of what came. */
  readonly news: () => Promise<readonly string[]>;
  /** Polls until an event of this type comes, and answers its content; what comes before is passed over. */
  readonly until: <Type extends AgentEventType>(eventType: Type) => Promise<AgentEvents[Type]>;
}

const UNTIL_MS = 10_000;

let made = 0;

/** A new agent of the tenant, not yet signed in. */
export async function openDesk(
  server: TestServer, tenant: TestTenant,
  { queues = [], account = `agent-${made += 1}`, ...agent }: { readonly queues?: readonly number[]; readonly account?: string; readonly agentType?: 4 | 5 | 11 | 99; readonly ccRoleId?: 2 | 3 | 4 } = {},
): Promise<Desk> {
  const { body } = await tenant.client.call(agentAccountCreate, {
    userAccount: account, userName: account, password: 'Te$t1234', email: 'ann@example.com', agentType: 4, ccRoleId: 2, ...agent,
    ...(queues.length === 0 ? {} : { skills: queues.map((skillId) => ({ skillId, agentWeight: 1, skillWeight: 1 })) }),
  });
  assert.equal(body['resultCode'], '0', String(body['resultMessage']));
  const { workNo } = body;
  const found = (await tenant.client.call(querySysInfo, {})).body.agents.find((one) => one.workNo === workNo);
  assert.ok(found !== undefined);
  return deskOf(server, { workNo, password: found.password, phone: found.sipAccount });
}

/** The desktop of an agent that is there already. */
export function deskOf(server: TestServer, { workNo, password, phone }: { readonly workNo: number; readonly password: string; readonly phone: string }): Desk {
  let guid = '';
  const client = recorded(createClient({ baseUrl: server.url, authorize: (): Record<string, string> => (guid === '' ? {} : { Guid: guid }) }), server.parley);
  const take = (headers: Headers): void => { guid = headers.get('guid') ?? guid; };
  const poll = async (): Promise<DeskEvent | undefined> => {
    const reply = await client.call(agentEventPoll, { agentid: workNo });
    assert.ok(reply.ok, JSON.stringify(reply.body));
    take(reply.headers);
    return reply.body.event;
  };
  return {
    workNo, password, phone, client,
    signIn: async (changes = {}) => {
      const reply = await client.call(agentLogin, { agentid: workNo, password, phonenum: phone, releasephone: false, ...changes });
      assert.ok(reply.ok, JSON.stringify(reply.body));
      take(reply.headers);
    },
    forceSignIn: async (changes = {}) => {
      const reply = await client.call(agentForceLogin, { agentid: workNo, password, phonenum: phone, ...changes });
      assert.ok(reply.ok, JSON.stringify(reply.body));
      take(reply.headers);
    },
    code: async (op, input = {}) => String((await client.call(op, { agentid: workNo, ...input } as never)).body['retcode']),
    guid: () => guid,
    wear: (other) => { guid = other; },
    poll,
    news: async () => {
      // What is under way is in the outbox then, however long an empty poll waits.
      await server.parley.gateway.engine.idle();
      const types: string[] = [];
      for (let event = await poll(); event !== undefined; event = await poll()) types.push(event.eventType);
      return types;
    },
    until: async (eventType) => {
      for (const end = Date.now() + UNTIL_MS; Date.now() < end;) {
        const event = await poll();
        if (event?.eventType === eventType) return event.content as AgentEvents[typeof eventType];
      }
      throw new Error(`${eventType} did not come`);
    },
  };
}

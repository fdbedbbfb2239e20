import assert from 'node:assert/strict';
import { createSkill } from '@parley/contract/configuration/queue.ts';
import type { AgentEvents, AgentEventType } from '@parley/contract/gateway/events.ts';
import type { Input } from '@parley/contract/operation.ts';
import type { agentLogin } from '@parley/contract/gateway/agent-session.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { createMessageBook, type MessageBook } from '../../testing/message-book.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';

const release = { transferType: 'Release' } as const;

export type Told = readonly [type: string, content: unknown];

/** A tenant with queues for text, whose customers write by a channel in memory. */
export interface ChatFloor {
  readonly server: TestServer;
  readonly tenant: TestTenant;
  readonly book: MessageBook;
  readonly queue: number;
  readonly newQueue: (name: string) => Promise<number>;
  /** A new agent, signed in, whose first events have been fetched. */
  readonly agent: (changes?: Partial<Input<typeof agentLogin>>, queues?: readonly number[]) => Promise<Desk>;
  /** Somebody begins to write to a queue; answers the session's id. */
  readonly writes: (queue?: number) => Promise<string>;
  readonly says: (call: string, text: string) => Promise<boolean>;
  readonly goes: (call: string) => Promise<void>;
  /** What an agent has been told since the last time. */
  readonly told: (desk: Desk) => Promise<readonly Told[]>;
  readonly later: (ms: number) => Promise<void>;
  /** Takes agents out of service and ends all sessions, so that the next test begins with none. */
  readonly leave: (...desks: readonly Desk[]) => Promise<void>;
}

export const CUSTOMER = 'visitor-88880022';
export const CALLED = '20012';

export async function openChatFloor(): Promise<ChatFloor> {
  const book = createMessageBook();
  const server = await startTestServer({ world: { messages: book, pollWaitMs: 20 } });
  return chatFloorOf(server, await server.tenant(), book);
}

export async function chatFloorOf(server: TestServer, tenant: TestTenant, book: MessageBook): Promise<ChatFloor> {
  const { vdnId } = tenant;
  const { engine, received } = server.parley.gateway;
  const newQueue: ChatFloor['newQueue'] = async (name) => {
    const { body } = await tenant.client.call(createSkill, {
      mediaTypeId: 53, description: 'a queue', name, maxWaitTime: 60, maxWaitNum: 10, maxAgentWrapupTime: 0, skillParam: { noAgents: release, busy: release, timeOut: release },
    });
    assert.equal(body['returnCode'], '0', JSON.stringify(body));
    return Number(body.skillId);
  };
  const queue = await newQueue('chats');
  return {
    server, tenant, book, queue, newQueue,
    agent: async (changes = {}, queues = [queue]) => {
      const desk = await openDesk(server, tenant, { queues, agentType: 5 });
      await desk.signIn(changes);
      await desk.until('AgentState_Ready');
      return desk;
    },
    writes: async (to = queue) => {
      const { result, refused } = await engine.send(vdnId, { kind: 'chatArrives', queue: to, channel: 'web-1', media: 51, user: CUSTOMER, called: CALLED });
      assert.ok(result !== undefined, JSON.stringify(refused));
      return result;
    },
    says: (call, text) => received(vdnId, call, text),
    goes: async (call) => { assert.equal((await engine.send(vdnId, { kind: 'chatLeaves', call })).refused, undefined); },
    told: async (desk) => {
      await engine.idle();
      const events: Told[] = [];
      for (let event = await desk.poll(); event !== undefined; event = await desk.poll()) events.push([event.eventType, event.content]);
      return events;
    },
    later: async (ms) => {
      server.advance(ms);
      await server.settle();
    },
    leave: async (...desks) => {
      for (const { workNo } of desks) await engine.send(vdnId, { kind: 'signOut', agent: workNo, force: true });
      for (const call of await engine.view(vdnId, ({ calls }) => [...calls.keys()])) await engine.send(vdnId, { kind: 'chatLeaves', call });
    },
  };
}

const event = <Type extends AgentEventType>(type: Type, content: AgentEvents[Type]): Told => [type, content];

/** The events about one session, as they should be told. */
export function eventsOf(call: string, changes: Partial<AgentEvents['AgentEvent_Ringing']> = {}) {
  const offer = {
    caller: CUSTOMER, transfer: 'no' as const, callid: call, transfrom: '', called: CALLED, type: 'main' as const, mediaAbility: '5' as const, feature: '0', ...changes,
  };
  return {
    ringing: event('AgentEvent_Ringing', offer),
    autoAnswer: event('AgentEvent_Auto_Answer', offer),
    info: (queue: number, skillName: string, more: Partial<AgentEvents['AgentEvent_Incoming_CallInfo']> = {}) => event('AgentEvent_Incoming_CallInfo', {
      callId: call, skillName, skillId: queue, caller: CUSTOMER, called: CALLED, lastReleaseAgentId: 65_535, mediaType: 53,
      releaseAndReQueueCount: 0, releaseAndReQueueCallFlag: 0, ...more,
    }),
    talking: event('AgentEvent_Talking', { caller: CUSTOMER, callid: call, called: CALLED, feature: '0', type: 'main', mediaAbility: '5' }),
    message: (message: string) => event('AgentEvent_MessageData', { callid: call, caller: CUSTOMER, called: CALLED, feature: 0, type: 'main', message, mediaAbility: '5' }),
    customerGone: event('AgentEvent_Customer_Release', { callid: call, number: CUSTOMER }),
    release: event('AgentEvent_Call_Release', call),
    noAnswer: event('AgentEvent_No_Answer', call),
    transferred: (result: number) => event('AgentEvent_SuccTransResult', { result, callId: call }),
  };
}

export const BUSY = event('AgentState_Busy', null);
export const READY = event('AgentState_Ready', null);

/** The message of the example of 6.1.5.1. */
export const TABLE_6_255 = {
  from: '202301032048582419', to: '1672709693442874044', channel: 'WEB', controlType: 'CHAT', mediaType: 'TEXT',
  messageCode: 'b72d414f-97ca-4897-bc9f-a727ad92ff12', content: '<p>Good morning</p>', senderNickname: 'Agent', senderAvatar: 'DefaultAvatar',
  sendTime: 1_678_109_503_317, userId: '1672709693442874044',
};

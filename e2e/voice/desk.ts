import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { TSchema } from 'typebox';
import { createClient, type Reply } from '@parley/contract/client.ts';
import { agentEventPoll } from '@parley/contract/gateway/agent-event.ts';
import { agentForceLogin, agentLogout } from '@parley/contract/gateway/agent-session.ts';
import type { AgentEvents, AgentEventType } from '@parley/contract/gateway/events.ts';
import type { Input, Operation, OperationParts, Result } from '@parley/contract/operation.ts';
import { until } from '../../server/testing/until.ts';

/** Somebody's account: how one signs in at a desk, and how the phone does. */
export interface Account {
  readonly workNo: number;
  readonly password: string;
  readonly number: string;
  readonly sipPassword: string;
}

/** An agent's desktop, on long poll from signing in to signing out. */
export interface Desk extends Account {
  /** Calls an operation of this agent; a refusal is a fault of the test. */
  readonly does: <Parts extends OperationParts, R extends TSchema>(op: Operation<Parts, R>, input?: Partial<Input<Operation<Parts, R>>>) => Promise<void>;
  /** Calls an operation, and answers what stands in the reply's `result`. */
  readonly asks: <Parts extends OperationParts, R extends TSchema>(op: Operation<Parts, R>, input: Omit<Input<Operation<Parts, R>>, 'agentid'>) => Promise<Result<Operation<Parts, R>>>;
  /** Calls an operation that may be refused, and answers its code. */
  readonly code: <Parts extends OperationParts, R extends TSchema>(op: Operation<Parts, R>, input?: Partial<Input<Operation<Parts, R>>>) => Promise<unknown>;
  /** Calls an operation that answers with a file. */
  readonly downloads: <Parts extends OperationParts, R extends TSchema>(op: Operation<Parts, R>, input: Omit<Input<Operation<Parts, R>>, 'agentid'>) => Promise<Uint8Array>;
  /** What it is told from now on, up to an event of this type. */
  readonly upTo: (type: AgentEventType) => Promise<readonly string[]>;
  /** The content of the next event of this type; what comes before is passed over. */
  readonly next: <Type extends AgentEventType>(type: Type) => Promise<AgentEvents[Type]>;
  /** What it has been told since it was last asked, when nothing more comes for a while. */
  readonly rest: () => Promise<readonly string[]>;
  readonly leave: () => Promise<void>;
}

interface Told {
  readonly type: string;
  readonly content: unknown;
}

const PATIENCE_MS = 15_000;
const QUIET_MS = 400;
const PAUSE_MS = 50;
const TOO_MANY = '999-002';

/** Signs an agent in with the phone of its account. */
export async function openDesk(url: string, account: Account, changes: Partial<Input<typeof agentForceLogin>> = {}): Promise<Desk> {
  const agentid = account.workNo;
  let guid = '';
  const client = createClient({ baseUrl: url, authorize: (): Record<string, string> => (guid === '' ? {} : { Guid: guid }) });
  const told: Told[] = [];
  const faults: string[] = [];
  let read = 0;
  const leaving = new AbortController();

  const signIn = async (): Promise<void> => {
    const reply = await client.call(agentForceLogin, { agentid, password: account.password, phonenum: account.number, releasephone: true, ...changes });
    if (reply.body['retcode'] === TOO_MANY) {
      await pause(PAUSE_MS);
      return signIn();
    }
    assert.ok(reply.ok, JSON.stringify(reply.body));
    guid = reply.headers.get('guid') ?? '';
  };
  await signIn();
  /** Whoever is cut off tries to come back, as Parley may have been restarted. */
  const poll = async (untilMs: number): Promise<Reply<typeof agentEventPoll>> => {
    try {
      return await client.call(agentEventPoll, { agentid });
    } catch (error) {
      if (leaving.signal.aborted || Date.now() > untilMs) throw error;
      await pause(PAUSE_MS);
      return poll(untilMs);
    }
  };
  const polling = (async () => {
    while (!leaving.signal.aborted) {
      const { ok, body, headers } = await poll(Date.now() + PATIENCE_MS);
      guid = headers.get('guid') ?? guid;
      if (!ok) {
        if (!leaving.signal.aborted) faults.push(JSON.stringify(body));
        return;
      }
      if (body.event !== undefined) told.push({ type: body.event.eventType, content: body.event.content });
    }
  })().catch((error: unknown) => { if (!leaving.signal.aborted) faults.push(String(error)); });

  /** Takes what came up to an event of this type. */
  const take = async (type: AgentEventType): Promise<readonly Told[]> => {
    const from = read;
    const find = (): number => told.findIndex((one, index) => index >= from && one.type === type);
    await until(() => find() >= 0 || faults.length > 0, `agent ${agentid} is told ${type}; told were ${JSON.stringify(told.slice(from))}`, PATIENCE_MS)
      .catch(() => { throw new Error(`agent ${agentid} was not told ${type}, but ${JSON.stringify(told.slice(from))}`); });
    assert.deepEqual(faults, []);
    read = find() + 1;
    return told.slice(from, read);
  };

  const call = async <Parts extends OperationParts, R extends TSchema>(op: Operation<Parts, R>, input: object) => {
    const { ok, body, bytes } = await client.call(op, { agentid, ...input } as never);
    assert.ok(ok, `${op.id} of agent ${agentid}: ${JSON.stringify(body)}`);
    return { body, bytes };
  };

  const desk: Desk = {
    ...account,
    does: async (op, input = {}) => { await call(op, input); },
    asks: async (op, input) => ((await call(op, input)).body as unknown as { readonly result: Result<typeof op> }).result,
    code: async (op, input = {}) => (await client.call(op, { agentid, ...input } as never)).body['retcode'],
    downloads: async (op, input) => (await call(op, input)).bytes,
    upTo: async (type) => (await take(type)).map((one) => one.type),
    next: async (type) => (await take(type)).at(-1)?.content as AgentEvents[typeof type],
    rest: async () => {
      for (let seen = -1; seen !== told.length;) {
        seen = told.length;
        await pause(QUIET_MS);
      }
      const types = told.slice(read).map((one) => one.type);
      read = told.length;
      return types;
    },
    leave: async () => {
      leaving.abort();
      await client.call(agentLogout, { agentid });
      await polling;
    },
  };
  // Signing in is told first.
  await desk.upTo('AgentState_Ready');
  return desk;
}

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { followLive, LIVE_EVENTS, type liveAgent, type liveQueue } from '@parley/contract/admin/live.ts';
import { signOut } from '@parley/contract/admin/session.ts';
import { changeUser } from '@parley/contract/admin/user.ts';
import { createClient, withBearer } from '@parley/contract/client.ts';
import { createSkill } from '@parley/contract/configuration/queue.ts';
import { follow, type StreamedEvent } from '@parley/contract/event-stream.ts';
import { sayBusy, cancelBusy } from '@parley/contract/gateway/agent-state.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { listFigures } from '@parley/contract/admin/figure.ts';
import { ringsForever } from '../../../sim/parties.ts';
import { agentSession } from '../../testing/agent-session.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { until } from '../../testing/until.ts';

const BEAT_MS = 50;
/** How soon it is told of what nothing was told of for a while. */
const AT_ONCE_MS = 500;
const PACE_MS = 500;

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor({ inTheMorning: true, clockStands: false, world: { streamBeatMs: BEAT_MS } }); });
after(() => floor.server.close());

type Queue = Static<typeof liveQueue>;
type Agent = Static<typeof liveAgent>;

const validators = { snapshot: Compile(LIVE_EVENTS.snapshot), queue: Compile(LIVE_EVENTS.queue), agent: Compile(LIVE_EVENTS.agent) };

/** A page that follows, and shows what it is told. */
interface Page {
  readonly queues: Map<number, Queue>;
  readonly agents: Map<number, Agent>;
  readonly told: { readonly name: string; readonly at: number; readonly id: number }[];
  isOver: boolean;
  readonly close: () => void;
}

const pages: Page[] = [];
afterEach(async () => {
  for (const page of pages.splice(0)) page.close();
  await floor.clear();
});

function put(page: Page, { name, data }: StreamedEvent): void {
  assert.ok(name === 'snapshot' || name === 'queue' || name === 'agent', name);
  assert.ok(validators[name].Check(data), `${name} ${JSON.stringify(data)}`);
  const at = Date.now();
  if (name === 'snapshot') {
    const { queues, agents } = data as { queues: Queue[]; agents: Agent[] };
    page.queues.clear();
    page.agents.clear();
    for (const queue of queues) page.queues.set(queue.queueId, queue);
    for (const agent of agents) page.agents.set(agent.workNo, agent);
    page.told.push({ name, at, id: 0 });
  } else if (name === 'queue') {
    page.queues.set((data as Queue).queueId, data as Queue);
    page.told.push({ name, at, id: (data as Queue).queueId });
  } else {
    const agent = data as Agent;
    if (agent.state === 'signedOut') page.agents.delete(agent.workNo);
    else page.agents.set(agent.workNo, agent);
    page.told.push({ name, at, id: agent.workNo });
  }
}

async function open(token: string, headers: Record<string, string> = {}): Promise<Page> {
  const abort = new AbortController();
  const page: Page = { queues: new Map(), agents: new Map(), told: [], isOver: false, close: () => { abort.abort(); } };
  pages.push(page);
  const events = follow({ baseUrl: floor.server.url, authorize: (request) => ({ ...withBearer(token)(request) as Record<string, string>, ...headers }) }, followLive, {}, abort.signal);
  const first = await events.next();
  assert.ok(first.done !== true && first.value.name === 'snapshot');
  put(page, first.value);
  const read = async (): Promise<void> => { for await (const event of events) put(page, event); };
  read().catch((error: unknown) => { if (!abort.signal.aborted) throw error; }).finally(() => { page.isOver = true; });
  return page;
}

async function tokenOf(role: 'supervisor' | 'operator', vdnId = floor.tenant.vdnId): Promise<{ readonly token: string; readonly account: string }> {
  const { parley, world } = floor.server;
  const account = `${role}-${Math.random().toString(36).slice(2, 10)}`;
  await parley.accounts.insert(world.db, vdnId, { account, name: account, role, email: '', phone: '', passwordHash: '' }, world.clock());
  return { account, token: await parley.tokens.issue({ vdnId, kind: 'session', subject: account, lifeMs: 3_600_000 }) };
}
const supervisor = async (): Promise<Page> => open((await tokenOf('supervisor')).token);

const once = (client = floor.tenant.administrator) => client.call(followLive, { once: true });

describeOperation(followLive, {
  example: async () => {
    const desk = await floor.agent();
    const { ok, headers, bytes } = await once();
    assert.ok(ok);
    assert.equal(headers.get('content-type'), 'text/event-stream; charset=utf-8');
    const [, json = ''] = /^event: snapshot\ndata: (.*)$/m.exec(Buffer.from(bytes).toString()) ?? [];
    const snapshot: unknown = JSON.parse(json);
    assert.ok(validators.snapshot.Check(snapshot));
    assert.deepEqual(snapshot.agents.map(({ workNo, state, queues }) => [workNo, state, queues]), [[desk.workNo, 'idle', [floor.queue]]]);
    const [queue] = snapshot.queues;
    assert.deepEqual([queue?.name, queue?.signedIn, queue?.ready, queue?.waiting, queue?.longestSince], ['sales', 1, 1, 0, null]);
    assert.ok(queue?.today != null, 'the figures of today are there');
  },
  badInput: async () => {
    assert.equal((await once(floor.server.anyone)).status, 401);
    assert.equal((await once(await floor.server.signedIn(floor.tenant.vdnId, 'agent'))).status, 403, 'the account of no agent');
    assert.equal((await once(await floor.server.signedIn(0, 'operator'))).status, 403, 'an operator says which tenant');
    assert.equal((await floor.tenant.administrator.call(followLive, { once: 'x' as never })).status, 400);
  },
  effect: async () => {
    const desk = await floor.agent();
    await desk.client.call(sayBusy, { agentid: desk.workNo, reason: 201 });
    const told = Buffer.from((await once()).bytes).toString();
    assert.match(told, new RegExp(`"workNo":${desk.workNo},[^}]*"state":"busy",[^}]*"reason":201`));
  },
});

describe('what happens is told', () => {
  test('soon: a caller waits, is rung through, talks and goes', async () => {
    const page = await supervisor();
    const desk = await floor.agent();
    await until(() => page.agents.get(desk.workNo)?.state === 'idle' && page.queues.get(floor.queue)?.ready === 1, 'the agent is there');
    await desk.client.call(sayBusy, { agentid: desk.workNo });
    await until(() => page.agents.get(desk.workNo)?.state === 'busy' && page.queues.get(floor.queue)?.busy === 1, 'the agent is busy');
    const { call, party } = await floor.customer();
    await until(() => page.queues.get(floor.queue)?.waiting === 1, 'a caller waits');
    assert.equal(typeof page.queues.get(floor.queue)?.longestSince, 'number');
    await desk.client.call(cancelBusy, { agentid: desk.workNo });
    await until(() => page.agents.get(desk.workNo)?.state === 'talking', 'they talk');
    assert.deepEqual({ ...page.agents.get(desk.workNo)?.call, since: 0 }, { callId: call, direction: 'in', queueId: floor.queue, since: 0 });
    await until(() => page.queues.get(floor.queue)?.waiting === 0 && page.queues.get(floor.queue)?.talking === 1, 'nobody waits');
    party.hangUp();
    await until(() => page.agents.get(desk.workNo)?.call === null, 'the call is over');
    await floor.leave(desk);
    await until(() => !page.agents.has(desk.workNo) && page.queues.get(floor.queue)?.signedIn === 0, 'the agent is gone');
  });

  test('at once, of what has been quiet for a while', async () => {
    const desk = await floor.agent();
    const page = await supervisor();
    const took: number[] = [];
    for (const [operation, state] of [[sayBusy, 'busy'], [cancelBusy, 'idle'], [sayBusy, 'busy'], [cancelBusy, 'idle'], [sayBusy, 'busy']] as const) {
      await pause(PACE_MS);
      await desk.client.call(operation, { agentid: desk.workNo });
      const happened = Date.now();
      await until(() => page.agents.get(desk.workNo)?.state === state, `the agent is ${state}`);
      took.push((page.told.at(-1)?.at ?? 0) - happened);
    }
    // Half of them at least, whatever else the machine does meanwhile.
    assert.ok((took.toSorted((one, other) => one - other)[2] ?? AT_ONCE_MS) < AT_ONCE_MS, String(took));
  });

  test('twice a second at most of one agent, the latest last', async () => {
    const desk = await floor.agent();
    const page = await supervisor();
    for (let one = 0; one < 15; one += 1) {
      await desk.client.call(sayBusy, { agentid: desk.workNo });
      await desk.client.call(cancelBusy, { agentid: desk.workNo });
    }
    await desk.client.call(sayBusy, { agentid: desk.workNo, reason: 203 });
    await until(() => page.agents.get(desk.workNo)?.reason === 203, 'the latest is told');
    const times = page.told.filter(({ name, id }) => name === 'agent' && id === desk.workNo).map(({ at }) => at);
    assert.ok(times.length >= 2);
    // A few milliseconds on the way make two of them seem nearer.
    for (const [index, at] of times.entries()) assert.ok(index === 0 || at - (times[index - 1] ?? 0) > 400, String(times));
  });

  test('with the service level of today, as the figures have it', async () => {
    const page = await supervisor();
    const first = page.queues.get(floor.queue)?.today;
    const { desk } = await floor.talking();
    await floor.later(3000);
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    await until(() => page.queues.get(floor.queue)?.today?.answered === (first?.answered ?? 0) + 1, 'the talk is counted');
    const figures = async () => (await floor.tenant.administrator.ask(listFigures, {
      of: 'queue', codes: 'IDX_COUNT_SKILL_REQUEST,IDX_COUNT_SKILL_CONNECTED,IDX_COUNT_SKILL_CONNECTED_IN_20', ids: String(floor.queue),
    })).figures[0]?.parts[0]?.values.map(Number) ?? [];
    const { calls, inTime } = page.queues.get(floor.queue)?.today ?? {};
    assert.deepEqual([calls, inTime], [(await figures())[0], (await figures())[2]]);
    // Rung in vain, and given up in the queue: one call.
    await desk.client.call(sayBusy, { agentid: desk.workNo });
    const deaf = await floor.agent();
    floor.voice.phone(deaf.phone).behaves(ringsForever);
    const { party } = await floor.customer();
    await floor.later(31_000);
    party.hangUp();
    await until(() => page.queues.get(floor.queue)?.today?.calls === Number(calls) + 1, 'one call is lost');
    assert.equal(page.queues.get(floor.queue)?.today?.answered, (first?.answered ?? 0) + 1);
    assert.equal((await figures())[0], Number(calls) + 2, 'of which the figures have two requests');
  });

  test('with a new snapshot when there is a new queue, and by name when somebody is called otherwise', async () => {
    const page = await supervisor();
    const desk = await floor.agent();
    const release = { transferType: 'Release' } as const;
    const { body } = await floor.tenant.client.call(createSkill, {
      mediaTypeId: 5, description: 'a second queue', name: 'support', maxWaitTime: 60, maxWaitNum: 10, maxAgentWrapupTime: 5,
      skillParam: { noAgents: release, busy: release, timeOut: release, answerFunction: '0', waitVoice: { parameterType: 'Voice' } },
    });
    assert.ok(Number(body.skillId) > 0, JSON.stringify(body));
    await until(() => page.queues.get(Number(body.skillId))?.name === 'support', 'the queue is there');
    const { account } = await agentSession(floor.server, floor.tenant.vdnId, desk.workNo);
    await floor.tenant.administrator.ask(changeUser, { account, name: 'Ann Other' });
    await until(() => page.agents.get(desk.workNo)?.name === 'Ann Other', 'the name is there');
    const [, second] = page.told;
    assert.ok(page.told.length > 1 && second !== undefined);
  });

  test('the same to everybody who follows, whenever they came', async () => {
    const [first, desk] = [await supervisor(), await floor.agent()];
    const { party } = await floor.customer();
    const second = await supervisor();
    await desk.until('AgentEvent_Talking');
    party.hangUp();
    const both = (page: Page): string => JSON.stringify([[...page.queues.values()].map(({ today: _today, ...queue }) => queue), [...page.agents]]);
    await until(() => first.agents.get(desk.workNo)?.state !== 'talking' && both(first) === both(second), 'both see the same');
  });
});

describe('nobody is told', () => {
  test('of another tenant', async () => {
    const other = await floor.server.tenant();
    const page = await open((await tokenOf('supervisor', other.vdnId)).token);
    const mine = await supervisor();
    const desk = await floor.agent();
    await until(() => mine.agents.has(desk.workNo), 'who belongs to the tenant is told');
    assert.deepEqual([page.queues.size, page.agents.size, page.told.length], [0, 0, 1]);
    const operator = await tokenOf('operator', 0);
    const acting = await open(operator.token, { 'x-parley-tenant': String(floor.tenant.vdnId) });
    assert.ok(acting.agents.has(desk.workNo));
  });

  test('of others, who is an agent', async () => {
    const [ann, bob] = [await floor.agent(), await floor.agent()];
    const page = await open((await agentSession(floor.server, floor.tenant.vdnId, ann.workNo)).token);
    assert.deepEqual([[...page.agents.keys()], page.queues.size], [[ann.workNo], 0]);
    await bob.client.call(sayBusy, { agentid: bob.workNo });
    await ann.client.call(sayBusy, { agentid: ann.workNo });
    await until(() => page.agents.get(ann.workNo)?.state === 'busy', 'the own state is told');
    assert.ok(page.told.every(({ name, id }) => name === 'snapshot' || (name === 'agent' && id === ann.workNo)));
  });

  test('after the session is over, or the account is another one', async () => {
    const { token, account } = await tokenOf('supervisor');
    const signedOut = await open(token);
    await createClient({ baseUrl: floor.server.url, authorize: withBearer(token) }).ask(signOut, {});
    await until(() => signedOut.isOver, 'the stream has ended with the session');

    const again = await floor.server.parley.tokens.issue({ vdnId: floor.tenant.vdnId, kind: 'session', subject: account, lifeMs: 3_600_000 });
    const demoted = await open(again);
    await floor.tenant.administrator.ask(changeUser, { account, role: 'agent' });
    await until(() => demoted.isOver, 'the stream has ended with the role');

    const short = await floor.server.parley.tokens.issue({ vdnId: floor.tenant.vdnId, kind: 'session', subject: (await tokenOf('supervisor')).account, lifeMs: 300 });
    const expired = await open(short);
    await until(() => expired.isOver, 'the stream has ended in time');
  });

  test('on more pages than anybody has', async () => {
    const { token } = await tokenOf('supervisor');
    for (let one = 0; one < 20; one += 1) await open(token);
    await assert.rejects(open(token), { status: 429 });
    pages[0]?.close();
    await until(async () => open(token).then(() => true, () => false), 'there is room again');
  });
});

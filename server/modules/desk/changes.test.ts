import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { Compile } from 'typebox/compile';
import { DESK_EVENTS, followDesk, showDeskNow } from '@parley/contract/admin/desk.ts';
import { withBearer, type Client } from '@parley/contract/client.ts';
import { follow } from '@parley/contract/event-stream.ts';
import { setCallAppDataEx } from '@parley/contract/gateway/call-data.ts';
import { getHold, holdCall } from '@parley/contract/gateway/call-hold.ts';
import { agentSession } from '../../testing/agent-session.ts';
import type { Desk } from '../../testing/desk.ts';
import { newFloor, type Floor } from '../../testing/floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer } from '../../testing/server.ts';
import { until } from '../../testing/until.ts';

/** How soon what a colleague does is told. */
const AT_ONCE_MS = 1000;
/** How soon it is told that others wait. */
const QUEUES_MS = 4000;
const MOST_PAGES = 20;

let server: TestServer;
before(async () => { server = await startTestServer(); });
after(() => server.close());

/** An agent who is signed in, with a page that follows the desk and asks when it is told to. */
interface Person {
  readonly desk: Desk;
  readonly client: Client;
  readonly token: string;
  readonly told: number[];
}

const pages: AbortController[] = [];
afterEach(() => { for (const page of pages.splice(0)) page.abort(); });

const changed = Compile(DESK_EVENTS.changed);

async function open(token: string): Promise<number[]> {
  const page = new AbortController();
  pages.push(page);
  const told: number[] = [];
  const read = async (): Promise<void> => {
    for await (const { name, data } of follow({ baseUrl: server.url, authorize: withBearer(token) }, followDesk, {}, page.signal)) {
      assert.ok(name === 'changed' && changed.Check(data), name);
      told.push(data.at);
    }
  };
  read().catch((error: unknown) => { if (!page.signal.aborted) throw error; });
  await until(() => told.length > 0, 'the first is told at once');
  return told;
}

async function person(floor: Floor, changes: Parameters<Floor['agent']>[0] = {}): Promise<Person> {
  const desk = await floor.agent(changes);
  const { client, token } = await agentSession(server, floor.tenant.vdnId, desk.workNo);
  return { desk, client, token, told: await open(token) };
}

const newTenant = async (): Promise<Floor> => newFloor(server, await server.tenant());

/** When the page was told of something that is not older than this. */
const toldSince = ({ told }: Person, since: number): readonly number[] => told.filter((at) => at >= since);

/** What happens is told to this one within the time; answers when it happened. */
async function hears(one: Person, happens: () => Promise<unknown>, ms: number): Promise<number> {
  const since = server.world.clock();
  await happens();
  await until(() => toldSince(one, since).length > 0, 'it is told', ms, 5);
  return since;
}

describeOperation(followDesk, {
  example: async () => {
    const floor = await newTenant();
    const { client } = await person(floor);
    const { ok, headers, bytes } = await client.call(followDesk, { once: true });
    assert.ok(ok);
    assert.equal(headers.get('content-type'), 'text/event-stream; charset=utf-8');
    const [, json = ''] = /^event: changed\ndata: (.*)$/m.exec(Buffer.from(bytes).toString()) ?? [];
    assert.ok(changed.Check(JSON.parse(json)));
  },
  badInput: async () => {
    const floor = await newTenant();
    assert.equal((await floor.tenant.administrator.call(followDesk, { once: true })).status, 403, 'the account of no agent');
    assert.equal((await server.anyone.call(followDesk, { once: true })).status, 401);
    const { client, token } = await person(floor);
    assert.equal((await client.call(followDesk, { once: 'x' as never })).status, 400);
    for (let page = 1; page < MOST_PAGES; page += 1) await open(token);
    assert.equal((await client.call(followDesk, { once: true })).status, 429, 'nobody opens pages without end');
  },
  effect: async () => {
    const floor = await newTenant();
    const [ann, bob] = [await person(floor), await person(floor)];
    const { workNo: agentid } = bob.desk;
    await server.parley.gateway.engine.send(floor.tenant.vdnId, { kind: 'callInner', agent: ann.desk.workNo, called: String(agentid), caller: '' });
    const { callid } = await bob.desk.until('AgentEvent_Talking');
    const inHand = async () => (await ann.client.ask(showDeskNow, {})).calls[0];
    await hears(ann, () => bob.desk.code(holdCall), AT_ONCE_MS);
    assert.equal((await inHand())?.parties[0]?.isHeld, true);
    await hears(ann, () => bob.desk.code(getHold), AT_ONCE_MS);
    assert.equal((await inHand())?.parties[0]?.isHeld, false);
    await hears(ann, () => bob.desk.client.call(setCallAppDataEx, { agentid, callid, calldata: 'order 4711' }), AT_ONCE_MS);
    assert.equal((await inHand())?.data, 'order 4711');
    assert.ok((await ann.client.call(followDesk, { once: true })).ok);
  },
});

describe('changes at a desk', () => {
  test('are told to those whom they concern alone', async () => {
    const [floor, foreign] = [await newTenant(), await newTenant()];
    const [ann, bob, other] = [await person(floor), await person(floor), await person(foreign)];
    assert.equal(ann.desk.workNo, other.desk.workNo, 'the same work number in both');
    // The first look at who waits finds everything new.
    await until(() => [ann, bob, other].every(({ told }) => told.length > 1), 'all have been looked at', QUEUES_MS);
    const since = await hears(ann, () => server.parley.gateway.engine.send(floor.tenant.vdnId, { kind: 'askState', agent: ann.desk.workNo, request: 'sayBusy' }), AT_ONCE_MS);
    assert.deepEqual([toldSince(bob, since), toldSince(other, since)], [[], []]);
  });

  test('are told of who waits in the agent\'s queues', async () => {
    const floor = await newTenant();
    const ann = await person(floor);
    await server.parley.gateway.engine.send(floor.tenant.vdnId, { kind: 'askState', agent: ann.desk.workNo, request: 'sayBusy' });
    await hears(ann, () => floor.callIn(), QUEUES_MS);
    assert.deepEqual((await ann.client.ask(showDeskNow, {})).queues.map(({ waiting }) => waiting), [1]);
  });
});

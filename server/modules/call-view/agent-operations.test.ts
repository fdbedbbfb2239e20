import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { listAgentOperations } from '@parley/contract/admin/agent-operation.ts';
import { cancelBusy, sayBusy } from '@parley/contract/gateway/agent-state.ts';
import type { Client } from '@parley/contract/client.ts';
import type { Desk } from '../../testing/desk.ts';
import { agentSession } from '../../testing/agent-session.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';

let floor: LiveFloor;
let supervisor: Client;
let desk: Desk;
before(async () => {
  floor = await openLiveFloor();
  supervisor = await floor.server.signedIn(floor.tenant.vdnId, 'supervisor');
  desk = await floor.agent();
});
after(() => floor.server.close());
afterEach(() => floor.server.settle());

const BUSY = 3;
const REASON = 201;

async function busyFor(ms: number): Promise<void> {
  await desk.client.call(sayBusy, { agentid: desk.workNo, reason: REASON });
  await floor.later(ms);
  await desk.client.call(cancelBusy, { agentid: desk.workNo });
}

const list = (asked: object = {}, client = supervisor) => client.ask(listAgentOperations, { workNo: desk.workNo, ...asked });
const statusOf = async (asked: object, client = supervisor): Promise<number> => (await client.call(listAgentOperations, { workNo: desk.workNo, ...asked })).status;

describeOperation(listAgentOperations, {
  example: async () => {
    await busyFor(3000);
    const { operations: [busy] } = await list({ type: BUSY, limit: 1 });
    assert.deepEqual([busy?.type, busy?.cause, busy?.callId, busy?.queueId], [BUSY, REASON, null, null]);
    assert.ok((busy?.to ?? 0) - (busy?.from ?? 0) >= 3000);
  },
  badInput: async () => {
    assert.equal(await statusOf({ workNo: 59_999 }), 404);
    assert.equal(await statusOf({ workNo: 1 }), 400);
    assert.equal(await statusOf({ before: '1~2-3' }), 400);
    assert.equal(await statusOf({ from: 5, to: 5 }), 400);
    const other = await floor.server.tenant();
    assert.equal(await statusOf({}, other.administrator), 404, 'there is no such agent in another tenant');
  },
  effect: async () => {
    const first = (await list({ type: BUSY })).operations.length;
    await busyFor(1000);
    assert.equal((await list({ type: BUSY })).operations.length, first + 1);
  },
});

test('what an agent did is told page by page, the latest first', async () => {
  for (let one = 0; one < 3; one += 1) await busyFor(1000);
  const all = (await list({ type: BUSY })).operations.map(({ id }) => id);
  const found: string[] = [];
  for (let place: string | undefined; ;) {
    const { operations, next } = await list({ type: BUSY, limit: 2, ...(place === undefined ? {} : { before: place }) });
    found.push(...operations.map(({ id }) => id));
    if (next === undefined) break;
    place = next;
  }
  assert.deepEqual(found, all);
  assert.deepEqual(found.map(Number), found.map(Number).toSorted((one, other) => other - one));
});

test('an agent sees what was done by that agent, and by no other', async () => {
  const { client } = await agentSession(floor.server, floor.tenant.vdnId, desk.workNo);
  await busyFor(1000);
  assert.ok((await list({ type: BUSY }, client)).operations.length > 0);
  const other = await floor.agent();
  assert.equal(await statusOf({ workNo: other.workNo }, client), 403);
});

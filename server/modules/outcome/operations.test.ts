import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { listAudit } from '@parley/contract/admin/audit.ts';
import { changeOutcome, createOutcome, deleteOutcome, listOutcomes } from '@parley/contract/admin/outcome.ts';
import type { Input } from '@parley/contract/operation.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';

let server: TestServer;
let tenant: TestTenant;

before(async () => { server = await startTestServer(); });
after(() => server.close());
beforeEach(async () => { tenant = await server.tenant(); });

const ORDER: Input<typeof createOutcome> = { code: 'order', name: 'Order placed', description: 'The customer has bought something.' };
const create = (...codes: readonly string[]) => Promise.all(codes.map((code) => tenant.administrator.ask(createOutcome, { code, name: `Named ${code}` })));
const codes = async (of = tenant): Promise<readonly string[]> => (await of.administrator.ask(listOutcomes, {})).outcomes.map(({ code }) => code);
const statusOf = async (input: Partial<Input<typeof createOutcome>>): Promise<number> => (await tenant.administrator.call(createOutcome, { ...ORDER, ...input })).status;

describeOperation(createOutcome, {
  example: async () => {
    assert.deepEqual(await tenant.administrator.ask(createOutcome, ORDER), { ...ORDER, enabled: true });
  },
  badInput: async () => {
    for (const code of ['', 'a b', 'ü', 'a_b', 'x'.repeat(51)]) assert.equal(await statusOf({ code }), 400, code);
    for (const name of ['', ' ', 'x'.repeat(101), 'a\u0000b']) assert.equal(await statusOf({ name }), 400, name);
    assert.equal(await statusOf({ description: 'x'.repeat(201) }), 400);
    await create('order');
    assert.equal(await statusOf({}), 409, 'the code is taken');
    assert.equal(await statusOf({ code: 'other', name: 'Named order' }), 409, 'and so is the name');
    assert.deepEqual(await codes(), ['order']);
  },
  effect: async () => {
    for (const code of ['b', 'a', 'C-1']) await create(code);
    assert.deepEqual(await codes(), ['b', 'a', 'C-1'], 'in the order in which they were made');
    assert.deepEqual(await codes(await server.tenant()), []);
    const { entries } = await tenant.administrator.ask(listAudit, { what: 'outcome' });
    assert.deepEqual(entries.map(({ operation, whatId }) => [operation, whatId]), [['createOutcome', 'C-1'], ['createOutcome', 'a'], ['createOutcome', 'b']]);
  },
});

describeOperation(listOutcomes, {
  example: async () => {
    await tenant.administrator.ask(createOutcome, ORDER);
    assert.deepEqual(await tenant.administrator.ask(listOutcomes, {}), { outcomes: [{ ...ORDER, enabled: true }] });
  },
  badInput: async () => {
    assert.equal((await server.anyone.call(listOutcomes, {})).status, 401);
    assert.equal((await (await server.signedIn(0, 'operator')).call(listOutcomes, {})).status, 403, 'an operator says which tenant');
  },
  effect: async () => {
    await tenant.administrator.ask(createOutcome, ORDER);
    for (const role of ['agent', 'supervisor'] as const) {
      const client = await server.signedIn(tenant.vdnId, role);
      assert.equal((await client.ask(listOutcomes, {})).outcomes[0]?.name, ORDER.name, role);
      assert.equal((await client.call(createOutcome, { code: 'x', name: 'x' })).status, 403);
      assert.equal((await client.call(changeOutcome, { code: 'order', enabled: false })).status, 403);
      assert.equal((await client.call(deleteOutcome, { code: 'order' })).status, 403);
    }
  },
});

describeOperation(changeOutcome, {
  example: async () => {
    await tenant.administrator.ask(createOutcome, ORDER);
    assert.deepEqual(await tenant.administrator.ask(changeOutcome, { code: 'order', place: 1, enabled: false }), { ...ORDER, enabled: false });
  },
  badInput: async () => {
    await create('order', 'other');
    const attempt = async (input: Input<typeof changeOutcome>, client = tenant.administrator): Promise<number> => (await client.call(changeOutcome, input)).status;
    assert.equal(await attempt({ code: 'nothing', enabled: false }), 404);
    assert.equal(await attempt({ code: 'order', place: 0 }), 400);
    assert.equal(await attempt({ code: 'order', name: 'Named other' }), 409);
    assert.equal(await attempt({ code: 'order', enabled: false }, (await server.tenant()).administrator), 404, 'another tenant has none of that code');
    assert.ok((await tenant.administrator.ask(listOutcomes, {})).outcomes.every(({ enabled }) => enabled));
  },
  effect: async () => {
    for (const code of ['a', 'b', 'c', 'd']) await create(code);
    await tenant.administrator.ask(changeOutcome, { code: 'd', place: 2 });
    assert.deepEqual(await codes(), ['a', 'd', 'b', 'c']);
    await tenant.administrator.ask(changeOutcome, { code: 'a', place: 400, name: ' Renamed ', description: 'When it is over.' });
    assert.deepEqual(await codes(), ['d', 'b', 'c', 'a']);
    assert.deepEqual((await tenant.administrator.ask(listOutcomes, {})).outcomes.at(-1), { code: 'a', name: 'Renamed', description: 'When it is over.', enabled: true });
    await create('e');
    assert.equal((await codes()).at(-1), 'e', 'a new one stands behind the others');
  },
});

describeOperation(deleteOutcome, {
  example: async () => {
    await tenant.administrator.ask(createOutcome, ORDER);
    assert.deepEqual(await tenant.administrator.ask(deleteOutcome, { code: 'order' }), {});
  },
  badInput: async () => {
    await create('order');
    assert.equal((await tenant.administrator.call(deleteOutcome, { code: 'Order' })).status, 404);
    assert.equal((await (await server.tenant()).administrator.call(deleteOutcome, { code: 'order' })).status, 404);
    assert.deepEqual(await codes(), ['order']);
  },
  effect: async () => {
    await create('a', 'b');
    await tenant.administrator.ask(deleteOutcome, { code: 'a' });
    assert.deepEqual(await codes(), ['b']);
    await create('a');
    assert.deepEqual(await codes(), ['b', 'a'], 'the code is free again');
  },
});

describe('the list of outcomes', () => {
  test('has each once, also when two make the same at once', async () => {
    const statuses = await Promise.all([statusOf({}), statusOf({})]);
    assert.deepEqual(statuses.toSorted(), [200, 409]);
    assert.deepEqual(await codes(), ['order']);
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { listAudit } from '@parley/contract/admin/audit.ts';
import { addTrustedUrl, createSharedKey } from '@parley/contract/admin/callback.ts';
import {
  changeIvrFlow, checkIvrFlowDefinition, createIvrFlow, deleteIvrFlow, listIvrFlows, listIvrNodeTypes, replaceIvrFlowDefinition, showIvrFlow, showIvrFlowDefinition,
} from '@parley/contract/admin/ivr-flow.ts';
import { createSkill, deleteSkill } from '@parley/contract/configuration/queue.ts';
import { composeFlows } from '../../compose-flows.ts';
import type { OutgoingRequest } from '../../engine/outgoing.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';

let server: TestServer;
let tenant: TestTenant;
const sent: OutgoingRequest[] = [];
const faults: string[] = [];

before(async () => {
  server = await startTestServer({
    world: {
      outgoing: {
        send: (request) => {
          sent.push(request);
          return Promise.resolve({ ok: true, status: 200, body: '{}' });
        },
      },
      onFault: (message) => { faults.push(message); },
    },
  });
});
after(() => server.close());

/** A tenant with a flow that has no definition. */
const fresh = async (): Promise<void> => {
  tenant = await server.tenant();
  await tenant.administrator.call(createIvrFlow, { accessCode: '6001' });
};
const saying = (text: string): object => ({ start: 'a', nodes: { a: { type: 'hangUp', prompt: text } } });
const to = (node: object): object => ({ start: 'a', nodes: { a: node } });
const replace = (definition: object, version?: number) => tenant.administrator.call(replaceIvrFlowDefinition, { id: 1, definition, ...(version === undefined ? {} : { version }) });
const shown = async (version?: number) => (await tenant.administrator.call(showIvrFlowDefinition, { id: 1, ...(version === undefined ? {} : { version }) })).body;
const check = async (definition: object) => (await tenant.administrator.call(checkIvrFlowDefinition, { definition })).body.faults;
const exampleOf = (op: { readonly examples?: readonly { readonly request?: object; readonly response?: object }[] }) => ({ request: op.examples?.[0]?.request as never, response: op.examples?.[0]?.response as never });

const release = { transferType: 'Release' } as const;
const queue = async (): Promise<void> => {
  const reply = await tenant.client.call(createSkill, {
    mediaTypeId: 5, description: 'a queue', name: 'one', maxWaitTime: 60, maxWaitNum: 100, maxAgentWrapupTime: 5,
    skillParam: { noAgents: release, busy: release, timeOut: release, answerFunction: '0', waitVoice: { parameterType: 'Voice' } },
  });
  assert.ok(reply.ok);
};

describeOperation(replaceIvrFlowDefinition, {
  example: async () => {
    await fresh();
    const { request, response } = exampleOf(replaceIvrFlowDefinition);
    const { body } = await tenant.administrator.call(replaceIvrFlowDefinition, { ...request as object, id: 1 } as never);
    assert.deepEqual({ ...body, versions: [] }, { ...response as object, id: 1, versions: [] });
  },
  badInput: async () => {
    await fresh();
    assert.equal((await tenant.administrator.call(replaceIvrFlowDefinition, { id: 9, definition: saying('x') })).status, 404);
    const { status, body } = await replace({ start: 'a', nodes: { a: { type: 'say', text: '${x}', next: 'b' }, c: {} } });
    assert.equal(status, 400);
    assert.match(JSON.stringify(body['error']), /node c, type must be one of .*; node a, text there is no variable x: nothing ever sets it; node a, next there is no node b/);
    assert.equal((body['error'] as { field: string }).field, 'definition.nodes.c.type');
    assert.equal((await shown()).version, 0, 'nothing was changed');
  },
  effect: async () => {
    await fresh();
    await replace(saying('one'));
    assert.deepEqual((await tenant.administrator.call(showIvrFlow, { id: 1 })).body.definition, saying('one'));
  },
});

describeOperation(showIvrFlowDefinition, {
  example: async () => {
    await fresh();
    const { response } = exampleOf(showIvrFlowDefinition);
    await replace((response as { definition: object }).definition);
    const body = await shown(1);
    assert.deepEqual({ ...body, versions: [] }, { ...response as object, id: 1, versions: [] });
    assert.deepEqual(body.versions.map(({ version }) => version), [1]);
  },
  badInput: async () => {
    await fresh();
    assert.equal((await tenant.administrator.call(showIvrFlowDefinition, { id: 2 })).status, 404);
    assert.equal((await tenant.administrator.call(showIvrFlowDefinition, { id: 1, version: 1 })).status, 404);
    assert.equal((await tenant.administrator.call(showIvrFlowDefinition, { id: 1, version: 2 ** 40 })).status, 400);
  },
  effect: async () => {
    await fresh();
    assert.deepEqual(await shown(), { id: 1, version: 0, definition: {}, versions: [] });
    await replace(saying('one'));
    await tenant.administrator.call(changeIvrFlow, { id: 1, definition: saying('two') });
    assert.deepEqual([(await shown()).definition, (await shown(1)).definition, (await shown()).versions.map(({ version }) => version)], [saying('two'), saying('one'), [2, 1]]);
  },
});

describeOperation(checkIvrFlowDefinition, {
  example: async () => {
    await fresh();
    const { request, response } = exampleOf(checkIvrFlowDefinition);
    const found = await check((request as { definition: object }).definition);
    assert.deepEqual(found, [...(response as { faults: object[] }).faults, { node: 'ask', field: 'file', message: 'there is no approved voice file 1323606152730207249' }]);
  },
  badInput: async () => {
    await fresh();
    assert.equal((await tenant.administrator.call(checkIvrFlowDefinition, { definition: [] })).status, 400);
    assert.equal((await (await server.signedIn(tenant.vdnId, 'agent')).call(checkIvrFlowDefinition, { definition: {} })).status, 403);
  },
  effect: async () => {
    await fresh();
    assert.deepEqual(await check(to({ type: 'queue', queue: 1 })), [{ node: 'a', field: 'queue', message: 'there is no skill queue 1' }]);
    await queue();
    assert.deepEqual(await check(to({ type: 'queue', queue: 1 })), []);
    assert.equal((await shown()).version, 0, 'nothing was changed');
  },
});

describeOperation(listIvrNodeTypes, {
  example: async () => {
    await fresh();
    const { body: { types, flow } } = await tenant.administrator.call(listIvrNodeTypes, {});
    assert.deepEqual(types.find(({ type }) => type === 'wait')?.fields, {
      type: 'object', additionalProperties: false, required: ['seconds', 'next'],
      properties: { seconds: { type: 'number', minimum: 0.1, maximum: 3600, 'x-kind': 'seconds' }, next: { type: 'string', 'x-kind': 'node' } },
    });
    assert.deepEqual((flow as { required: string[] }).required, ['start']);
  },
  badInput: async () => {
    await fresh();
    assert.equal((await (await server.signedIn(tenant.vdnId, 'agent')).call(listIvrNodeTypes, {})).status, 403);
  },
  effect: async () => {
    await fresh();
    const { body: { types } } = await tenant.administrator.call(listIvrNodeTypes, {});
    for (const { type } of types) {
      const found = await check(to({ type }));
      assert.ok(found.every(({ field }) => field !== 'type'), type);
    }
  },
});

describe('definitions', () => {
  test('of two who change the same one, the second is told', async () => {
    await fresh();
    const replies = await Promise.all([replace(saying('one'), 0), replace(saying('two'), 0)]);
    assert.deepEqual(replies.map(({ status }) => status).toSorted((a, b) => a - b), [200, 409]);
    assert.equal((await replace(saying('three'), 1)).status, 200);
  });

  test('fifty versions are kept', async () => {
    await fresh();
    for (let time = 1; time <= 52; time += 1) await replace(saying(`version ${time}`));
    const { version, versions } = await shown();
    assert.deepEqual([version, versions.length, versions.at(-1)?.version], [52, 50, 3]);
    assert.equal((await tenant.administrator.call(showIvrFlowDefinition, { id: 1, version: 2 })).status, 404);
  });

  test('the trail tells of the version, not of what is in it', async () => {
    await fresh();
    await replace(saying('a word that nobody else says'));
    const { body: { entries } } = await tenant.administrator.call(listAudit, { what: 'ivr-flow', limit: 1 });
    assert.deepEqual(entries.map(({ operation, before: was, after: is }) => [operation, (was as { version: number }).version, (is as { version: number }).version]), [['replaceIvrFlowDefinition', 0, 1]]);
    assert.doesNotMatch(JSON.stringify(entries), /nobody else/);
  });

  test('what they name is the tenant\'s own', async () => {
    await fresh();
    await queue();
    assert.deepEqual(await check(to({ type: 'queue', queue: 1 })), []);
    await fresh();
    assert.equal((await check(to({ type: 'queue', queue: 1 }))).length, 1);
    assert.equal((await tenant.administrator.call(showIvrFlowDefinition, { id: 1 })).body.version, 0);
  });

  test('a flow and a queue to which one leads stay, as long as it does', async () => {
    await fresh();
    await queue();
    await tenant.administrator.call(createIvrFlow, { accessCode: '6002' });
    await replace({ start: 'a', nodes: { a: { type: 'menu', choices: { 1: 'q', 2: 'f', 3: 'own' } }, q: { type: 'queue', queue: 1 }, f: { type: 'transfer', flow: 2 }, own: { type: 'transfer', flow: 1 } } });
    const flow = await tenant.administrator.call(deleteIvrFlow, { id: 2 });
    assert.deepEqual([flow.status, JSON.stringify(flow.body).includes('IVR flow 1 leads to it')], [409, true]);
    const skill = await tenant.client.call(deleteSkill, { skillIds: '1' });
    assert.match(JSON.stringify(skill.body), /IVR flow 1 leads to it/);
    await replace({});
    assert.equal((await tenant.administrator.call(deleteIvrFlow, { id: 2 })).status, 200);
    assert.doesNotMatch(JSON.stringify((await tenant.client.call(deleteSkill, { skillIds: '1' })).body), /leads to it/);
    assert.equal((await tenant.administrator.call(deleteIvrFlow, { id: 1 })).status, 200, 'one that leads to itself is no obstacle');
  });

  test('of any JSON are refused or taken, never a fault', async () => {
    await fresh();
    for (const definition of [{ nodes: null }, { start: 5, nodes: { '': {} } }, { start: 'a', nodes: { a: { type: 'queue', queue: 2 ** 53 } } }, { start: '\u0000', nodes: { a: { type: 'hangUp', prompt: '\u0000' } } }, { start: 'a', nodes: { a: { type: 'hangUp', title: '\u0000' } } }]) {
      assert.ok([200, 400].includes((await replace(definition)).status), JSON.stringify(definition));
    }
  });

  test('the list tells their versions', async () => {
    await fresh();
    await replace(saying('one'));
    assert.deepEqual((await tenant.administrator.call(listIvrFlows, {})).body.flows.map(({ version }) => version), [1]);
  });
});

describe('what runs flows', () => {
  const parts = () => composeFlows(server.world, { writer: server.parley.writer, tenants: server.parley.tenants });

  test('gets the newest definition, and none where there is none', async () => {
    const { scriptOf } = parts();
    await fresh();
    assert.equal(await scriptOf(tenant.vdnId, '1'), undefined);
    await queue();
    await replace(saying('one'));
    const first = await scriptOf(tenant.vdnId, '1');
    assert.deepEqual([first?.zone, first?.queues, first?.maxCalls, first?.flow.start], ['Europe/Berlin', [1], undefined, 'a']);
    assert.equal((await scriptOf(tenant.vdnId, '1'))?.flow, first?.flow, 'read once');
    await tenant.administrator.call(changeIvrFlow, { id: 1, maxCalls: 3 });
    assert.equal((await scriptOf(tenant.vdnId, '1'))?.maxCalls, 3);
    await tenant.administrator.call(changeIvrFlow, { id: 1, loaded: false });
    assert.equal(await scriptOf(tenant.vdnId, '1'), undefined, 'it is out of service');
    for (const code of ['2', '0', '', 'x', '99999999999', '1.5']) assert.equal(await scriptOf(tenant.vdnId, code), undefined, code);
  });

  test('is told of a definition that is older than the rules', async () => {
    await fresh();
    const { db } = server.world;
    await db.insertInto('ivr_flow_version').values({ vdn_id: tenant.vdnId, flow_id: 1, version: 1, definition: JSON.stringify({ steps: {} }), leads_to: [], created_at: 0 }).execute();
    await db.updateTable('ivr_flow').set({ version: 1 }).where('vdn_id', '=', tenant.vdnId).execute();
    assert.equal(await parts().scriptOf(tenant.vdnId, '1'), undefined);
    assert.equal(faults.at(-1), 'an IVR flow cannot be run');
  });

  test('asks only what the tenant trusts, with the secret that the flow names', async () => {
    await fresh();
    const { http } = parts();
    const request = { method: 'GET', url: 'https://crm.example.com/x?y', headers: { 'x-a': '1' }, deadlineMs: 1000 } as const;
    const refused = await http(tenant.vdnId, request);
    assert.deepEqual([!refused.ok && refused.message, sent.length], ['crm.example.com is not on the tenant\'s trust list', 0]);
    await tenant.administrator.call(addTrustedUrl, { url: 'https://crm.example.com' });
    const made = await tenant.administrator.call(createSharedKey, { name: 'crm' });
    assert.ok(made.ok, JSON.stringify(made.body));
    assert.equal((await http(tenant.vdnId, { ...request, key: 'crm' })).ok, true);
    assert.match(sent[0]?.headers?.['authorization'] ?? '', /^Bearer \S{16,}$/);
    const unknown = await http(tenant.vdnId, { ...request, key: 'erp' });
    assert.equal(!unknown.ok && unknown.message, 'there is no shared key erp');
  });

  test('finds only voice files that were approved', async () => {
    await fresh();
    const { voiceFile } = parts();
    const row = { name: 'v', locale: 'en_US', voice_type: 0, duration_ms: 1, comment: null, callback_url: null, callback_state: 'none', decided_by: null, decided_at: null, created_at: 0, vdn_id: tenant.vdnId };
    await server.world.db.insertInto('voice_file').values([{ ...row, id: '11', file_key: 'voice/1/11.wav', status: 2 }, { ...row, id: '12', file_key: 'voice/1/12.wav', status: 1 }]).execute();
    assert.deepEqual([await voiceFile(tenant.vdnId, '11'), await voiceFile(tenant.vdnId, '12'), await voiceFile(tenant.vdnId + 1, '11')], [{ key: 'voice/1/11.wav' }, undefined, undefined]);
    assert.deepEqual(await check(to({ type: 'hangUp', prompt: [{ play: '11' }, { play: '12' }] })), [{ node: 'a', field: 'prompt[1].play', message: 'there is no approved voice file 12' }]);
  });
});

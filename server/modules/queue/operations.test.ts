import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { tokenByAkSk } from '@parley/contract/access/c1-token.ts';
import { createSkill, deleteSkill, modifySkill, querySkills } from '@parley/contract/configuration/queue.ts';
import type { Input, Result } from '@parley/contract/operation.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';

type NewQueue = Input<typeof createSkill>;

const release = { transferType: 'Release' } as const;
const toQueue = (value: number) => ({ transferType: 'Transfer', deviceType: '1', value }) as const;
const voiceParam = { noAgents: release, busy: release, timeOut: release, answerFunction: '0', waitVoice: { parameterType: 'Voice' } } as const;

const voiceQueue = (name: string, changes: Partial<NewQueue> = {}): NewQueue => ({
  mediaTypeId: 5, description: 'a queue', name, maxWaitTime: 60, maxWaitNum: 100, maxAgentWrapupTime: 5, skillParam: voiceParam, ...changes,
});

let server: TestServer;
let tenant: TestTenant;

before(async () => { server = await startTestServer(); });
after(() => server.close());

async function freshTenant(): Promise<TestTenant> {
  tenant = await server.tenant();
  return tenant;
}

const create = async (queue: NewQueue) => (await tenant.client.call(createSkill, queue)).body;
const show = async (input: Input<typeof querySkills> = {}) => (await tenant.client.call(querySkills, input)).body;

describeOperation(createSkill, {
  example: async () => {
    await freshTenant();
    await create(voiceQueue('one'));
    await create(voiceQueue('two'));
    const [example] = createSkill.examples ?? [];
    const body = await create(example?.request as NewQueue);
    assert.deepEqual(body, { returnCode: '0', skillId: '3', description: 'Create Skill successfully' });
  },
  badInput: async () => {
    await freshTenant();
    const { status, body } = await tenant.client.call(createSkill, voiceQueue('x'.repeat(21)));
    assert.equal(status, 400);
    assert.match(String(body['description']), /name must not have more than 20 characters/);
  },
  effect: async () => {
    await freshTenant();
    await create(voiceQueue('Support', { maxWaitNum: 7 }));
    const { data, total } = await show();
    assert.equal(total, 1);
    assert.deepEqual(data, [{
      skillId: 1, name: 'Support', description: 'a queue', mediaType: 5, mediaTypeId: 5, maxWaitTime: 60, maxWaitNum: 7, maxAgentWrapupTime: 5, skillParam: voiceParam,
    }]);
  },
});

describeOperation(modifySkill, {
  example: async () => {
    await freshTenant();
    for (const name of ['one', 'two', 'three']) await create(voiceQueue(name));
    const [example] = modifySkill.examples ?? [];
    const { body } = await tenant.client.call(modifySkill, example?.request as Input<typeof modifySkill>);
    assert.deepEqual(body, example?.response);
  },
  badInput: async () => {
    await freshTenant();
    await create(voiceQueue('one'));
    const { status, body } = await tenant.client.call(modifySkill, { skillId: 1, maxWaitTime: 60_001 });
    assert.equal(status, 400);
    assert.equal(body['returnCode'], '1');
  },
  effect: async () => {
    await freshTenant();
    await create(voiceQueue('one'));
    await tenant.client.call(modifySkill, { skillId: 1, maxWaitTime: 10 });
    const { data: [queue] } = await show();
    assert.equal(queue?.maxWaitTime, 10);
    assert.equal(queue?.description, 'a queue');
  },
});

describeOperation(deleteSkill, {
  example: async () => {
    await freshTenant();
    for (const name of ['one', 'two', 'three', 'four']) await create(voiceQueue(name));
    const { body } = await tenant.client.call(deleteSkill, { skillIds: '3,4' });
    assert.deepEqual(body, { returnCode: '0', description: 'Success' });
  },
  badInput: async () => {
    await freshTenant();
    await create(voiceQueue('one'));
    const eleven = Array.from({ length: 11 }, (_, index) => index + 1).join(',');
    assert.equal((await tenant.client.call(deleteSkill, { skillIds: eleven })).status, 400);
    assert.equal((await tenant.client.call(deleteSkill, { skillIds: '1;99' })).body['description'], 'There is no skill queue 99.');
    assert.equal((await show()).total, 1, 'nothing was deleted');
  },
  effect: async () => {
    await freshTenant();
    for (const name of ['one', 'two']) await create(voiceQueue(name));
    await tenant.client.call(deleteSkill, { skillIds: '1-2' });
    assert.equal((await show()).total, 0);
  },
});

describeOperation(querySkills, {
  example: async () => {
    await freshTenant();
    await create(voiceQueue('one'));
    const [example] = querySkills.examples ?? [];
    assert.equal((await show(example?.request as Input<typeof querySkills>)).total, 1);
  },
  badInput: async () => {
    await freshTenant();
    assert.equal((await tenant.client.call(querySkills, { limit: 101 })).status, 400);
  },
  effect: async () => {
    await freshTenant();
    for (const name of ['one', 'two', 'three']) await create(voiceQueue(name));
    await create(voiceQueue('video', { mediaTypeId: 19 }));
    const ids = async (input: Input<typeof querySkills>) => (await show(input)).data.map((queue) => queue.skillId);
    assert.deepEqual(await ids({ limit: 2, offset: 1 }), [2, 3]);
    assert.deepEqual(await ids({ mediaTypeId: 19 }), [4]);
    assert.deepEqual(await ids({ name: 'two' }), [2]);
    assert.deepEqual(await ids({ skillIds: [1, 3, 99] }), [1, 3]);
    assert.deepEqual(await ids({ skillIds: [] }), [1, 2, 3, 4]);
    assert.deepEqual(await ids({ name: '' }), [1, 2, 3, 4], 'a condition left blank is none');
  },
});

describe('queues', () => {
  test('a change shows at once in a reply that was cached', async () => {
    await freshTenant();
    await create(voiceQueue('one'));
    assert.equal((await show()).data[0]?.description, 'a queue');
    await tenant.client.call(modifySkill, { skillId: 1, description: 'changed' });
    assert.equal((await show()).data[0]?.description, 'changed');
  });

  test('the conditions are understood as the table of 5.2.4 prints them', async () => {
    await freshTenant();
    await create(voiceQueue('one'));
    await create(voiceQueue('video', { mediaTypeId: 19 }));
    const { body: { AccessToken } } = await server.anyone.call(tokenByAkSk, { app_key: tenant.appKey, app_secret: tenant.appSecret });
    const ids = async (body: object) => {
      const response = await fetch(new URL(querySkills.path, server.url), {
        method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', authorization: `Bearer ${AccessToken}` },
      });
      return (await response.json() as Result<typeof querySkills>).data.map((queue) => queue.skillId);
    };
    assert.deepEqual(await ids({ mediaTypeld: '19' }), [2]);
    assert.deepEqual(await ids({ skilllds: ['1', '9'] }), [1]);
  });

  test('treatments that cannot work are refused and leave nothing behind', async () => {
    await freshTenant();
    await create(voiceQueue('one'));
    const refused = async (skillParam: object, reason: RegExp) => {
      const { status, body } = await tenant.client.call(createSkill, voiceQueue('two', { skillParam: skillParam as NewQueue['skillParam'] }));
      assert.equal(status, 200);
      assert.equal(body['returnCode'], '1');
      assert.match(String(body['description']), reason);
    };
    await refused({ ...voiceParam, busy: toQueue(99) }, /busy: there is no skill queue 99/);
    await refused({ ...voiceParam, busy: { transferType: 'Transfer', deviceType: '3', value: 4 } }, /there is no IVR flow 4/);
    await refused({ ...voiceParam, busy: toQueue(2) }, /in a circle: 2 -> 2/);
    await refused({ ...voiceParam, busy: { ...release, value: 1 } }, /Release stands alone/);
    await refused({ ...voiceParam, timeOut: { transferType: 'Transfer', value: 1 } }, /timeOut.deviceType is missing/);
    await refused({ noAgents: release, busy: release, timeOut: release }, /answerFunction is missing/);
    assert.equal((await show()).total, 1);
  });

  test('what stands beside Release and Voice may be left blank, as 5.2.1 says', async () => {
    await freshTenant();
    const blank = { transferType: 'Release', deviceType: '', value: '' };
    const skillParam = { ...voiceParam, noAgents: blank, busy: blank, timeOut: blank, waitVoice: { parameterType: 'Voice', id: '' } };
    assert.equal((await create(voiceQueue('one', { skillParam: skillParam as unknown as NewQueue['skillParam'] }))).returnCode, '0');
    assert.deepEqual((await show()).data[0]?.skillParam, voiceParam);
  });

  test('a name that is blank or holds a forbidden character is refused', async () => {
    await freshTenant();
    for (const name of ['   ', 'a/b', 'a，b']) assert.equal((await tenant.client.call(createSkill, voiceQueue(name))).status, 400, name);
    assert.equal((await create(voiceQueue('a b: "c"'))).returnCode, '0');
  });

  test('two queues may not transfer to one another', async () => {
    await freshTenant();
    await create(voiceQueue('one'));
    await create(voiceQueue('two', { skillParam: { ...voiceParam, busy: toQueue(1) } }));
    const { body } = await tenant.client.call(modifySkill, { skillId: 1, skillParam: { ...voiceParam, timeOut: toQueue(2) } });
    assert.equal(body['description'], 'skillParam: calls would go in a circle: 1 -> 2 -> 1.');
  });

  test('a queue to which another transfers stays, unless both go', async () => {
    await freshTenant();
    await create(voiceQueue('one'));
    await create(voiceQueue('two', { skillParam: { ...voiceParam, busy: toQueue(1) } }));
    assert.match(String((await tenant.client.call(deleteSkill, { skillIds: '1' })).body['description']), /skill queue 2 transfers to it/);
    assert.equal((await tenant.client.call(deleteSkill, { skillIds: '1,2' })).body['returnCode'], '0');
  });

  test('of two equal creations at once exactly one succeeds', async () => {
    await freshTenant();
    const codes = (await Promise.all(Array.from({ length: 8 }, () => create(voiceQueue('same'))))).map((body) => body['returnCode']);
    assert.equal(codes.filter((code) => code === '0').length, 1);
  });

  test('another tenant sees and changes none of them', async () => {
    await freshTenant();
    await create(voiceQueue('mine'));
    await freshTenant();
    assert.equal((await show()).total, 0);
    assert.equal((await tenant.client.call(modifySkill, { skillId: 1, description: 'stolen' })).body['description'], 'There is no skill queue 1.');
    assert.equal((await tenant.client.call(deleteSkill, { skillIds: '1' })).body['returnCode'], '1');
  });

  test('every change stands in the journal and the audit trail, refused ones do not', async () => {
    await freshTenant();
    await create(voiceQueue('one'));
    await create(voiceQueue('one'));
    await tenant.client.call(modifySkill, { skillId: 1, description: 'changed' });
    const rows = await server.world.db.selectFrom('audit').selectAll().where('vdn_id', '=', tenant.vdnId).orderBy('id').execute();
    assert.deepEqual(rows.map(({ operation, what, what_id: id, actor }) => ({ operation, what, id, actor })), [
      { operation: 'createSkill', what: 'queue', id: '1', actor: `key:${tenant.appKey}` },
      { operation: 'modifySkill', what: 'queue', id: '1', actor: `key:${tenant.appKey}` },
    ]);
    const journal = await server.world.db.selectFrom('journal').select('seq').where('vdn_id', '=', tenant.vdnId).orderBy('seq').execute();
    assert.deepEqual(journal.map(({ seq }) => seq), [1, 2]);
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createIvrFlow } from '@parley/contract/admin/ivr-flow.ts';
import { importEvaluations, setSurvey, showSurvey } from '@parley/contract/admin/survey.ts';
import { querySatisfactionConfig, satisfactionQuery } from '@parley/contract/configuration/satisfaction.ts';
import type { Input } from '@parley/contract/operation.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { recordEvaluation, surveyEraser, type Evaluation } from './index.ts';

type Import = Input<typeof importEvaluations>['evaluations'][number];

const AT = 1_647_265_028_000;

let server: TestServer;
let tenant: TestTenant;

before(async () => { server = await startTestServer(); });
after(() => server.close());

const fresh = async (): Promise<void> => { tenant = await server.tenant(); };
const evaluation = (changes: Partial<Import> = {}): Import => ({ callId: '1647265024-1095', value: '5', channel: 'audio', evaluatedAt: AT, ...changes });
const bring = async (...evaluations: readonly Import[]) => (await tenant.administrator.call(importEvaluations, { evaluations: [...evaluations] })).body;
const ask = async (beginTime = AT, endTime = AT + 1000, callId = '1647265024-1095') => (await tenant.client.call(satisfactionQuery, { callId, beginTime, endTime })).body;
const createFlow = async (accessCode: string) => (await tenant.administrator.call(createIvrFlow, { accessCode })).body;
const set = (survey: Input<typeof setSurvey>) => tenant.administrator.call(setSurvey, survey);

describeOperation(querySatisfactionConfig, {
  example: async () => {
    await fresh();
    const { id, longId } = await createFlow('6001');
    await set({ enabled: true, flowId: id });
    const { body } = await tenant.client.call(querySatisfactionConfig, {});
    assert.deepEqual(body, {
      returnCode: '0', description: 'success', enabled: true, data: [{ accessCode: '6001', channelType: 'audio', feedbackType: 'IVR', ivrId: longId }],
    });
  },
  badInput: async () => {
    assert.equal((await server.anyone.call(querySatisfactionConfig, {})).status, 401);
  },
  effect: async () => {
    await fresh();
    const { id } = await createFlow('6001');
    const shown = async () => (await tenant.client.call(querySatisfactionConfig, {})).body;
    assert.deepEqual(await shown(), { returnCode: '0', description: 'success', enabled: false, data: [] });
    await set({ enabled: true, flowId: id });
    assert.equal((await shown()).data.length, 1);
    await set({ enabled: false, flowId: id });
    assert.deepEqual((await shown()).data, []);
  },
});

describeOperation(satisfactionQuery, {
  example: async () => {
    await fresh();
    await bring(evaluation());
    const [example] = satisfactionQuery.examples ?? [];
    const { body } = await tenant.client.call(satisfactionQuery, example?.request as Input<typeof satisfactionQuery>);
    assert.deepEqual(body, example?.response);
  },
  badInput: async () => {
    await fresh();
    const { status, body } = await tenant.client.call(satisfactionQuery, { callId: '1', beginTime: 2, endTime: 1 });
    assert.equal(status, 200);
    assert.equal(body['returnCode'], '-1');
    assert.match(String(body['description']), /beginTime must not be later/);
    for (const missing of ['callId', 'beginTime', 'endTime']) {
      const input = { callId: '1', beginTime: 1, endTime: 2, [missing]: undefined } as unknown as Input<typeof satisfactionQuery>;
      const reply = await tenant.client.call(satisfactionQuery, input);
      assert.equal(reply.status, 400);
      assert.equal(reply.body['returnCode'], '-1');
      assert.match(String(reply.body['description']), new RegExp(`${missing} is missing`));
    }
    for (const time of [-1, 1e18, 1.5, 'now']) {
      assert.equal((await tenant.client.call(satisfactionQuery, { callId: '1', beginTime: time as number, endTime: 1e15 })).status, 400);
    }
  },
  effect: async () => {
    await fresh();
    assert.deepEqual(await ask(), { returnCode: '0', description: 'query Success', satisfactionEvaluations: {} });
    await bring(evaluation({ value: '1' }), evaluation({ value: '-2', channel: 'MSG', evaluatedAt: AT + 500 }), evaluation({ value: '4', evaluatedAt: AT + 1001 }));
    assert.deepEqual((await ask()).satisfactionEvaluations, { evaluationValue: '-2', channel: 'MSG', evaluationTime: AT + 500 });
    assert.equal((await ask(AT, AT)).satisfactionEvaluations.evaluationValue, '1', 'both ends belong to the window');
    assert.equal((await ask(0, 8.64e15)).satisfactionEvaluations.evaluationValue, '4');
    assert.deepEqual((await ask(0, AT - 1)).satisfactionEvaluations, {});
    assert.deepEqual((await ask(0, 8.64e15, 'another-call')).satisfactionEvaluations, {});
  },
});

describeOperation(showSurvey, {
  example: async () => {
    await fresh();
    const { id } = await createFlow('6001');
    await set({ enabled: true, flowId: id });
    assert.deepEqual((await tenant.administrator.call(showSurvey, {})).body, { enabled: true, flowId: 1 });
  },
  badInput: async () => {
    assert.equal((await server.anyone.call(showSurvey, {})).status, 401);
  },
  effect: async () => {
    await fresh();
    assert.deepEqual((await tenant.administrator.call(showSurvey, {})).body, { enabled: false });
    await set({ enabled: false });
    assert.deepEqual((await tenant.administrator.call(showSurvey, {})).body, { enabled: false });
  },
});

describeOperation(setSurvey, {
  example: async () => {
    await fresh();
    await createFlow('6001');
    assert.deepEqual((await set({ enabled: true, flowId: 1 })).body, { enabled: true, flowId: 1 });
  },
  badInput: async () => {
    await fresh();
    assert.match(JSON.stringify((await set({ enabled: true })).body), /needs a flow/);
    const { status, body } = await set({ enabled: true, flowId: 9 });
    assert.equal(status, 400);
    assert.match(JSON.stringify(body), /there is no IVR flow 9/);
    assert.deepEqual((await tenant.administrator.call(showSurvey, {})).body, { enabled: false });
  },
  effect: async () => {
    await fresh();
    await createFlow('6001');
    await createFlow('6002');
    await set({ enabled: true, flowId: 1 });
    await set({ enabled: true, flowId: 2 });
    assert.equal((await tenant.client.call(querySatisfactionConfig, {})).body.data[0]?.accessCode, '6002');
  },
});

describeOperation(importEvaluations, {
  example: async () => {
    await fresh();
    const [example] = importEvaluations.examples ?? [];
    const { body } = await tenant.administrator.call(importEvaluations, example?.request as Input<typeof importEvaluations>);
    assert.deepEqual(body, { imported: 1, known: 0 });
  },
  badInput: async () => {
    await fresh();
    const refused = async (changes: object) => {
      const { status } = await tenant.administrator.call(importEvaluations, { evaluations: [evaluation(), evaluation(changes)] });
      assert.equal(status, 400, JSON.stringify(changes));
    };
    for (const value of ['0', '6', '-3', '', 'good']) await refused({ value });
    await refused({ channel: 'mail' });
    await refused({ callId: '' });
    await refused({ callId: 'x'.repeat(65) });
    await refused({ evaluatedAt: -1 });
    assert.deepEqual((await ask()).satisfactionEvaluations, {}, 'nothing was imported');
  },
  effect: async () => {
    await fresh();
    assert.deepEqual(await bring(evaluation(), evaluation(), evaluation({ value: '4', evaluatedAt: AT + 1 })), { imported: 2, known: 1 });
    assert.deepEqual(await bring(evaluation(), evaluation({ channel: 'WEB', evaluatedAt: AT + 2 })), { imported: 1, known: 1 });
    assert.deepEqual((await ask()).satisfactionEvaluations, { evaluationValue: '5', channel: 'WEB', evaluationTime: AT + 2 });
  },
});

describe('evaluations', () => {
  const by = { actor: 'engine', source: '', operation: 'after-call' };
  const recordOne = (changes: Partial<Evaluation> = {}) =>
    server.parley.writer.write(tenant.vdnId, by, async (writing) => {
      await recordEvaluation(writing, server.parley.ids, tenant.vdnId, { callId: '7', value: '-1', channel: 'MSG', customer: '13512341111', evaluatedAt: AT, ...changes });
      return {};
    });

  test('what another part of Parley records is answered', async () => {
    await fresh();
    await recordOne();
    assert.deepEqual((await ask(AT, AT, '7')).satisfactionEvaluations, { evaluationValue: '-1', channel: 'MSG', evaluationTime: AT });
  });

  test('what is no evaluation is not recorded', async () => {
    await fresh();
    for (const wrong of [{ value: '6' }, { channel: 'fax' }, { callId: '' }, { evaluatedAt: Number.NaN }]) {
      await assert.rejects(recordOne(wrong as Partial<Evaluation>), /no evaluation/);
    }
    assert.deepEqual((await ask(0, 8.64e15, '7')).satisfactionEvaluations, {});
  });

  test('the trail tells what was answered, not by whom', async () => {
    await fresh();
    await recordOne();
    for (const table of ['journal', 'audit'] as const) {
      const found = await server.world.db.selectFrom(table).selectAll().where('vdn_id', '=', tenant.vdnId).execute();
      assert.match(JSON.stringify(found), /evaluation/);
      assert.doesNotMatch(JSON.stringify(found), /13512341111/);
    }
  });

  test('erasing a customer keeps the answer and forgets the number', async () => {
    await fresh();
    const other = tenant;
    await recordOne();
    await fresh();
    await recordOne();
    await recordOne({ callId: '8', customer: '13900000000' });
    const { db } = server.world;
    assert.deepEqual(await surveyEraser.erase(db, tenant.vdnId, ['13512341111', 'wen11']), { survey_result: 1 });
    assert.deepEqual(await surveyEraser.erase(db, tenant.vdnId, []), { survey_result: 0 });
    const customers = async (vdnId: number) => (await db.selectFrom('survey_result').select('customer').where('vdn_id', '=', vdnId).orderBy('call_id').execute()).map(({ customer }) => customer);
    assert.deepEqual(await customers(tenant.vdnId), [null, '13900000000']);
    assert.deepEqual(await customers(other.vdnId), ['13512341111']);
    assert.equal((await ask(AT, AT, '7')).satisfactionEvaluations.evaluationValue, '-1');
  });

  test('one tenant does not see the evaluations of another', async () => {
    await fresh();
    await bring(evaluation());
    await fresh();
    assert.deepEqual((await ask()).satisfactionEvaluations, {});
  });
});

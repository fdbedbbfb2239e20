import assert from 'node:assert/strict';
import { after, afterEach, before } from 'node:test';
import { queryCallAppData } from '@parley/contract/gateway/call-data.ts';
import { callInner, callOut, previewCallOut } from '@parley/contract/gateway/call-dial.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import type { Previewing } from '@parley/core/call/preview.ts';
import type { Desk } from '../../testing/desk.ts';
import { codeOf, resultOf } from '../../testing/floor.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor(); });
afterEach(() => floor.clear());
after(() => floor.server.close());

/** Three bytes a letter in UTF-8. */
const TOO_MUCH_DATA = '日'.repeat(5462);
const CALL_ID = /^\d{10}-\d+$/;

describeOperation(callOut, {
  example: async () => {
    const ann = await floor.agent();
    const called = floor.voice.phone('40040');
    const { body } = await ann.client.call(callOut, { agentid: ann.workNo, caller: '40038', called: '40040', skillid: floor.queue, callappdata: '', mediaability: 0 });
    assert.match(String(body['result']), CALL_ID);
    const talking = await ann.until('AgentEvent_Talking');
    assert.deepEqual([talking.callid, talking.caller, talking.called], [body['result'], '40038', '40040']);
    assert.deepEqual([called.state(), called.shows()], ['up', '40038']);
  },
  badInput: async () => {
    const ann = await floor.agent();
    for (const called of ['', 'home', '+4930', '1'.repeat(25)]) assert.equal(await ann.code(callOut, { called }), '200-001', called);
    assert.equal(await ann.code(callOut), '000-002');
    assert.equal(await ann.code(callOut, { called: '40040', caller: '+49' }), '000-002');
    assert.equal(await ann.code(callOut, { called: '40040', callappdata: TOO_MUCH_DATA }), '000-002');
    assert.equal(await ann.code(callOut, { called: '40040', skillid: 999 }), '100-007');
    assert.equal(await ann.code(callOut, { called: '40040' }), '0');
    assert.equal(await ann.code(callOut, { called: '40041' }), '100-007', 'one at a time');
  },
  effect: async () => {
    const ann = await floor.agent();
    const { body } = await ann.client.call(callOut, { agentid: ann.workNo, called: '*40#', callappdata: 'order 7' });
    assert.equal(codeOf({ body }), '0');
    assert.equal(resultOf(await ann.client.call(queryCallAppData, { agentid: ann.workNo })), 'order 7');
    assert.ok((await ann.client.call(releaseCall, { agentid: ann.workNo })).ok);
  },
});

const show = async ({ workNo: agent }: Desk, changes: Partial<Previewing> = {}): Promise<void> => {
  const { engine } = floor.server.parley.gateway;
  const { refused } = await engine.send(floor.tenant.vdnId, { kind: 'preview', agent, control: '11776', numbers: ['88889039'], ms: 60_000, ...changes });
  assert.equal(refused, undefined);
};

describeOperation(previewCallOut, {
  example: async () => {
    const ann = await floor.agent();
    await show(ann);
    const { body } = await ann.client.call(previewCallOut, { agentid: ann.workNo, called: '88889039', callcontrolid: '11776' });
    assert.match(String(body['result']), CALL_ID);
  },
  badInput: async () => {
    const ann = await floor.agent();
    const call = { called: '88889039', callcontrolid: '11776' };
    assert.equal(await ann.code(previewCallOut, call), '200-036', 'nothing is shown');
    await show(ann);
    assert.equal(await ann.code(previewCallOut, { ...call, callcontrolid: '11777' }), '200-036');
    assert.equal(await ann.code(previewCallOut, { ...call, called: '8888903' }), '200-036', 'a part of what is shown');
    assert.equal(await ann.code(previewCallOut, { ...call, called: 'home' }), '200-001');
    assert.equal(await ann.code(previewCallOut, { called: '88889039' }), '000-002');
    assert.equal(await ann.code(callOut, { called: '88889039' }), '100-007', 'the agent is kept for the preview');
    assert.equal(await ann.code(previewCallOut, call), '0');
    assert.equal(await ann.code(previewCallOut, call), '200-036', 'a preview is called once');
  },
  effect: async () => {
    const ann = await floor.agent();
    await show(ann, { numbers: ['100', '101'], caller: '4008', data: 'order 7' });
    // Clients send the id as a number, too.
    assert.equal(await ann.code(previewCallOut, { called: '101', callcontrolid: 11_776 }), '0');
    const talking = await ann.until('AgentEvent_Talking');
    assert.deepEqual([talking.caller, talking.called, talking.feature], ['4008', '101', '44']);
    assert.equal(resultOf(await ann.client.call(queryCallAppData, { agentid: ann.workNo })), 'order 7');
  },
});

describeOperation(callInner, {
  example: async () => {
    const ann = await floor.agent();
    const bob = await floor.agent();
    const { body } = await ann.client.call(callInner, { agentid: ann.workNo, called: String(bob.workNo) });
    assert.match(String(body['result']), CALL_ID);
    assert.equal((await ann.until('AgentEvent_Talking')).callid, body['result']);
    assert.equal((await bob.until('AgentEvent_Talking')).callid, body['result']);
  },
  badInput: async () => {
    const ann = await floor.agent();
    for (const called of ['', 'bob', '1'.repeat(25), undefined]) assert.equal(await ann.code(callInner, { called }), '000-002', called);
    for (const called of [String(ann.workNo), '59999', '9'.repeat(24), floor.number, String(floor.queue), '*9']) {
      assert.equal(await ann.code(callInner, { called }), '100-007', called);
    }
    assert.equal(await ann.code(callInner, { called: '59999', callappdata: TOO_MUCH_DATA }), '000-002');
  },
  effect: async () => {
    const ann = await floor.agent();
    const bob = await floor.agent();
    assert.equal(await ann.code(callInner, { called: String(bob.workNo), callappdata: 'may I ask?' }), '0');
    await floor.told(bob);
    assert.equal(resultOf(await bob.client.call(queryCallAppData, { agentid: bob.workNo })), 'may I ask?');
    assert.deepEqual(floor.voice.phone(bob.phone).hears(), [floor.voice.phone(ann.phone).leg()]);
  },
});

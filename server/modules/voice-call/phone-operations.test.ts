import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { phoneHangup, phonePickup } from '@parley/contract/gateway/call-answer.ts';
import { queryAllCallID } from '@parley/contract/gateway/call-data.ts';
import { callOut } from '@parley/contract/gateway/call-dial.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { ringsForever } from '../../../sim/parties.ts';
import type { Desk } from '../../testing/desk.ts';
import { resultOf } from '../../testing/floor.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor(); });
afterEach(() => floor.clear());
after(() => floor.server.close());

const LINKED = { phonelinkage: true, autoanswer: false } as const;

/** The agent's phone is off the hook after a first call, and a second one rings in the software. */
async function ringingInSoftware(changes: object = LINKED): Promise<{ readonly ann: Desk; readonly call: string }> {
  const ann = await floor.agent(changes);
  assert.equal(await ann.code(callOut, { called: '40040' }), '0');
  assert.equal(await ann.code(releaseCall), '0');
  const { call } = await floor.customer();
  await ann.until('AgentEvent_Ringing');
  return { ann, call };
}

/** The phone itself rings. */
async function ringingAtPhone(changes: object = LINKED): Promise<{ readonly ann: Desk; readonly call: string }> {
  const ann = await floor.agent(changes);
  floor.voice.phone(ann.phone).behaves(ringsForever);
  const { call } = await floor.customer();
  await ann.until('AgentOther_PhoneAlerting');
  return { ann, call };
}

describeOperation(phonePickup, {
  example: async () => {
    const { ann } = await ringingInSoftware();
    assert.equal(await ann.code(phonePickup), '0');
  },
  badInput: async () => {
    const { ann } = await ringingAtPhone();
    assert.equal(await ann.code(phonePickup), '100-007', 'nobody but the agent can lift the phone');
    assert.equal(floor.voice.phone(ann.phone).state(), 'ringing');
    await floor.clear();
    const bob = await floor.agent(LINKED);
    assert.equal(await bob.code(phonePickup), '100-007', 'nothing rings');
    await floor.clear();
    const { ann: cid } = await ringingInSoftware({ autoanswer: false });
    assert.equal(await cid.code(phonePickup), '100-007', 'without linkage');
  },
  effect: async () => {
    const { ann, call } = await ringingInSoftware();
    // As older desktops spell it.
    const { status } = await fetch(`${floor.server.url}/agentgateway/resource/voicecall/${ann.workNo}/phonepickup`, { method: 'PUT', headers: { guid: ann.guid() } });
    assert.equal(status, 200);
    assert.equal((await ann.until('AgentEvent_Talking')).callid, call);
    assert.equal(await ann.code(phonePickup), '100-007', 'answered already');
    assert.deepEqual(resultOf(await ann.client.call(queryAllCallID, { agentid: ann.workNo })), [call]);
  },
});

describeOperation(phoneHangup, {
  example: async () => {
    const { ann, call } = await ringingAtPhone();
    assert.equal(await ann.code(phoneHangup), '0');
    assert.equal(await ann.until('AgentEvent_No_Answer'), call);
    await ann.until('AgentOther_PhoneRelease');
  },
  badInput: async () => {
    const ann = await floor.agent(LINKED);
    assert.equal(await ann.code(phoneHangup), '100-007', 'nothing rings');
    await floor.clear();
    const { ann: bob } = await ringingAtPhone({ autoanswer: false });
    assert.equal(await bob.code(phoneHangup), '100-007', 'without linkage');
    assert.equal(floor.voice.phone(bob.phone).state(), 'ringing');
  },
  effect: async () => {
    const { ann, call } = await ringingAtPhone();
    assert.equal(await ann.code(phoneHangup), '0');
    await floor.told(ann);
    assert.equal(floor.voice.phone(ann.phone).state(), 'gone');
    const bob = await floor.agent();
    assert.equal((await bob.until('AgentEvent_Talking')).callid, call, 'the call went back into the queue');
    assert.equal(await ann.code(phoneHangup), '100-007');
  },
});

test('the ring of a call that the agent makes can be hung up, too', async () => {
  const ann = await floor.agent(LINKED);
  floor.voice.phone(ann.phone).behaves(ringsForever);
  const reply = await ann.client.call(callOut, { agentid: ann.workNo, called: '40040' });
  await ann.until('AgentOther_PhoneAlerting');
  assert.equal(await ann.code(phonePickup), '100-007');
  assert.equal(await ann.code(phoneHangup), '0');
  assert.equal(await ann.until('AgentEvent_Call_Release'), resultOf(reply));
  await ann.until('AgentState_Ready');
});

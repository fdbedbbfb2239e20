import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { phoneHangup, phonePickup } from '@parley/contract/gateway/call-answer.ts';
import { queryAllCallID } from '@parley/contract/gateway/call-data.ts';
import { resetSkill } from '@parley/contract/gateway/agent-skill.ts';
import { callOut } from '@parley/contract/gateway/call-dial.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { ringsForever } from '../../../sim/parties.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
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

/** The phone rings, and is one that answers when it is told to. */
async function ringingAtLinkedPhone(changes: object = LINKED): Promise<{ readonly ann: Desk; readonly call: string }> {
  const ann = await floor.agent({ ...changes, phonelinkage: false });
  floor.voice.phone(ann.phone).behaves(ringsForever).isLinked();
  // Whether it can be linked is looked up when that is asked for.
  assert.equal(await ann.code(resetSkill, { autoflag: 'true', phonelinkage: 1 }), '0');
  const { call } = await floor.customer();
  await ann.until('AgentOther_PhoneAlerting');
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
    const { ann, call } = await ringingAtLinkedPhone();
    assert.equal(await ann.code(phonePickup), '0');
    assert.equal((await ann.until('AgentEvent_Talking')).callid, call);
    assert.equal(floor.voice.phone(ann.phone).state(), 'up');
  },
  badInput: async () => {
    const { ann } = await ringingAtPhone();
    assert.equal(await ann.code(phonePickup), '100-007', 'only the agent can lift this phone');
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

test('a phone that is linked tells what goes on there, and a call that is answered by it does not ring in the software', async () => {
  const ann = await floor.agent({ ...LINKED, phonelinkage: false, releasephone: true });
  floor.voice.phone(ann.phone).behaves(ringsForever).isLinked();
  assert.equal(await ann.code(resetSkill, { autoflag: 'true', phonelinkage: 1 }), '0');
  assert.deepEqual(await ann.until('AgentEvent_linkageCapability'), { result: 0 });
  await floor.told(ann);
  const { call, party } = await floor.customer();
  assert.deepEqual((await floor.told(ann)).filter(([type]) => type !== 'AgentState_Busy'), [
    ['AgentOther_PhoneAlerting', { callid: call, caller: '13800000001' }], ['AgentEvent_linkagePhoneStatus', { result: 5 }],
  ]);
  assert.equal(await ann.code(phonePickup), '0');
  assert.deepEqual((await floor.told(ann)).filter(([type]) => type !== 'AgentMediaEvent_Record').map(([type, content]) =>
    (type === 'AgentEvent_linkagePhoneStatus' ? [type, content.result] : [type])), [
    ['AgentOther_PhoneOffhook'], ['AgentEvent_linkagePhoneStatus', 0], ['AgentEvent_Incoming_CallInfo'], ['AgentEvent_linkagePhoneStatus', 2],
    ['AgentEvent_Talking'],
  ]);
  party.hangUp();
  assert.deepEqual((await floor.told(ann)).filter(([type]) => type.startsWith('AgentOther') || type.startsWith('AgentEvent_linkage')), [
    ['AgentOther_PhoneRelease', { phoneState: 3 }], ['AgentEvent_linkagePhoneStatus', { result: 1 }],
  ]);
});

test('the linked phone is picked up for a call that the agent makes, too', async () => {
  const ann = await floor.agent({ ...LINKED, phonelinkage: false });
  floor.voice.phone(ann.phone).behaves(ringsForever).isLinked();
  assert.equal(await ann.code(resetSkill, { autoflag: 'true', phonelinkage: 1 }), '0');
  assert.equal(await ann.code(callOut, { called: '40040' }), '0');
  await ann.until('AgentOther_PhoneAlerting');
  assert.equal(await ann.code(phonePickup), '0');
  assert.equal((await ann.until('AgentEvent_Talking')).called, '40040');
});

test('a phone that was linked and is not there any more is told to be lifted by hand', async () => {
  const { ann } = await ringingAtPhone(LINKED);
  assert.equal(await ann.code(resetSkill, { autoflag: 'true', phonelinkage: 0 }), '0');
  assert.equal(await ann.code(resetSkill, { autoflag: 'true', phonelinkage: 1 }), '0');
  assert.deepEqual(await ann.until('AgentEvent_linkageCapability'), { result: 1 });
  assert.equal(await ann.code(phonePickup), '100-007');
});

test('a switch that does not say whether phones can be linked links none', async () => {
  const { canPickUp } = floor.voice;
  Object.assign(floor.voice, { canPickUp: () => Promise.reject(new Error('the switch is gone')) });
  try {
    const ann = await openDesk(floor.server, floor.tenant, { queues: [floor.queue] });
    await ann.signIn(LINKED);
    assert.deepEqual(await ann.until('AgentEvent_linkageCapability'), { result: 1 });
    await floor.leave(ann);
  } finally {
    Object.assign(floor.voice, { canPickUp });
  }
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

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { queryCallInfo } from '@parley/contract/gateway/call-info.ts';
import { holdCall } from '@parley/contract/gateway/call-hold.ts';
import { mediaSwitch } from '@parley/contract/gateway/call-video.ts';
import type { Customer } from '../../../sim/parties.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { resultOf } from '../../testing/floor.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor(); });
afterEach(async () => {
  for (const [desk, party] of open.splice(0)) {
    party?.hangUp();
    await floor.leave(desk);
  }
  await floor.clear();
});
after(() => floor.server.close());

const open: (readonly [Desk, Customer | undefined])[] = [];

interface Facing {
  readonly ann: Desk;
  readonly call: string;
  readonly party: Customer;
}

/** A video agent in a talk with a customer; each with a camera unless told. */
async function talking({ own = true, theirs = true } = {}): Promise<Facing> {
  const ann = await openDesk(floor.server, floor.tenant, { agentType: 11, queues: [floor.queue] });
  const phone = floor.voice.phone(ann.phone);
  if (own) phone.hasCamera();
  await ann.signIn({ agenttype: 11 });
  await ann.until('AgentState_Ready');
  const party = floor.voice.callIn({ from: '13800000001', to: floor.number, camera: theirs });
  open.push([ann, party]);
  const { callid } = await ann.until('AgentEvent_Talking');
  return { ann, call: callid, party };
}

const outcome = ({ ann }: Facing) => ann.until('AgentEvent_MediaSwitth');

describeOperation(mediaSwitch, {
  example: async () => {
    const facing = await talking();
    assert.equal(await facing.ann.code(mediaSwitch, { mediaType: 3 }), '0');
    assert.deepEqual(await outcome(facing), { callid: facing.call, reason: 0, caller: '13800000001', mediaType: 3, called: floor.number });
  },
  badInput: async () => {
    const { ann } = await talking();
    assert.equal(await ann.code(mediaSwitch, { mediaType: 2 }), '200-028');
    assert.equal(await ann.code(mediaSwitch, { mediaType: 1 }), '200-028', 'it is a voice call');
    assert.equal(await ann.code(mediaSwitch, { mediaType: 'film' }), '000-002');
    assert.equal(await ann.code(holdCall), '0');
    assert.equal(await ann.code(mediaSwitch), '200-027');
    const bob = await floor.agent();
    assert.equal(await bob.code(mediaSwitch), '200-027');
  },
  effect: async () => {
    const facing = await talking();
    const { ann, party } = facing;
    const { status } = await fetch(`${floor.server.url}/agentgateway/resource/voicercall/${ann.workNo}/mediaswitch?mediaType=3`, { method: 'POST', headers: { guid: ann.guid() } });
    assert.equal(status, 200);
    assert.equal((await outcome(facing)).reason, 0);
    assert.equal(party.sees(), floor.voice.phone(ann.phone).leg());
    assert.equal(floor.voice.phone(ann.phone).sees(), party.leg());
    const info = async () => resultOf(await ann.client.call(queryCallInfo, { agentid: ann.workNo }));
    assert.equal((await info())?.mediaAbility, 3);
    assert.equal(await ann.code(mediaSwitch, { mediaType: 1 }), '0');
    const back = await outcome(facing);
    assert.deepEqual([back.mediaType, back.reason], [1, 0]);
    await floor.told(ann);
    assert.equal(party.sees(), undefined);
    assert.equal((await info())?.mediaAbility, 1);
  },
});

for (const [who, cameras] of [['the agent', { own: false }], ['the customer', { theirs: false }]] as const) {
  test(`where ${who} has no camera the call goes on by voice, and the agent is told`, async () => {
    const facing = await talking(cameras);
    const { ann, party } = facing;
    assert.equal(await ann.code(mediaSwitch), '0');
    const { reason, mediaType } = await outcome(facing);
    assert.deepEqual([reason, mediaType], [1, 3]);
    await floor.told(ann);
    assert.deepEqual([party.sees(), party.hears()], [undefined, [floor.voice.phone(ann.phone).leg()]]);
    assert.equal(await ann.code(mediaSwitch), '0', 'it can be tried again');
  });
}

test('a customer who closes the camera makes it a voice call', async () => {
  const facing = await talking();
  assert.equal(await facing.ann.code(mediaSwitch), '0');
  assert.equal((await outcome(facing)).mediaType, 3);
  facing.party.closeCamera();
  assert.deepEqual(await outcome(facing), { callid: facing.call, reason: 0, caller: '13800000001', mediaType: 1, called: floor.number });
});

test('phones that say nothing are not waited for for ever', async () => {
  const facing = await talking();
  floor.voice.faults.dropReports('picture');
  try {
    assert.equal(await facing.ann.code(mediaSwitch), '0');
    assert.equal(await facing.ann.code(mediaSwitch), '200-030', 'it is being switched');
    await floor.later(40_000);
    assert.equal((await outcome(facing)).reason, 1);
  } finally {
    floor.voice.faults.heal();
  }
});

test('agents who have not signed in for video cannot', async () => {
  const { desk: ann } = await floor.talking();
  assert.equal(await ann.code(mediaSwitch), '200-030');
});

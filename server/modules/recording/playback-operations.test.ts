import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { syncAgentInfo } from '@parley/contract/gateway/agent-presence.ts';
import { getAgentStatus, sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { recordNetPlay, recordPlayForward, recordPlayPause, recordPlayResume, recordPlayRewind, recordPlayStart, recordPlayStop } from '@parley/contract/gateway/recording.ts';
import { answersAfter, ringsForever } from '../../../sim/parties.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { openLiveFloor, type LiveFloor, type Told } from '../../testing/live-floor.ts';
import { codeOf, resultOf } from '../../testing/floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { createRecorder, type Recorder } from './recorder.fixture.ts';

let recorder: Recorder;
let floor: LiveFloor;
before(async () => {
  recorder = createRecorder();
  floor = await openLiveFloor({ between: recorder.port });
});
const desks: Desk[] = [];
afterEach(async () => {
  await floor.leave(...desks.splice(0));
  await floor.clear();
});
after(async () => {
  await floor.server.close();
  recorder.close();
});

/** An inspector, who may hear recordings. */
async function inspector(changes: Parameters<Desk['signIn']>[0] = {}): Promise<Desk> {
  const desk = await openDesk(floor.server, floor.tenant, { ccRoleId: 3 });
  desks.push(desk);
  await desk.signIn({ releasephone: true, ...changes });
  await desk.until('AgentState_Ready');
  floor.voice.phone(desk.phone);
  return desk;
}

let files = 0;
const aPath = (): string => `Y:/${floor.tenant.vdnId}/0/20180621/105/${1_406_470 + (files += 1)}.V3`;

/** A recording of a minute unless told, which is being played. */
async function playing(ms = 60_000): Promise<{ readonly eve: Desk; readonly agentid: number; readonly path: string }> {
  const [eve, path] = [await inspector(), aPath()];
  floor.voice.file(path, ms);
  assert.equal(codeOf(await eve.client.call(recordPlayStart, { agentid: eve.workNo, voicepath: path })), '0');
  await eve.until('AgentMediaEvent_Play_Succ');
  return { eve, agentid: eve.workNo, path };
}

const typesOf = (told: readonly Told[]): readonly string[] => told.map(([type]) => type);
const lastOrder = (kind: string) => recorder.orders.findLast((order) => order.kind === kind);

describeOperation(recordPlayStart, {
  example: async () => {
    const [eve, voicepath] = [await inspector(), aPath()];
    const body = { voicepath, startpostion: 2, volumechange: '20', speedchange: '20', times: 1, codeformat: 0 as const, locationId: -1 };
    assert.ok((await eve.client.call(recordPlayStart, { agentid: eve.workNo, ...body })).ok);
    await eve.until('AgentMediaEvent_Play_Succ');
    const leg = floor.voice.phone(eve.phone).leg();
    assert.deepEqual(lastOrder('play'), { ...lastOrder('play'), to: { leg }, file: voicepath, fromMs: 2000, gain: 0.4 });
  },
  badInput: async () => {
    const [eve, ann] = [await inspector(), await floor.agent()];
    const codeFor = async (desk: Desk, voicepath: string, more: object = {}) => codeOf(await desk.client.call(recordPlayStart, { agentid: desk.workNo, voicepath, ...more }));
    assert.equal(await codeFor(eve, `Y:/${floor.tenant.vdnId + 1}/0/20180621/105/1.V3`), '100-018', 'what another VDN recorded');
    for (const bad of ['', '../../etc/passwd', `Y:/${floor.tenant.vdnId}/../2/0/1.V3`, 'x'.repeat(101)]) assert.equal(await codeFor(eve, bad), '000-002', bad);
    assert.equal(await codeFor(eve, aPath(), { volumechange: '999999' }), '000-002');
    assert.equal(await codeFor(ann, aPath()), '104-002', 'an agent has no right to recordings unless the tenant gives it');
    const { agentid } = await playing();
    const busy = desks.find(({ workNo }) => workNo === agentid);
    assert.equal(busy === undefined ? '' : await codeFor(busy, aPath()), '500-007');
  },
  effect: async () => {
    const { eve, agentid, path } = await playing();
    assert.deepEqual(floor.voice.phone(eve.phone).hears(), [path], 'it is really played');
    const { agentStateInfo } = resultOf(await eve.client.call(syncAgentInfo, { agentid }));
    assert.equal(agentStateInfo.state, 5, 'Table 6-454: playback');
    assert.deepEqual(resultOf(await eve.client.call(getAgentStatus, { agentid })), { agentState: 7, isWorking: true });
  },
});

describeOperation(recordNetPlay, {
  example: async () => {
    const eve = await inspector();
    const body = { fileName: aPath(), position: '0', playTime: '1', fileFormat: '0', ccId: '1', locationId: '-1' };
    assert.ok((await eve.client.call(recordNetPlay, { agentid: eve.workNo, ...body } as never)).ok, 'numbers may come as text');
    await eve.until('AgentMediaEvent_Play_Succ');
  },
  badInput: async () => {
    const eve = await inspector();
    const ask = (changes: object) => eve.client.call(recordNetPlay, { agentid: eve.workNo, fileName: aPath(), ccId: 1, ...changes });
    assert.equal(codeOf(await ask({ ccId: 2 })), '100-018', 'another call centre');
    assert.equal(codeOf(await ask({ fileName: `Y:/${floor.tenant.vdnId + 1}/0/20180621/105/1.V3` })), '100-018');
    assert.equal(codeOf(await ask({ ccId: undefined })), '000-002');
  },
  effect: async () => {
    const [eve, path] = [await inspector(), aPath()];
    floor.voice.file(path, 20);
    await eve.client.call(recordNetPlay, { agentid: eve.workNo, fileName: path, ccId: 1, playTime: 0 });
    await eve.until('AgentMediaEvent_Play_Succ');
    assert.deepEqual(lastOrder('play'), { ...lastOrder('play'), file: path, repeats: true });
    assert.ok((await eve.client.call(recordPlayStop, { agentid: eve.workNo })).ok, 'it goes on until it is stopped');
    assert.deepEqual(await eve.until('AgentMediaEvent_StopPlayDone'), { cause: 1 });
  },
});

/** Operations on what is played: in which state they are refused, and what follows. */
const CHANGES = [
  { op: recordPlayPause, input: {}, code: '500-003', event: 'AgentMediaEvent_PausePlayDone', order: { kind: 'pausePlay' }, before: undefined },
  { op: recordPlayResume, input: {}, code: '500-005', event: 'AgentMediaEvent_ResumePlayDone', order: { kind: 'resumePlay' }, before: recordPlayPause },
  { op: recordPlayForward, input: { time: 10 }, code: '500-002', event: 'AgentMediaEvent_JumpPlayDone', order: { kind: 'seekPlay', ms: 10_000, from: 'here' }, before: undefined },
  { op: recordPlayRewind, input: { time: 100 }, code: '500-001', event: 'AgentMediaEvent_JumpPlayDone', order: { kind: 'seekPlay', ms: -100_000, from: 'here' }, before: undefined },
] as const;

for (const { op, input, code, event, order, before: first } of CHANGES) {
  describeOperation(op, {
    example: async () => {
      const { eve, agentid } = await playing();
      if (first !== undefined) await eve.client.call(first, { agentid });
      assert.ok((await eve.client.call(op, { agentid, ...input })).ok);
      assert.equal(await eve.until(event), null);
    },
    badInput: async () => {
      const idle = await inspector();
      assert.equal(codeOf(await idle.client.call(op, { agentid: idle.workNo, ...input })), code);
      const { eve, agentid } = await playing();
      if (op !== recordPlayResume) await eve.client.call(recordPlayPause, { agentid });
      assert.equal(codeOf(await eve.client.call(op, { agentid, ...input })), code, 'in the wrong state');
      if ('time' in input) assert.equal(codeOf(await eve.client.call(op, { agentid, time: -1 } as never)), '000-002');
    },
    effect: async () => {
      const { eve, agentid } = await playing();
      if (first !== undefined) await eve.client.call(first, { agentid });
      await eve.client.call(op, { agentid, ...input });
      await floor.server.settle();
      assert.deepEqual(lastOrder(order.kind), { ...lastOrder(order.kind), ...order });
      assert.ok((await eve.client.call(recordPlayStop, { agentid })).ok);
    },
  });
}

describeOperation(recordPlayStop, {
  example: async () => {
    const { eve, agentid } = await playing();
    assert.ok((await eve.client.call(recordPlayStop, { agentid })).ok);
    assert.deepEqual(await eve.until('AgentMediaEvent_StopPlayDone'), { cause: 1 });
  },
  badInput: async () => {
    const eve = await inspector();
    assert.equal(codeOf(await eve.client.call(recordPlayStop, { agentid: eve.workNo })), '500-009');
  },
  effect: async () => {
    const { eve, agentid } = await playing();
    await eve.client.call(recordPlayStop, { agentid });
    await eve.until('AgentState_Ready');
    assert.equal(floor.voice.phone(eve.phone).state(), 'gone', 'the phone is hung up, as the agent wants it');
    assert.ok((await eve.client.call(recordPlayStart, { agentid, voicepath: aPath() })).ok, 'and the next one can be played');
  },
});

describe('a recording that is played', () => {
  test('rings the phone, is heard, ends, and leaves the agent as before: all of it is told', async () => {
    const [eve, path] = [await inspector(), aPath()];
    floor.voice.file(path, 50);
    await eve.client.call(recordPlayStart, { agentid: eve.workNo, voicepath: path });
    await eve.until('AgentMediaEvent_Play_Succ');
    assert.deepEqual(await eve.until('AgentMediaEvent_StopPlayDone'), { cause: 0 });
    assert.deepEqual(typesOf(await floor.told(eve)), ['AgentOther_PhoneRelease', 'AgentState_Ready']);
  });

  test('tells the way to the agent\'s ears in order', async () => {
    const eve = await inspector();
    await eve.client.call(recordPlayStart, { agentid: eve.workNo, voicepath: aPath() });
    const told = await floor.told(eve);
    assert.deepEqual(typesOf(told), ['AgentOther_PhoneAlerting', 'AgentOther_PhoneOffhook', 'AgentState_Busy', 'AgentMediaEvent_Play', 'AgentMediaEvent_Play_Succ']);
    assert.deepEqual(told[1]?.[1], { type: 'main' });
  });

  test('that is not there fails, after the phone was rung for it', async () => {
    const [eve, path] = [await inspector(), aPath()];
    floor.voice.file(path, 'missing');
    await eve.client.call(recordPlayStart, { agentid: eve.workNo, voicepath: path });
    assert.deepEqual(typesOf(await floor.told(eve)).slice(3), ['AgentMediaEvent_Play', 'AgentMediaEvent_Play_Fail', 'AgentOther_PhoneRelease', 'AgentState_Ready']);
  });

  test('is not heard by who does not answer the phone', async () => {
    const eve = await inspector();
    floor.voice.phone(eve.phone).behaves(ringsForever);
    await eve.client.call(recordPlayStart, { agentid: eve.workNo, voicepath: aPath() });
    await floor.told(eve);
    await floor.later(31_000);
    assert.deepEqual(typesOf(await floor.told(eve)).filter((type) => type.startsWith('AgentMedia')), ['AgentMediaEvent_Play_Fail']);
    floor.voice.phone(eve.phone).behaves(answersAfter(0));
  });

  test('leaves a busy agent busy', async () => {
    const eve = await inspector();
    await eve.client.call(sayBusy, { agentid: eve.workNo, reason: 203 });
    await eve.until('AgentState_SetNotReady_Success');
    await eve.client.call(recordPlayStart, { agentid: eve.workNo, voicepath: aPath() });
    await eve.until('AgentMediaEvent_Play_Succ');
    await eve.client.call(recordPlayStop, { agentid: eve.workNo });
    assert.deepEqual(await eve.until('AgentState_SetNotReady_Success'), { reason: '203' });
  });
});

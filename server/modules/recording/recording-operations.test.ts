import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { changeTenant, showTenant } from '@parley/contract/admin/tenant.ts';
import { getHold, holdCall } from '@parley/contract/gateway/call-hold.ts';
import { callInner, callOut } from '@parley/contract/gateway/call-dial.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { recordFileDownload, recordFileDownloadEx, screenRecordStart, screenRecordStop, voiceRecordStart, voiceRecordStop } from '@parley/contract/gateway/recording.ts';
import type { Client } from '@parley/contract/client.ts';
import { openLiveFloor, type LiveFloor, type Told } from '../../testing/live-floor.ts';
import { codeOf, resultOf } from '../../testing/floor.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { createRecorder, RECORDED_MS, type Recorder } from './recorder.fixture.ts';

let recorder: Recorder;
let floor: LiveFloor;
let operator: Client;
/** An inspector, who may hear recordings. */
let eve: Desk;
before(async () => {
  recorder = createRecorder();
  floor = await openLiveFloor({ between: recorder.port, world: { recordings: recorder.folder } });
  operator = await floor.server.signedIn(0, 'operator');
  eve = await openDesk(floor.server, floor.tenant, { ccRoleId: 3 });
  await eve.signIn();
});
afterEach(async () => {
  await floor.clear();
  await settings({ automatic: false, byAgents: true, toFiles: true });
});
after(async () => {
  await floor.server.close();
  recorder.close();
});

async function settings(recording: { automatic?: boolean; byAgents?: boolean; toFiles?: boolean }): Promise<void> {
  assert.equal((await operator.call(changeTenant, { vdnId: floor.tenant.vdnId, recording })).status, 200);
}

const VOICE = { mediaType: 5 } as const;
const media = (told: readonly Told[]): readonly string[] => told.map(([type]) => type).filter((type) => type.startsWith('AgentMediaEvent'));
const begin = (desk: Desk, body: object = VOICE) => desk.client.call(voiceRecordStart, { agentid: desk.workNo, ...VOICE, ...body });
const stop = (desk: Desk) => desk.client.call(voiceRecordStop, { agentid: desk.workNo });
const ordersOf = (kind: string) => recorder.orders.filter((order) => order.kind === kind);

describeOperation(voiceRecordStart, {
  example: async () => {
    const { desk, agentid, call } = await floor.talking();
    const fileName = `Y:/${floor.tenant.vdnId}/0/20201119/${agentid}/142702.V3`;
    const { taskId } = resultOf(await begin(desk, { fileName, recordMode: 0, recordFormat: 0 }));
    const told = await desk.until('AgentMediaEvent_Record');
    assert.deepEqual(told, {
      taskId, caller: '13800000001', recordID: told.recordID, called: floor.number, locationId: '65535', fileName, fileMediaType: '1', callId: call, callid: call,
    });
    assert.match(told.recordID, new RegExp(`^Yc1v${floor.tenant.vdnId}a${agentid}d\\d{8}t\\d{7}$`));
  },
  badInput: async () => {
    const { desk, agentid } = await floor.talking();
    const { vdnId } = floor.tenant;
    const free = await floor.agent();
    assert.equal(codeOf(await begin(free)), '500-008', 'there is nothing to be recorded');
    for (const wrong of [{ mediaType: 1 as 5 }, { recordFormat: 1 as 0 }, { fileName: 'x'.repeat(101) }]) assert.equal(codeOf(await begin(desk, wrong)), '000-002', JSON.stringify(wrong));
    for (const file of [
      `Y:/${vdnId + 1}/0/20201119/${agentid}/1.V3`, `Y:/${vdnId}/0/20201119/${agentid + 1}/1.V3`, `Y:/${vdnId}/0/20201119/${agentid}/../1.V3`, `Y:/${vdnId}/0/20201119/${agentid}/1.mp4`,
      '../../etc/passwd', 'Y:/', `Y:/${vdnId}/0/20201119/${agentid}/a\0.V3`,
    ]) assert.equal(codeOf(await begin(desk, { fileName: file })), '000-002', file);
    assert.equal(codeOf(await begin(desk)), '0');
    assert.equal(codeOf(await begin(desk)), '500-008', 'one at a time');
    await settings({ toFiles: false });
    await stop(desk);
    await desk.until('AgentMediaEvent_StopRecordDone');
    assert.equal(codeOf(await begin(desk, { fileName: `Y:/${vdnId}/0/20201119/${agentid}/1.V3` })), '500-011');
    await settings({ byAgents: false });
    assert.equal(codeOf(await begin(desk)), '100-007');
  },
  effect: async () => {
    const { desk, call } = await floor.talking();
    await begin(desk);
    const { fileName } = await desk.until('AgentMediaEvent_Record');
    await stop(desk);
    await desk.until('AgentMediaEvent_StopRecordDone');
    const download = await eve.client.call(recordFileDownload, { agentid: eve.workNo, recordId: fileName });
    assert.ok(download.ok, JSON.stringify(download.body));
    assert.deepEqual(ordersOf('record').at(-1), {
      ...ordersOf('record').at(-1), file: fileName, room: `call-${floor.tenant.vdnId}-${call}`, append: true,
    });
  },
});

describeOperation(voiceRecordStop, {
  example: async () => {
    const { desk } = await floor.talking();
    const { taskId } = resultOf(await begin(desk));
    await desk.until('AgentMediaEvent_Record');
    assert.ok((await stop(desk)).ok);
    const told = await desk.until('AgentMediaEvent_StopRecordDone');
    assert.deepEqual([told.taskId, told.fileMediaType], [taskId, '1']);
    assert.ok(Number(told.endTime) >= Number(told.beginTime));
  },
  badInput: async () => {
    const { desk } = await floor.talking();
    assert.equal(codeOf(await stop(desk)), '500-010');
  },
  effect: async () => {
    const { desk } = await floor.talking();
    await begin(desk);
    await stop(desk);
    await desk.until('AgentMediaEvent_StopRecordDone');
    assert.ok((await begin(desk)).ok, 'the next one can begin');
  },
});

for (const [op, event] of [[screenRecordStart, 'AgentMediaEvent_StartRecordScreen_Fail'], [screenRecordStop, 'AgentMediaEvent_StopRecordScreen_Fail']] as const) {
  describeOperation(op, {
    example: async () => {
      const desk = await floor.agent();
      assert.ok((await desk.client.call(op, { agentid: desk.workNo })).ok);
    },
    badInput: async () => {
      const desk = await floor.agent();
      assert.equal(codeOf(await desk.client.call(op, { agentid: 100 })), '000-002');
      await floor.leave(desk);
      assert.equal(codeOf(await desk.client.call(op, { agentid: desk.workNo })), '100-006');
    },
    effect: async () => {
      const desk = await floor.agent();
      await desk.client.call(op, { agentid: desk.workNo });
      assert.equal(await desk.until(event), null, 'nothing is recorded, and nobody is told otherwise');
    },
  });
}

describe('a recording', () => {
  test('is named by the clock of the VDN, and by the way of the call', async () => {
    const { vdnId } = floor.tenant;
    await operator.call(changeTenant, { vdnId, timeZone: 'Asia/Kolkata' });
    const desk = await floor.agent();
    await desk.client.call(callOut, { agentid: desk.workNo, called: '13900000000' });
    await desk.until('AgentEvent_Talking');
    await begin(desk);
    const { fileName, recordID } = await desk.until('AgentMediaEvent_Record');
    const [, day = '', time = ''] = new RegExp(`^Y:/${vdnId}/1/(\\d{8})/${desk.workNo}/(\\d{7})\\.V3$`).exec(fileName) ?? assert.fail(fileName);
    assert.ok(recordID.endsWith(`d${day}t${time}`));
    const there = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Kolkata', dateStyle: 'short' }).format(Date.now()).replaceAll('-', '');
    assert.equal(day, there);
    await operator.call(changeTenant, { vdnId, timeZone: 'Europe/Berlin' });
  });

  test('pauses while the call is held, without a word, and ends with the agent\'s part in it', async () => {
    const { desk, agentid } = await floor.talking();
    await begin(desk);
    await floor.told(desk);
    const already = recorder.orders.length;
    await desk.client.call(holdCall, { agentid });
    await desk.client.call(getHold, { agentid });
    assert.deepEqual(media(await floor.told(desk)), []);
    await desk.client.call(releaseCall, { agentid });
    assert.deepEqual(media(await floor.told(desk)), ['AgentMediaEvent_StopRecordDone']);
    assert.deepEqual(recorder.orders.slice(already).map(({ kind }) => kind), ['pauseRecord', 'resumeRecord', 'stopRecord']);
  });

  test('that cannot be written is told, once, and the call goes on', async () => {
    await settings({ automatic: true });
    recorder.fill(true);
    const { desk, call } = await floor.talking();
    const told = await floor.told(desk);
    const failed = told.find(([type]) => type === 'AgentMediaEvent_Record_Fail')?.[1] as { callId: string } | undefined;
    assert.deepEqual([media(told), failed?.callId], [['AgentMediaEvent_Record_Fail'], call]);
    recorder.fill(false);
    assert.ok((await desk.client.call(holdCall, { agentid: desk.workNo })).ok);
    assert.ok((await desk.client.call(getHold, { agentid: desk.workNo })).ok);
    assert.deepEqual(media(await floor.told(desk)), [], 'it is not tried again and again');
    assert.ok((await begin(desk)).ok, 'but when the agent wants it');
    assert.deepEqual(media(await floor.told(desk)), ['AgentMediaEvent_Record']);
  });

  test('begins by itself where the tenant has it so, for each agent in a talk', async () => {
    await settings({ automatic: true });
    assert.equal((await operator.call(showTenant, { vdnId: floor.tenant.vdnId })).body.recording.automatic, true);
    const [ann, bob] = [await floor.agent(), await floor.agent()];
    await ann.client.call(callInner, { agentid: ann.workNo, called: String(bob.workNo) });
    for (const desk of [ann, bob]) assert.match((await desk.until('AgentMediaEvent_Record')).fileName, new RegExp(`/${desk.workNo}/`));
    assert.ok((await stop(ann)).ok, 'the agent may stop it');
    await ann.until('AgentMediaEvent_StopRecordDone');
    assert.deepEqual(media(await floor.told(ann)), [], 'and it does not begin again in this call');
    await ann.client.call(releaseCall, { agentid: ann.workNo });
    await bob.until('AgentMediaEvent_StopRecordDone');
  });

  test('of one call in two pieces is downloaded as one', async () => {
    const { desk, call } = await floor.talking();
    for (let piece = 0; piece < 2; piece += 1) {
      await begin(desk);
      await stop(desk);
      await desk.until('AgentMediaEvent_StopRecordDone');
    }
    const { ok, bytes } = await eve.client.call(recordFileDownloadEx, { agentid: eve.workNo, callId: call, workNo: String(desk.workNo) });
    assert.ok(ok);
    assert.equal(bytes.length, 58 + 2 * 2 * 8 * RECORDED_MS);
  });

  test('goes on in a file, or overwrites it, and then what was there is gone', async () => {
    const { desk, agentid } = await floor.talking();
    const fileName = `Y:/${floor.tenant.vdnId}/0/20201119/${agentid}/2.V3`;
    const lengthAfter = async (recordMode: number): Promise<number> => {
      await begin(desk, { fileName, recordMode });
      await stop(desk);
      await desk.until('AgentMediaEvent_StopRecordDone');
      return (await eve.client.call(recordFileDownload, { agentid: eve.workNo, recordId: fileName })).bytes.length - 58;
    };
    const once = 8 * RECORDED_MS;
    assert.deepEqual([await lengthAfter(0), await lengthAfter(1), await lengthAfter(0)], [once, 2 * once, once]);
  });
});

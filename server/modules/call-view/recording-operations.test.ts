import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { showCall } from '@parley/contract/admin/call.ts';
import { hearRecording, listRecordings, watchRecording } from '@parley/contract/admin/recording.ts';
import { changeAgentRole } from '@parley/contract/admin/workplace.ts';
import type { Client } from '@parley/contract/client.ts';
import { cleanCustPersonalData } from '@parley/contract/configuration/erasure.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { mediaSwitch } from '@parley/contract/gateway/call-video.ts';
import { recordFileDownloadEx, voiceRecordStart } from '@parley/contract/gateway/recording.ts';
import { qcConfigRelation, qcCreateUserGroup, qcQueryAllCcGroup } from '@parley/contract/monitoring/user-group.ts';
import { FIRST_BITS } from '@parley/core/tenant/workplace.ts';
import { readWav } from '../../../telephony/audio/wav.ts';
import { agentSession } from '../../testing/agent-session.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { createRecorder, RECORDED_MS, VIDEO, type Recorder } from '../recording/recorder.fixture.ts';

let recorder: Recorder;
let floor: LiveFloor;
/** A supervisor who is no agent. */
let supervisor: Client;
let eve: Desk;
let ann: Desk;
before(async () => {
  recorder = createRecorder();
  floor = await openLiveFloor({ clockStands: false, between: recorder.port, world: { recordings: recorder.folder } });
  supervisor = await floor.server.signedIn(floor.tenant.vdnId, 'supervisor');
  eve = await openDesk(floor.server, floor.tenant, { ccRoleId: 3 });
  await eve.signIn();
  ann = await openDesk(floor.server, floor.tenant, { agentType: 11, queues: [floor.queue] });
  floor.voice.phone(ann.phone).hasCamera();
  await ann.signIn({ agenttype: 11 });
  await ann.until('AgentState_Ready');
});
after(async () => {
  await floor.server.close();
  recorder.close();
});

const session = async (desk: Desk): Promise<Client> => (await agentSession(floor.server, floor.tenant.vdnId, desk.workNo)).client;
const list = (asked: object = {}, client = supervisor) => client.ask(listRecordings, asked);
const statusOf = async (asked: object, client = supervisor): Promise<number> => (await client.call(listRecordings, asked)).status;

/** A talk of ann's that was recorded, and is over; answers the id of the recording. */
async function recorded(from = '13800000001'): Promise<{ readonly call: string; readonly id: number }> {
  const { call } = await floor.customer(from);
  await ann.until('AgentEvent_Talking');
  await ann.client.call(voiceRecordStart, { agentid: ann.workNo, mediaType: 5 });
  await ann.until('AgentMediaEvent_Record');
  await ann.client.call(releaseCall, { agentid: ann.workNo });
  await ann.until('AgentMediaEvent_StopRecordDone');
  const [recording] = (await list({ callId: call })).recordings;
  assert.ok(recording !== undefined);
  return { call, id: recording.id };
}

describeOperation(listRecordings, {
  example: async () => {
    const { call } = await recorded();
    const { recordings: [recording] } = await list({ workNo: ann.workNo, limit: 1 });
    assert.deepEqual([recording?.callId, recording?.workNo, recording?.direction, recording?.automatic, recording?.media], [call, ann.workNo, 'in', false, 'voice']);
    assert.deepEqual([recording?.caller, recording?.called], ['13800000001', floor.number]);
  },
  badInput: async () => {
    assert.equal(await statusOf({ before: 'x~y' }), 400);
    assert.equal(await statusOf({ from: 2, to: 2 }), 400);
    assert.equal(await statusOf({ limit: 0 }), 400);
  },
  effect: async () => {
    const { call, id } = await recorded('13800000002');
    assert.deepEqual((await list({ number: '13800000002' })).recordings.map((one) => [one.id, one.callId]), [[id, call]]);
    assert.deepEqual((await supervisor.ask(showCall, { callId: call })).recordings.map((one) => one.id), [id]);
  },
});

const soundOf = (id: number, client = supervisor, more: object = {}, headers: Record<string, string> = {}) => client.call(hearRecording, { id, ...more }, headers);

describeOperation(hearRecording, {
  example: async () => {
    const { id } = await recorded();
    const { ok, bytes, headers } = await soundOf(id);
    assert.ok(ok);
    assert.equal(headers.get('content-type'), 'audio/wav');
    assert.equal(headers.get('cache-control'), 'no-store');
    const mixed = readWav(bytes);
    assert.ok(mixed.ok && mixed.channels.length === 1);
    const apart = readWav((await soundOf(id, supervisor, { sides: 'apart' })).bytes);
    assert.ok(apart.ok && apart.channels.length === 2);
    assert.equal(apart.channels[0]?.length, 8 * RECORDED_MS);
  },
  badInput: async () => {
    const { id } = await recorded();
    assert.equal((await soundOf(id + 1000)).status, 404);
    assert.equal((await soundOf(0)).status, 400);
    assert.equal((await soundOf(id, supervisor, { sides: 'x' })).status, 400);
    assert.equal((await soundOf(id, (await floor.server.tenant()).administrator)).status, 404, 'what another tenant has, it has not');
    assert.equal((await supervisor.call(watchRecording, { id })).status, 404, 'there is nothing to see in it');
  },
  effect: async () => {
    const { id, call } = await recorded('13800000003');
    const { bytes } = await soundOf(id);
    const part = await soundOf(id, supervisor, {}, { range: 'bytes=0-99' });
    assert.deepEqual([part.status, part.headers.get('content-range')], [206, `bytes 0-99/${bytes.length}`]);
    assert.deepEqual(Buffer.from(part.bytes), Buffer.from(bytes.subarray(0, 100)));
    const downloaded = await eve.client.call(recordFileDownloadEx, { agentid: eve.workNo, callId: call, workNo: String(ann.workNo) });
    assert.deepEqual(Buffer.from(downloaded.bytes), Buffer.from((await soundOf(id, supervisor, { sides: 'apart' })).bytes), 'the same as at the gateway');
  },
});

describeOperation(watchRecording, {
  example: async () => {
    floor.voice.callIn({ from: '13800000004', to: floor.number, camera: true });
    const { callid } = await ann.until('AgentEvent_Talking');
    await ann.client.call(mediaSwitch, { agentid: ann.workNo, mediaType: 3 });
    await ann.until('AgentEvent_MediaSwitth');
    await ann.client.call(voiceRecordStart, { agentid: ann.workNo, mediaType: 5 });
    await ann.until('AgentMediaEvent_Record');
    await ann.client.call(releaseCall, { agentid: ann.workNo });
    await floor.server.settle();
    const video = (await list({ callId: callid })).recordings.find(({ media }) => media === 'video');
    assert.ok(video !== undefined);
    const { ok, bytes, headers } = await supervisor.call(watchRecording, { id: video.id });
    assert.ok(ok);
    assert.match(headers.get('content-type') ?? '', /^video\/(?:webm|mp4)$/);
    assert.equal(bytes.length, VIDEO.length);
  },
  badInput: async () => {
    const { id } = await recorded();
    assert.equal((await supervisor.call(watchRecording, { id })).status, 404);
  },
  effect: async () => {
    const [video] = (await list({ limit: 200 })).recordings.filter(({ media }) => media === 'video');
    assert.equal((await supervisor.call(watchRecording, { id: video?.id ?? 0 })).ok, true);
    assert.equal((await soundOf(video?.id ?? 0)).status, 404, 'there is nothing to hear in it');
  },
});

describe('recordings', () => {
  test('come page by page, and by time', async () => {
    for (let one = 0; one < 3; one += 1) await recorded('13800000005');
    const all = (await list({ number: '13800000005' })).recordings;
    const first = await list({ number: '13800000005', limit: 2 });
    const rest = await list({ number: '13800000005', limit: 2, before: first.next ?? '' });
    assert.deepEqual([...first.recordings, ...rest.recordings].map(({ id }) => id), all.map(({ id }) => id));
    assert.equal(rest.next, undefined);
    const [newest] = all;
    assert.deepEqual((await list({ from: newest?.beganAt ?? 0 })).recordings.map(({ id }) => id), [newest?.id]);
  });

  test('are heard by the agent whose own they are, without any right, and by no other agent', async () => {
    const { id, call } = await recorded();
    const [own, bob] = [await session(ann), await session(await openDesk(floor.server, floor.tenant))];
    assert.ok((await list({}, own)).recordings.some((one) => one.id === id));
    assert.deepEqual((await own.ask(showCall, { callId: call })).recordings.map((one) => one.id), [id]);
    assert.equal((await soundOf(id, own)).status, 200);
    const { bytes } = await ann.client.call(recordFileDownloadEx, { agentid: ann.workNo, callId: call });
    assert.match(Buffer.from(bytes).toString(), /104-002/, 'at the gateway that takes the right (6.3.8)');
    assert.deepEqual((await list({}, bob)).recordings, []);
    assert.deepEqual((await list({ workNo: ann.workNo }, bob)).recordings, []);
    assert.equal((await soundOf(id, bob)).status, 404);
  });

  test('of others are refused, with the reason, to a supervisor who is an agent without the right to them', async () => {
    const { id } = await recorded();
    const client = await session(eve);
    await floor.tenant.administrator.call(changeAgentRole, { roleId: 3, bits: FIRST_BITS[3].filter((bit) => bit !== 16) });
    try {
      const { status, body } = await client.call(listRecordings, { workNo: ann.workNo });
      assert.deepEqual([status, JSON.stringify(body).includes('no right to recordings of others')], [403, true]);
      assert.equal((await soundOf(id, client)).status, 403);
      assert.deepEqual((await list({}, client)).recordings, [], 'nothing but the own');
    } finally {
      await floor.tenant.administrator.call(changeAgentRole, { roleId: 3, bits: [...FIRST_BITS[3]] });
    }
  });

  test('are heard by a supervisor who is an agent as far as the groups of both allow it (12.3.4.8)', async () => {
    const { id } = await recorded();
    const client = await session(eve);
    assert.equal((await soundOf(id, client)).status, 200, 'without groups all agents are one');
    const { monitor, vdnId: vdn } = floor.tenant;
    for (const [groupName, groupType, desk] of [['agents', 2, ann], ['inspectors', 3, eve]] as const) await monitor.ask(qcCreateUserGroup, { vdn, groupName, groupType, workNos: [desk.workNo] });
    assert.equal((await soundOf(id, client)).status, 404);
    assert.deepEqual((await list({}, client)).recordings, []);
    assert.ok((await list()).recordings.some((one) => one.id === id), 'whoever is no agent is not bound by it');
    const groups = await monitor.ask(qcQueryAllCcGroup, { ccId: 1, vdn });
    const idOf = (name: string): string => groups.find(({ groupName }) => groupName === name)?.id ?? '';
    await monitor.ask(qcConfigRelation, { vdn, qcGroupId: idOf('inspectors'), inspectedGroupIds: [idOf('agents')] });
    assert.equal((await soundOf(id, client)).status, 200);
  });

  test('are gone once their numbers are erased (5.1.13)', async () => {
    const { id } = await recorded('13800000006');
    await floor.tenant.client.call(cleanCustPersonalData, { customNos: ['13800000006'] });
    await floor.server.jobsDone();
    assert.equal((await soundOf(id)).status, 404);
    assert.deepEqual((await list({ number: '13800000006' })).recordings, []);
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { changeAgentRole } from '@parley/contract/admin/workplace.ts';
import { cleanCustPersonalData } from '@parley/contract/configuration/erasure.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { mediaSwitch } from '@parley/contract/gateway/call-video.ts';
import { recordFileDownload, recordFileDownloadEx, videoFileDownload, videoFileDownloadEx, voiceRecordStart, voiceRecordStop } from '@parley/contract/gateway/recording.ts';
import { readPath } from '@parley/core/recording/path.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { codeOf } from '../../testing/floor.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { createRecorder, VIDEO, type Recorder } from './recorder.fixture.ts';

let recorder: Recorder;
let floor: LiveFloor;
/** An inspector, who may hear recordings, and an agent who shows herself. */
let eve: Desk;
let ann: Desk;
before(async () => {
  recorder = createRecorder();
  floor = await openLiveFloor({ between: recorder.port, world: { recordings: recorder.folder } });
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

interface Seen {
  readonly call: string;
  readonly fileName: string;
  readonly recordID: string;
  readonly taskId: string;
}

async function talk(from = '13800000001'): Promise<string> {
  const party = floor.voice.callIn({ from, to: floor.number, camera: true });
  const { callid } = await ann.until('AgentEvent_Talking');
  assert.equal(party.leg() === undefined, false);
  await ann.client.call(mediaSwitch, { agentid: ann.workNo, mediaType: 3 });
  assert.equal((await ann.until('AgentEvent_MediaSwitth')).reason, 0);
  return callid;
}

/** What ann is told of the recording of pictures. */
async function toldOfVideo(call: string): Promise<Seen> {
  for (;;) {
    const { fileMediaType, fileName, recordID, taskId, callId } = await ann.until('AgentMediaEvent_Record');
    assert.equal(callId, call);
    if (fileMediaType === '2') return { call, fileName, recordID, taskId };
  }
}

const record = (): Promise<unknown> => ann.client.call(voiceRecordStart, { agentid: ann.workNo, mediaType: 5 });
const stop = (): Promise<unknown> => ann.client.call(voiceRecordStop, { agentid: ann.workNo });

/** Until both are written, what is said and what is seen. */
async function written(): Promise<readonly string[]> {
  const one = await ann.until('AgentMediaEvent_StopRecordDone');
  const other = await ann.until('AgentMediaEvent_StopRecordDone');
  return [one, other].map(({ fileMediaType }) => fileMediaType).toSorted();
}

/** A call in which two saw each other, recorded; it is over. */
async function seenTalk(from?: string): Promise<Seen> {
  const call = await talk(from);
  await record();
  const seen = await toldOfVideo(call);
  await ann.client.call(releaseCall, { agentid: ann.workNo });
  assert.deepEqual(await written(), ['1', '2']);
  return seen;
}

const byCall = (conferenceId: string, more: object = {}, desk = eve) => desk.client.call(videoFileDownload, { agentid: desk.workNo, conferenceId, fileType: 0, ...more });
const byPath = (recordId: string, desk = eve) => desk.client.call(videoFileDownloadEx, { agentid: desk.workNo, recordId });
const withCall = (callId: string, more: object = {}, desk = eve) => desk.client.call(recordFileDownloadEx, { agentid: desk.workNo, callId, ...more });

describeOperation(videoFileDownload, {
  example: async () => {
    const { call, recordID } = await seenTalk();
    const { ok, bytes, headers } = await byCall(call, { recordId: recordID });
    assert.ok(ok);
    assert.equal(headers.get('content-type'), 'application/octet-stream;charset=utf-8');
    assert.match(headers.get('content-disposition') ?? '', /\.webm"$/);
    assert.deepEqual(bytes, VIDEO);
  },
  badInput: async () => {
    const { call, recordID } = await seenTalk();
    assert.equal(codeOf(await byCall(call, {}, ann)), '104-002', 'no right to recordings, not even the own');
    assert.equal(codeOf(await byCall('1606459553-176')), '108-006');
    assert.equal(codeOf(await byCall('7a008307-34ad-435b-bccd-222be5ac5385')), '108-006');
    assert.equal(codeOf(await byCall(call, { recordId: '0a08082d-df1e-4c06-9a97-c7c6f7a4724e' })), '108-003');
    assert.equal(codeOf(await byCall(call, { recordId: recordID.replace(`v${floor.tenant.vdnId}a`, `v${floor.tenant.vdnId + 1}a`) })), '108-002');
    assert.equal(codeOf(await byCall(call, { fileType: 2 })), '108-009');
    for (const wrong of [{ fileType: 3 }, { fileType: 'HD' }, { recordId: 'x'.repeat(65) }]) assert.equal(codeOf(await byCall(call, wrong)), '000-002');
    assert.equal(codeOf(await byCall('')), '000-002');
  },
  effect: async () => {
    const call = await talk();
    const seen: Seen[] = [];
    for (let times = 0; times < 2; times += 1) {
      await record();
      seen.push(await toldOfVideo(call));
      await stop();
      await written();
    }
    await ann.client.call(releaseCall, { agentid: ann.workNo });
    const names: (string | null)[] = [];
    for (const more of [{}, { fileType: 1 }, { recordId: seen[0]?.recordID }, { recordId: seen[1]?.recordID.toLowerCase() }]) {
      const { ok, headers } = await byCall(call, more);
      assert.ok(ok);
      names.push(headers.get('content-disposition'));
    }
    const [first, whole, named, second] = names;
    assert.deepEqual([whole, named], [first, first], 'the first one unless another is named, as it is whatever is asked for');
    assert.notEqual(second, first);
    // By the spellings of the printed examples too.
    const misspelt = await fetch(`${floor.server.url}/agentgateway/resource/recordfile/${eve.workNo}/videofiledownload?confereceld=${call}&fileType=1`, { headers: { Guid: eve.guid() } });
    assert.equal((await misspelt.arrayBuffer()).byteLength, VIDEO.length);
  },
});

describeOperation(videoFileDownloadEx, {
  example: async () => {
    const { fileName, call } = await seenTalk();
    assert.match(fileName, new RegExp(`^Y:/${floor.tenant.vdnId}/0/\\d{8}/${ann.workNo}/\\d{7}\\.webm$`));
    const { ok, bytes } = await byPath(fileName);
    assert.ok(ok);
    assert.deepEqual(bytes, (await byCall(call)).bytes);
  },
  badInput: async () => {
    const { vdnId } = floor.tenant;
    const { fileName } = await seenTalk();
    assert.equal(codeOf(await byPath(fileName, ann)), '104-002');
    assert.equal(codeOf(await byPath('')), '000-002');
    for (const bad of ['x', '/etc/passwd', `Y:/${vdnId}/../${vdnId}/0/1.webm`]) assert.equal(codeOf(await byPath(bad)), '104-003', bad);
    assert.equal(codeOf(await byPath(fileName.replace(`/${vdnId}/`, `/${vdnId + 1}/`))), '108-002');
    assert.equal(codeOf(await byPath(fileName.replace('.webm', '.V3'))), '108-009');
    assert.equal(codeOf(await byPath(fileName.replace('.webm', '.mp4'))), '108-012');
    assert.equal(codeOf(await byPath(`Y:/${vdnId}/0/20201202/503/1714442.mp4`)), '108-012');
  },
  effect: async () => {
    const { fileName } = await seenTalk();
    for (const variant of [fileName.replaceAll('/', '\\'), fileName.toLowerCase(), fileName.replace('Y:', 'c:')]) assert.deepEqual((await byPath(variant)).bytes, VIDEO, variant);
  },
});

describe('what was seen of a call', () => {
  test('is beside what was said, which is had as it is without it', async () => {
    const { call, fileName, recordID } = await seenTalk();
    const workNo = String(ann.workNo);
    assert.deepEqual((await withCall(call, { hwFileName: fileName })).bytes, VIDEO, 'whose it is the path says');
    const sound = await withCall(call, { workNo });
    assert.ok(sound.ok && Buffer.from(sound.bytes.subarray(0, 4)).toString() === 'RIFF');
    for (const id of [fileName, recordID]) assert.equal(codeOf(await eve.client.call(recordFileDownload, { agentid: eve.workNo, recordId: id })), '104-005', id);
  });

  test('is had with its own call alone, by whoever may hear it', async () => {
    const [one, other] = [await seenTalk(), await seenTalk()];
    assert.equal(codeOf(await withCall(one.call, { hwFileName: other.fileName })), '108-015');
    assert.equal(codeOf(await withCall(one.call, { hwFileName: 'x' })), '108-015');
    assert.equal(codeOf(await withCall(one.call, { hwFileName: one.fileName }, ann)), '104-002');
    const { administrator } = floor.tenant;
    await administrator.call(changeAgentRole, { roleId: 2, bits: [1, 2, 3, 16] });
    assert.ok((await withCall(one.call, { hwFileName: one.fileName }, ann)).ok);
    await administrator.call(changeAgentRole, { roleId: 2, bits: [1, 2, 3] });
  });

  test('is sent in parts', async () => {
    const { call, fileName } = await seenTalk();
    const base = `${floor.server.url}/agentgateway/resource/recordfile/${eve.workNo}`;
    for (const url of [`${base}/videofiledownload?conferenceId=${call}&fileType=0`, `${base}/videofiledownloadEx?recordId=${encodeURIComponent(fileName)}`]) {
      for (const [asked, first, last] of [['bytes=0-0', 0, 0], ['bytes=70000-', 70_000, VIDEO.length - 1], ['bytes=-5', VIDEO.length - 5, VIDEO.length - 1]] as const) {
        const part = await fetch(url, { headers: { Guid: eve.guid(), Range: asked } });
        assert.deepEqual([part.status, part.headers.get('content-range')], [206, `bytes ${first}-${last}/${VIDEO.length}`], asked);
        assert.deepEqual(new Uint8Array(await part.arrayBuffer()), VIDEO.slice(first, last + 1));
      }
    }
  });

  test('is another tenant\'s to nobody', async () => {
    const { call, fileName, recordID } = await seenTalk();
    const tenant = await floor.server.tenant();
    const spy = await openDesk(floor.server, tenant, { ccRoleId: 3 });
    await spy.signIn();
    assert.equal(codeOf(await byCall(call, {}, spy)), '108-006');
    assert.equal(codeOf(await byCall(call, { recordId: recordID }, spy)), '108-002');
    assert.equal(codeOf(await byPath(fileName, spy)), '108-002');
    assert.equal(codeOf(await withCall(call, { hwFileName: fileName }, spy)), '108-015');
  });

  test('of which the file is gone is not there', async () => {
    const { call, fileName } = await seenTalk();
    await recorder.folder.remove(readPath(fileName)?.file ?? '');
    assert.equal(codeOf(await byCall(call)), '108-007');
    assert.equal(codeOf(await byPath(fileName)), '108-012');
    assert.equal(codeOf(await withCall(call, { hwFileName: fileName })), '108-015');
  });

  test('is destroyed with the subject who was seen (5.1.13)', async () => {
    const [kept, gone] = [await seenTalk('13822222222'), await seenTalk('13811111111')];
    await floor.tenant.client.call(cleanCustPersonalData, { customNos: ['13811111111'] });
    await floor.server.jobsDone();
    assert.equal(codeOf(await byPath(gone.fileName)), '108-012');
    assert.equal(await recorder.folder.openVideo(readPath(gone.fileName)?.file ?? ''), undefined, 'the file too');
    assert.ok((await byPath(kept.fileName)).ok);
  });
});

test('an agent is told that pictures cannot be recorded, and what is said is recorded all the same', async () => {
  const call = await talk();
  recorder.fill(true);
  await record();
  assert.equal((await ann.until('AgentMediaEvent_Record_Fail')).callId, call);
  recorder.fill(false);
  await ann.client.call(releaseCall, { agentid: ann.workNo });
});

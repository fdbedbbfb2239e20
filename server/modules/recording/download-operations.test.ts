import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { changeAgentRole } from '@parley/contract/admin/workplace.ts';
import { cleanCustPersonalData } from '@parley/contract/configuration/erasure.ts';
import { recordFileDownload, recordFileDownloadEx, voiceRecordStart, voiceRecordStop } from '@parley/contract/gateway/recording.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { loudestTones } from '../../../telephony/audio/listen.ts';
import { toInt16 } from '../../../telephony/audio/sound.ts';
import { readWav } from '../../../telephony/audio/wav.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { codeOf } from '../../testing/floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { AGENT_HERTZ, createRecorder, CUSTOMER_HERTZ, RECORDED_MS, type Recorder } from './recorder.fixture.ts';

let recorder: Recorder;
let floor: LiveFloor;
/** An inspector, who may hear recordings, and an agent, who may not. */
let eve: Desk;
let ann: Desk;
before(async () => {
  recorder = createRecorder();
  floor = await openLiveFloor({ between: recorder.port, world: { recordings: recorder.folder } });
  eve = await openDesk(floor.server, floor.tenant, { ccRoleId: 3 });
  await eve.signIn();
  ann = await floor.agent();
});
after(async () => {
  await floor.server.close();
  recorder.close();
});

interface Made {
  readonly call: string;
  readonly fileName: string;
  readonly recordID: string;
}

/** A talk of ann's that was recorded, and is over. */
async function recordedTalk(from = '13800000001'): Promise<Made> {
  const call = await floor.callIn(from);
  await ann.until('AgentEvent_Talking');
  await ann.client.call(voiceRecordStart, { agentid: ann.workNo, mediaType: 5 });
  const { fileName, recordID } = await ann.until('AgentMediaEvent_Record');
  await ann.client.call(releaseCall, { agentid: ann.workNo });
  await ann.until('AgentMediaEvent_StopRecordDone');
  return { call, fileName, recordID };
}

const byPath = (recordId: string, desk = eve, more: object = {}) => desk.client.call(recordFileDownload, { agentid: desk.workNo, recordId, ...more });
const byCall = (callId: string, more: object = {}, desk = eve) => desk.client.call(recordFileDownloadEx, { agentid: desk.workNo, callId, ...more });

/** The tones on each channel of a WAV file. */
function tonesIn(bytes: Uint8Array): readonly (readonly number[])[] {
  const sound = readWav(bytes);
  assert.ok(sound.ok, sound.ok ? '' : sound.reason);
  assert.equal(sound.sampleRate, 8000);
  return sound.channels.map((channel) => loudestTones(toInt16(channel), 2).filter(({ dbm0 }) => dbm0 > -40).map(({ hertz }) => Math.round(hertz / 10) * 10).toSorted((a, b) => a - b));
}

describeOperation(recordFileDownload, {
  example: async () => {
    const { fileName } = await recordedTalk();
    const { ok, bytes, headers } = await byPath(fileName, eve, { filetype: 1 });
    assert.ok(ok);
    assert.equal(headers.get('content-type'), 'application/octet-stream;charset=utf-8');
    assert.match(headers.get('content-disposition') ?? '', /\.wav"$/);
    assert.deepEqual(tonesIn(bytes), [[AGENT_HERTZ, CUSTOMER_HERTZ]], 'both sides on one channel');
  },
  badInput: async () => {
    const { vdnId } = floor.tenant;
    const { fileName } = await recordedTalk();
    assert.equal(codeOf(await byPath(fileName, ann)), '104-002', 'no right to recordings, not even the own');
    assert.equal(codeOf(await byPath('')), '000-002');
    assert.equal(codeOf(await byPath(`Y:/${vdnId}/0/20181217/120/1524488.V3`)), '104-005');
    assert.equal(codeOf(await byPath(`Y:/${vdnId + 1}/0/20181217/120/1524488.V3`)), '100-018');
    assert.equal(codeOf(await byPath(`Yc1v${vdnId + 1}a120d20181217t1524488`)), '100-018');
    for (const bad of ['x', 'Y:/', `Y:/${vdnId}/../${vdnId}/0/1.V3`, `Y:/${vdnId}/..%2f1/1.V3`, '/etc/passwd', `Y:/${vdnId}/0/20181217/120/..`, '%00']) {
      assert.equal(codeOf(await byPath(bad)), '104-003', bad);
    }
    assert.equal(codeOf(await byPath(fileName, eve, { filetype: 3 })), '000-002');
    assert.equal(codeOf(await byPath(fileName, eve, { filetype: 2 })), '104-005', 'an agent\'s talk is no message');
  },
  effect: async () => {
    const { fileName, recordID } = await recordedTalk();
    const whole = await byPath(fileName);
    const variants = [recordID, fileName.replaceAll('/', '\\'), fileName.toLowerCase(), fileName.replace('Y:', 'c:'), fileName.replaceAll('/', '//')];
    for (const variant of variants) assert.deepEqual((await byPath(variant)).bytes, whole.bytes, variant);
  },
});

describeOperation(recordFileDownloadEx, {
  example: async () => {
    const { call } = await recordedTalk();
    const { ok, bytes } = await byCall(call, { workNo: String(ann.workNo) });
    assert.ok(ok);
    assert.deepEqual(tonesIn(bytes), [[AGENT_HERTZ], [CUSTOMER_HERTZ]], 'the agent on the left, the others on the right');
  },
  badInput: async () => {
    const { call } = await recordedTalk();
    const workNo = String(ann.workNo);
    assert.equal(codeOf(await byCall(call)), '108-016', 'an inspector says whose');
    assert.equal(codeOf(await byCall(call, { workNo: '59999' })), '108-015');
    assert.equal(codeOf(await byCall('1-1', { workNo })), '108-015');
    assert.equal(codeOf(await byCall(call, { workNo, hwFileName: 'Y:/90/0/20210519/4977/1642329.mp4' })), '108-015', 'there was nothing to be seen');
    assert.equal(codeOf(await byCall(call, {}, ann)), '104-002');
    assert.equal(codeOf(await byCall(call, { workNo: 'x' })), '000-002');
    const other = await openDesk(floor.server, floor.tenant, { ccRoleId: 3 });
    assert.equal(codeOf(await byCall(call, { workNo: String(other.workNo) })), '104-002', 'inspectors are not inspected');
  },
  effect: async () => {
    const { call } = await recordedTalk();
    const { administrator } = floor.tenant;
    const set = await administrator.call(changeAgentRole, { roleId: 2, bits: [1, 2, 3, 16] });
    assert.equal(set.status, 200, JSON.stringify(set.body));
    assert.ok((await byCall(call, {}, ann)).ok, 'who may hear recordings hears the own ones');
    const ids = call.split('-');
    assert.ok((await byCall(`${ids[0]}000-${ids[1]}`, {}, ann)).ok, 'by the longer form of the id, too');
    await administrator.call(changeAgentRole, { roleId: 2, bits: [1, 2, 3] });
  },
});

describe('a part of a recording', () => {
  const fetchPart = async (url: string, range: string) => {
    const response = await fetch(`${floor.server.url}${url}`, { headers: { Guid: eve.guid(), Range: range } });
    return { status: response.status, range: response.headers.get('content-range'), type: response.headers.get('content-type'), bytes: new Uint8Array(await response.arrayBuffer()) };
  };

  test('is sent alone, whichever it is', async () => {
    const { fileName, call } = await recordedTalk();
    for (const [url, whole] of [
      [`/agentgateway/resource/recordfile/${eve.workNo}?recordId=${encodeURIComponent(fileName)}`, (await byPath(fileName)).bytes],
      [`/agentgateway/resource/recordfile/${eve.workNo}/recordfiledownloadEx?callId=${call}&workNo=${ann.workNo}`, (await byCall(call, { workNo: String(ann.workNo) })).bytes],
    ] as const) {
      const size = whole.length;
      for (const [asked, first, last] of [
        ['bytes=0-0', 0, 0], ['bytes=10-99', 10, 99], ['bytes=57-61', 57, 61], [`bytes=${size - 5}-`, size - 5, size - 1], ['bytes=-7', size - 7, size - 1], [`bytes=59-${size + 100}`, 59, size - 1],
        [`bytes=-${size * 2}`, 0, size - 1],
      ] as const) {
        const part = await fetchPart(url, asked);
        assert.deepEqual([part.status, part.range, part.type], [206, `bytes ${first}-${last}/${size}`, 'application/octet-stream;charset=utf-8'], asked);
        assert.deepEqual(part.bytes, whole.slice(first, last + 1), asked);
      }
      for (const nothing of [`bytes=${size}-`, 'bytes=-0']) {
        const none = await fetchPart(url, nothing);
        assert.deepEqual([none.status, none.range, none.bytes.length], [416, `bytes */${size}`, 0], nothing);
      }
      for (const unclear of ['bytes=5-2', 'bytes=', 'bytes=0-1,5-6', 'items=0-1', 'bytes=a-b']) {
        const all = await fetchPart(url, unclear);
        assert.deepEqual([all.status, all.bytes.length], [200, size], unclear);
      }
    }
  });
});

describe('recordings', () => {
  test('of another tenant are not there', async () => {
    const { call, fileName, recordID } = await recordedTalk();
    const other = await floor.server.tenant();
    const spy = await openDesk(floor.server, other, { ccRoleId: 3 });
    await spy.signIn();
    for (const named of [fileName, recordID]) assert.equal(codeOf(await byPath(named, spy)), '100-018');
    assert.equal(codeOf(await byPath(fileName.replace(`/${floor.tenant.vdnId}/`, `/${other.vdnId}/`), spy)), '104-005');
    assert.equal(codeOf(await byCall(call, { workNo: String(spy.workNo) }, spy)), '108-015');
  });

  test('are destroyed with the voice that is on them (5.1.13), those that go on when they are over', async () => {
    const [subject, other] = ['13811111111', '13822222222'];
    const [kept, gone] = [await recordedTalk(other), await recordedTalk(subject)];
    await floor.callIn(subject);
    await ann.until('AgentEvent_Talking');
    await ann.client.call(voiceRecordStart, { agentid: ann.workNo, mediaType: 5 });
    const { fileName: running } = await ann.until('AgentMediaEvent_Record');
    await floor.tenant.client.call(cleanCustPersonalData, { customNos: [subject] });
    await floor.server.jobsDone();
    assert.equal(codeOf(await byPath(gone.fileName)), '104-005');
    assert.ok((await byPath(kept.fileName)).ok);
    assert.equal(await recorder.folder.pathToPlay(gone.fileName), undefined, 'the file too');
    assert.notEqual(await recorder.folder.pathToPlay(running), undefined);
    await ann.client.call(voiceRecordStop, { agentid: ann.workNo });
    await ann.until('AgentMediaEvent_StopRecordDone');
    assert.equal(codeOf(await byPath(running)), '104-005');
    assert.equal(await recorder.folder.pathToPlay(running), undefined);
    await ann.client.call(voiceRecordStart, { agentid: ann.workNo, mediaType: 5 });
    const { fileName: late } = await ann.until('AgentMediaEvent_Record');
    await ann.client.call(releaseCall, { agentid: ann.workNo });
    await ann.until('AgentMediaEvent_StopRecordDone');
    assert.equal(codeOf(await byPath(late)), '104-005', 'and what is recorded of the same call afterwards');
  });

  test('of which the file is gone are not there', async () => {
    const { fileName, call } = await recordedTalk();
    assert.equal((await byPath(fileName)).bytes.length, 58 + 8 * RECORDED_MS);
    await recorder.folder.remove(`${floor.tenant.vdnId}${fileName.slice(fileName.indexOf('/', 3)).toLowerCase().replace('.v3', '.wav')}`);
    assert.equal(codeOf(await byPath(fileName)), '104-005');
    assert.equal(codeOf(await byCall(call, { workNo: String(ann.workNo) })), '108-015');
  });
});

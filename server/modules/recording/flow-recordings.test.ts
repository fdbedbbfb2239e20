import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { createAccessCode } from '@parley/contract/admin/access-code.ts';
import { createCalledRoute } from '@parley/contract/configuration/called-route.ts';
import { cleanCustPersonalData } from '@parley/contract/configuration/erasure.ts';
import { recordFileDownload } from '@parley/contract/gateway/recording.ts';
import { encodeAlaw } from '../../../telephony/audio/g711.ts';
import { buildWavHeader, stampWavHeader } from '../../../telephony/audio/wav-header.ts';
import type { Engine } from '../../engine/engine.ts';
import type { VoiceReport } from '../../engine/voice.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { codeOf } from '../../testing/floor.ts';
import { openLiveFloor, type Caller, type LiveFloor } from '../../testing/live-floor.ts';
import { until } from '../../testing/until.ts';
import { createRecorder, type Recorder } from './recorder.fixture.ts';

const NUMBER = '957001';
let recorder: Recorder;
let floor: LiveFloor;
let eve: Desk;
let engine: Engine;
let vdnId: number;
/** What the voice port tells, besides what the simulator does. */
let tell: (report: VoiceReport) => void = () => undefined;

before(async () => {
  recorder = createRecorder();
  floor = await openLiveFloor({
    world: { recordings: recorder.folder },
    between: (voice) => recorder.port({
      ...voice,
      subscribe: (listener) => {
        tell = listener;
        return voice.subscribe(listener);
      },
    }),
  });
  ({ engine } = floor.server.parley.gateway);
  ({ vdnId } = floor.tenant);
  eve = await openDesk(floor.server, floor.tenant, { ccRoleId: 3 });
  await eve.signIn();
  const flow = await floor.flow('7007');
  floor.voice.flow(flow, { kind: 'hangUp' }, 3_600_000);
  await floor.tenant.administrator.call(createAccessCode, { code: NUMBER, media: 5 });
  const { body } = await floor.tenant.client.call(createCalledRoute, { accessCode: NUMBER, extCode: '', devicetype: 3, deviceid: Number(flow) });
  assert.equal(body['returnCode'], '0', JSON.stringify(body));
});
after(async () => {
  await floor.server.close();
  recorder.close();
});


let files = 0;
/** Somebody calls in and speaks to the flow, which goes on. */
async function speaks(from: string): Promise<Caller & { readonly file: string; readonly over: () => Promise<void> }> {
  const party = floor.voice.callIn({ from, to: NUMBER });
  await engine.idle();
  const call = await engine.view(vdnId, ({ calls, legs }) => calls.get(legs.get(party.id)?.call ?? '')?.id ?? '');
  assert.notEqual(call, '');
  files += 1;
  const file = `${vdnId}/flows/${call}-${files}.wav`;
  tell({ kind: 'flowRecording', vdnId, call, file });
  const samples = encodeAlaw(new Int16Array(800));
  const header = buildWavHeader({ encoding: 'alaw', sampleRate: 8000, channelCount: 1 });
  stampWavHeader(header, samples.length);
  writeFileSync(await recorder.folder.pathToRecord(file), Buffer.concat([header, samples]));
  await engine.idle();
  return {
    call, party, file,
    over: async () => {
      party.hangUp();
      await engine.idle();
      tell({ kind: 'flowRecorded', vdnId, file, ms: 100, why: 'end' });
      await engine.idle();
    },
  };
}

const download = (file: string) => eve.client.call(recordFileDownload, { agentid: eve.workNo, recordId: file, filetype: 2 });
const isThere = async (file: string): Promise<boolean> => await recorder.folder.pathToPlay(file) !== undefined;
const erase = async (number: string): Promise<void> => {
  await floor.tenant.client.call(cleanCustPersonalData, { customNos: [number] });
  await floor.server.jobsDone();
};
const rows = () => floor.server.world.db.selectFrom('flow_recording').selectAll().where('vdn_id', '=', vdnId).orderBy('began_at').execute();

test('what a caller said to a flow has a row, and is downloaded by its name (13.1.2.1)', async () => {
  const { call, file, over } = await speaks('13800000001');
  await over();
  assert.ok((await download(file)).ok);
  await until(async () => (await rows()).some((one) => one.file === file && one.ended_at !== null), 'the row tells of the end');
  const row = (await rows()).find((one) => one.file === file);
  assert.deepEqual({ ...row, began_at: 0, ended_at: 0 }, {
    vdn_id: vdnId, file, call, speaker: '13800000001', caller: '13800000001', called: NUMBER, began_at: 0, ended_at: 0, ms: 100, state: 'end', to_erase: false,
  });
});

test('it is destroyed with what else is known of the caller (5.1.13), and nothing of others is', async () => {
  const [subject, other] = ['13811110001', '13811110002'];
  const [gone, kept] = [await speaks(subject), await speaks(other)];
  for (const one of [gone, kept]) await one.over();
  await erase(subject);
  assert.equal(codeOf(await download(gone.file)), '104-005');
  assert.equal(await isThere(gone.file), false);
  assert.ok((await download(kept.file)).ok);
  assert.deepEqual((await rows()).filter(({ speaker }) => speaker === subject), []);
});

test('what is just being said is destroyed when it is over, and what is said afterwards in the same call', async () => {
  const subject = '13811110003';
  const first = await speaks(subject);
  await erase(subject);
  assert.equal(await isThere(first.file), true, 'it is being written');
  const later = `${vdnId}/flows/${first.call}-later.wav`;
  tell({ kind: 'flowRecording', vdnId, call: first.call, file: later });
  writeFileSync(await recorder.folder.pathToRecord(later), 'sound');
  await first.over();
  tell({ kind: 'flowRecorded', vdnId, file: later, ms: 100, why: 'failed' });
  await engine.idle();
  // Whoever asks for an erasure again is told when the rows are settled.
  await erase(subject);
  for (const file of [first.file, later]) assert.equal(await isThere(file), false, file);
  assert.deepEqual((await rows()).filter(({ call }) => call === first.call), []);
});

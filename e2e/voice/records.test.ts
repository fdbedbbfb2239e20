import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { addTrustedUrl } from '@parley/contract/admin/callback.ts';
import { createIvrFlow } from '@parley/contract/admin/ivr-flow.ts';
import { createInstallationKey, createKey } from '@parley/contract/admin/key.ts';
import { ccfsDownloadBillFile, ccfsQueryBillData } from '@parley/contract/ccfs/export.ts';
import { ccfsIvrDeleteFile, ccfsIvrGetFileHash, ccfsIvrUploadFile } from '@parley/contract/ccfs/third-party.ts';
import { createClient, type Client } from '@parley/contract/client.ts';
import { withSignature } from '@parley/contract/client-signature.ts';
import { createCalledRoute } from '@parley/contract/configuration/called-route.ts';
import { cancelBusy, sayBusy } from '@parley/contract/gateway/agent-state.ts';
import {
  recordPlayForward, recordPlayPause, recordPlayResume, recordPlayRewind, recordPlayStart, recordPlayStop, voiceRecordStart, voiceRecordStop,
} from '@parley/contract/gateway/recording.ts';
import { cmsQueryCallTraceDetail } from '@parley/contract/monitoring/call-trace.ts';
import { cmsHisIndexSkill } from '@parley/contract/monitoring/history.ts';
import { uapQueryTerminalStatus } from '@parley/contract/monitoring/system.ts';
import { parseAuthorization, verify } from '@parley/contract/wire/auth-v2.ts';
import { unzip } from '../../server/modules/export/unzip.fixture.ts';
import { until } from '../../server/testing/until.ts';
import { countSkill } from '../../sim/recount/calls.ts';
import { readCallLines } from '../../sim/recount/lines.ts';
import { readStays } from '../../sim/recount/stays.ts';
import { codecOf } from '../../telephony/audio/codec.ts';
import { FRAME_MS, FRAME_SAMPLES } from '../../telephony/audio/frame.ts';
import { writeWav } from '../../telephony/audio/wav.ts';
import { createTestPhones, toneOf, type TestPhone, type TestPhones } from '../../telephony/testing/phones.ts';
import type { Account, Desk } from './desk.ts';
import { openParleyCentre, type ParleyCentre } from './parley-centre.ts';
import { without } from './without.ts';

const FLOW_SECONDS = 2;
const SECOND_MS = 1000;
/** A call rings for half a minute. */
const RINGS_MS = 45_000;
const TALK_SECONDS = 4;
const SILENT_SECONDS = 11;
const PAUSE_SECONDS = 5;
const FILE_SECONDS = 2;
const FILE_HERTZ = 1000;
const FIRST_HERTZ = 1400;
/** A voice is there or it is not. */
const CLEARLY = 0.25;
const HARDLY = 0.05;

/** A tone in A-law. */
function toneFor(seconds: number): Uint8Array {
  const [encoder, say, frame] = [codecOf('PCMA').createEncoder(), toneOf(FILE_HERTZ), new Int16Array(FRAME_SAMPLES)];
  const sound = new Uint8Array((seconds * SECOND_MS * FRAME_SAMPLES) / FRAME_MS);
  for (let at = 0; at < sound.length; at += FRAME_SAMPLES) {
    say(frame);
    encoder.encode(frame, sound.subarray(at, at + FRAME_SAMPLES));
  }
  return sound;
}

interface Received {
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

interface Agent {
  readonly desk: Desk;
  readonly phone: TestPhone;
}

describe('what is told of calls by real SIP', { skip: without(), timeout: 240_000, concurrency: true }, () => {
  const received: Received[] = [];
  let receiver: Server;
  let callBackURL: string;
  let centre: ParleyCentre;
  let phones: TestPhones;
  let monitor: Client;
  let key: { readonly keyId: string; readonly secret: string };
  const desks: Desk[] = [];

  before(async () => {
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (data: Buffer) => { body += data.toString(); });
      request.on('end', () => {
        received.push({ url: request.url ?? '', headers: request.headers, body });
        response.end('{}');
      });
    });
    receiver.listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const base = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
    callBackURL = `${base}/bills`;
    centre = await openParleyCentre({ PARLEY_OUTGOING_PRIVATE: '127.0.0.0/8' });
    const from = 57_000 + (process.pid % 20) * 40;
    phones = await createTestPhones(centre.sip, { from, to: from + 39 });
    key = await centre.operator.ask(createKey, { scheme: 'C2', label: 'monitor' });
    monitor = createClient({ baseUrl: centre.parley.url, authorize: withSignature(key.keyId, key.secret, () => new Date()) });
    await centre.operator.ask(addTrustedUrl, { url: base });
  });
  after(async () => {
    for (const desk of desks) await desk.leave();
    await phones?.stop();
    await centre?.close();
    receiver?.close();
  });

  let hertz = FIRST_HERTZ;
  const phoneOf = async ({ number, sipPassword }: Account): Promise<TestPhone> => {
    hertz += 100;
    const phone = phones.phone(number, hertz);
    assert.equal(await phone.register(sipPassword), 200);
    return phone;
  };
  const agentOf = async (account: Account): Promise<Agent> => {
    const phone = await phoneOf(account);
    const desk = await centre.signIn(account);
    desks.push(desk);
    return { desk, phone };
  };
  const busyAgent = async (account: Account): Promise<Agent> => {
    const agent = await agentOf(account);
    await agent.desk.does(sayBusy);
    return agent;
  };
  const rings = (phone: TestPhone): Promise<void> => until(() => phone.state() === 'ringing', `${phone.number} rings`);
  const levelOf = (ear: TestPhone, tone: number): number => ear.hears([tone])[tone] ?? 0;
  const hears = (ear: TestPhone, tone: number): Promise<void> => until(() => levelOf(ear, tone) > CLEARLY, `${ear.number} hears ${tone} Hz`);
  const hearsNothing = (ear: TestPhone, tone: number): Promise<void> => until(() => levelOf(ear, tone) < HARDLY, `${ear.number} does not hear ${tone} Hz`);
  const traceOf = (callId: string) => monitor.ask(cmsQueryCallTraceDetail, { vdn: centre.vdnId, callId });

  /** A number at which callers come to a flow. */
  const flowAt = async (accessCode: string, extCode: string, definition: object): Promise<{ readonly flow: number; readonly number: string }> => {
    const { id: flow } = await centre.operator.ask(createIvrFlow, { accessCode: extCode, definition });
    const { ok, body } = await centre.client.call(createCalledRoute, { accessCode, extCode, mediaTypeId: 5, devicetype: 3, deviceid: flow });
    assert.ok(ok, JSON.stringify(body));
    return { flow, number: accessCode + extCode };
  };

  /** Asks for the rows of the call, waits to be told of them by who signs for it, and fetches them. */
  const exported = async (callId: string): Promise<string> => {
    const at = (ms: number): string => new Date(Date.now() + ms).toISOString().slice(0, 19).replace('T', ' ');
    const request = { version: '2.0' } as const;
    const asked = await monitor.call(ccfsQueryBillData, { request, msgBody: { beginTime: at(-600_000), endTime: at(-1), callBackURL, dataType: 'call', callId } });
    assert.ok(asked.ok, JSON.stringify(asked.body));
    await until(() => received.length > 0, 'the file is told of');
    const [told] = received;
    assert.ok(told !== undefined);
    const parsed = parseAuthorization(told.headers.authorization);
    assert.ok(parsed !== undefined);
    const header = (name: string): string | undefined => told.headers[name] as string | undefined;
    assert.ok(verify({ parsed, secretKey: key.secret, method: 'POST', rawUrl: told.url, header, body: Buffer.from(told.body) }), 'it is signed with the key that asked');
    const { msgBody } = JSON.parse(told.body) as { readonly msgBody: { readonly billFileName: string } };
    const file = await monitor.call(ccfsDownloadBillFile, { request, msgBody: { billFileName: msgBody.billFileName } });
    return unzip(file.bytes).map(({ bytes }) => bytes.toString('utf8')).join('');
  };

  it('scenario 1: a call that nobody answers at first stands in its rows, in the figures of its queue, and in what is exported', async () => {
    const queue = await centre.queue();
    const accounts = [await centre.account(queue), await centre.account(queue)] as const;
    const [first, second] = [await busyAgent(accounts[0]), await busyAgent(accounts[1])];
    const caller = await phoneOf(await centre.account());
    const { flow, number } = await flowAt(queue.number.slice(0, -2), '61', {
      start: 'wait', nodes: { wait: { type: 'wait', seconds: FLOW_SECONDS, next: 'queue' }, queue: { type: 'queue', queue: queue.id } },
    });
    await caller.call(number);
    await pause(FLOW_SECONDS * SECOND_MS + 1.5 * SECOND_MS);
    await first.desk.does(cancelBusy);
    await rings(first.phone);
    await until(() => first.phone.state() === 'gone', 'it has rung for long enough', RINGS_MS);
    await pause(1.2 * SECOND_MS);
    await second.desk.does(cancelBusy);
    await rings(second.phone);
    await pause(1.5 * SECOND_MS);
    await second.phone.answer();
    const { callid } = await second.desk.next('AgentEvent_Talking');
    await hears(caller, second.phone.hertz);
    await pause(3 * SECOND_MS);
    caller.hangUp();
    await until(async () => (await traceOf(callid)).some(({ callIdNum }) => callIdNum === -1), 'the call has its last row');

    const rows = await traceOf(callid);
    assert.deepEqual(rows.map(({ callIdNum, deviceType, deviceNo, LeaveReason, releaseCause }) => [callIdNum, deviceType, deviceNo, LeaveReason, releaseCause]), [
      [1, 3, String(flow), 0, 0], [2, 1, String(queue.id), 0, 0], [3, 2, String(first.desk.workNo), 5, 0], [4, 1, String(queue.id), 0, 0], [-1, 2, String(second.desk.workNo), 15, 531],
    ]);
    const spans = rows.map(({ waitBegin, ackBegin, callBegin, callEnd }) => [ackBegin - waitBegin, callBegin - ackBegin, callEnd - callBegin]);
    const durations = JSON.stringify(spans);

    const [told] = await monitor.ask(cmsHisIndexSkill, { vdn: centre.vdnId, skillIds: [queue.id], indexIds: Object.keys(countSkill([])) });
    const figures = Object.fromEntries(told?.idxs.map(({ id, val }) => [id, typeof val === 'string' ? val : '']) ?? []);
    const counts = ['REQUEST', 'INCOMING_CALL', 'CONNECTED', 'ABANDON', 'LOST_RING', 'SYSTEM_LOST', 'USER_ABANDON', 'AGENT_ABANDON', 'QUEUE_DISCONNECTED'];
    assert.deepEqual(counts.map((name) => figures[`IDX_COUNT_SKILL_${name}`]), ['2', '1', '1', '1', '1', '1', '0', '0', '0']);
    // Two waits of a second and more; half a minute of ringing, and some; three seconds of talk, and what the sound took.
    const isWithin = (name: string, least: number, most: number): void => {
      const seconds = Number(figures[`IDX_DURATION_SKILL_${name}`]);
      assert.ok(seconds >= least && seconds <= most, `${name}: ${seconds} s of ${durations}`);
    };
    isWithin('ALL_QUEUE', 2, 8);
    isWithin('ALL_ACK', 31, 36);
    isWithin('CONNECTED', 3, 10);
    const lines = readCallLines(await exported(callid));
    assert.deepEqual(lines.map((line) => line.number), [1, 2, 3, 4, -1]);
    assert.deepEqual(countSkill(readStays(lines.filter(({ firstQueue }) => firstQueue === queue.id))), figures, 'whoever counts what was exported counts the same');
  });

  it('scenario 13: a recording is played, paused, gone on with, gone forward and back in, and stopped; the phone hears as much', async () => {
    const queue = await centre.queue();
    const [ann, ida] = [await agentOf(await centre.account(queue)), await agentOf(await centre.account(undefined, { ccRoleId: 3 }))];
    const caller = await phoneOf(await centre.account());
    await caller.call(queue.number);
    await rings(ann.phone);
    await ann.phone.answer();
    await ann.desk.next('AgentEvent_Talking');
    await hears(caller, ann.phone.hertz);
    await ann.desk.does(voiceRecordStart, { mediaType: 5 });
    const { fileName: voicepath } = await ann.desk.next('AgentMediaEvent_Record');
    await pause(TALK_SECONDS * SECOND_MS);
    for (const phone of [caller, ann.phone]) phone.falls('silent');
    await pause(SILENT_SECONDS * SECOND_MS);
    await ann.desk.does(voiceRecordStop);
    await ann.desk.next('AgentMediaEvent_StopRecordDone');
    caller.hangUp();

    const tone = caller.hertz;
    const { desk, phone } = ida;
    const play = async (startpostion: number): Promise<void> => {
      await desk.does(recordPlayStart, { voicepath, startpostion });
      await rings(phone);
      await phone.answer();
      await desk.next('AgentMediaEvent_Play_Succ');
    };
    await play(0);
    await hears(phone, tone);
    await desk.does(recordPlayPause);
    await desk.next('AgentMediaEvent_PausePlayDone');
    await hearsNothing(phone, tone);
    assert.deepEqual([await desk.code(recordPlayPause), await desk.code(recordPlayForward, { time: 10 })], ['500-003', '500-002']);
    await pause(PAUSE_SECONDS * SECOND_MS);
    assert.ok(levelOf(phone, tone) < HARDLY, 'nothing was played meanwhile');
    await desk.does(recordPlayResume);
    await desk.next('AgentMediaEvent_ResumePlayDone');
    await hears(phone, tone);
    await desk.does(recordPlayForward, { time: 10 });
    await desk.next('AgentMediaEvent_JumpPlayDone');
    await hearsNothing(phone, tone);
    await desk.does(recordPlayRewind, { time: 100 });
    await desk.next('AgentMediaEvent_JumpPlayDone');
    await hears(phone, tone);
    await desk.does(recordPlayStop);
    assert.deepEqual(await desk.next('AgentMediaEvent_StopPlayDone'), { cause: 1 });
    await until(() => phone.state() === 'gone', 'the phone is hung up');
    await desk.upTo('AgentState_Ready');

    await play(TALK_SECONDS + SILENT_SECONDS - 1);
    assert.deepEqual(await desk.next('AgentMediaEvent_StopPlayDone'), { cause: 0 }, 'the end of the file');
  });

  it('scenario 15: a file of another program has the SHA-256 of its bytes, is heard in a flow, and is gone when it is deleted', async () => {
    const request = { version: '2.0' } as const;
    const file = writeWav(toneFor(FILE_SECONDS));
    const { fileName } = await monitor.ask(ccfsIvrUploadFile, { vdnId: centre.vdnId, request, msgBody: { data: Buffer.from(file).toString('base64') } });
    const asked = { request, msgBody: { fileName } } as const;
    assert.equal((await monitor.ask(ccfsIvrGetFileHash, asked)).hashValue, createHash('sha256').update(file).digest('hex'));
    const { number: code } = await centre.queue();
    const { number } = await flowAt(code.slice(0, -2), '62', { start: 'play', nodes: { play: { type: 'hangUp', prompt: { path: fileName } } } });
    const caller = await phoneOf(await centre.account());
    await caller.call(number);
    await hears(caller, FILE_HERTZ);
    await until(() => caller.state() === 'gone', 'the file has been played');
    await monitor.ask(ccfsIvrDeleteFile, asked);
    assert.equal((await monitor.call(ccfsIvrGetFileHash, asked)).body['resultCode'], '0300011');
  });

  it('scenario 19: a phone that registers is told of as registered; eleven who ask at once are answered or told to wait', async () => {
    const global = await centre.operator.ask(createInstallationKey, { scheme: 'C2', label: 'all' });
    const overseer = createClient({ baseUrl: centre.parley.url, authorize: withSignature(global.keyId, global.secret, () => new Date()) });
    const { number, sipPassword } = await centre.account();
    const statusOf = async (): Promise<readonly (readonly string[])[]> => {
      const { data } = await overseer.ask(uapQueryTerminalStatus, { EID: number });
      return Object.values(data).flat().map(({ equipmentId, registerStatus, protocolType }) => [equipmentId, registerStatus, protocolType]);
    };
    assert.deepEqual(await statusOf(), [[number, 'not register', 'invalid protocol']]);
    hertz += 100;
    const phone = phones.phone(number, hertz);
    await phone.register(sipPassword);
    assert.deepEqual(await statusOf(), [[number, 'registered', 'UDP']]);
    await phone.register(sipPassword, 0);
    assert.deepEqual(await statusOf(), [[number, 'not register', 'invalid protocol']]);
    const codes = (await Promise.all(Array.from({ length: 11 }, () => overseer.call(uapQueryTerminalStatus, { EID: `${number}%` })))).map(({ body }) => body['resultCode']);
    assert.deepEqual(codes.filter((code) => code !== '0100000' && code !== '0100001'), [], codes.join());
    assert.ok(codes.filter((code) => code === '0100000').length >= 10, codes.join());
  });
});

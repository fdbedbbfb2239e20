import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { listCalls } from '@parley/contract/admin/call.ts';
import { recordingExample } from '@parley/contract/admin/recording.ts';
import { simulateCall } from '@parley/contract/admin/simulator.ts';
import { createClient, type Client } from '@parley/contract/client.ts';
import { agentForceLogin } from '@parley/contract/gateway/agent-session.ts';
import { getHold, holdCall } from '@parley/contract/gateway/call-hold.ts';
import { until } from '../../server/testing/until.ts';
import { withoutChromium } from '../../telephony/webrtc/testing/chromium.ts';
import type { Demo, ParleyProcess } from '../parley-process.ts';
import { complaintsOf, signIn, type ConsoleBrowser } from './console-browser.ts';
import { PASSWORD, type People } from './console-people.ts';
import { openConsole, type OpenConsole } from './open-console.ts';

const CUSTOMER = '13911112222';
const HELD_MS = 1200;
const RATE_HZ = 8000;
/** All of them together, on a machine that is busy with other tests. */
const SUITE_MS = 240_000;

let opened: OpenConsole;
let parley: ParleyProcess;
let browser: ConsoleBrowser;
let people: People;
let alice: Demo['agents'][number];

/** Alice at a program of her own, by the gateway; her telephone answers by itself. */
async function signInAlice(): Promise<Client> {
  let guid = '';
  const client = createClient({ baseUrl: parley.url, authorize: (): Record<string, string> => (guid === '' ? {} : { Guid: guid }) });
  const { ok, headers, body } = await client.call(agentForceLogin, { agentid: Number(alice.workNo), password: alice.password, phonenum: alice.phone, releasephone: true, autoenteridle: true });
  assert.ok(ok, JSON.stringify(body));
  guid = headers.get('guid') ?? '';
  return client;
}

async function callNow(): Promise<string> {
  const stageIs = async (stage: string): Promise<string | undefined> => (await people.asOperator.ask(listCalls, { state: 'live', number: CUSTOMER })).calls.find((call) => call.stage === stage)?.callId;
  let callId: string | undefined;
  await until(async () => { callId = await stageIs('talking'); return callId !== undefined; }, 'the customer talks');
  return callId ?? '';
}

/** A call that Alice takes, and holds for a while; it is over when this is. */
async function talkWithHold(client: Client): Promise<string> {
  await people.asOperator.ask(simulateCall, { to: people.demo.accessCodes[0]?.code ?? '', from: CUSTOMER, talkSeconds: 5 });
  const callId = await callNow();
  const agentid = Number(alice.workNo);
  assert.ok((await client.call(holdCall, { agentid })).ok);
  const held = Date.now();
  await until(() => Date.now() - held >= HELD_MS, 'it has been held for a while');
  assert.ok((await client.call(getHold, { agentid, callid: callId })).ok);
  await until(async () => (await people.asOperator.ask(listCalls, { number: CUSTOMER })).calls.some((call) => call.callId === callId), 'the call is over');
  return callId;
}

/** A recording of some seconds: a tone on each channel. */
function wavOf(seconds: number, channels: number): Buffer {
  const frames = seconds * RATE_HZ;
  const file = Buffer.alloc(44 + frames * channels * 2);
  file.write('RIFF', 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(channels, 22);
  file.writeUInt32LE(RATE_HZ, 24);
  file.writeUInt32LE(RATE_HZ * channels * 2, 28);
  file.writeUInt16LE(channels * 2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(file.length - 44, 40);
  for (let sample = 0; sample < frames * channels; sample += 1) file.writeInt16LE(Math.round(9000 * Math.sin(sample / 5)), 44 + sample * 2);
  return file;
}

const open = async (account: string, path: string, password = PASSWORD): Promise<{ readonly page: Page; readonly person: BrowserContext; readonly complaints: readonly string[] }> => {
  const person = await browser.person();
  const page = await signIn(person, parley.url, account, password, path);
  return { page, person, complaints: complaintsOf(page) };
};

describe('calls, recordings and figures', { skip: withoutChromium(), timeout: SUITE_MS }, () => {
  let callId: string;
  before(async () => {
    opened = await openConsole({ PARLEY_VOICE: 'simulated' });
    ({ parley, people, browser } = opened);
    const found = people.demo.agents.find(({ account }) => account === 'alice.demo');
    assert.ok(found !== undefined);
    alice = found;
    callId = await talkWithHold(await signInAlice());
  });
  after(() => opened?.close());

  test('find a call by its number, tell where it was and why Alice got it, and lead back', async () => {
    const { page, complaints } = await open(people.supervisor, '/calls');
    await page.getByRole('textbox', { name: 'Number' }).fill(CUSTOMER);
    await page.getByRole('button', { name: 'Search' }).click();
    await page.waitForURL(`**/calls?number=${CUSTOMER}`);
    await page.getByRole('row').filter({ hasText: CUSTOMER }).getByRole('button').click();
    await page.getByRole('heading', { level: 1, name: `Call of ${CUSTOMER}` }).waitFor();

    const stays = page.getByRole('table', { name: 'Timeline' });
    await stays.getByRole('row').filter({ hasText: 'Agent 101 Alice' }).getByText('The customer hung up').waitFor();
    await stays.getByRole('row').filter({ hasText: 'Agent 101 Alice' }).getByText(/Talking 0:\d\d, On hold 0:0[1-9]/).waitFor();
    await stays.getByRole('row').filter({ hasText: 'Queue Sales' }).waitFor();
    await page.getByRole('heading', { name: '101 Alice got the call from Sales' }).waitFor();
    await page.getByRole('button', { name: 'What happened, step by step' }).click();
    await page.getByRole('table', { name: 'What happened, step by step' }).getByText('The call entered the queue 1.').waitFor();
    assert.ok(new URL(page.url()).pathname.endsWith(`/calls/${callId}`));

    await page.goBack();
    await page.getByRole('row').filter({ hasText: CUSTOMER }).waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'Number' }).inputValue(), CUSTOMER);
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.waitForURL('**/calls');
    assert.deepEqual(complaints, []);
  });

  test('find nothing where there is nothing, and say so of a call that is not there', async () => {
    const { page } = await open(people.supervisor, '/calls?number=1');
    await page.getByRole('heading', { name: 'No calls found' }).waitFor();
    await page.goto(`${parley.url}/console/calls/1790000000-1`);
    await page.getByRole('heading', { name: 'There is no such call' }).waitFor();
  });

  test('show a call that goes on until it is over, without being loaded anew', async () => {
    const { page } = await open(people.supervisor, '/calls?state=live');
    await page.getByRole('heading', { name: 'Nobody is calling right now' }).waitFor();
    await people.asOperator.ask(simulateCall, { to: people.demo.accessCodes[0]?.code ?? '', from: '13922223333', talkSeconds: 5 });
    await page.getByRole('row').filter({ hasText: '13922223333' }).getByRole('button').click();
    await page.getByText('Still there').waitFor();
    await page.getByRole('table', { name: 'Timeline' }).getByText('The customer hung up').waitFor();
    assert.equal(await page.getByText('Still there').count(), 0);
  });

  test('count the call, and write what is shown to a file', async () => {
    const { page, complaints } = await open(people.administrator, '/figures');
    const sales = page.getByRole('table', { name: 'All together' }).getByRole('row').filter({ hasText: 'Sales' });
    await sales.getByText('100 %').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).first().click();
    const text = await readFile(await (await download).path(), 'utf8');
    assert.match(text, /^\uFEFFId,Name,Requests,Answered,Lost,Answer rate \(%\),/u);
    assert.match(text, /\r\n1,Sales,[1-9]\d*,[1-9]\d*,0,100,/);
    await page.getByRole('img', { name: 'Requests over time' }).locator('svg').first().waitFor();
    await page.getByText('The tenant', { exact: true }).click();
    await page.waitForURL('**/figures?of=tenant');
    await page.goBack();
    await sales.waitFor();
    assert.deepEqual(complaints, []);
  });

  test('show agents what is theirs', async () => {
    const { page } = await open(alice.account, '/calls', alice.accountPassword);
    await page.getByRole('row').filter({ hasText: CUSTOMER }).getByRole('button').click();
    await page.getByText('Why is known for seven days, and told to supervisors.').waitFor();
    await page.goto(`${parley.url}/console/figures`);
    await page.getByRole('table', { name: 'All together' }).getByRole('row').filter({ hasText: 'Alice' }).waitFor();
    assert.equal(await page.getByText('The tenant', { exact: true }).count(), 0);
  });

  test('play a recording by keys, in both sides apart', async () => {
    const { page, complaints } = await open(people.administrator, '/');
    // Simulated calls have no sound: what a recording would be is put in its place.
    await page.route('**/admin/v1/recordings*', (route) => route.fulfill({ json: { recordings: [recordingExample] } }));
    await page.route('**/admin/v1/recordings/*/sound*', (route) => route.fulfill({ contentType: 'audio/wav', body: wavOf(20, route.request().url().includes('sides=apart') ? 2 : 1) }));
    await page.getByRole('link', { name: 'Recordings' }).click();
    await page.getByRole('row').filter({ hasText: recordingExample.caller }).getByRole('button').click();
    const position = page.getByRole('slider', { name: 'Position in the recording' });
    const at = async (): Promise<number> => Number(await position.getAttribute('aria-valuenow'));
    await until(async () => await at() >= 1, 'it plays');
    await position.press(' ');
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
    await position.press('Home');
    await position.press('PageUp');
    await until(async () => await at() === 20, 'it is at its end, as thirty seconds are more than it has');
    await position.press('ArrowLeft');
    await until(async () => await at() === 15, 'it has gone back');
    await page.getByText('Apart', { exact: true }).click();
    await page.getByText('Customer', { exact: true }).waitFor();
    await until(async () => await at() === 15, 'it is where it was');
    assert.deepEqual(complaints, []);
  });

  test('say to whom the right to hear is missing where it is given', async () => {
    const { page } = await open(alice.account, '/', alice.accountPassword);
    await page.route('**/admin/v1/recordings*', (route) => route.fulfill({ status: 403, json: { error: { code: 'forbidden', message: 'the role of agent 101 has no right to recordings' } } }));
    await page.getByRole('link', { name: 'Recordings' }).click();
    await page.getByRole('alert').getByText(/An administrator gives it/).waitFor();
  });
});

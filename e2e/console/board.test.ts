import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { openDesk, showDesk } from '@parley/contract/admin/desk.ts';
import { simulateCall } from '@parley/contract/admin/simulator.ts';
import { createClient, type Client } from '@parley/contract/client.ts';
import { agentForceLogin, agentForceLogout } from '@parley/contract/gateway/agent-session.ts';
import { cancelBusy, sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { withoutChromium } from '../../telephony/webrtc/testing/chromium.ts';
import type { ParleyProcess } from '../parley-process.ts';
import { complaintsOf, signIn, type ConsoleBrowser } from './console-browser.ts';
import { clientOf, PASSWORD, type People } from './console-people.ts';
import { openConsole, type OpenConsole } from './open-console.ts';

/** A second, and some more on a machine that is busy with other things. */
const SOON_MS = 20_000;
const SIMULATED = { PARLEY_VOICE: 'simulated' } as const;

let opened: OpenConsole;
let parley: ParleyProcess;
let browser: ConsoleBrowser;
let people: People;

/** An agent at a program of their own, by the gateway. */
interface GatewayAgent {
  readonly workNo: number;
  readonly client: Client;
  readonly leave: () => Promise<unknown>;
}

const signedIn: GatewayAgent[] = [];

async function signInByGateway(name: string): Promise<GatewayAgent> {
  const agent = people.demo.agents.find(({ account }) => account === `${name}.demo`);
  assert.ok(agent !== undefined);
  const workNo = Number(agent.workNo);
  let guid = '';
  const client = createClient({ baseUrl: parley.url, authorize: (): Record<string, string> => (guid === '' ? {} : { Guid: guid }) });
  const { ok, headers, body } = await client.call(agentForceLogin, { agentid: workNo, password: agent.password, phonenum: agent.phone, releasephone: true, autoenteridle: true });
  assert.ok(ok, JSON.stringify(body));
  guid = headers.get('guid') ?? '';
  const one = { workNo, client, leave: () => client.call(agentForceLogout, { agentid: workNo }) };
  signedIn.push(one);
  return one;
}

const rowOf = (page: Page, { workNo }: Pick<GatewayAgent, 'workNo'>): Locator => page.locator(`[data-pane="agents"] [data-agent="${workNo}"]`);
const shows = (row: Locator, text: string): Promise<void> => row.getByText(text, { exact: true }).waitFor({ timeout: SOON_MS });

/** The board in the browser of somebody; a page that was loaded anew would have forgotten that it was opened. */
async function openBoard(account: string, password = PASSWORD): Promise<{ readonly page: Page; readonly isTheSame: () => Promise<boolean>; readonly complaints: readonly string[] }> {
  const page = await signIn(await browser.person(), parley.url, account, password, '/board');
  const complaints = complaintsOf(page);
  await page.getByRole('heading', { name: 'Live board' }).waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  await page.evaluate('window.wasOpened = true');
  return { page, complaints, isTheSame: () => page.evaluate<boolean>('"wasOpened" in window') };
}

const inspector = (): People['demo']['agents'][number] => people.demo.agents.find(({ account }) => account === 'ida.demo') ?? assert.fail('the demo has an inspector');

/** The inspector's desk, as if this browser had opened it. */
async function sitDown(page: Page): Promise<void> {
  const { account, accountPassword, workNo } = inspector();
  const session = await clientOf(parley.url, account, accountPassword);
  const { signedInAt } = await session.ask(openDesk, {});
  await page.evaluate(`localStorage.setItem('parley.desk', '${signedInAt}')`);
  await page.reload();
  const client = createClient({ baseUrl: parley.url, authorize: async () => ({ Guid: (await session.ask(showDesk, {})).desk?.guid ?? '' }) });
  signedIn.push({ workNo: Number(workNo), client, leave: () => client.call(agentForceLogout, { agentid: Number(workNo) }) });
}

describe('the live board', { skip: withoutChromium() }, () => {
  before(async () => {
    opened = await openConsole(SIMULATED);
    ({ parley, people, browser } = opened);
  });
  afterEach(async () => { for (const agent of signedIn.splice(0)) await agent.leave(); });
  after(() => opened?.close());

  test('says that nobody is there, and shows who signs in, what they do and that they go, without being loaded anew', async () => {
    const { page, isTheSame, complaints } = await openBoard(people.supervisor);
    await page.getByRole('heading', { name: 'Nobody is signed in' }).waitFor();
    const alice = await signInByGateway('alice');
    const row = rowOf(page, alice);
    await shows(row, 'Ready');
    await alice.client.call(sayBusy, { agentid: alice.workNo });
    await shows(row, 'Busy');
    await alice.client.call(cancelBusy, { agentid: alice.workNo });
    await shows(row, 'Ready');
    await alice.leave();
    await row.waitFor({ state: 'detached', timeout: SOON_MS });
    assert.deepEqual([await isTheSame(), complaints], [true, []]);
  });

  test('follows a call from its waiting to the wall, and leads to the call', async () => {
    const { page } = await openBoard(people.supervisor);
    const sales = page.locator('[data-queue]', { hasText: 'Sales' });
    const total = (name: string): Locator => page.locator('dl > div', { has: page.getByRole('term').filter({ hasText: new RegExp(`^${name}$`) }) }).getByRole('definition').first();
    const alice = await signInByGateway('alice');
    await alice.client.call(sayBusy, { agentid: alice.workNo });
    await shows(rowOf(page, alice), 'Busy');
    await people.asOperator.ask(simulateCall, { to: people.demo.accessCodes[0]?.code ?? '', talkSeconds: 600 });
    await total('Waiting').getByText('1', { exact: true }).waitFor({ timeout: SOON_MS });
    await sales.getByText(/^0:0\d$/).waitFor({ timeout: SOON_MS });
    await alice.client.call(cancelBusy, { agentid: alice.workNo });
    await shows(rowOf(page, alice), 'Talking');
    await total('Talking').getByText('1', { exact: true }).waitFor({ timeout: SOON_MS });
    assert.match(await rowOf(page, alice).getByRole('link').getAttribute('href') ?? '', /^\/console\/calls\/\d+-\d+$/);
    await sales.getByRole('button', { name: 'Sales' }).click();
    await page.getByRole('table', { name: 'Agents of Sales' }).getByText('Talking').waitFor();

    await page.getByRole('button', { name: 'Wallboard' }).click();
    const wall = page.getByRole('dialog', { name: 'Wallboard' });
    await wall.getByRole('listitem').filter({ hasText: 'Sales' }).getByText('0 / 1').waitFor();
    await wall.getByRole('button', { name: 'Leave the wallboard' }).click();
    await rowOf(page, alice).waitFor();
    await alice.client.call(releaseCall, { agentid: alice.workNo });
    await shows(rowOf(page, alice), 'Ready');
  });

  test('finds, orders and groups agents', async () => {
    const { page } = await openBoard(people.supervisor);
    const [alice, bob] = [await signInByGateway('alice'), await signInByGateway('bob')];
    await bob.client.call(sayBusy, { agentid: bob.workNo });
    await shows(rowOf(page, bob), 'Busy');
    await page.getByRole('textbox', { name: 'Find by name or number' }).fill('bo');
    await rowOf(page, alice).waitFor({ state: 'detached' });
    await page.getByRole('textbox', { name: 'Find by name or number' }).fill('nobody');
    await page.getByRole('button', { name: 'Show everybody' }).click();
    const order = (): Promise<readonly string[]> => page.locator('[data-pane="agents"] [data-agent]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-agent') ?? ''));
    assert.deepEqual(await order(), ['101', '102']);
    await page.getByRole('table', { name: 'Agents' }).getByRole('button', { name: 'Agent', exact: true }).click();
    assert.deepEqual(await order(), ['102', '101']);
    await page.getByRole('textbox', { name: 'Group by' }).or(page.getByRole('combobox', { name: 'Group by' })).first().click();
    await page.getByRole('option', { name: 'State' }).click();
    await page.getByRole('button', { name: 'Busy (1)' }).click();
    await rowOf(page, bob).waitFor({ state: 'detached' });
    await rowOf(page, alice).waitFor();
  });

  test('explains an agent, and tells a supervisor who is no agent why there is no listening', async () => {
    const { page } = await openBoard(people.supervisor);
    const alice = await signInByGateway('alice');
    await alice.client.call(sayBusy, { agentid: alice.workNo });
    await rowOf(page, alice).getByRole('button').click();
    const panel = page.getByRole('dialog');
    await panel.getByText('No call comes to this agent now:').waitFor();
    await panel.getByText('The agent\'s state: Busy.').waitFor();
    await panel.getByText('Your account belongs to no agent').waitFor();
    assert.equal(await panel.getByRole('button', { name: 'Listen' }).isDisabled(), true);
    await alice.client.call(cancelBusy, { agentid: alice.workNo });
    await panel.getByText('The next call of one of the queues can come to this agent.').waitFor();
  });

  test('lets an inspector listen, whisper, stop, force a state and sign out; a refusal is told as the server says it', async () => {
    const ida = inspector();
    const { page } = await openBoard(ida.account, ida.accountPassword);
    const [alice, bob] = [await signInByGateway('alice'), await signInByGateway('bob')];
    await rowOf(page, alice).getByRole('button').click();
    await page.getByRole('dialog').getByText('Sign in at your desk first').waitFor();

    await sitDown(page);
    await rowOf(page, alice).getByRole('button').click();
    const panel = page.getByRole('dialog');
    await panel.getByRole('button', { name: 'Listen' }).click();
    const banner = page.getByRole('status').filter({ hasText: 'Alice' });
    await banner.getByText('You are listening to Alice').waitFor();
    await shows(rowOf(page, { workNo: Number(ida.workNo) }), 'Listening');
    await panel.getByRole('button', { name: 'Whisper' }).click();
    await banner.getByText('You whisper to Alice').waitFor();
    await panel.getByRole('button', { name: 'Close' }).click();
    await rowOf(page, bob).getByRole('button').click();
    await panel.getByRole('button', { name: 'Listen' }).click();
    await panel.getByRole('alert').getByText('Not possible in the inspector\'s state').waitFor();
    await panel.getByRole('button', { name: 'Close' }).click();
    await banner.getByText('Barge in').click();
    await banner.getByText('You are in the conversation of Alice').waitFor();
    await banner.getByRole('button', { name: 'Stop' }).click();
    await banner.waitFor({ state: 'detached' });

    await rowOf(page, alice).getByRole('button').click();
    await panel.getByRole('button', { name: 'Busy', exact: true }).click();
    await shows(rowOf(page, alice), 'Busy');
    await panel.getByRole('button', { name: 'Rest', exact: true }).click();
    await shows(rowOf(page, alice), 'Rest');
    await panel.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByRole('dialog', { name: 'Sign Alice out?' }).getByRole('button', { name: 'Sign out' }).click();
    await rowOf(page, alice).waitFor({ state: 'detached', timeout: SOON_MS });

    await rowOf(page, { workNo: Number(ida.workNo) }).getByRole('button').click();
    await panel.getByText('This is you.').waitFor();
  });

  test('lets an inspector take the call of an agent over, and end one', async () => {
    const ida = inspector();
    const { page, complaints } = await openBoard(ida.account, ida.accountPassword);
    const alice = await signInByGateway('alice');
    const callIn = (): Promise<unknown> => people.asOperator.ask(simulateCall, { to: people.demo.accessCodes[0]?.code ?? '', talkSeconds: 600 });
    await callIn();
    await shows(rowOf(page, alice), 'Talking');
    await sitDown(page);

    await rowOf(page, alice).getByRole('button').click();
    const panel = page.getByRole('dialog', { name: 'Alice' });
    const confirm = (question: string, name: string): Promise<void> => page.getByRole('dialog', { name: question }).getByRole('button', { name }).click();
    const takeOver = panel.getByRole('button', { name: 'Take the call over' });
    assert.equal(await takeOver.isDisabled(), true, 'who does not listen cannot know what is taken over');
    await panel.getByRole('button', { name: 'Listen' }).click();
    await takeOver.click();
    await confirm('Take the call of Alice over?', 'Take the call over');
    await page.getByText('The call is yours').waitFor();
    await shows(rowOf(page, alice), 'Ready');
    await shows(rowOf(page, { workNo: Number(ida.workNo) }), 'Talking');
    await page.getByText('You are listening to Alice').waitFor({ state: 'detached' });

    await callIn();
    await shows(rowOf(page, alice), 'Talking');
    await panel.getByRole('button', { name: 'End the call' }).click();
    await confirm('End this call?', 'End the call');
    await page.getByText('The call has ended').waitFor();
    await shows(rowOf(page, alice), 'Ready');
    await shows(rowOf(page, { workNo: Number(ida.workNo) }), 'Talking');
    assert.equal(await panel.getByRole('button', { name: 'End the call' }).isDisabled(), true);
    assert.deepEqual(complaints, []);
  });

  test('comes back by itself when Parley does, and shows the truth', async () => {
    const { page, isTheSame, complaints } = await openBoard(people.supervisor);
    const [alice, bob] = [await signInByGateway('alice'), await signInByGateway('bob')];
    await shows(rowOf(page, alice), 'Ready');
    await shows(rowOf(page, bob), 'Ready');
    await opened.restart('SIGKILL', async () => {
      await page.getByText(/^Not up to date since/).waitFor();
      await rowOf(page, alice).waitFor();
    });
    // It happens while nobody may be following yet.
    await alice.client.call(sayBusy, { agentid: alice.workNo });
    await bob.leave();
    await page.getByText('Live', { exact: true }).waitFor();
    await shows(rowOf(page, alice), 'Busy');
    await rowOf(page, bob).waitFor({ state: 'detached', timeout: SOON_MS });
    assert.deepEqual([await isTheSame(), complaints], [true, []]);
  });
});

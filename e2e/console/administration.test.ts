import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { tokenByAkSk } from '@parley/contract/access/c1-token.ts';
import { createAccessCode, listAccessCodes, matchAccessCode } from '@parley/contract/admin/access-code.ts';
import { changeOwnPassword, showSession } from '@parley/contract/admin/session.ts';
import { listTenants } from '@parley/contract/admin/tenant.ts';
import { listTrunks } from '@parley/contract/admin/trunk.ts';
import { listUsers } from '@parley/contract/admin/user.ts';
import { createWidgetKey } from '@parley/contract/admin/widget-key.ts';
import { agentAccountQuery } from '@parley/contract/configuration/agent-account.ts';
import { querySysInfo } from '@parley/contract/configuration/agent-information.ts';
import { queryCalledRoute } from '@parley/contract/configuration/called-route.ts';
import { querySkills } from '@parley/contract/configuration/queue.ts';
import { createClient, withBearer, type Client } from '@parley/contract/client.ts';
import { withoutChromium } from '../../telephony/webrtc/testing/chromium.ts';
import type { ParleyProcess } from '../parley-process.ts';
import { complaintsOf, signIn, type ConsoleBrowser } from './console-browser.ts';
import { clientOf, PASSWORD, type People } from './console-people.ts';
import { openConsole, type OpenConsole } from './open-console.ts';
import { hears, lendAnEar } from './page-ear.ts';

const RTP_PORTS = 100;
const FIRST_RTP_PORT = 58_000 + (process.pid % 40) * RTP_PORTS;

let opened: OpenConsole;
/** Who is made in the first test. */
let rita: { readonly account: string; readonly password: string };
let parley: ParleyProcess;
let browser: ConsoleBrowser;
let people: People;
/** What was built in the browser is looked at by operations: those of the console, and those of chapter 5. */
let admin: Client;
let configuration: Client;

const field = (within: Locator, name: string): Locator => within.getByRole('textbox', { name, exact: true }).or(within.getByRole('spinbutton', { name, exact: true }));
const save = (editor: Locator): Promise<void> => editor.getByRole('button', { name: 'Save' }).click();

/** The drawer or the window in front. */
const front = (page: Page): Locator => page.getByRole('dialog').last();

async function go(page: Page, place: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: place, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: place }).waitFor();
}

async function choose(page: Page, select: Locator, option: string): Promise<void> {
  await select.click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** What a field says of what was typed. */
async function complaintOf(input: Locator): Promise<string> {
  await input.and(input.page().locator('[aria-invalid="true"]')).waitFor();
  const ids = (await input.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id.endsWith('-error'));
  return (await Promise.all(ids.map((id) => input.page().locator(`[id="${id}"]`).textContent()))).join();
}

/** The password in the window that tells it once; the window is closed. */
async function toldPassword(page: Page): Promise<string> {
  const window = page.getByRole('dialog', { name: /^Password for/ });
  const password = await window.getByRole('region').textContent() ?? '';
  await window.getByRole('button', { name: 'I have kept it' }).click();
  return password;
}

describe('administration in the console', { skip: withoutChromium() }, () => {
  before(async () => {
    opened = await openConsole({ PARLEY_RTP_PORTS: `${FIRST_RTP_PORT}-${FIRST_RTP_PORT + RTP_PORTS - 1}` });
    ({ parley, people, browser } = opened);
    admin = await clientOf(parley.url, people.administrator, PASSWORD);
    const { appKey, appSecret } = people.demo.c1;
    const { AccessToken } = await createClient({ baseUrl: parley.url }).ask(tokenByAkSk, { app_key: appKey, app_secret: appSecret });
    configuration = createClient({ baseUrl: parley.url, authorize: withBearer(AccessToken) });
  });
  after(() => opened?.close());

  test('builds a queue, an agent of it, and a number that leads there', async () => {
    const page = await signIn(await browser.person(), parley.url, people.administrator, PASSWORD, '/queues');
    const complaints = complaintsOf(page);
    await page.getByRole('button', { name: 'New queue' }).click();
    await field(front(page), 'Name').fill('Returns');
    await field(front(page), 'Description').fill('Goods that come back');
    await save(front(page));
    await page.getByRole('cell', { name: 'Returns', exact: true }).waitFor();

    await go(page, 'Agents');
    await page.getByRole('button', { name: 'New agent' }).click();
    await field(front(page), 'Account').fill('rita.returns');
    await field(front(page), 'Name').fill('Rita');
    await field(front(page), 'Mail address').fill('rita@example.com');
    await front(page).getByRole('button', { name: 'Add a queue' }).click();
    await choose(page, front(page).getByRole('combobox', { name: 'Queue' }).first(), 'Returns');
    await field(front(page), 'Agent\'s priority').fill('5');
    await save(front(page));
    rita = { account: 'rita.returns', password: PASSWORD };
    const password = await toldPassword(page);
    const told = await clientOf(parley.url, rita.account, password);
    assert.equal((await told.ask(showSession, {})).passwordExpired, true, 'an administrator has seen it');
    await told.ask(changeOwnPassword, { oldPassword: password, newPassword: rita.password });
    const row = page.getByRole('row', { name: /Rita/ });
    await row.getByRole('cell', { name: 'Returns', exact: true }).waitFor();

    await row.getByRole('button', { name: 'Rita' }).click();
    await front(page).getByRole('button', { name: 'Reset the password of the telephone' }).click();
    const reset = page.getByRole('dialog', { name: /^A new password for telephone/ });
    await field(reset, 'New password').fill('phone_abc');
    await reset.getByRole('button', { name: 'Set the password' }).click();
    await reset.getByText(/three of these kinds/).waitFor();
    await field(reset, 'New password').fill('');
    await reset.getByRole('button', { name: 'Set the password' }).click();
    const phonePassword = await toldPassword(page);
    await page.keyboard.press('Escape');

    await go(page, 'Numbers and routes');
    await page.getByRole('button', { name: 'New number' }).click();
    await field(front(page), 'Number').fill('4711');
    await choose(page, front(page).getByRole('combobox', { name: 'Leads to' }), 'Queue Returns');
    await save(front(page));
    await page.getByRole('row', { name: /^4711 / }).getByText('Queue Returns').waitFor();
    await page.getByRole('textbox', { name: 'Number as a customer dials it' }).fill('471199');
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('A call to 471199 goes to the queue Returns.').waitFor();
    assert.deepEqual(complaints, []);

    const { data: [queue] } = await configuration.ask(querySkills, { name: 'Returns' });
    const { data: [agent] } = await configuration.ask(agentAccountQuery, { userAccount: 'rita.returns' });
    const known = (await configuration.ask(querySysInfo, {})).agents.find(({ workNo }) => workNo === agent?.workNo);
    assert.equal(known?.sipPwd, phonePassword);
    assert.deepEqual(agent?.skills, [{ skillId: queue?.skillId, agentWeight: 5, skillWeight: 1 }]);
    assert.deepEqual((await admin.ask(matchAccessCode, { dialled: '4711' })).route?.target, { kind: 'queue', id: queue?.skillId, name: 'Returns' });
  });

  test('what it has built takes a call: the customer comes to that agent, and an inspector whispers to her', async () => {
    const { id: key } = await admin.ask(createWidgetKey, { name: 'Returns', origins: ['http://localhost'], accessCodes: ['4711'] });
    const atDesk = async (account: string, password: string): Promise<Page> => {
      const person = await browser.person();
      await lendAnEar(person);
      const desk = await signIn(person, parley.url, account, password, '/desk');
      await desk.getByRole('button', { name: 'Open the desk' }).click();
      await desk.getByText('Phone ready').waitFor();
      return desk;
    };
    const agent = await atDesk(rita.account, rita.password);
    const visitor = await browser.person();
    await lendAnEar(visitor);
    const customer = await visitor.newPage();
    await customer.goto(`${parley.url}/widget/customer.html?key=${key}&number=4711`);
    await customer.getByRole('button', { name: 'Call us' }).click();
    await customer.getByRole('button', { name: 'Call now' }).click();
    await agent.getByRole('button', { name: 'Answer', exact: true }).first().click();
    await Promise.all([hears(customer), hears(agent)]);

    const ida = people.demo.agents.find(({ account }) => account === 'ida.demo') ?? assert.fail('the demo has an inspector');
    const inspector = await atDesk(ida.account, ida.accountPassword);
    await inspector.getByRole('link', { name: 'Live board' }).click();
    await inspector.getByRole('button', { name: /Rita/ }).first().click();
    await inspector.getByRole('dialog').getByRole('button', { name: 'Whisper' }).click();
    await inspector.getByText('You whisper to Rita').waitFor();
    await Promise.all([hears(inspector), hears(agent)]);
    await inspector.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await inspector.getByRole('status').filter({ hasText: 'Rita' }).getByRole('button', { name: 'Stop' }).click();
    await agent.getByRole('button', { name: 'Hang up', exact: true }).first().click();
    await customer.getByText(/hung up|ended/).first().waitFor();
  });

  test('leads a number elsewhere, adds an extension to it, and gives it up with its routes', async () => {
    await admin.ask(createAccessCode, { code: '5900', media: 5, description: 'Empty so far' });
    const page = await signIn(await browser.person(), parley.url, people.administrator, PASSWORD, '/numbers');
    await page.getByRole('row', { name: /5900 Nowhere yet/ }).getByRole('button', { name: '5900' }).click();
    for (const [row, target] of ['Queue Sales', 'Queue Support'].entries()) {
      await front(page).getByRole('button', { name: 'Add a route' }).click();
      await choose(page, front(page).getByRole('combobox', { name: 'Leads to' }).nth(row), target);
    }
    await field(front(page), 'If more digits follow').nth(1).fill('7');
    await save(front(page));
    const row = page.getByRole('row', { name: /^5900 / });
    await row.getByText('+ 7').waitFor();
    assert.equal((await admin.ask(matchAccessCode, { dialled: '59007' })).route?.target.name, 'Support');

    await row.getByRole('button', { name: '5900' }).click();
    await choose(page, front(page).getByRole('combobox', { name: 'Leads to' }).last(), 'Queue Support');
    await save(front(page));
    await row.getByText('Queue Sales').waitFor({ state: 'detached' });
    assert.equal((await admin.ask(matchAccessCode, { dialled: '5900' })).route?.target.name, 'Support');

    await row.getByRole('button', { name: 'Delete' }).click();
    await front(page).getByRole('button', { name: 'Delete' }).click();
    await row.waitFor({ state: 'detached' });
    assert.equal((await configuration.ask(queryCalledRoute, { accessCode: '5900' })).data.total, 0);
    assert.ok(!(await admin.ask(listAccessCodes, {})).accessCodes.some(({ code }) => code === '5900'));
  });

  test('tells wrong input at its field, what the server refuses as well as what it would', async () => {
    const page = await signIn(await browser.person(), parley.url, people.administrator, PASSWORD, '/agents');
    await page.getByRole('button', { name: 'New agent' }).click();
    await field(front(page), 'Account').fill('rita');
    await save(front(page));
    assert.equal(await complaintOf(field(front(page), 'Account')), 'At least 6 characters');
    assert.equal(await complaintOf(field(front(page), 'Mail address')), 'This is needed');
    await field(front(page), 'Account').fill('alice.demo');
    await field(front(page), 'Name').fill('Another Alice');
    await field(front(page), 'Mail address').fill('no address');
    await save(front(page));
    assert.match(await complaintOf(field(front(page), 'Mail address')), /email/);
    await field(front(page), 'Mail address').fill('alice@example.com');
    await save(front(page));
    assert.match(await complaintOf(field(front(page), 'Account')), /There is an account alice.demo already/);
    // One can go on typing there.
    await field(front(page), 'Account').and(page.locator(':focus')).waitFor();

    await page.keyboard.press('Escape');
    await go(page, 'Numbers and routes');
    await page.getByRole('button', { name: 'New number' }).click();
    await field(front(page), 'Number').fill('1000');
    await save(front(page));
    assert.equal(await complaintOf(front(page).getByRole('combobox', { name: 'Leads to' })), 'Choose where it leads');
    await choose(page, front(page).getByRole('combobox', { name: 'Leads to' }), 'Queue Sales');
    await save(front(page));
    assert.match(await complaintOf(field(front(page), 'Number')), /There is a code 1000 already/);
  });

  test('makes an account whose password is told once, switches it off, and resets the password', async () => {
    const page = await signIn(await browser.person(), parley.url, people.administrator, PASSWORD, '/users');
    await page.getByRole('button', { name: 'New account' }).click();
    await field(front(page), 'Account').fill('nina.night');
    await field(front(page), 'Name').fill('Nina');
    await save(front(page));
    const first = await toldPassword(page);
    const row = page.getByRole('row', { name: /^Nina / });
    await row.getByText('Password expired').waitFor();
    await row.getByRole('button', { name: 'Nina' }).click();
    await page.getByRole('button', { name: 'Reset the password' }).click();
    await front(page).getByRole('button', { name: 'Set the password' }).click();
    assert.notEqual(await toldPassword(page), first);
    await page.getByRole('dialog', { name: 'Nina' }).getByRole('switch').click();
    await save(page.getByRole('dialog', { name: 'Nina' }));
    await row.getByText('Switched off').waitFor();
    assert.deepEqual((await admin.ask(listUsers, { search: 'nina' })).users.map(({ account, enabled }) => [account, enabled]), [['nina.night', false]]);
  });

  test('shows a supervisor everything and no button that changes', async () => {
    const page = await signIn(await browser.person(), parley.url, people.supervisor, PASSWORD, '/queues');
    for (const [place, row] of [['Queues', 'Sales'], ['Agents', 'Alice'], ['Accounts', 'Ann'], ['Numbers and routes', '1000']] as const) {
      await go(page, place);
      const name = page.getByRole('main').getByRole('button', { name: row, exact: true });
      await name.waitFor();
      assert.equal(await page.getByRole('main').getByRole('button', { name: /^(New|Delete)/ }).count(), 0, place);
      await name.click();
      const editor = front(page);
      await editor.getByRole('button', { name: 'Cancel' }).waitFor();
      assert.equal(await editor.getByRole('button', { name: /Save|Add|Take|Reset|Unlock|Password of/ }).count(), 0, place);
      assert.equal(await editor.locator('input:enabled:visible, textarea:enabled:visible').count(), 0, place);
      await page.keyboard.press('Escape');
      await editor.waitFor({ state: 'detached' });
    }
  });

  test('lets an operator make a tenant, limit it, act for it, and set a trunk up', async () => {
    const page = await signIn(await browser.person(), parley.url, people.operator, PASSWORD, '/tenants');
    await page.getByRole('button', { name: 'New tenant' }).click();
    await field(front(page), 'Name').fill('Second Ltd');
    await field(front(page), 'Tenant id').fill('demo');
    await field(front(page), 'Agents').fill('5');
    await save(front(page));
    assert.match(await complaintOf(field(front(page), 'Tenant id')), /demo already/);
    await field(front(page), 'Tenant id').fill('second');
    await front(page).getByRole('combobox', { name: 'Time zone' }).fill('Shanghai');
    await page.getByRole('option', { name: 'Asia/Shanghai' }).click();
    await save(front(page));
    const row = page.getByRole('row', { name: /^Second Ltd / });
    await row.waitFor();
    const { tenants } = await people.asOperator.ask(listTenants, {});
    const second = tenants.find(({ tenantId }) => tenantId === 'second');
    assert.deepEqual([second?.limits, second?.timeZone], [{ agents: 5 }, 'Asia/Shanghai']);

    await go(page, 'Trunks');
    await page.getByRole('button', { name: 'New trunk' }).first().click();
    await field(front(page), 'Name').fill('Carrier');
    await field(front(page), 'Name or address').fill('192.0.2.1');
    await save(front(page));
    await page.getByRole('cell', { name: 'Carrier', exact: true }).waitFor();
    assert.deepEqual((await people.asOperator.ask(listTrunks, {})).trunks.map(({ name, peers }) => [name, peers]), [['Carrier', [{ host: '192.0.2.1', kind: 'UDP' }]]]);

    await go(page, 'Tenants');
    await row.getByRole('button', { name: 'Act for it' }).click();
    await go(page, 'Queues');
    await page.getByText('No queues yet').waitFor();
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { resetUserPassword } from '@parley/contract/admin/user.ts';
import { withoutChromium } from '../../telephony/webrtc/testing/chromium.ts';
import type { ParleyProcess } from '../parley-process.ts';
import { signIn, type ConsoleBrowser } from './console-browser.ts';
import { PASSWORD, type People } from './console-people.ts';
import { openConsole, type OpenConsole } from './open-console.ts';

const NEW_PASSWORD = 'Patient-Kettle-77';
const OWN_PASSWORD = 'Sturdy-Lantern-58';
let opened: OpenConsole;
let parley: ParleyProcess;
let browser: ConsoleBrowser;
let people: People;

describe('a session of the console', { skip: withoutChromium() }, () => {
  before(async () => {
    opened = await openConsole();
    ({ parley, people, browser } = opened);
  });
  after(() => opened?.close());

  test('is refused with a wrong password, in words, and begins with the right one', async () => {
    const page = await (await browser.person()).newPage();
    await page.goto(`${parley.url}/console/queues`);
    await page.getByRole('textbox', { name: 'Account' }).fill(people.administrator);
    await page.locator('input[type="password"]').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('Account or password is wrong.').waitFor();
    await page.locator('input[type="password"]').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Queues' }).waitFor();
    assert.equal(new URL(page.url()).pathname, '/console/queues', 'where one wanted to go');
  });

  test('that has ended is begun anew over the page, which stays as it was, with a password that must be changed first', async () => {
    const page = await signIn(await browser.person(), parley.url, people.supervisor, PASSWORD, '/queues');
    await page.getByRole('cell', { name: 'Sales', exact: true }).waitFor();
    await people.asOperator.ask(resetUserPassword, { account: people.supervisor, password: NEW_PASSWORD });
    await page.getByRole('navigation').getByRole('link', { name: 'Accounts' }).click();
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.locator('input[type="password"]').fill(NEW_PASSWORD);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Choose a new password' }).waitFor();
    const [old, fresh, again] = await page.locator('input[type="password"]').all();
    await old?.fill(NEW_PASSWORD);
    await fresh?.fill(OWN_PASSWORD);
    await again?.fill(OWN_PASSWORD);
    await page.getByRole('button', { name: 'Change it and go on' }).click();
    await page.getByRole('heading', { name: 'Accounts' }).waitFor();
  });

  test('outlives a restart: a page that was open goes on by itself', async () => {
    const page = await signIn(await browser.person(), parley.url, people.administrator, PASSWORD, '/queues');
    await page.getByRole('cell', { name: 'Sales', exact: true }).waitFor();
    await opened.restart('SIGTERM', async () => {
      await page.getByRole('navigation').getByRole('link', { name: 'Accounts' }).click();
      await page.getByText('Parley does not answer').waitFor();
    });
    await page.getByText(people.supervisor).first().waitFor();
  });

  test('ends by signing out, for the other pages of the browser as well', async () => {
    const person = await browser.person();
    const page = await signIn(person, parley.url, people.administrator, PASSWORD, '/queues');
    const other = await person.newPage();
    await other.goto(`${parley.url}/console/queues`);
    await other.getByRole('cell', { name: 'Sales', exact: true }).waitFor();
    await page.getByRole('button', { name: /^Ann/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await other.getByRole('navigation').getByRole('link', { name: 'Accounts' }).click();
    await other.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
  });
});

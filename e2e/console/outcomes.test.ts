import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { listCalls } from '@parley/contract/admin/call.ts';
import { deleteOutcome, listOutcomes } from '@parley/contract/admin/outcome.ts';
import { simulateCall } from '@parley/contract/admin/simulator.ts';
import { withoutChromium } from '../../telephony/webrtc/testing/chromium.ts';
import { complaintsOf, signIn } from './console-browser.ts';
import { PASSWORD } from './console-people.ts';
import { openConsole, type OpenConsole } from './open-console.ts';
import { stumbles } from './stumbles.ts';

const CUSTOMER = '13933334444';
const TITLE = `Outcome of the call with ${CUSTOMER}`;
const SUITE_MS = 180_000;

let opened: OpenConsole;

interface Visitor {
  readonly page: Page;
  readonly complaints: readonly string[];
}

async function open(account: string, password: string, path: string): Promise<Visitor> {
  const page = await signIn(await opened.browser.person(), opened.parley.url, account, password, path);
  return { page, complaints: complaintsOf(page) };
}

/** An administrator makes an outcome. */
async function make(page: Page, name: string, code: string): Promise<void> {
  await page.getByRole('button', { name: 'New outcome' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('textbox', { name: 'Code' }).fill(code);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('cell', { name: code, exact: true }).waitFor();
}

describe('the outcome of a call', { skip: withoutChromium(), timeout: SUITE_MS }, () => {
  let desk: Visitor;
  before(async () => {
    opened = await openConsole({ PARLEY_VOICE: 'simulated' });
    const { asOperator } = opened.people;
    for (const { code } of (await asOperator.ask(listOutcomes, {})).outcomes) await asOperator.ask(deleteOutcome, { code });
    const alice = opened.people.demo.agents.find(({ account }) => account === 'alice.demo') ?? assert.fail('the demo has Alice');
    desk = await open(alice.account, alice.accountPassword, '/desk');
    await desk.page.getByRole('switch', { name: 'Ready again right after each call' }).click();
    await desk.page.getByRole('button', { name: 'Open the desk' }).click();
    await desk.page.getByRole('status').getByText('Ready', { exact: true }).waitFor();
  });
  after(() => opened?.close());

  test('is one of those that an administrator has made, in their order', async () => {
    const { page, complaints } = await open(opened.people.administrator, PASSWORD, '/outcomes');
    await page.getByRole('heading', { name: 'No outcomes yet' }).waitFor();
    await make(page, 'Call back later', 'later');
    await make(page, 'Order placed', 'order');
    await page.getByRole('button', { name: 'Move Order placed up' }).click();
    await page.getByRole('row').nth(1).getByRole('cell', { name: 'order', exact: true }).waitFor();
    await make(page, 'Old one', 'old');
    await page.getByRole('switch', { name: 'Offer Old one to agents' }).click();
    await page.getByText('Agents can choose Old one no more').waitFor();
    await page.mouse.move(0, 0);
    assert.deepEqual([await stumbles(page), complaints], [[], []]);
  });

  test('is noted in wrap-up by the keyboard alone, saved at once, and still there when one comes back to the page or loads it anew', async () => {
    const { page, complaints } = desk;
    await opened.people.asOperator.ask(simulateCall, { to: opened.people.demo.accessCodes[0]?.code ?? '', from: CUSTOMER, talkSeconds: 2 });
    await page.getByRole('button', { name: 'Answer' }).waitFor();
    await page.keyboard.press('Alt+a');
    const outcome = page.getByRole('region', { name: TITLE });
    await page.getByRole('status').getByText('Wrap-up', { exact: true }).waitFor();
    await outcome.getByRole('combobox').waitFor();
    await page.keyboard.press('Alt+u');
    assert.deepEqual(await page.getByRole('option').allTextContents(), ['Order placed', 'Call back later'], 'what is switched off is not offered');
    await page.keyboard.type('plac');
    await page.keyboard.press('Enter');
    await outcome.getByText('Saved', { exact: true }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('Two boxes on Monday');
    await outcome.getByText('Not saved yet').waitFor();
    await outcome.getByText('Saved', { exact: true }).waitFor();
    assert.deepEqual(await stumbles(page), []);

    await page.getByRole('link', { name: 'Calls' }).click();
    await page.getByRole('link', { name: 'My desk' }).click();
    assert.equal(await outcome.getByRole('textbox', { name: 'Remark' }).inputValue(), 'Two boxes on Monday');
    await page.reload();
    await outcome.getByText('Saved', { exact: true }).waitFor();
    assert.equal(await outcome.getByRole('combobox').inputValue(), 'Order placed');
    assert.equal(await outcome.getByRole('textbox', { name: 'Remark' }).inputValue(), 'Two boxes on Monday');
    assert.deepEqual(complaints, []);
  });

  test('is what a supervisor finds the call by', async () => {
    const { page, complaints } = await open(opened.people.supervisor, PASSWORD, '/calls');
    await page.getByRole('button', { name: 'More fields' }).click();
    const chooser = page.getByRole('combobox', { name: 'Outcome' });
    await chooser.fill('order');
    await page.getByRole('option', { name: 'Order placed' }).click();
    await page.getByRole('button', { name: 'Search' }).click();
    await page.waitForURL('**/calls?outcome=order');
    const row = page.getByRole('row').filter({ hasText: CUSTOMER });
    await row.getByText('Order placed').waitFor();
    assert.deepEqual((await opened.people.asOperator.ask(listCalls, { outcome: 'later' })).calls, []);
    assert.deepEqual(await stumbles(page), []);
    await row.getByRole('button').click();
    await page.getByRole('heading', { name: 'Outcome', exact: true }).waitFor();
    await page.getByText('Two boxes on Monday').waitFor();
    await page.getByText(/^101 Alice, /).waitFor();
    assert.deepEqual([await stumbles(page), complaints], [[], []]);
  });
});

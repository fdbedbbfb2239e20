import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { listIvrFlows, replaceIvrFlowDefinition, showIvrFlow, showIvrFlowDefinition } from '@parley/contract/admin/ivr-flow.ts';
import { withoutChromium } from '../../telephony/webrtc/testing/chromium.ts';
import type { ParleyProcess } from '../parley-process.ts';
import { complaintsOf, signIn, type ConsoleBrowser } from './console-browser.ts';
import { clientOf, PASSWORD, type People } from './console-people.ts';
import { openConsole, type OpenConsole } from './open-console.ts';
import { stumbles } from './stumbles.ts';

const CODE = '7001';

interface Node {
  readonly [field: string]: unknown;
}

let opened: OpenConsole;
let parley: ParleyProcess;
let browser: ConsoleBrowser;
let people: People;
let flowId: number;

const nodesOf = (definition: object): Readonly<Record<string, Node>> => (definition as { readonly nodes: Readonly<Record<string, Node>> }).nodes;
const administrator = () => clientOf(parley.url, people.administrator, PASSWORD);
const stored = async () => (await administrator()).ask(showIvrFlowDefinition, { id: flowId });
const box = (page: Page, id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);
const problems = (page: Page) => page.getByRole('button', { name: /problem/i });
const save = (page: Page): Promise<void> => page.getByRole('button', { name: 'Save', exact: true }).click();

async function openFlow(account: string): Promise<{ readonly page: Page; readonly complaints: readonly string[] }> {
  const page = await signIn(await browser.person(), parley.url, account, PASSWORD, `/flows/${flowId}`);
  const complaints = complaintsOf(page);
  await box(page, 'welcome').waitFor();
  return { page, complaints };
}

describe('the designer of flows', { skip: withoutChromium(), timeout: 240_000 }, () => {
  before(async () => {
    opened = await openConsole();
    ({ parley, people, browser } = opened);
  });
  after(() => opened?.close());

  test('makes a flow from a starting point, shows what breaks it where it is broken, and saves it mended as a new version', async () => {
    const page = await signIn(await browser.person(), parley.url, people.administrator, PASSWORD, '/flows');
    const complaints = complaintsOf(page);
    await page.getByText('No flows yet').waitFor();
    await page.getByRole('button', { name: 'New flow' }).first().click();
    await page.getByRole('textbox', { name: 'Code of the flow' }).fill(CODE);
    await page.getByLabel('What it is for').fill('Reception');
    await page.getByLabel('A greeting and a menu to two queues').check();
    await save(page);
    await box(page, 'choose').waitFor();
    flowId = (await (await administrator()).ask(listIvrFlows, {})).flows.find(({ accessCode }) => accessCode === CODE)?.id ?? assert.fail('the flow is there');
    assert.equal((await stored()).version, 1);

    await box(page, 'welcome').click();
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Good morning.');
    await page.getByText('Unsaved changes').waitFor();

    // The way of the key 2 is let go of; the fault is shown at the node, at the field and in the list.
    await box(page, 'choose').click();
    const target = page.locator('[data-field="choices.2"] input').first();
    await target.click();
    await page.getByRole('option', { name: 'service', exact: true }).click();
    await problems(page).filter({ hasText: /^\d/ }).waitFor();
    await box(page, 'choose').getByRole('img', { name: /problem/ }).waitFor();
    await page.locator('[data-field="choices.2"]').getByText('must be the id of a node').waitFor();
    await save(page);
    await page.getByText('Mend the problems first').waitFor();
    assert.equal((await stored()).version, 1, 'nothing is saved that could not be run');

    // It is mended from the list of problems: it leads to the field.
    await page.getByRole('button', { name: 'Close', exact: true }).first().click();
    await problems(page).click();
    await page.getByRole('button', { name: /choose · choices\.2/ }).click();
    await target.fill('service');
    await page.getByRole('option', { name: 'service', exact: true }).click();
    await page.getByText('No problems').waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText('Version 2', { exact: true }).waitFor();

    const { version, definition } = await stored();
    assert.equal(version, 2);
    assert.equal(nodesOf(definition)['welcome']?.['text'], 'Good morning.');
    assert.deepEqual(nodesOf(definition)['choose']?.['choices'], { 1: 'sales', 2: 'service' });
    assert.deepEqual(complaints, []);
  });

  test('connects by dragging, renames with all that leads there, deletes by key, and takes all of it back', async () => {
    const { page, complaints } = await openFlow(people.administrator);
    const from = await box(page, 'choose').getByLabel('Key 2').boundingBox();
    const to = await box(page, 'sales').boundingBox();
    assert.ok(from !== null && to !== null);
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(to.x + 60, to.y + 30, { steps: 8 });
    await page.mouse.move(to.x + 2, to.y + 22, { steps: 4 });
    await page.mouse.up();
    // Nothing leads to it any more, which the server finds.
    await box(page, 'service').getByRole('img', { name: /problem/ }).waitFor();
    await box(page, 'service').click();
    await page.keyboard.press('Delete');
    await box(page, 'service').waitFor({ state: 'detached' });
    await page.getByText('No problems').waitFor();

    await box(page, 'sales').click();
    await page.getByRole('textbox', { name: 'Id', exact: true }).fill('people');
    await page.getByRole('textbox', { name: 'Id', exact: true }).press('Enter');
    await box(page, 'people').waitFor();
    await save(page);
    await page.getByText('Version 3', { exact: true }).waitFor();
    assert.deepEqual(nodesOf((await stored()).definition)['choose']?.['choices'], { 1: 'people', 2: 'people' });

    await page.locator('.react-flow__pane').click({ position: { x: 30, y: 300 } });
    for (let count = 0; count < 3; count += 1) await page.keyboard.press('Control+z');
    await box(page, 'service').waitFor();
    await save(page);
    await page.getByText('Version 4', { exact: true }).waitFor();
    assert.deepEqual(nodesOf((await stored()).definition)['choose']?.['choices'], { 1: 'sales', 2: 'service' });
    assert.deepEqual(complaints, []);
  });

  test('shows both where somebody else has saved meanwhile, and lets one decide', async () => {
    const { page, complaints } = await openFlow(people.administrator);
    await box(page, 'welcome').click();
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Mine.');
    const { version, definition } = await stored();
    const theirs = { ...definition, nodes: { ...nodesOf(definition), welcome: { ...nodesOf(definition)['welcome'], text: 'Theirs.' } } };
    await (await administrator()).ask(replaceIvrFlowDefinition, { id: flowId, definition: theirs, version });
    await page.keyboard.press('Control+s');
    const dialog = page.getByRole('dialog', { name: 'Somebody else has saved this flow meanwhile' });
    await dialog.getByText('Theirs.').waitFor();
    await dialog.getByText('Mine.').waitFor();
    await dialog.getByRole('button', { name: 'Save mine over it' }).click();
    await page.getByText(`Version ${version + 2}`, { exact: true }).waitFor();
    assert.equal(nodesOf((await stored()).definition)['welcome']?.['text'], 'Mine.');

    // The older version is looked at and brought back.
    await page.getByRole('button', { name: 'Versions' }).click();
    await page.getByRole('row', { name: `Version ${version + 1}` }).getByRole('button', { name: 'Look at it' }).click();
    await box(page, 'welcome').getByText('Theirs.').waitFor();
    await page.getByRole('button', { name: 'Restore it' }).click();
    await save(page);
    await page.getByText(`Version ${version + 3}`, { exact: true }).waitFor();
    assert.equal(nodesOf((await stored()).definition)['welcome']?.['text'], 'Theirs.');
    assert.deepEqual(complaints, []);
  });

  test('asks before unsaved changes are left behind, by a link and by the way back', async () => {
    const { page } = await openFlow(people.administrator);
    await box(page, 'welcome').click();
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Not to be lost.');
    const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
    await page.getByRole('navigation').getByRole('link', { name: 'Queues' }).click();
    await dialog.getByRole('button', { name: 'Stay' }).click();
    assert.equal(new URL(page.url()).pathname, `/console/flows/${flowId}`);
    await page.getByText('Unsaved changes').waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Queues' }).click();
    await dialog.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: 'Queues', level: 1 }).waitFor();
    assert.equal(nodesOf((await stored()).definition)['welcome']?.['text'], 'Theirs.');
  });

  test('is a list for those who do not see the diagram, in which the flow can be changed as well, and JSON for those who write it', async () => {
    const { page, complaints } = await openFlow(people.administrator);
    await page.getByText('List', { exact: true }).click();
    const nodes = page.getByRole('list', { name: 'Nodes' });
    await nodes.getByRole('button', { name: 'leads to welcome' }).click();
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill('From the list.');
    await nodes.getByText('From the list.').waitFor();
    await page.getByText('No problems').waitFor();
    assert.deepEqual(await stumbles(page), []);
    await page.getByText('JSON', { exact: true }).click();
    const json = page.getByLabel('The definition as JSON');
    await json.fill((await json.inputValue()).replace('From the list.', 'From the JSON.'));
    await page.getByText('Diagram', { exact: true }).click();
    await box(page, 'welcome').getByText('From the JSON.').waitFor();
    assert.deepEqual(await stumbles(page), []);
    assert.deepEqual(complaints, []);
  });

  test('shows a supervisor the flow without letting them change it', async () => {
    const { page } = await openFlow(people.supervisor);
    await page.getByText('You may look at this flow, but not change it.').waitFor();
    await box(page, 'welcome').click();
    assert.ok(await page.getByRole('textbox', { name: 'Text', exact: true }).isDisabled());
    assert.equal(await page.getByRole('button', { name: 'Save', exact: true }).count(), 0);
    const { version } = await (await administrator()).ask(showIvrFlow, { id: flowId });
    await page.keyboard.press('Delete');
    await box(page, 'welcome').waitFor();
    assert.equal((await stored()).version, version);
  });

  test('says who still leads to a flow that is to be deleted', async () => {
    const page = await signIn(await browser.person(), parley.url, people.administrator, PASSWORD, '/flows');
    await page.getByRole('button', { name: 'New flow' }).first().click();
    await page.getByRole('textbox', { name: 'Code of the flow' }).fill('7002');
    await page.getByLabel('What it is for').fill('Pass on');
    await page.getByLabel('Nothing').check();
    await save(page);
    await page.getByText('Nothing in this flow yet').waitFor();
    await page.getByText('JSON', { exact: true }).click();
    await page.getByLabel('The definition as JSON').fill(JSON.stringify({ start: 'on', nodes: { on: { type: 'transfer', flow: flowId } } }));
    await page.getByText('No problems').waitFor();
    await save(page);
    await page.getByText('Version 1', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'All flows', exact: true }).click();
    const row = page.getByRole('row', { name: /Reception/ });
    await row.getByText('None', { exact: true }).waitFor();
    await row.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete the flow Reception?' });
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByText(/IVR flow \d+ leads to it/).waitFor();
  });
});
